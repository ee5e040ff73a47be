"""Opening and joining on the mini-program: the parameter of an order (Y-12), or its refusal (Y-10, Y-11)."""

from collections.abc import Callable
from decimal import Decimal

import pytest

from clients.bodies import OneYuanGroup, OneYuanProduct
from harness.case_words import changed
from harness.cases import Area, Case, case, cases
from harness.checks import check_outcome, check_refused, check_same
from harness.clock import SandboxClock
from harness.kinds.one_yuan import prices
from harness.one_yuan import LEADER, OneYuanGroups
from harness.profile import Profile

pytestmark = pytest.mark.one_yuan

MINI_PROGRAM = Area("小程序", "一元购")
STORY = "开团与加入"


@cases("one_yuan_place")
def test_place(
    case: Case, one_yuan_groups: OneYuanGroups, clock_when_needed: Callable[[], SandboxClock]
) -> None:
    groups, who, joins = one_yuan_groups, case.query["who"], case.query["type"] == "JOIN"
    group = groups.told(case)
    if case.query.get("new_again"):
        groups.people.change(who, isNew=True)
    if case.change:
        groups.products.change(group.product, case.change)
    product, before = groups.products.read(group.product["id"]), groups.read(group)
    if case.clock is not None:
        clock_when_needed().go(case.clock, product)

    answer = groups.place(groups.people(who), product, group.id if joins else None)

    check_outcome(answer, case)
    check_same(before, groups.read(group))
    if answer.data is not None:
        told = {key: value for key, value in answer.data.items() if key != "id"}
        assert told == (_to_join(before) if joins else _to_open(product))


@cases("one_yuan_place_body")
def test_body(case: Case, one_yuan_groups: OneYuanGroups) -> None:
    groups = one_yuan_groups
    group = groups.open(groups.products.make())
    body = {"productId": group.product["id"], "groupId": group.id}

    answer = groups.people("stranger").calls.one_yuan_orders.place(
        changed(body, case.change, groups.products.words)
    )

    check_outcome(answer, case)
    if answer.data is not None:
        joins = "groupId" not in case.change
        wanted = _to_join(groups.read(group)) if joins else _to_open(group.product)
        assert {key: value for key, value in answer.data.items() if key != "id"} == wanted


@case(
    "one-yuan-place-group-of-other-product",
    "C-03",
    "团是别的商品的，以 40401 拒绝",
    story=STORY,
    severity="critical",
    area=MINI_PROGRAM,
)
def test_group_of_another_product_is_absent(one_yuan_groups: OneYuanGroups) -> None:
    group = one_yuan_groups.open(one_yuan_groups.products.make())
    other = one_yuan_groups.products.make()

    answer = one_yuan_groups.place(one_yuan_groups.people("stranger"), other, group.id)

    check_refused(answer, "40401")


@case(
    "one-yuan-place-group-of-other-product-first",
    "C-03",
    "团是别的商品的、也失效了：先说不存在",
    story=STORY,
    area=MINI_PROGRAM,
)
def test_absent_is_told_before_the_state(one_yuan_groups: OneYuanGroups) -> None:
    group = one_yuan_groups.bring("invalid")
    other = one_yuan_groups.products.make({"pddTakenDown": 1})

    answer = one_yuan_groups.place(one_yuan_groups.people("stranger"), other, group.id)

    check_refused(answer, "40401")


@case(
    "one-yuan-place-leader-of-other-product",
    "Y-11",
    "在别的商品有开着的团，不妨碍开本商品的团",
    story=STORY,
    severity="critical",
    area=MINI_PROGRAM,
)
def test_group_of_another_product_is_no_obstacle(one_yuan_groups: OneYuanGroups) -> None:
    one_yuan_groups.open(one_yuan_groups.products.make())
    other = one_yuan_groups.products.make()

    answer = one_yuan_groups.place(one_yuan_groups.people(LEADER), other)

    assert answer.require_data()["type"] == "OPEN"


@case(
    "one-yuan-place-again",
    "Y-12",
    "同一会员可以一再取参数，每次一个新 id，什么团也没有开",
    story=STORY,
    severity="critical",
    area=MINI_PROGRAM,
)
def test_parameter_may_be_asked_for_again(one_yuan_groups: OneYuanGroups) -> None:
    product, person = one_yuan_groups.products.make(), one_yuan_groups.people("stranger")

    taken = [one_yuan_groups.place(person, product).require_data() for _ in range(3)]

    assert len({parameter["id"] for parameter in taken}) == len(taken)
    assert person.calls.one_yuan_groups.list().require_ok().total == 0


@case(
    "one-yuan-place-no-seat-yet",
    "Y-12",
    "取了加入参数还不占名额，别人照样可以加入",
    story=STORY,
    area=MINI_PROGRAM,
)
def test_parameter_takes_no_seat(one_yuan_groups: OneYuanGroups) -> None:
    groups = one_yuan_groups
    group = groups.open(groups.products.make({"needNum": 1}))
    groups.place(groups.people("first"), group.product, group.id).require_ok()

    answer = groups.place(groups.people("second"), group.product, group.id)

    assert answer.require_data()["type"] == "JOIN"
    assert (groups.read(group)["seatsLeft"], groups.members(group)) == (1, [])


@case(
    "one-yuan-place-cashback",
    "Y-09",
    "商品改价后，开团按商品的返现，加入按团的返现",
    story=STORY,
    severity="critical",
    area=MINI_PROGRAM,
)
def test_cashback_is_the_group_s_or_the_product_s(one_yuan_groups: OneYuanGroups, profile: Profile) -> None:
    groups = one_yuan_groups
    group = groups.open(groups.products.make())
    amounts = prices(Decimal("13.579"), profile.one_yuan.subsidy_max)
    groups.products.change(group.product, amounts)

    placed = [groups.place(groups.people("stranger"), group.product, to) for to in (None, group.id)]

    told = [answer.require_data()["cashback"] for answer in placed]
    assert told == [amounts["reappearance"], group.product["reappearance"]]


def _to_open(product: OneYuanProduct) -> dict[str, str | None]:
    """What the parameter says beside its id."""
    return {"type": "OPEN", "inviterId": None, "groupId": None, "cashback": product["reappearance"]}


def _to_join(group: OneYuanGroup) -> dict[str, str | None]:
    return {
        "type": "JOIN",
        "inviterId": group["userId"],
        "groupId": group["id"],
        "cashback": group["reappearance"],
    }
