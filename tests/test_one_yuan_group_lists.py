"""My one-yuan groups on the mini-program, and what a member does not see of a group."""

import pytest

from harness.cases import Area, case
from harness.checks import ids_of
from harness.clock import SECOND, SandboxClock
from harness.one_yuan import LEADER, OneYuanGroups
from tests.one_yuan.groups import ORDERS, check_open_view

pytestmark = pytest.mark.one_yuan

MINE = Area("小程序", "一元购团")


@case(
    "one-yuan-group-mine",
    "Y-08",
    "我的团：团长和团员都有，无关的会员没有",
    area=MINE,
    story="我的一元购团",
    severity="blocker",
    smoke=True,
)
def test_my_groups(one_yuan_groups: OneYuanGroups) -> None:
    groups = one_yuan_groups
    group = groups.open(groups.products.make())
    groups.join(group, "first")

    mine = {who: groups.mini(who).list().require_data() for who in (LEADER, "first", "stranger")}

    assert {who: ids_of(rows) for who, rows in mine.items()} == {
        LEADER: [group.id],
        "first": [group.id],
        "stranger": [],
    }
    check_open_view(groups.read(group), mine["first"][0])


@case(
    "one-yuan-group-mine-freed",
    "Y-05",
    "退款后名额已空出的，我的团里没有",
    area=MINE,
    story="我的一元购团",
    severity="critical",
)
def test_a_freed_seat_is_not_mine(one_yuan_groups: OneYuanGroups) -> None:
    groups = one_yuan_groups
    group = groups.open(groups.products.make())

    groups.happen(group, "first_joins", "first_refunded")

    assert groups.mini("first").list().require_data() == []


@case(
    "one-yuan-group-mine-without-a-seat",
    "Y-05",
    "拉取了而没有名额的，我的团里没有",
    area=MINE,
    story="我的一元购团",
    severity="critical",
)
def test_an_order_without_a_seat_is_not_mine(one_yuan_groups: OneYuanGroups) -> None:
    groups = one_yuan_groups
    group = groups.open(groups.products.make({"needNum": 1}))

    groups.happen(group, "late_orders", "first_joins", "late_joins")

    assert groups.mini("late").list().require_data() == []


@case(
    "one-yuan-group-mine-refunded-after-full",
    "Y-05",
    "满员后退款的团员和团长，团仍在我的团里",
    area=MINE,
    story="我的一元购团",
    severity="critical",
)
def test_a_refunded_seat_of_a_full_group_is_mine(one_yuan_groups: OneYuanGroups) -> None:
    groups = one_yuan_groups
    group = groups.open(groups.products.make({"needNum": 1}))

    groups.happen(group, "first_joins", "first_refunded", "leader_refunded")

    assert [ids_of(groups.mini(who).list().require_data()) for who in (LEADER, "first")] == [[group.id]] * 2


@case(
    "one-yuan-group-mine-invalid",
    "Y-06",
    "失效的团仍在团长和团员的我的团里",
    area=MINE,
    story="我的一元购团",
    severity="critical",
)
def test_an_invalid_group_is_mine(one_yuan_groups: OneYuanGroups) -> None:
    groups = one_yuan_groups
    group = groups.open(groups.products.make())

    groups.happen(group, "first_joins", "leader_refunded")

    rows = [groups.mini(who).list().require_data() for who in (LEADER, "first")]
    assert [[(row["id"], row["status"]) for row in mine] for mine in rows] == [[(group.id, 2)]] * 2


@case(
    "one-yuan-group-mine-ordered-only",
    "Y-12",
    "下了单而没有拉取，没有团",
    area=MINE,
    story="我的一元购团",
    severity="critical",
)
def test_a_parameter_opens_no_group(one_yuan_groups: OneYuanGroups) -> None:
    groups = one_yuan_groups

    groups.place(groups.people(LEADER), groups.products.make()).require_data()

    assert groups.mini(LEADER).list().require_data() == []


@case(
    "one-yuan-group-mine-order",
    "C-12",
    "我的团按开团先后，新的在前，同一秒的按 id",
    area=MINE,
    story="我的一元购团",
    severity="critical",
)
def test_my_groups_come_newest_first(one_yuan_groups: OneYuanGroups, movable_clock: SandboxClock) -> None:
    groups, product = one_yuan_groups, one_yuan_groups.products.make()
    parameter = groups.place(groups.people(LEADER), product).require_data()
    opened = []
    for _ in range(3):
        lines = [groups.line(groups.people(LEADER), product, parameter) for _ in range(2)]
        opened.append(sorted((result["groupId"] or "" for result in groups.take_in(*lines)), key=int))
        movable_clock.advance(SECOND)

    listed = ids_of(groups.mini(LEADER).list().require_data())

    assert listed == [*opened[2], *opened[1], *opened[0]]


@case("one-yuan-group-mine-paging", "C-05", "我的团分页，每页不重不漏", area=MINE, story="我的一元购团")
def test_my_groups_are_paged(one_yuan_groups: OneYuanGroups) -> None:
    groups, product = one_yuan_groups, one_yuan_groups.products.make()
    parameter = groups.place(groups.people(LEADER), product).require_data()
    groups.take_in(*[groups.line(groups.people(LEADER), product, parameter) for _ in range(12)])
    whole = ids_of(groups.mini(LEADER).list(size=100).require_data())

    pages = [groups.mini(LEADER).list(page=page, size=5).require_ok() for page in (1, 2, 3, 4)]

    assert [one for page in pages for one in ids_of(page.data)] == whole
    assert [(page.total, page.page, page.size) for page in pages] == [
        (12, number, 5) for number in (1, 2, 3, 4)
    ]
    default = groups.mini(LEADER).list().require_ok()
    assert (ids_of(default.data), default.total, default.size) == (whole[:10], 12, 10)


@case(
    "one-yuan-group-no-order-on-mini-program",
    "A-04",
    "小程序的团里没有任何人的订单，团长自己的也没有",
    area=MINE,
    story="我的一元购团",
    severity="blocker",
)
def test_no_order_on_the_mini_program(one_yuan_groups: OneYuanGroups) -> None:
    groups = one_yuan_groups
    group = groups.open(groups.products.make())
    groups.join(group, "first")

    shown = [groups.mini(who).get(group.id) for who in (LEADER, "first", "stranger")]

    for answer in shown:
        row = answer.require_data()
        assert not ORDERS & {*row, *(name for seat in row["members"] for name in seat)}
        for who in (LEADER, "first"):
            assert str(group.orders[who]["orderSn"]) not in answer.exchange.response_body
