"""Teams of group-buys as the console lists and exports them (G-15), and counts their members (G-16)."""

from typing import Any

import pytest

from clients import AdminClient
from harness.case_words import query
from harness.cases import Area, Case, case, cases
from harness.checks import ids_of
from harness.clock import HOUR, SECOND, SandboxClock
from harness.kinds.group_buy_orders import RULE
from harness.people import Person
from harness.teams import DEAR_RULE, Teams
from harness.workbooks import sheet_of

pytestmark = pytest.mark.order

TEAMS = Area("管理后台", "拼课团团队")


@cases("group_buy_team_list")
def test_teams_and_their_file(case: Case, admin: AdminClient, teams: Teams, customer: Person) -> None:
    group_buy, leaders = teams.one_in_each_status(customer)
    asked = query(case.query, teams.bookings.words)

    listed = admin.group_buy_orders.teams(group_buy["id"], **asked, page=1, size=100)
    exported = admin.group_buy_orders.teams_file(group_buy["id"], **asked)

    rows = listed.require_data()
    assert len(rows) == listed.total == case.expect["rows"]
    assert {row["status"] for row in rows} <= {asked.get("status") or row["status"] for row in rows}
    assert {row["size"] for row in rows} <= {asked.get("team_size") or row["size"] for row in rows}
    assert {row["status"]: row["id"] for row in rows}.items() <= {
        status: leader["groupBuyEventTeamId"] for status, leader in leaders.items()
    }.items()
    _check_exported(sheet_of(exported.require_data()).cells, rows)


@case(
    "group-buy-team-list-members",
    "G-15",
    "团队列表里团长在前，团员按先后，各带订单、姓名、手机号和状态",
    area=TEAMS,
    story="团队列表与导出",
    severity="blocker",
    smoke=True,
)
def test_team_lists_its_members(teams: Teams) -> None:
    team = teams.open(teams.bookings.activity({f"{RULE}.size": 5}))
    for name in ("first", "second", "third"):
        teams.join(team, name)
    teams.cancel(team, "first")

    row = team.row()

    shown = ("leader", "second", "third")
    orders = [teams.bookings.read(team.group_buy, team.orders[name]) for name in shown]
    assert (row["groupBuyEventId"], row["size"], row["status"]) == (team.group_buy["id"], 5, "PENDING")
    assert [member["orderId"] for member in row["members"]] == ids_of(orders)
    assert [member["memberId"] for member in row["members"]] == [teams.people(name).id for name in shown]
    assert [member["teamLeader"] for member in row["members"]] == [True, False, False]
    for member, order in zip(row["members"], orders, strict=True):
        for name in ("memberName", "memberMobile", "status", "robot"):
            assert member[name] == order[name], f"团员的 {name} 与订单不符"


@case(
    "group-buy-team-list-failed-members",
    "G-15",
    "失败的团仍列出拼团失败的成员，团长在前，导出也有",
    area=TEAMS,
    story="团队列表与导出",
    severity="critical",
)
def test_failed_team_keeps_its_members(admin: AdminClient, teams: Teams, movable_clock: SandboxClock) -> None:
    team = teams.open(teams.bookings.activity({f"{RULE}.size": 3}))
    teams.join(team, "first")

    movable_clock.advance(24 * HOUR)

    row = team.row()
    assert [(one["orderId"], one["status"]) for one in row["members"]] == [
        (team.orders["leader"], "TEAM_FAIL"),
        (team.orders["first"], "TEAM_FAIL"),
    ]
    exported = admin.group_buy_orders.teams_file(team.group_buy["id"], status="FAILED").require_data()
    _check_exported(sheet_of(exported).cells, [row])


@case(
    "group-buy-team-file-not-paged",
    "G-15",
    "十一个团：列表一页十个，导出是全部",
    area=TEAMS,
    story="团队列表与导出",
    severity="critical",
)
def test_file_of_teams_is_whole(admin: AdminClient, teams: Teams, customer: Person) -> None:
    group_buy = teams.bookings.activity({f"{RULE}.size": 1, f"{RULE}.maxNumber": 11})
    for _ in range(11):
        teams.bookings.book(group_buy, customer)

    paged = admin.group_buy_orders.teams(group_buy["id"])
    whole = admin.group_buy_orders.teams(group_buy["id"], page=1, size=100).require_data()
    exported = admin.group_buy_orders.teams_file(group_buy["id"]).require_data()

    assert (len(paged.require_data()), paged.total) == (10, 11)
    _check_exported(sheet_of(exported).cells, whole)


@case(
    "group-buy-team-list-newest-first",
    "C-12",
    "后开的团在前；团和订单的列表只有这一个拼课团的",
    area=TEAMS,
    story="团队列表与导出",
)
def test_newest_team_comes_first(
    admin: AdminClient, teams: Teams, customer: Person, movable_clock: SandboxClock
) -> None:
    bookings, other = teams.bookings, teams.bookings.activity()
    bookings.book(other, customer)
    group_buy, booked = bookings.activity(), []
    for _ in range(2):
        booked.append(bookings.book(group_buy, customer))
        movable_clock.advance(SECOND)

    listed = admin.group_buy_orders.teams(group_buy["id"]).require_data()

    assert ids_of(listed) == [one["groupBuyEventTeamId"] for one in reversed(booked)]
    assert ids_of(bookings.listed(group_buy["id"])) == [one["orderId"] for one in reversed(booked)]


@case(
    "group-buy-team-expire-time",
    "G-08",
    "团的到期时间：限时的是开团加小时数，不限时的是活动结束",
    area=TEAMS,
    story="团队列表与导出",
    severity="critical",
)
def test_team_tells_when_it_ends(teams: Teams, customer: Person) -> None:
    limited, limitless = (
        teams.bookings.activity(changes)
        for changes in ({"teamLastTimeHours": 5}, {"teamLastTimeType": "LIMITLESS"})
    )

    rows = [
        teams.bookings.admin.group_buy_orders.teams(group_buy["id"]).require_data()[0]
        for group_buy in (limited, limitless)
        if teams.bookings.book(group_buy, customer)
    ]

    assert rows[0]["expireTime"] == rows[0]["createdTime"] + 5 * HOUR
    assert rows[1]["expireTime"] == limitless["endTime"]


@case(
    "group-buy-numbers-of-life",
    "G-16",
    "参团数随订单增减：起始人数加有效订单，各规则各算各的",
    area=TEAMS,
    story="参团数",
    severity="blocker",
)
def test_numbers_follow_the_orders(teams: Teams, movable_clock: SandboxClock) -> None:
    group_buy = teams.bookings.activity({f"{RULE}.begintNumber": 10, **DEAR_RULE})
    team, seen = teams.open(group_buy), [_numbers(teams, group_buy)]
    teams.join(team, "first")
    seen.append(_numbers(teams, group_buy))
    teams.bookings.book(group_buy, teams.people("other"), {"size": 3})
    seen.append(_numbers(teams, group_buy))
    teams.cancel(team, "first")
    seen.append(_numbers(teams, group_buy))
    movable_clock.advance(HOUR)
    seen.append(_numbers(teams, group_buy))

    assert seen == [[11, 0], [12, 0], [12, 1], [11, 1], [11, 0]]


@case(
    "group-buy-copy-with-teams",
    "G-12",
    "有团有订单的拼课团，副本没有团、没有订单，参团数从头算",
    area=TEAMS,
    story="团队列表与导出",
    severity="critical",
)
def test_copy_of_one_with_teams_has_none(admin: AdminClient, teams: Teams) -> None:
    team = teams.open(teams.bookings.activity({f"{RULE}.begintNumber": 3}))

    copied = admin.group_buys.copy(team.group_buy["id"]).require_data()

    orders = admin.group_buy_orders
    assert (orders.teams(copied).require_data(), orders.orders(copied).require_data()) == ([], [])
    assert orders.numbers(copied).require_data() == [{"size": 2, "number": 3}]
    assert team.seen() == ("PENDING", {"leader": "UNUSED/NONE"})


def _check_exported(cells: list[set[str]], rows: list[Any]) -> None:
    """The file holds the teams of the list in its order; which column is where is left open."""
    wanted = [
        {row["id"], str(row["size"]), row["status"]}
        | {
            "、".join(member[name] or "" for member in row["members"])
            for name in ("memberName", "memberMobile")
        }
        for row in rows
    ]
    assert len(cells) == len(wanted), f"列表 {len(wanted)} 个团，导出 {len(cells)} 行"
    missing = [row - found for row, found in zip(wanted, cells, strict=True) if not row <= found]
    assert missing == [], "导出缺少列表里的值"


def _numbers(teams: Teams, group_buy: Any) -> list[int]:
    answer = teams.bookings.admin.group_buy_orders.numbers(group_buy["id"])
    return [one["number"] for one in answer.require_data()]
