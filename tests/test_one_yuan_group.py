"""One-yuan groups: what each action makes of each state, seats, the leader's refund, what a read does."""

import pytest

from clients import AdminClient
from harness.cases import Area, Case, case, cases
from harness.clock import HOUR, SandboxClock
from harness.one_yuan import LEADER, OneYuanGroups
from harness.profile import Profile
from tests.one_yuan.groups import check_group, check_open_view, state_of
from tests.one_yuan.matrix import transition

pytestmark = pytest.mark.one_yuan

GROUPS = Area("小程序", "一元购团")


@cases("one_yuan_group_state")
def test_state(case: Case, one_yuan_groups: OneYuanGroups, movable_clock: SandboxClock) -> None:
    transition(case, one_yuan_groups, movable_clock)


@cases("one_yuan_group_seats")
def test_seats(case: Case, one_yuan_groups: OneYuanGroups) -> None:
    group = one_yuan_groups.told(case)

    check_group(one_yuan_groups, group, case)


@cases("one_yuan_group_refund")
def test_leader_s_refund(case: Case, one_yuan_groups: OneYuanGroups) -> None:
    group = one_yuan_groups.told(case)

    check_group(one_yuan_groups, group, case)


@cases("one_yuan_group_expiry")
def test_expiry(case: Case, one_yuan_groups: OneYuanGroups) -> None:
    group = one_yuan_groups.told(case)

    check_group(one_yuan_groups, group, case)


@case(
    "one-yuan-group-expire-time",
    "Y-08",
    "团的过期时间是开团那一秒加平台设置的小时数，与商品的推荐时间无关",
    area=GROUPS,
    story="一元购团的过期与下架",
    severity="blocker",
    smoke=True,
)
def test_expire_time(one_yuan_groups: OneYuanGroups, profile: Profile) -> None:
    product = one_yuan_groups.products.make({"endTime": {"$clock": "+2h"}})

    row = one_yuan_groups.read(one_yuan_groups.open(product))

    assert row["expireTime"] == row["ctime"] + profile.one_yuan.group_hours * HOUR


@case(
    "one-yuan-group-expire-time-from-the-pull",
    "Y-08",
    "过期时间从拉取订单开团时算起，不从下单或付款时算起",
    area=GROUPS,
    story="一元购团的过期与下架",
    severity="critical",
)
def test_expire_time_runs_from_the_pull(
    one_yuan_groups: OneYuanGroups, movable_clock: SandboxClock, profile: Profile
) -> None:
    line = one_yuan_groups.to_open(one_yuan_groups.products.make())
    movable_clock.advance(HOUR)

    (result,) = one_yuan_groups.take_in(line)

    row = one_yuan_groups.products.admin.one_yuan_groups.get(result["groupId"] or "").require_data()
    now = movable_clock.now()
    assert (row["ctime"], row["expireTime"]) == (now, now + profile.one_yuan.group_hours * HOUR)


@case(
    "one-yuan-group-read-sets-itself-alone",
    "Y-08",
    "到期后读一个团的详情，同一团长同一商品的另一个团不变",
    area=GROUPS,
    story="一元购团的过期与下架",
    severity="critical",
)
def test_a_read_sets_that_group_alone(one_yuan_groups: OneYuanGroups, movable_clock: SandboxClock) -> None:
    groups, product = one_yuan_groups, one_yuan_groups.products.make()
    parameter = groups.place(groups.people(LEADER), product).require_data()
    lines = [groups.line(groups.people(LEADER), product, parameter) for _ in range(2)]
    read, other = [result["groupId"] or "" for result in groups.take_in(*lines)]
    movable_clock.set(groups.mini(LEADER).get(read).require_data()["expireTime"])

    groups.mini(LEADER).get(read).require_ok()

    console = groups.products.admin.one_yuan_groups
    assert [state_of(console.get(one).require_data()) for one in (read, other)] == ["expired", "open"]


@case(
    "one-yuan-group-list-sets-its-page-alone",
    "Y-08",
    "到期后读自己的列表，只有所答那一页里的团过期",
    area=GROUPS,
    story="一元购团的过期与下架",
    severity="critical",
)
def test_a_list_sets_its_page_alone(one_yuan_groups: OneYuanGroups, movable_clock: SandboxClock) -> None:
    groups = one_yuan_groups
    opened = [groups.open(groups.products.make()) for _ in range(3)]
    movable_clock.set(groups.read(opened[0])["expireTime"])

    page = groups.mini(LEADER).list(page=2, size=1).require_data()

    assert [state_of(row) for row in page] == ["expired"]
    left = [group for group in opened if group.id != page[0]["id"]]
    assert [groups.state(group) for group in left] == ["open", "open"]


@case(
    "one-yuan-group-list-shows-what-it-has-made",
    "Y-08",
    "到期后读自己的列表，答复里就是过期的团，与后台所见相同",
    area=GROUPS,
    story="一元购团的过期与下架",
    severity="critical",
)
def test_a_list_shows_what_it_has_made(one_yuan_groups: OneYuanGroups, movable_clock: SandboxClock) -> None:
    groups = one_yuan_groups
    group = groups.open(groups.products.make())
    groups.join(group, "first")
    movable_clock.set(groups.read(group)["expireTime"])

    (row,) = groups.mini("first").list().require_data()

    assert state_of(row) == "expired"
    check_open_view(groups.read(group), row)


@case(
    "one-yuan-group-without-seat-no-longer-new",
    "Y-05",
    "满员后拉取的订单没有名额，但其人从此不是新人，在别的团也没有名额",
    area=GROUPS,
    story="一元购团的名额",
    severity="critical",
)
def test_an_order_without_a_seat_makes_old(one_yuan_groups: OneYuanGroups) -> None:
    groups, product = one_yuan_groups, one_yuan_groups.products.make({"needNum": 1})
    full, other = groups.open(product), groups.open(product, "other")
    late = [groups.order(group, "late") for group in (full, other)]
    groups.join(full, "first")

    results = groups.take_in(*late)

    assert [result["groupId"] for result in results] == [None, None]
    assert (groups.members(full), groups.members(other)) == (["first"], [])


@case(
    "one-yuan-group-two-groups-one-seat",
    "Y-05",
    "一人同时向两个团下单，先拉取的有名额，后拉取的已不是新人，没有名额",
    area=GROUPS,
    story="一元购团的名额",
    severity="critical",
)
def test_one_new_member_takes_one_seat_of_two_groups(one_yuan_groups: OneYuanGroups) -> None:
    groups, product = one_yuan_groups, one_yuan_groups.products.make()
    first, second = groups.open(product), groups.open(product, "other")
    lines = [groups.order(group, "late") for group in (second, first)]

    results = groups.take_in(*lines)

    assert [result["groupId"] for result in results] == [second.id, None]
    assert (groups.members(first), groups.members(second)) == ([], ["late"])


@case(
    "one-yuan-group-old-leader-leads",
    "Y-05",
    "老会员可以开团，团照样满员，领过红包也照样返现",
    area=GROUPS,
    story="一元购团的名额",
    severity="critical",
)
def test_an_old_member_leads(admin: AdminClient, one_yuan_groups: OneYuanGroups) -> None:
    groups = one_yuan_groups
    groups.make_old(LEADER, groups.products.make())
    groups.take_packet(LEADER)
    group = groups.open(groups.products.make())

    groups.happen(group, "first_joins", "second_joins")

    assert groups.state(group) == "full"
    assert (
        groups.cashback(group)[LEADER] == admin.one_yuan_groups.get(group.id).require_data()["reappearance"]
    )
