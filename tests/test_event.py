"""Events (活动) on the admin console: create, update, copy, publish, pin, delete."""

import pytest

from clients import AdminClient, MemberClient
from harness.cases import Area, Case, case, cases
from harness.checks import check_refused
from harness.clock import SandboxClock
from harness.kinds.event import EventWorkshop
from tests.activities import conventions, life

pytestmark = pytest.mark.event

EVENT = Area("管理后台", "活动")


@cases("event_create")
def test_create(case: Case, events: EventWorkshop) -> None:
    life.create(case, events)


@cases("event_create_session")
def test_create_with_sessions(case: Case, events: EventWorkshop) -> None:
    life.create(case, events)


@cases("event_update")
def test_update(case: Case, events: EventWorkshop) -> None:
    life.update(case, events)


@case(
    "event-update-moves-updated-time",
    "C-07",
    "修改后 updatedTime 前进，createdTime 不变",
    story="修改活动",
    area=EVENT,
)
def test_update_moves_updated_time(events: EventWorkshop, movable_clock: SandboxClock) -> None:
    life.update_moves_updated_time(events, movable_clock)


@case(
    "event-created-time-kept",
    "C-03",
    "请求里的 createdTime 被忽略，新建和修改都一样",
    area=EVENT,
    story="修改活动",
)
def test_created_time_of_a_body_is_ignored(events: EventWorkshop) -> None:
    life.created_time_of_a_body_is_ignored(events)


@case(
    "event-update-keeps-identity",
    "C-03",
    "修改时带上别的 id 被忽略，改的仍是路径里的活动",
    story="修改活动",
    area=EVENT,
)
def test_update_takes_the_path_s_id(events: EventWorkshop) -> None:
    life.update_takes_the_id_of_the_path(events)


@case(
    "event-update-keeps-session-ids",
    "C-03",
    "修改活动时带 id 的场次还是原来的场次",
    story="修改活动",
    area=EVENT,
)
def test_update_keeps_the_ids_of_sessions(admin: AdminClient, events: EventWorkshop) -> None:
    before = events.make()
    body = events.writable(before)
    body["eventSessionList"][0]["quota"] = 77

    admin.events.update(before["id"], body).require_ok()

    after = admin.events.get(before["id"]).require_data()
    kept = [(session["id"], session["quota"]) for session in after["eventSessionList"]]
    assert kept == [(before["eventSessionList"][0]["id"], 77)]


@case("event-recommend-only-it", "E-04", "置顶只改这一个活动的置顶", story="发布与置顶", area=EVENT)
def test_recommend_changes_nothing_else(events: EventWorkshop) -> None:
    life.recommend_changes_nothing_else(events)


@cases("event_switch")
def test_publish_and_recommend(case: Case, events: EventWorkshop) -> None:
    life.switch(case, events)


@case("event-publish-as-json", "C-16", "publish 用 JSON 传不算数，活动不变", story="发布与置顶", area=EVENT)
def test_publish_takes_no_json(events: EventWorkshop) -> None:
    conventions.switch_takes_no_json(events, "publish")


@cases("event_copy")
def test_copy(case: Case, events: EventWorkshop) -> None:
    life.copy(case, events)


@case("event-copy-twice", "E-05", "复制两次得两个副本，资源 id 各不相同", story="复制活动", area=EVENT)
def test_copy_twice_makes_two(events: EventWorkshop) -> None:
    life.copy_twice_makes_two(events)


@case("event-copy-of-copy", "E-05", "副本还能再复制，名称再加 _副本", story="复制活动", area=EVENT)
def test_copy_of_a_copy(events: EventWorkshop) -> None:
    life.copy_of_a_copy(events)


@case(
    "event-copy-has-own-life", "E-05", "改副本不影响原活动，删原活动不影响副本", story="复制活动", area=EVENT
)
def test_copy_lives_apart_from_its_original(events: EventWorkshop) -> None:
    life.copy_lives_apart_from_its_original(events)


@case(
    "event-delete",
    "C-10",
    "删除后列表、名称表、详情和小程序里都没有了",
    story="删除活动",
    severity="blocker",
    smoke=True,
    area=EVENT,
)
def test_deleted_event_is_gone(admin: AdminClient, member: MemberClient, events: EventWorkshop) -> None:
    made = events.make({"published": True})

    life.deleted_is_gone(events, made)

    assert made["id"] not in {row["id"] for row in admin.events.ids_and_names().require_data()}
    check_refused(member.events.get(made["id"]), "40401")


@case("event-delete-only-it", "C-10", "删除只删这一个活动", story="删除活动", severity="critical", area=EVENT)
def test_delete_leaves_the_others(events: EventWorkshop) -> None:
    life.delete_leaves_the_others(events)


@case("event-delete-twice", "C-10", "删两次，第二次也回答成功", story="删除活动", area=EVENT)
def test_delete_twice_answers_success(events: EventWorkshop) -> None:
    life.delete_twice_answers_success(events)


@case("event-create-at-clock", "C-07", "createdTime 是新建那一刻，毫秒为整秒", story="新建活动", area=EVENT)
def test_created_time_is_the_clock_s(events: EventWorkshop, movable_clock: SandboxClock) -> None:
    life.created_time_is_the_clock_s(events, movable_clock)


@case("event-same-resource", "E-01", "两个活动用同一资源 id，第二个被拒绝", story="新建活动", area=EVENT)
def test_resource_id_serves_one_event(events: EventWorkshop) -> None:
    life.resource_id_serves_one(events)
