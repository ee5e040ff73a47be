"""Y-10, Y-11: the button of a product, and the parameter to open or to join."""

from typing import Any

import pytest

from sandbox import Sandbox
from tests.sandbox.actors import Actor, member, tenant
from tests.sandbox.bodies import DAY, HOUR, SECOND, START
from tests.sandbox.conftest import Rows
from tests.sandbox.one_yuan import (
    CASHBACK,
    at,
    change_product,
    id_of,
    joining,
    line_of,
    make_product,
    opening,
    parameter,
    refund,
    set_member,
    state_of,
    take_in,
)


def button(who: Actor, product_id: str, group_id: str | None = None) -> tuple[str, str | None]:
    page = who.get(f"/one_yuan/products/{product_id}", **({"groupId": group_id} if group_id else {})).data
    return page["action"], page["groupId"]


def asked(who: Actor, product_id: str, group_id: str | None = None) -> str:
    return who.post("/one_yuan/orders", {"productId": product_id, "groupId": group_id}).code


def test_detail_from_the_list_offers_to_open(admin: Actor, plain: Actor, product_id: str) -> None:
    page = plain.get(f"/one_yuan/products/{product_id}").data
    assert page == {
        **admin.get(f"/one_yuan_products/{product_id}").data,
        "action": "OPEN",
        "groupId": None,
    }


def test_detail_from_the_list_shows_a_leader_their_newest_open_group(
    admin: Actor, control: Actor, plain: Actor, first: Actor, product_id: str
) -> None:
    carried = parameter(plain, product_id)
    older = take_in(admin, line_of(plain, carried))[1]
    assert button(plain, product_id) == ("GROUP_DETAIL", older)
    control.put("/clock", {"advanceMs": SECOND})
    newer_line = line_of(plain, carried)
    newer = take_in(admin, newer_line)[1]
    assert button(plain, product_id) == ("GROUP_DETAIL", newer)
    refund(admin, newer_line)
    assert button(plain, product_id) == ("GROUP_DETAIL", older)
    assert (button(first, product_id), button(plain, make_product(admin))) == (("OPEN", None), ("OPEN", None))


@pytest.mark.parametrize("end", ["full", "expired", "refunded"])
def test_leader_whose_group_has_ended_may_open_again(
    app: Sandbox, admin: Actor, control: Actor, plain: Actor, first: Actor, end: str
) -> None:
    product_id = make_product(admin, needNum=1)
    line, group_id = opening(admin, plain, product_id)
    if end == "full":
        joining(admin, first, product_id, group_id)
    if end == "refunded":
        refund(admin, line)
    if end == "expired":
        admin, plain = at(app, control, START + DAY)
    assert button(plain, product_id) == ("OPEN", None)
    assert asked(plain, product_id) == "0"
    assert state_of(admin, group_id)[0] == (2 if end == "refunded" else 0)


def test_link_offers_a_leader_their_group_in_any_state(
    app: Sandbox, admin: Actor, control: Actor, plain: Actor, product_id: str
) -> None:
    line, group_id = opening(admin, plain, product_id)
    assert button(plain, product_id, group_id) == ("GROUP_DETAIL", group_id)
    refund(admin, line)
    change_product(admin, product_id, isShow=0, pddTakenDown=1)
    _, plain = at(app, control, START + DAY)
    assert button(plain, product_id, group_id) == ("GROUP_DETAIL", group_id)


def test_link_offers_a_new_member_to_join(
    admin: Actor, control: Actor, plain: Actor, first: Actor, product_id: str
) -> None:
    _, group_id = opening(admin, plain, product_id)
    change_product(admin, product_id, isShow=0, endTime=START)
    set_member(control, first, redPacketTaken=True)
    assert button(first, product_id, group_id) == ("JOIN", group_id)
    set_member(control, first, isNew=False)
    assert button(first, product_id, group_id) == ("OPEN", None)


@pytest.mark.parametrize("end", ["full", "expired", "refunded", "taken down"])
def test_link_to_a_group_that_takes_nobody_offers_to_open(
    app: Sandbox, admin: Actor, control: Actor, plain: Actor, end: str
) -> None:
    product_id = make_product(admin, needNum=1)
    line, group_id = opening(admin, plain, product_id)
    if end == "full":
        joining(admin, member(app, "second"), product_id, group_id)
    if end == "refunded":
        refund(admin, line)
    if end == "taken down":
        change_product(admin, product_id, pddTakenDown=1)
    if end == "expired":
        at(app, control, START + DAY)
    assert button(member(app, "first"), product_id, group_id) == ("OPEN", None)
    assert state_of(tenant(app, "admin"), group_id)[0] == (2 if end == "refunded" else 0)


@pytest.mark.parametrize("given", ["1", "x", "another's"])
def test_link_to_no_group_of_the_product_is_40401(
    admin: Actor, plain: Actor, first: Actor, product_id: str, given: str
) -> None:
    group_id = opening(admin, plain, make_product(admin))[1] if given == "another's" else given
    answer = first.get(f"/one_yuan/products/{product_id}", groupId=group_id)
    assert (answer.code, answer.data) == ("40401", None)


def test_parameter_to_open(plain: Actor, product_id: str, rows: Rows) -> None:
    first_time, second_time = parameter(plain, product_id), parameter(plain, product_id)
    assert first_time == {
        "id": first_time["id"],
        "type": "OPEN",
        "inviterId": None,
        "groupId": None,
        "cashback": CASHBACK,
    }
    assert first_time["id"] != second_time["id"]
    assert rows("SELECT count(*) AS n FROM one_yuan_shopping_group WHERE user_id = ?", int(id_of(plain))) == [
        {"n": 0}
    ]


def test_parameter_to_join(admin: Actor, plain: Actor, first: Actor, product_id: str) -> None:
    _, group_id = opening(admin, plain, product_id)
    change_product(admin, product_id, disPrice="10.00", reappearance="4.00")
    carried = parameter(first, product_id, group_id)
    assert {**carried, "id": ""} == {
        "id": "",
        "type": "JOIN",
        "inviterId": id_of(plain),
        "groupId": group_id,
        "cashback": CASHBACK,
    }


@pytest.mark.parametrize(
    "body", [{}, {"productId": None}, {"productId": 1}, {"productId": "x"}, {"productId": "1", "groupId": 1}]
)
def test_bad_body_of_an_order_is_40001(plain: Actor, body: Any) -> None:
    assert plain.post("/one_yuan/orders", body).code == "40001"


def test_order_of_something_absent_is_40401(
    admin: Actor, plain: Actor, first: Actor, product_id: str
) -> None:
    _, group_id = opening(admin, plain, product_id)
    assert asked(first, "1") == "40401"
    assert asked(first, product_id, "1") == "40401"
    assert asked(first, make_product(admin), group_id) == "40401"


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"isShow": 0}, "40901"),
        ({"pddTakenDown": 1, "startTime": START + 1000}, "40901"),
        ({"startTime": START + 1000}, "40904"),
        ({"endTime": START}, "40904"),
        ({"endTime": START + 1000}, "40907"),
    ],
)
def test_opening_is_refused_in_order(
    admin: Actor, control: Actor, first: Actor, changes: dict[str, Any], code: str
) -> None:
    """By a new member who has the red packet, so that each reason but the last has another behind it."""
    set_member(control, first, redPacketTaken=True)
    assert asked(first, make_product(admin, **changes)) == code


def test_who_leads_an_open_group_opens_no_other(
    admin: Actor, control: Actor, first: Actor, product_id: str
) -> None:
    opening(admin, first, product_id)
    set_member(control, first, redPacketTaken=True)
    assert asked(first, product_id) == "40903"
    set_member(control, first, isNew=True)
    assert asked(first, product_id) == "40907"


def test_joining_is_refused_in_order(
    app: Sandbox, admin: Actor, control: Actor, plain: Actor, first: Actor
) -> None:
    """Each step takes away the first of the reasons."""
    product_id = make_product(admin, needNum=1, pddTakenDown=0)
    _, group_id = opening(admin, plain, product_id)
    joining(admin, first, product_id, group_id)
    change_product(admin, product_id, pddTakenDown=1)
    admin, _ = at(app, control, START + DAY)
    codes, first = [asked(member(app, "first"), product_id, group_id)], member(app, "first")
    change_product(admin, product_id, pddTakenDown=0)
    codes.append(asked(first, product_id, group_id))
    at(app, control, START + DAY - SECOND)
    first = member(app, "first")
    set_member(control, first, redPacketTaken=True)
    codes.append(asked(first, product_id, group_id))
    set_member(control, first, isNew=True)
    codes.append(asked(first, product_id, group_id))
    set_member(control, first, redPacketTaken=False)
    codes.append(asked(first, product_id, group_id))
    codes.append(asked(member(app, "second"), product_id, group_id))
    assert codes == ["40901", "40904", "40905", "40907", "40903", "40902"]


def test_leader_joins_not_their_own_group(
    admin: Actor, control: Actor, plain: Actor, product_id: str
) -> None:
    _, group_id = opening(admin, plain, product_id)
    assert asked(plain, product_id, group_id) == "40905"
    set_member(control, plain, isNew=True)
    assert asked(plain, product_id, group_id) == "40903"


def test_joining_an_ended_group_is_40901(admin: Actor, plain: Actor, first: Actor, product_id: str) -> None:
    line, group_id = opening(admin, plain, product_id)
    refund(admin, line)
    assert asked(first, product_id, group_id) == "40901"


def test_group_of_a_hidden_product_can_be_joined(
    admin: Actor, plain: Actor, first: Actor, product_id: str
) -> None:
    _, group_id = opening(admin, plain, product_id)
    change_product(admin, product_id, isShow=0, startTime=START + HOUR)
    joining(admin, first, product_id, group_id)
