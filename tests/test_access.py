"""Who may do what to an event: privileges (A-03), other organizations (C-14), rows that are not there."""

import pytest

from clients import AdminClient, MemberClient, WechatSignIn
from clients.bodies import Event
from harness.cases import Area, Case, case, cases
from harness.checks import check_outcome, check_refused, check_same, ids_of
from harness.platform import Platform, Unavailable
from harness.workshop import EventWorkshop
from tests.event_calls import EVENT_CALLS

pytestmark = pytest.mark.event

ACCESS = Area("管理后台", "登录与权限")
ORGANIZATIONS = Area("管理后台", "接口约定")
MINI_PROGRAM = Area("小程序", "接口约定")


@cases("event_privilege")
def test_privilege(case: Case, platform: Platform, admin: AdminClient, events: EventWorkshop) -> None:
    made = events.make()
    caller = _caller(case, platform)

    answer = EVENT_CALLS[case.call or ""](caller, made, events)

    check_outcome(answer, case)
    if not answer.ok:
        _check_untouched(admin, made, events)


@cases("event_other_organization")
def test_other_organization(
    case: Case, platform: Platform, admin: AdminClient, events: EventWorkshop
) -> None:
    made = events.make()

    answer = EVENT_CALLS[case.call or ""](_caller(case, platform), made, events)

    check_outcome(answer, case)
    _check_untouched(admin, made, events)


@cases("event_absent")
def test_absent_event(case: Case, admin: AdminClient, events: EventWorkshop) -> None:
    made = events.make()
    if case.row == "deleted":
        admin.events.delete(made["id"]).require_ok()
    else:
        made = {**made, "id": events.words.id_of("absent")}

    answer = EVENT_CALLS[case.call or ""](admin, made, events)

    check_outcome(answer, case)


@case(
    "other-organization-list",
    "C-14",
    "别的组织的活动列表里没有我们的活动",
    area=ORGANIZATIONS,
    story="组织隔离",
    severity="blocker",
)
def test_list_holds_only_one_s_own(
    admin: AdminClient, other_admin: AdminClient, events: EventWorkshop, mark: str
) -> None:
    ours, theirs = events.make(), events.make(_theirs(), admin=other_admin)

    seen = [ids_of(caller.events.list(search_word=mark).require_data()) for caller in (admin, other_admin)]

    assert seen == [[ours["id"]], [theirs["id"]]]


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
    theirs = events.make(_theirs(), admin=other_admin)

    made = events.make({"organizationId": theirs["organizationId"]})

    assert made["organizationId"] != theirs["organizationId"]
    check_refused(other_admin.events.get(made["id"]), "40401")


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
    stranger = _member_of_other_organization(platform, f"new-{mark}")

    answer = stranger.events.get(made["id"])

    check_refused(answer, "40401")
    assert member.events.get(made["id"]).ok


def _caller(case: Case, platform: Platform) -> AdminClient:
    return platform.tenant_without(case.without) if case.without else platform.tenant(case.role or "admin")


def _check_untouched(admin: AdminClient, made: Event, events: EventWorkshop) -> None:
    """The event is as it was, and no other stands within the test's mark."""
    check_same(made, admin.events.get(made["id"]).require_data())
    assert ids_of(admin.events.list(search_word=events.words.mark).require_data()) == [made["id"]]


def _theirs() -> dict[str, object]:
    """What an event of another organization must not name: nothing of ours but the shared categories."""
    return {"brief": "另一个组织的活动"}


def _member_of_other_organization(platform: Platform, code: str) -> MemberClient:
    app_id = platform.profile.other_app_id
    if app_id is None:
        raise Unavailable(f"环境 {platform.profile.title} 没有第二个组织的小程序（wechat.other_app_id）")
    return platform.mini_program.signed_in(WechatSignIn("member of other organization", app_id, code))
