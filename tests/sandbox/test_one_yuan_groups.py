"""Y-08: one-yuan groups as operators and members read them, and what a read brings about."""

import pytest

from sandbox import Sandbox
from tests.sandbox.actors import Actor, member
from tests.sandbox.bodies import DAY, HOUR, SECOND, START
from tests.sandbox.one_yuan import (
    at,
    change_product,
    group_of,
    id_of,
    joining,
    make_product,
    opening,
    refund,
    set_member,
    state_of,
)

GROUP_FIELDS = {
    *("id", "ctime", "mtime", "userId", "avatar", "nickName", "endTime", "expireTime", "invalidTime"),
    *("pddTakenDownTime", "reappearance", "subsidyAmount", "oneYuanProductsId", "goodsId", "goodsName"),
    *("goodsThumbnailUrl", "isEnough", "needNum", "status", "seatsLeft", "cashbackDue", "members"),
}
SEAT_FIELDS = {
    *("id", "ctime", "mtime", "userId", "avatar", "nickName", "reappearance", "subsidyAmount", "cashbackDue"),
}
ORDER_FIELDS = {"platformOrderId", "orderSn", "orderAmount"}


def test_group_shows_no_order_to_members(admin: Actor, plain: Actor, first: Actor, product_id: str) -> None:
    _, group_id = opening(admin, plain, product_id)
    joining(admin, first, product_id, group_id)
    shown, whole = first.get(f"/one_yuan/groups/{group_id}").data, group_of(admin, group_id)
    assert set(shown) == GROUP_FIELDS
    assert set(whole) == GROUP_FIELDS | ORDER_FIELDS
    assert set(shown["members"][0]) == SEAT_FIELDS
    assert set(whole["members"][0]) == SEAT_FIELDS | ORDER_FIELDS | {"oneYuanShoppingGroupId"}
    assert {name: whole[name] for name in GROUP_FIELDS - {"members"}} == {
        name: shown[name] for name in GROUP_FIELDS - {"members"}
    }


def test_anyone_may_look_at_a_group(app: Sandbox, admin: Actor, other: Actor, plain: Actor) -> None:
    _, group_id = opening(admin, plain, make_product(admin))
    elsewhere = member(app, "plain", "wx-sandbox-other")
    assert elsewhere.get(f"/one_yuan/groups/{group_id}").data["id"] == group_id
    assert group_of(other, group_id)["id"] == group_id


@pytest.mark.parametrize("group_id", ["1", "x", "9" * 30])
def test_absent_group(admin: Actor, plain: Actor, group_id: str) -> None:
    for answer in (
        admin.get(f"/one_yuan_groups/{group_id}"),
        plain.get(f"/one_yuan/groups/{group_id}"),
        plain.get(f"/one_yuan/groups/{group_id}/poster"),
    ):
        assert (answer.status, answer.code, answer.data) == (200, "40401", None)


def test_my_groups_are_those_i_lead_or_sit_in(
    admin: Actor, control: Actor, plain: Actor, first: Actor
) -> None:
    products = [make_product(admin) for _ in range(4)]
    leads = opening(admin, first, products[0])[1]
    opening(admin, plain, products[1])
    set_member(control, first, isNew=True)
    control.put("/clock", {"advanceMs": HOUR})
    sits = opening(admin, plain, products[2])[1]
    line = joining(admin, first, products[2], sits)
    also = opening(admin, first, products[3])[1]
    mine = first.get("/one_yuan/groups")
    assert [group["id"] for group in mine.data] == [sits, also, leads]
    assert first.get("/one_yuan/groups", page=2, size=1).envelope["data"] == [mine.data[1]]
    assert mine.envelope["total"] == 3
    refund(admin, line)
    assert [group["id"] for group in first.get("/one_yuan/groups").data] == [also, leads]


def test_console_lists_all_groups_newest_first(admin: Actor, plain: Actor, first: Actor) -> None:
    older, newer = (opening(admin, who, make_product(admin))[1] for who in (plain, first))
    envelope = admin.get("/one_yuan_groups/list", page=1, size=2).envelope
    assert [group["id"] for group in envelope["data"]] == [older, newer]
    assert envelope["data"][0] == group_of(admin, older)
    whole = admin.get("/one_yuan_groups/list", size=1000).data
    keys = [(-group["ctime"], int(group["id"])) for group in whole]
    assert (keys, envelope["total"]) == (sorted(keys), len(whole))


@pytest.mark.parametrize(
    "path", ["/one_yuan/groups", "/one_yuan/groups/{id}", "/one_yuan/groups/{id}/poster"]
)
@pytest.mark.parametrize(("late", "state"), [(-SECOND, (0, 0)), (0, (1, 0)), (SECOND, (1, 0))])
def test_read_past_its_time_expires_a_group(
    app: Sandbox, admin: Actor, control: Actor, plain: Actor, path: str, late: int, state: tuple[int, int]
) -> None:
    _, group_id = opening(admin, plain, make_product(admin))
    admin, plain = at(app, control, START + DAY + late)
    control.post("/tick")
    assert state_of(admin, group_id) == (0, 0)
    assert plain.get(path.format(id=group_id)).status == 200
    group = group_of(admin, group_id)
    assert ((group["status"], group["isEnough"]), group["endTime"]) == (state, None)
    assert group["mtime"] == (START if late < 0 else START + DAY + late)


@pytest.mark.parametrize(
    "path", ["/one_yuan/groups", "/one_yuan/groups/{id}", "/one_yuan/groups/{id}/poster"]
)
def test_read_of_a_product_taken_down_ends_its_group(
    admin: Actor, control: Actor, plain: Actor, product_id: str, path: str
) -> None:
    _, group_id = opening(admin, plain, product_id)
    change_product(admin, product_id, pddTakenDown=1)
    control.put("/clock", {"advanceMs": HOUR})
    assert state_of(admin, group_id) == (0, 0)
    plain.get(path.format(id=group_id))
    group = group_of(admin, group_id)
    assert (group["status"], group["pddTakenDownTime"], group["mtime"]) == (3, START + HOUR, START + HOUR)
    change_product(admin, product_id, pddTakenDown=0)
    assert plain.get(f"/one_yuan/groups/{group_id}").data["status"] == 3


def test_read_that_changes_a_group_tells_whole_seconds(
    app: Sandbox, admin: Actor, control: Actor, plain: Actor, product_id: str
) -> None:
    _, group_id = opening(admin, plain, product_id)
    change_product(admin, product_id, pddTakenDown=1)
    _, leader = at(app, control, START + SECOND + 856)

    group = leader.get(f"/one_yuan/groups/{group_id}").data

    assert (group["mtime"], group["pddTakenDownTime"]) == (START + SECOND, START + SECOND)


def test_expiry_comes_before_the_taking_down(
    app: Sandbox, admin: Actor, control: Actor, plain: Actor, product_id: str
) -> None:
    _, group_id = opening(admin, plain, product_id)
    change_product(admin, product_id, pddTakenDown=1)
    _, plain = at(app, control, START + DAY)
    group = plain.get(f"/one_yuan/groups/{group_id}").data
    assert (group["status"], group["pddTakenDownTime"]) == (1, None)


def test_full_or_ended_group_is_not_changed_by_a_read(
    app: Sandbox, admin: Actor, control: Actor, plain: Actor, first: Actor
) -> None:
    product_id = make_product(admin, needNum=1)
    _, full = opening(admin, plain, product_id)
    joining(admin, first, product_id, full)
    line, invalid = opening(admin, plain, product_id)
    refund(admin, line)
    change_product(admin, product_id, pddTakenDown=1)
    _, plain = at(app, control, START + DAY)
    states = {group["id"]: group["status"] for group in plain.get("/one_yuan/groups").data}
    assert states == {full: 0, invalid: 2}


def test_read_changes_only_the_groups_that_it_shows(
    app: Sandbox, admin: Actor, control: Actor, plain: Actor
) -> None:
    older = opening(admin, plain, make_product(admin))[1]
    control.put("/clock", {"advanceMs": SECOND})
    newer = opening(admin, plain, make_product(admin))[1]
    admin, plain = at(app, control, START + 2 * DAY)
    (shown,) = plain.get("/one_yuan/groups", size=1).data
    assert (shown["id"], shown["status"]) == (newer, 1)
    assert (state_of(admin, newer), state_of(admin, older)) == ((1, 0), (0, 0))


def test_seed_has_groups_in_every_state(admin: Actor, plain: Actor) -> None:
    groups = admin.get("/one_yuan_groups/list", size=1000).data
    states = {(group["status"], group["isEnough"]) for group in groups}
    assert states == {(0, 0), (0, 1), (1, 0), (2, 0), (3, 0)}
    assert {group["cashbackDue"] != "0.00" for group in groups} == {True, False}
    assert any(group["members"] for group in groups if not group["isEnough"])
    shown = {product["id"] for product in plain.get("/one_yuan/products", size=1000).data}
    assert 0 < len(shown) < len(admin.get("/one_yuan_products/list", size=1000).data)


def test_seeded_members_are_not_new(app: Sandbox, control: Actor) -> None:
    for code, new in (("staff", False), ("student", False), ("plain", False), ("nobody-yet", True)):
        answer = control.put(f"/members/{id_of(member(app, code))}", {})
        assert (answer.data["isNew"], answer.data["redPacketTaken"]) == (new, False)
