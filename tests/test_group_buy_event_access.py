"""Who may do what to a group-buy: privileges (A-03), other organizations (C-14), rows that are not there."""

from typing import Final

import pytest

from clients import AdminClient, Answer, MemberClient
from harness.cases import Area, Case, case, cases
from harness.checks import check_refused
from harness.kinds.group_buy import GroupBuyWorkshop, specified
from harness.platform import Platform
from harness.workshop import AnyWorkshop
from tests.activities import access

pytestmark = pytest.mark.group_buy

ORGANIZATIONS = Area("管理后台", "接口约定")
MINI_PROGRAM = Area("小程序", "接口约定")
THEIRS: Final = {"descr": "另一个组织的拼课团", "storeOrgIds": []}
"""A group-buy of another organization names nothing of ours but the shared categories."""


def _launch(caller: AdminClient, group_buy_id: str, group_buys: AnyWorkshop) -> Answer[object]:
    """Into our store by our channel, whoever calls."""
    known = group_buys.words.id_of
    places = {"orgIds": [known("store")], "channelIds": [known("channel")]}
    return caller.group_buys.launch({"groupBuyEventId": group_buy_id, **places})


GROUP_BUY_CALLS: Final[access.Calls] = {
    **access.CALLS,
    "enable": access.CALLS["switch"],
    "specify": lambda caller, row, _: caller.group_buys.specify(
        row["id"], specified({"班型": ["大班", "小班"]})
    ),
    "launch": lambda caller, row, group_buys: _launch(caller, row["id"], group_buys),
    "launches": lambda caller, row, _: caller.group_buys.launches(row["id"]),
    "launches_file": lambda caller, row, _: caller.group_buys.launches_file(row["id"]),
    "teams": lambda caller, row, _: caller.group_buy_orders.teams(row["id"]),
    "numbers": lambda caller, row, _: caller.group_buy_orders.numbers(row["id"]),
    "teams_file": lambda caller, row, _: caller.group_buy_orders.teams_file(row["id"]),
    "orders": lambda caller, row, _: caller.group_buy_orders.orders(row["id"]),
    "search": lambda caller, row, _: caller.group_buy_orders.search(row["id"]),
}


@cases("group_buy_privilege")
def test_privilege(case: Case, platform: Platform, group_buys: GroupBuyWorkshop) -> None:
    access.privilege(case, platform, group_buys, GROUP_BUY_CALLS)


@cases("group_buy_other_organization")
def test_other_organization(case: Case, platform: Platform, group_buys: GroupBuyWorkshop) -> None:
    access.other_organization(case, platform, group_buys, GROUP_BUY_CALLS)


@cases("group_buy_absent")
def test_absent_group_buy(case: Case, group_buys: GroupBuyWorkshop) -> None:
    access.absent(case, group_buys, GROUP_BUY_CALLS)


@case(
    "group-buy-other-organization-list",
    "C-14",
    "别的组织的拼课团列表里没有我们的拼课团",
    area=ORGANIZATIONS,
    story="拼课团的组织隔离",
    severity="blocker",
)
def test_list_holds_only_one_s_own(other_admin: AdminClient, group_buys: GroupBuyWorkshop) -> None:
    access.list_holds_only_one_s_own(group_buys, other_admin, THEIRS)


@case(
    "group-buy-other-organization-body",
    "C-14",
    "请求体里写别的组织也没用，拼课团属于创建者的组织",
    area=ORGANIZATIONS,
    story="拼课团的组织隔离",
    severity="critical",
)
def test_body_cannot_choose_the_organization(other_admin: AdminClient, group_buys: GroupBuyWorkshop) -> None:
    access.body_cannot_choose_the_organization(group_buys, other_admin, THEIRS)


@case(
    "group-buy-other-organization-page",
    "C-14",
    "别的组织的会员打不开我们的拼课团页",
    area=MINI_PROGRAM,
    story="拼课团的组织隔离",
    severity="critical",
)
def test_page_is_for_one_s_own_members(
    platform: Platform, member: MemberClient, group_buys: GroupBuyWorkshop
) -> None:
    made = group_buys.make({"enable": True})
    stranger = access.member_of_other_organization(platform, group_buys.mark)

    for load in (stranger.group_buys.get, stranger.group_buys.redemption, stranger.group_buys.specifications):
        check_refused(load(made["id"]), "40401")

    check_refused(stranger.resources.get(made["resourceId"]), "40401")
    assert member.group_buys.get(made["id"]).ok
