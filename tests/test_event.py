"""Events (活动) on the admin console: create, update, copy, publish, pin, delete."""

from typing import Any

import pytest

from clients import AdminClient, MemberClient
from clients.bodies import Event
from harness.case_words import query
from harness.cases import Area, Case, case, cases
from harness.checks import check_kept, check_outcome, check_refused, check_same, ids_of
from harness.clock import HOUR, SECOND, SandboxClock
from harness.workshop import EventWorkshop

pytestmark = pytest.mark.event

EVENT = Area("管理后台", "活动")
NOT_COPIED = {
    "id",
    "resourceId",
    "formId",
    "name",
    "published",
    "recommend",
    "status",
    "createdTime",
    "updatedTime",
}
NOT_COPIED_OF_SESSION = {"id", "eventId", "createdTime", "updatedTime"}


@cases("event_create")
def test_create(case: Case, admin: AdminClient, events: EventWorkshop) -> None:
    _create_and_check(case, admin, events)


@cases("event_create_session")
def test_create_with_sessions(case: Case, admin: AdminClient, events: EventWorkshop) -> None:
    _create_and_check(case, admin, events)


@cases("event_update")
def test_update(case: Case, admin: AdminClient, events: EventWorkshop) -> None:
    before = events.make(case.given)
    body = events.changed(events.writable(before), case.change)

    answer = admin.events.update(before["id"], body)

    check_outcome(answer, case)
    after = admin.events.get(before["id"]).require_data()
    if answer.ok:
        check_kept(body, after, case, events.words)
        assert len(after["eventSessionList"]) == len(body["eventSessionList"]), "场次数与写入的不同"
    else:
        check_same(before, after)


@case(
    "event-update-moves-updated-time",
    "C-07",
    "修改后 updatedTime 前进，createdTime 不变",
    story="修改活动",
    area=EVENT,
)
def test_update_moves_updated_time(
    admin: AdminClient, events: EventWorkshop, movable_clock: SandboxClock
) -> None:
    before = events.make()
    movable_clock.advance(5 * SECOND)

    admin.events.update(before["id"], {**events.writable(before), "brief": "稍后改的"}).require_ok()

    after = admin.events.get(before["id"]).require_data()
    assert after["createdTime"] == before["createdTime"]
    assert after["updatedTime"] == before["updatedTime"] + 5 * SECOND


@case(
    "event-created-time-kept",
    "C-03",
    "请求里的 createdTime 被忽略，新建和修改都一样",
    area=EVENT,
    story="修改活动",
)
def test_created_time_of_a_body_is_ignored(admin: AdminClient, events: EventWorkshop) -> None:
    long_ago = 946656000000
    made = events.make({"createdTime": long_ago})

    admin.events.update(made["id"], {**events.writable(made), "createdTime": long_ago}).require_ok()

    after = admin.events.get(made["id"]).require_data()
    assert after["createdTime"] == made["createdTime"] > long_ago


@case(
    "event-update-keeps-identity",
    "C-03",
    "修改时带上别的 id 被忽略，改的仍是路径里的活动",
    story="修改活动",
    area=EVENT,
)
def test_update_takes_the_path_s_id(admin: AdminClient, events: EventWorkshop) -> None:
    changed, untouched = events.make(), events.make()
    body = {**events.writable(changed), "id": untouched["id"], "brief": "只改这一个"}

    admin.events.update(changed["id"], body).require_ok()

    assert admin.events.get(changed["id"]).require_data()["brief"] == "只改这一个"
    check_same(untouched, admin.events.get(untouched["id"]).require_data())


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
def test_recommend_changes_nothing_else(admin: AdminClient, events: EventWorkshop) -> None:
    pinned, other = events.make(), events.make()

    admin.events.recommend(pinned["id"], recommend=True).require_ok()

    after = admin.events.get(pinned["id"]).require_data()
    assert {**after, "recommend": False, "updatedTime": pinned["updatedTime"]} == pinned
    check_same(other, admin.events.get(other["id"]).require_data())


@cases("event_switch")
def test_publish_and_recommend(case: Case, admin: AdminClient, events: EventWorkshop) -> None:
    made = events.make(case.given)
    word = query(case.query, events.words).get("word")
    call = {"publish": admin.events.publish, "recommend": admin.events.recommend}[case.call or ""]

    answer = call(made["id"], word)

    check_outcome(answer, case)
    after = admin.events.get(made["id"]).require_data()
    if answer.ok:
        check_kept({}, after, case, events.words)
    else:
        check_same(made, after)


@case("event-publish-as-json", "C-16", "publish 用 JSON 传不算数，活动不变", story="发布与置顶", area=EVENT)
def test_publish_takes_no_json(admin: AdminClient, events: EventWorkshop) -> None:
    made = events.make()

    answer = admin.transport.call(
        "admin.events.publish", "PUT", f"event/{made['id']}/publish", json={"publish": True}
    )

    assert not answer.ok
    check_same(made, admin.events.get(made["id"]).require_data())


@cases("event_copy")
def test_copy(case: Case, admin: AdminClient, events: EventWorkshop) -> None:
    original = events.make(case.given)

    admin.events.copy(original["id"]).require_ok()

    copied = events.copy_of(original)
    check_kept(_copied(original), copied, case, events.words)
    assert copied["name"].endswith("_副本")
    assert len(copied["name"]) == case.expect.get("rows", len(original["name"]) + 3)
    assert original["name"].startswith(copied["name"].removesuffix("_副本")), "名称只许截短，不许改变"
    assert _allids_of(copied).isdisjoint(_allids_of(original)), "副本的 id、资源 id 和场次 id 都应是新的"
    check_same(original, admin.events.get(original["id"]).require_data())


@case("event-copy-twice", "E-05", "复制两次得两个副本，资源 id 各不相同", story="复制活动", area=EVENT)
def test_copy_twice_makes_two(admin: AdminClient, events: EventWorkshop, mark: str) -> None:
    original = events.make()

    admin.events.copy(original["id"]).require_ok()
    admin.events.copy(original["id"]).require_ok()

    listed = admin.events.list(search_word=mark).require_data()
    assert len(listed) == 3
    assert len({row["resourceId"] for row in listed}) == 3
    assert all(row["resourceId"].startswith("hd_") for row in listed)


@case("event-copy-of-copy", "E-05", "副本还能再复制，名称再加 _副本", story="复制活动", area=EVENT)
def test_copy_of_a_copy(admin: AdminClient, events: EventWorkshop, mark: str) -> None:
    original = events.make({"name": mark})
    admin.events.copy(original["id"]).require_ok()

    admin.events.copy(events.copy_of(original)["id"]).require_ok()

    names = {row["name"] for row in admin.events.list(search_word=mark).require_data()}
    assert names == {mark, f"{mark}_副本", f"{mark}_副本_副本"}


@case(
    "event-copy-has-own-life", "E-05", "改副本不影响原活动，删原活动不影响副本", story="复制活动", area=EVENT
)
def test_copy_lives_apart_from_its_original(admin: AdminClient, events: EventWorkshop) -> None:
    original = events.make()
    admin.events.copy(original["id"]).require_ok()
    copied = events.copy_of(original)

    admin.events.update(copied["id"], {**events.writable(copied), "tags": ["改了"]}).require_ok()

    check_same(original, admin.events.get(original["id"]).require_data())
    admin.events.delete(original["id"]).require_ok()
    assert admin.events.get(copied["id"]).require_data()["tags"] == ["改了"]


@case(
    "event-delete",
    "C-10",
    "删除后列表、名称表、详情和小程序里都没有了",
    story="删除活动",
    severity="blocker",
    smoke=True,
    area=EVENT,
)
def test_deleted_event_is_gone(
    admin: AdminClient, member: MemberClient, events: EventWorkshop, mark: str
) -> None:
    made = events.make({"published": True})

    admin.events.delete(made["id"]).require_ok()

    assert admin.events.list(search_word=mark).require_ok().total == 0
    assert made["id"] not in {row["id"] for row in admin.events.ids_and_names().require_data()}
    check_refused(admin.events.get(made["id"]), "40401")
    check_refused(member.events.get(made["id"]), "40401")


@case("event-delete-only-it", "C-10", "删除只删这一个活动", story="删除活动", severity="critical", area=EVENT)
def test_delete_leaves_the_others(admin: AdminClient, events: EventWorkshop, mark: str) -> None:
    deleted, kept = events.make(), events.make()

    admin.events.delete(deleted["id"]).require_ok()

    assert ids_of(admin.events.list(search_word=mark).require_data()) == [kept["id"]]
    check_same(kept, admin.events.get(kept["id"]).require_data())


@case("event-delete-twice", "C-10", "删两次，第二次也回答成功", story="删除活动", area=EVENT)
def test_delete_twice_answers_success(admin: AdminClient, events: EventWorkshop) -> None:
    made = events.make()
    admin.events.delete(made["id"]).require_ok()

    again = admin.events.delete(made["id"])

    assert again.ok


@case("event-create-at-clock", "C-07", "createdTime 是新建那一刻，毫秒为整秒", story="新建活动", area=EVENT)
def test_created_time_is_the_clock_s(events: EventWorkshop, movable_clock: SandboxClock) -> None:
    movable_clock.advance(3 * HOUR + 7 * SECOND)

    made = events.make()

    assert made["createdTime"] == made["updatedTime"] == movable_clock.now()


@case("event-same-resource", "E-01", "两个活动用同一资源 id，第二个被拒绝", story="新建活动", area=EVENT)
def test_resource_id_serves_one_event(admin: AdminClient, events: EventWorkshop, mark: str) -> None:
    made = events.make()

    answer = admin.events.create(events.body({"resourceId": made["resourceId"]}))

    check_refused(answer, "40001", "resourceId")
    assert admin.events.list(search_word=mark).require_ok().total == 1


def _create_and_check(case: Case, admin: AdminClient, events: EventWorkshop) -> None:
    """Create, then hold what is read back (or that nothing is there) against the case."""
    body = events.body(case.change)

    answer = admin.events.create(body)

    check_outcome(answer, case)
    if answer.ok:
        check_kept(body, admin.events.get(answer.require_data()).require_data(), case, events.words)
    else:
        assert _traces(admin, body) == [], "被拒绝的新建留下了活动"


def _traces(admin: AdminClient, body: dict[str, Any]) -> list[str]:
    """Ids of events that a refused body has left, found by its name and told by its resource id."""
    name = body.get("name")
    word = name[:50] if isinstance(name, str) and name else None
    rows = admin.events.list(search_word=word, page=1, size=1000).require_data()
    return [row["id"] for row in rows if row["resourceId"] == body.get("resourceId")]


def _copied(original: Event) -> dict[str, Any]:
    """What a copy must have from its original."""
    kept = {key: value for key, value in original.items() if key not in NOT_COPIED}
    kept["eventSessionList"] = [
        {key: value for key, value in session.items() if key not in NOT_COPIED_OF_SESSION}
        for session in original["eventSessionList"]
    ]
    return kept


def _allids_of(event: Event) -> set[str]:
    return {event["id"], str(event["resourceId"]), *(session["id"] for session in event["eventSessionList"])}
