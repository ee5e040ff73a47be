"""Who may do what to an event: privileges (A-03), other organizations (C-14), rows that are not there."""

from typing import Final

import pytest

from clients import AdminClient, MemberClient
from harness.cases import Area, Case, case, cases
from harness.checks import check_refused, ids_of
from harness.kinds.event import EventWorkshop
from harness.platform import Platform
from tests.activities import access

pytestmark = pytest.mark.event

ACCESS = Area("管理后台", "登录与权限")
ORGANIZATIONS = Area("管理后台", "接口约定")
MINI_PROGRAM = Area("小程序", "接口约定")
THEIRS: Final = {"brief": "另一个组织的活动"}
"""An event of another organization names nothing of ours but the shared categories."""
EVENT_CALLS: Final[access.Calls] = {
    **access.CALLS,
    "publish": access.CALLS["switch"],
    "qrcodes": lambda caller, event, _: caller.checkin_qrcodes.list(event["id"]),
    "channels": lambda caller, event, _: caller.channels.list(page=1, size=10),
    "stores": lambda caller, event, _: caller.stores.list(page=1, size=10),
    "names": lambda caller, event, _: caller.events.ids_and_names(),
    "categories": lambda caller, event, _: caller.event_categories.list(),
}


@cases("event_privilege")
def test_privilege(case: Case, platform: Platform, events: EventWorkshop) -> None:
    access.privilege(case, platform, events, EVENT_CALLS)


@cases("event_other_organization")
def test_other_organization(case: Case, platform: Platform, events: EventWorkshop) -> None:
    access.other_organization(case, platform, events, EVENT_CALLS)


@cases("event_absent")
def test_absent_event(case: Case, events: EventWorkshop) -> None:
    access.absent(case, events, EVENT_CALLS)


@case(
    "other-organization-list",
    "C-14",
    "别的组织的活动列表里没有我们的活动",
    area=ORGANIZATIONS,
    story="组织隔离",
    severity="blocker",
)
def test_list_holds_only_one_s_own(other_admin: AdminClient, events: EventWorkshop) -> None:
    access.list_holds_only_one_s_own(events, other_admin, THEIRS)


@case(
    "other-organization-names",
    "C-14",
    "别的组织的名称表里没有我们的活动",
    area=ORGANIZATIONS,
    story="组织隔离",
)
def test_names_hold_only_one_s_own(
    admin: AdminClient, other_admin: AdminClient, events: EventWorkshop
) -> None:
    made = events.make()

    names = ids_of(other_admin.events.ids_and_names().require_data())

    assert made["id"] not in names
    assert made["id"] in ids_of(admin.events.ids_and_names().require_data())


@case(
    "other-organization-qrcodes",
    "C-14",
    "别的组织看不到我们活动的核销码",
    area=ORGANIZATIONS,
    story="组织隔离",
    severity="critical",
)
def test_qrcodes_are_one_s_own(admin: AdminClient, other_admin: AdminClient, events: EventWorkshop) -> None:
    made = events.make(
        {
            "checkinQrcodeToggle": True,
            "eventSessionList.0.placeType": "STORE",
            "eventSessionList.0.applicableStoreIds": {"$id_of": "store"},
        }
    )
    assert admin.checkin_qrcodes.list(made["id"]).require_ok().total == 1

    answer = other_admin.checkin_qrcodes.list(made["id"])

    assert not answer.data, "别的组织得到了核销码"


@case(
    "other-organization-body",
    "C-14",
    "请求体里写别的组织也没用，活动属于创建者的组织",
    area=ORGANIZATIONS,
    story="组织隔离",
    severity="critical",
)
def test_body_cannot_choose_the_organization(other_admin: AdminClient, events: EventWorkshop) -> None:
    access.body_cannot_choose_the_organization(events, other_admin, THEIRS)


@case(
    "other-organization-page",
    "C-14",
    "别的组织的会员打不开我们的活动页",
    area=MINI_PROGRAM,
    story="组织隔离",
    severity="critical",
)
def test_page_is_for_one_s_own_members(
    platform: Platform, member: MemberClient, events: EventWorkshop, mark: str
) -> None:
    made = events.make({"published": True})
    stranger = access.member_of_other_organization(platform, mark)

    answer = stranger.events.get(made["id"])

    check_refused(answer, "40401")
    assert member.events.get(made["id"]).ok
