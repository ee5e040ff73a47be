"""What members meet of a group-buy: its page in three loads, and what resource ids point to."""

from collections.abc import Callable, Mapping
from typing import Any, Final

import pytest

from clients import AdminClient, MemberClient
from harness.cases import Area, Case, case, cases
from harness.checks import check_outcome, check_refused
from harness.clock import SandboxClock
from harness.kinds.event import EventWorkshop
from harness.kinds.group_buy import GroupBuyWorkshop, specified

pytestmark = pytest.mark.group_buy

MINI_PROGRAM = Area("小程序", "拼课团")
BASICS: Final = (
    "id",
    "resourceId",
    "titile",
    "descr",
    "detail",
    "banner",
    "beginTime",
    "endTime",
    "price",
    "tags",
    "form",
    "groupBuyEventTeamRules",
)
REDEMPTION: Final = (
    "id",
    "storeOrgIds",
    "stores",
    "effectiveType",
    "effectiveHours",
    "effectiveBeginTime",
    "effectiveEndTime",
    "checkinQrcodeToggle",
)
SPECIFICATIONS: Final = ("id", "specificationConfs", "groupBuyEventSpecificationDetails")


@cases("group_buy_page")
def test_page(
    case: Case,
    member: MemberClient,
    group_buys: GroupBuyWorkshop,
    clock_when_needed: Callable[[], SandboxClock],
) -> None:
    made = group_buys.make(case.given)
    if case.clock is not None:
        clock_when_needed().go(case.clock, made)
    calls = member.group_buys

    answers = [load(made["id"]) for load in (calls.get, calls.redemption, calls.specifications)]

    for answer in answers:
        check_outcome(answer, case)
    page = answers[0].data
    if page is not None:
        assert _parts(page, BASICS) == _parts(made, BASICS)
        assert page["status"] == case.expect["status"]


@case(
    "group-buy-page-second-load",
    "G-02",
    "第二次加载给出门店和有效期，与后台相同",
    story="拼课团页",
    severity="critical",
    area=MINI_PROGRAM,
)
def test_second_load_is_where_and_until_when(member: MemberClient, group_buys: GroupBuyWorkshop) -> None:
    stores = [{"$id_of": "store_second"}, {"$id_of": "store"}]
    made = group_buys.make({"enable": True, "storeOrgIds": stores})

    page = member.group_buys.redemption(made["id"]).require_data()

    assert _parts(page, REDEMPTION) == _parts(made, REDEMPTION)
    assert len(page["stores"]) == 2


@case(
    "group-buy-page-third-load",
    "G-11",
    "第三次加载给出规格层级和组合，与后台相同，停用的也标明",
    story="拼课团页",
    severity="critical",
    area=MINI_PROGRAM,
)
def test_third_load_is_the_specifications(
    admin: AdminClient, member: MemberClient, group_buys: GroupBuyWorkshop
) -> None:
    made = group_buys.make({"enable": True})
    wanted = group_buys.changed(
        specified({"班型": ["大班", "小班"]}),
        {"groupBuyEventSpecificationDetails.1.enabled": False},
    )
    admin.group_buys.specify(made["id"], wanted).require_ok()

    page = member.group_buys.specifications(made["id"]).require_data()

    assert _parts(page, SPECIFICATIONS) == {"id": made["id"], **wanted}


@case(
    "group-buy-page-disabled-again",
    "G-05",
    "停用后小程序上不再存在，再启用又看得到",
    story="拼课团页",
    severity="critical",
    area=MINI_PROGRAM,
)
def test_disabled_group_buy_has_no_page(
    admin: AdminClient, member: MemberClient, group_buys: GroupBuyWorkshop
) -> None:
    made = group_buys.make({"enable": True})

    admin.group_buys.enable(made["id"], enable=False).require_ok()

    check_refused(member.group_buys.get(made["id"]), "40401")
    admin.group_buys.enable(made["id"], enable=True).require_ok()
    assert member.group_buys.get(made["id"]).require_data()["id"] == made["id"]


@case(
    "group-buy-page-absent",
    "C-03",
    "不存在的拼课团，三次加载都以 40401 拒绝",
    story="拼课团页",
    area=MINI_PROGRAM,
)
def test_absent_group_buy_has_no_page(member: MemberClient, group_buys: GroupBuyWorkshop) -> None:
    absent, calls = group_buys.words.id_of("absent"), member.group_buys

    for load in (calls.get, calls.redemption, calls.specifications):
        check_refused(load(absent), "40401")


@case(
    "resource-of-group-buy",
    "G-01",
    "拼课团的资源 id 指向这个拼课团",
    story="资源 id",
    severity="critical",
    area=MINI_PROGRAM,
)
def test_resource_id_points_to_its_group_buy(member: MemberClient, group_buys: GroupBuyWorkshop) -> None:
    made = group_buys.make({"enable": True})

    linked = member.resources.get(made["resourceId"]).require_data()

    pointed = {"resourceType": "GROUP_BUY_EVENT", "id": made["id"], "name": made["titile"]}
    assert linked == {"resourceId": made["resourceId"], **pointed}


@case("resource-of-event", "E-01", "活动的资源 id 指向这个活动", story="资源 id", area=MINI_PROGRAM)
def test_resource_id_points_to_its_event(member: MemberClient, events: EventWorkshop) -> None:
    made = events.make({"published": True})

    linked = member.resources.get(made["resourceId"]).require_data()

    pointed = {"resourceType": "EVENT", "id": made["id"], "name": made["name"]}
    assert linked == {"resourceId": made["resourceId"], **pointed}


@case("resource-of-copy", "G-12", "副本的新资源 id 指向副本", story="资源 id", area=MINI_PROGRAM)
def test_resource_id_of_a_copy_points_to_the_copy(
    admin: AdminClient, member: MemberClient, group_buys: GroupBuyWorkshop
) -> None:
    original = group_buys.make({"enable": True})
    copied = admin.group_buys.copy(original["id"]).require_data()
    admin.group_buys.enable(copied, enable=True).require_ok()
    resource_id = admin.group_buys.get(copied).require_data()["resourceId"]

    pointed = [
        member.resources.get(one).require_data()["id"] for one in (resource_id, original["resourceId"])
    ]

    assert pointed == [copied, original["id"]]


@case(
    "resource-absent", "C-03", "没有指向任何东西的资源 id，以 40401 拒绝", story="资源 id", area=MINI_PROGRAM
)
def test_resource_id_of_nothing_is_absent(
    admin: AdminClient, member: MemberClient, group_buys: GroupBuyWorkshop
) -> None:
    unused = admin.resources.new_id("pt").require_data()
    hidden, deleted = group_buys.make(), group_buys.make({"enable": True})
    admin.group_buys.delete(deleted["id"]).require_ok()

    for resource_id in (unused, hidden["resourceId"], deleted["resourceId"]):
        check_refused(member.resources.get(resource_id), "40401")


def _parts(row: Mapping[str, Any], names: tuple[str, ...]) -> dict[str, Any]:
    return {name: row.get(name) for name in names}
