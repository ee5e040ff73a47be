"""The life of an activity on the console, the same for every kind: create, update, switch, copy, delete."""

from collections.abc import Mapping
from typing import Any, Final

from harness.case_words import query
from harness.cases import Case
from harness.checks import check_kept, check_outcome, check_refused, check_same, ids_of
from harness.clock import HOUR, SECOND, SandboxClock
from harness.workshop import AnyWorkshop

COPY_SUFFIX: Final = "_副本"
LONG_AGO: Final = 946656000000
OWN_TO_EACH: Final = {"id", "resourceId", "formId", "recommend", "status", "createdTime", "updatedTime"}
OWN_TO_EACH_PART: Final = {"id", "eventId", "groupBuyEventId", "createdTime", "updatedTime"}
NOT_ITS_OWN: Final = {"stores"}
"""Parts of an answer that stand for rows of others."""


def create(case: Case, activities: AnyWorkshop) -> None:
    """Create, then hold what is read back (or that nothing is there) against the case."""
    body = activities.body(case.change)

    answer = activities.calls().create(body)

    check_outcome(answer, case)
    if answer.ok:
        read = activities.calls().get(answer.require_data()).require_data()
        check_kept(body, read, case, activities.words)
    else:
        assert _traces(body, activities) == [], "被拒绝的新建留下了数据"


def update(case: Case, activities: AnyWorkshop) -> None:
    before = activities.make(case.given)
    body = activities.changed(activities.writable(before), case.change)

    answer = activities.calls().update(before["id"], body)

    check_outcome(answer, case)
    after = activities.read(before)
    if answer.ok:
        check_kept(body, after, case, activities.words)
    else:
        check_same(before, after)


def update_moves_updated_time(activities: AnyWorkshop, clock: SandboxClock) -> None:
    before = activities.make()
    clock.advance(5 * SECOND)

    _update(activities, before, {activities.brief: "稍后改的"})

    after = activities.read(before)
    assert after["createdTime"] == before["createdTime"]
    assert after["updatedTime"] == before["updatedTime"] + 5 * SECOND


def created_time_of_a_body_is_ignored(activities: AnyWorkshop) -> None:
    made = activities.make({"createdTime": LONG_AGO})

    _update(activities, made, {"createdTime": LONG_AGO})

    assert activities.read(made)["createdTime"] == made["createdTime"] > LONG_AGO


def update_takes_the_id_of_the_path(activities: AnyWorkshop) -> None:
    changed, untouched = activities.make(), activities.make()

    _update(activities, changed, {"id": untouched["id"], activities.brief: "只改这一个"})

    assert activities.read(changed)[activities.brief] == "只改这一个"
    check_same(untouched, activities.read(untouched))


def refused_update_saves_nothing(activities: AnyWorkshop, bad: Mapping[str, Any]) -> None:
    """Several fields change, one of them badly: none is saved, and the refusal names the bad one."""
    made = activities.make()
    body = {**activities.writable(made), activities.brief: "不应保存", "tags": ["不应保存"], **bad}

    check_refused(activities.calls().update(made["id"], body), "40001", next(iter(bad)))

    check_same(made, activities.read(made))


def switch(case: Case, activities: AnyWorkshop) -> None:
    """Publish, enable or recommend, with the word that the case's form carries."""
    made = activities.make(case.given)
    word = query(case.query, activities.words).get("word")
    call = activities.calls().recommend if case.call == "recommend" else activities.turn

    answer = call(made["id"], word)

    check_outcome(answer, case)
    if answer.ok:
        check_kept({}, activities.read(made), case, activities.words)
    else:
        check_same(made, activities.read(made))


def recommend_changes_nothing_else(activities: AnyWorkshop) -> None:
    pinned, other = activities.make(), activities.make()

    activities.calls().recommend(pinned["id"], recommend=True).require_ok()

    after = activities.read(pinned)
    assert {**after, "recommend": False, "updatedTime": pinned["updatedTime"]} == pinned
    check_same(other, activities.read(other))


def copy(case: Case, activities: AnyWorkshop) -> None:
    original = activities.make(case.given)

    activities.calls().copy(original["id"]).require_ok()

    copied = activities.copy_of(original)
    title, copied_title = original[activities.title], copied[activities.title]
    check_kept(_inherited(original, activities), copied, case, activities.words)
    assert copied_title.endswith(COPY_SUFFIX)
    assert len(copied_title) == case.expect.get("rows", len(title) + len(COPY_SUFFIX))
    assert title.startswith(copied_title.removesuffix(COPY_SUFFIX)), "名称只许截短，不许改变"
    assert _ids(copied).isdisjoint(_ids(original)), "副本的 id、资源 id 和各部分的 id 都应是新的"
    check_same(original, activities.read(original))


def copy_twice_makes_two(activities: AnyWorkshop) -> None:
    original = activities.make()

    activities.calls().copy(original["id"]).require_ok()
    activities.calls().copy(original["id"]).require_ok()

    resource_ids = [row["resourceId"] for row in activities.within_mark()]
    assert len(resource_ids) == len(set(resource_ids)) == 3
    assert all(one.startswith(f"{activities.prefix}_") for one in resource_ids)


def copy_of_a_copy(activities: AnyWorkshop) -> None:
    original = activities.make({activities.title: activities.mark})
    activities.calls().copy(original["id"]).require_ok()

    activities.calls().copy(activities.copy_of(original)["id"]).require_ok()

    titles = {row[activities.title] for row in activities.within_mark()}
    once = activities.mark + COPY_SUFFIX
    assert titles == {activities.mark, once, once + COPY_SUFFIX}


def copy_lives_apart_from_its_original(activities: AnyWorkshop) -> None:
    original = activities.make()
    activities.calls().copy(original["id"]).require_ok()
    copied = activities.copy_of(original)

    _update(activities, copied, {"tags": ["改了"]})

    check_same(original, activities.read(original))
    activities.calls().delete(original["id"]).require_ok()
    assert activities.read(copied)["tags"] == ["改了"]


def deleted_is_gone(activities: AnyWorkshop, made: Mapping[str, Any]) -> None:
    """From the console: its list and its own call."""
    activities.calls().delete(made["id"]).require_ok()

    assert activities.within_mark() == []
    check_refused(activities.calls().get(made["id"]), "40401")


def delete_leaves_the_others(activities: AnyWorkshop) -> None:
    deleted, kept = activities.make(), activities.make()

    activities.calls().delete(deleted["id"]).require_ok()

    assert ids_of(activities.within_mark()) == [kept["id"]]
    check_same(kept, activities.read(kept))


def delete_twice_answers_success(activities: AnyWorkshop) -> None:
    made = activities.make()
    activities.calls().delete(made["id"]).require_ok()

    again = activities.calls().delete(made["id"])

    assert again.ok


def created_time_is_the_clock_s(activities: AnyWorkshop, clock: SandboxClock) -> None:
    clock.advance(3 * HOUR + 7 * SECOND)

    made = activities.make()

    assert made["createdTime"] == made["updatedTime"] == clock.now()


def resource_id_serves_one(activities: AnyWorkshop) -> None:
    made = activities.make()

    answer = activities.calls().create(activities.body({"resourceId": made["resourceId"]}))

    check_refused(answer, "40001", "resourceId")
    assert ids_of(activities.within_mark()) == [made["id"]]


def _update(activities: AnyWorkshop, row: Mapping[str, Any], changes: Mapping[str, Any]) -> None:
    body = {**activities.writable(row), **changes}
    activities.calls().update(row["id"], body).require_ok()


def _traces(body: Mapping[str, Any], activities: AnyWorkshop) -> list[str]:
    """Ids of what a refused body has left, found by its title and told by its resource id."""
    title = body.get(activities.title)
    word = title[:50] if isinstance(title, str) and title else None
    rows = activities.calls().list(search_word=word, page=1, size=1000).require_data()
    return [row["id"] for row in rows if row["resourceId"] == body.get("resourceId")]


def _inherited(original: Mapping[str, Any], activities: AnyWorkshop) -> dict[str, Any]:
    """What a copy must have from its original."""
    own = OWN_TO_EACH | {activities.title, activities.switch}
    return {key: _part(value) for key, value in original.items() if key not in own}


def _part(value: Any) -> Any:
    if isinstance(value, list):
        return [_part(item) for item in value]
    if isinstance(value, dict):
        return {key: item for key, item in value.items() if key not in OWN_TO_EACH_PART}
    return value


def _ids(row: Mapping[str, Any]) -> set[str]:
    """The ids of a row and of its parts."""
    lists = [value for key, value in row.items() if isinstance(value, list) and key not in NOT_ITS_OWN]
    parts = {part["id"] for items in lists for part in items if isinstance(part, dict) and "id" in part}
    return {row["id"], row["resourceId"], *parts}
