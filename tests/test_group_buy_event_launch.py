"""Where group-buys are launched (G-13), and the .xlsx files that the console exports (G-13, G-15)."""

from typing import Any, Final

import pytest

from clients import AdminClient
from clients.bodies import GroupBuy, Launch
from harness.case_words import query
from harness.cases import Area, Case, case, cases
from harness.checks import check_outcome, check_refused
from harness.clock import HOUR, SandboxClock
from harness.kinds.group_buy import GroupBuyWorkshop
from harness.workbooks import Sheet, sheet_of

pytestmark = pytest.mark.group_buy

GROUP_BUY = Area("管理后台", "拼课团")
STORES: Final = ("store", "store_second")
CHANNELS: Final = ("channel", "channel_second")
EXPORTED: Final = ("storeName", "channelName", "qrcodeUrl")


@cases("group_buy_launch")
def test_launch(case: Case, admin: AdminClient, group_buys: GroupBuyWorkshop) -> None:
    made = group_buys.make()
    body = group_buys.changed(
        {"groupBuyEventId": made["id"]} | dict.fromkeys(("orgIds", "channelIds")), case.change
    )

    answer = admin.group_buys.launch(body)

    check_outcome(answer, case)
    listed = admin.group_buys.launches(made["id"], page=1, size=100).require_data()
    assert len(listed) == case.expect.get("rows", 0)
    wanted = (
        {(org, channel) for org in body["orgIds"] for channel in body["channelIds"]} if answer.ok else set()
    )
    assert {(row["storeOrgId"], row["channelId"]) for row in listed} == wanted
    assert {row["groupBuyEventId"] for row in listed} <= {made["id"]}


@cases("group_buy_launch_list")
def test_launch_list_and_its_file(case: Case, admin: AdminClient, group_buys: GroupBuyWorkshop) -> None:
    made = _launched(admin, group_buys)
    filters = query(case.query, group_buys.words)

    listed = admin.group_buys.launches(made["id"], **filters, page=1, size=100)
    exported = admin.group_buys.launches_file(made["id"], **filters)

    assert len(listed.require_data()) == listed.total == case.expect["rows"]
    _check_exported(sheet_of(exported.require_data()), listed.require_data())


@case(
    "group-buy-launch-names",
    "G-13",
    "投放列表里的门店名和渠道名与选择列表相同，每处二维码不同",
    story="投放列表与导出",
    severity="critical",
    area=GROUP_BUY,
)
def test_launches_name_their_store_and_channel(admin: AdminClient, group_buys: GroupBuyWorkshop) -> None:
    listed = admin.group_buys.launches(_launched(admin, group_buys)["id"]).require_data()

    stores = {row["organizationId"]: row["name"] for row in admin.stores.list(size=1000).require_data()}
    channels = {row["id"]: row["name"] for row in admin.channels.list(size=1000).require_data()}
    assert [row["storeName"] for row in listed] == [stores[row["storeOrgId"]] for row in listed]
    assert [row["channelName"] for row in listed] == [channels[row["channelId"]] for row in listed]
    assert len({row["qrcodeUrl"] for row in listed}) == len(listed) == 4


@case(
    "group-buy-launch-again",
    "G-13",
    "再投放一次不重复，原来的二维码不变",
    story="投放",
    severity="critical",
    area=GROUP_BUY,
)
def test_launch_again_doubles_nothing(admin: AdminClient, group_buys: GroupBuyWorkshop) -> None:
    made = _launched(admin, group_buys)
    before = admin.group_buys.launches(made["id"]).require_data()

    admin.group_buys.launch(_places(made, group_buys)).require_ok()

    assert admin.group_buys.launches(made["id"]).require_data() == before


@case("group-buy-launch-more", "G-13", "再投放到别的门店，只增加新的几处", story="投放", area=GROUP_BUY)
def test_launch_elsewhere_adds_only_that(admin: AdminClient, group_buys: GroupBuyWorkshop) -> None:
    made, known = group_buys.make(), group_buys.words.id_of
    one = {"groupBuyEventId": made["id"], "orgIds": [known("store")], "channelIds": [known("channel")]}
    admin.group_buys.launch(one).require_ok()
    (first,) = admin.group_buys.launches(made["id"]).require_data()

    admin.group_buys.launch(_places(made, group_buys)).require_ok()

    listed = admin.group_buys.launches(made["id"]).require_data()
    assert len(listed) == 4
    assert first in listed


@case(
    "group-buy-launch-other-organization",
    "C-14",
    "别的组织看不到我们的投放，也导不出",
    story="投放列表与导出",
    severity="critical",
    area=GROUP_BUY,
)
def test_launches_are_one_s_own(
    admin: AdminClient, other_admin: AdminClient, group_buys: GroupBuyWorkshop
) -> None:
    made = _launched(admin, group_buys)

    seen = other_admin.group_buys.launches(made["id"])

    assert (seen.data, seen.total) == ([], 0)
    check_refused(other_admin.group_buys.launches_file(made["id"]), "40401")

    assert admin.group_buys.launches(made["id"]).require_ok().total == 4


@case("group-buy-launch-only-it", "G-13", "投放只投这一个拼课团", story="投放", area=GROUP_BUY)
def test_launch_launches_no_other(admin: AdminClient, group_buys: GroupBuyWorkshop) -> None:
    other = group_buys.make()

    _launched(admin, group_buys)

    assert admin.group_buys.launches(other["id"]).require_ok().total == 0


@case(
    "group-buy-launch-pages",
    "C-05",
    "投放列表逐页翻完，每处恰好出现一次",
    story="投放列表与导出",
    area=GROUP_BUY,
)
def test_pages_of_launches_add_up(admin: AdminClient, group_buys: GroupBuyWorkshop) -> None:
    made = _launched(admin, group_buys)
    whole = admin.group_buys.launches(made["id"], page=1, size=1000).require_data()

    paged = [admin.group_buys.launches(made["id"], page=page, size=3).require_data() for page in (1, 2)]

    assert [len(rows) for rows in paged] == [3, 1]
    assert [row for rows in paged for row in rows] == whole


@case(
    "group-buy-launch-newest-first",
    "C-12",
    "先投放的排在后投放的后面",
    story="投放列表与导出",
    area=GROUP_BUY,
)
def test_launches_come_newest_first(
    admin: AdminClient, group_buys: GroupBuyWorkshop, movable_clock: SandboxClock
) -> None:
    made, known = group_buys.make(), group_buys.words.id_of
    for store in STORES:
        places = {"orgIds": [known(store)], "channelIds": [known("channel")]}
        admin.group_buys.launch({"groupBuyEventId": made["id"], **places}).require_ok()
        movable_clock.advance(HOUR)

    listed = admin.group_buys.launches(made["id"]).require_data()

    assert [row["storeOrgId"] for row in listed] == [known(store) for store in reversed(STORES)]


@case(
    "group-buy-teams-file-empty",
    "G-15",
    "没有团队时，团队导出只有表头，与列表相同",
    story="投放列表与导出",
    area=GROUP_BUY,
)
def test_file_of_no_teams_has_headings_alone(admin: AdminClient, group_buys: GroupBuyWorkshop) -> None:
    made = group_buys.make()

    sheet = sheet_of(admin.group_buy_orders.teams_file(made["id"]).require_data())

    assert sheet.headings
    assert sheet.rows == []
    assert admin.group_buy_orders.teams(made["id"]).require_ok().total == 0


@case(
    "group-buy-teams-file-without-id",
    "C-03",
    "团队导出不传拼课团 id，以 40001 拒绝，不是文件",
    story="投放列表与导出",
    area=GROUP_BUY,
)
def test_file_of_teams_needs_the_group_buy(admin: AdminClient) -> None:
    answer = admin.group_buy_orders.teams_file(None)

    check_refused(answer, "40001", "groupBuyEventId")


@case(
    "group-buy-numbers-begin",
    "G-16",
    "没有订单时，各人数的参团数等于起始人数，次序与规则相同",
    story="参团数",
    severity="critical",
    area=GROUP_BUY,
)
def test_numbers_begin_where_the_rules_say(admin: AdminClient, group_buys: GroupBuyWorkshop) -> None:
    rule = {"leaderPrice": 0, "memberPrice": 0, "maxNumber": 50, "canJoin": True}
    made = group_buys.make(
        {
            "groupBuyEventTeamRules.0": {**rule, "size": 5, "begintNumber": 17},
            "groupBuyEventTeamRules.1": {**rule, "size": 3, "begintNumber": 0},
        }
    )

    numbers = admin.group_buy_orders.numbers(made["id"]).require_data()

    assert numbers == [{"size": 5, "number": 17}, {"size": 3, "number": 0}]


def _launched(admin: AdminClient, group_buys: GroupBuyWorkshop) -> GroupBuy:
    """A group-buy in two stores by two channels."""
    made = group_buys.make()
    admin.group_buys.launch(_places(made, group_buys)).require_ok()
    return made


def _places(made: GroupBuy, group_buys: GroupBuyWorkshop) -> dict[str, Any]:
    known = group_buys.words.id_of
    ids = {"orgIds": [known(name) for name in STORES], "channelIds": [known(name) for name in CHANNELS]}
    return {"groupBuyEventId": made["id"], **ids}


def _check_exported(sheet: Sheet, listed: list[Launch]) -> None:
    """The file holds the rows of the list in its order; which column is where is left open."""
    values: list[dict[str, Any]] = [dict(row) for row in listed]
    wanted = [{str(row[name]) for name in EXPORTED} for row in values]
    assert len(sheet.cells) == len(wanted), f"列表 {len(wanted)} 行，导出 {len(sheet.cells)} 行"
    missing = [row - cells for row, cells in zip(wanted, sheet.cells, strict=True) if not row <= cells]
    assert missing == [], "导出缺少列表里的值"
