"""Each call is judged by the rows that it left: a right one passes, whatever else is told."""

from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from clients import Call, Exchange, Redactor
from tests.harness.watched import (
    CREATE,
    LATER,
    LIST,
    NOW,
    TIME,
    UPDATE,
    Watched,
    answered,
    rows_file,
    watching,
)

OLD = "2025-12-01 10:00:00"
TABLES = ("worker", "event", "event_session", "channel", "form", "member", "pay_notify_log", "event_order")
PUBLISH = Call("admin.events.publish", "admin", "PUT", "events/1", sent={"published": True})
LOGIN = Call("admin.tenants.login", "admin", "POST", "tenants/login")
CLOCK = Call("sandbox.clock.set", "sandbox", "PUT", "clock", sent={"now": NOW})
GET = Call("admin.events.get", "admin", "GET", "events/1")


@pytest.fixture
def watched(tmp_path: Path) -> Iterator[Watched]:
    """Workers 7 and 8, event 1 with session 11, and a channel; the clock stands at `NOW`."""
    rows = rows_file(tmp_path, *TABLES)
    rows.put("worker", 7, name="张三", created_time=OLD, updated_time=OLD)
    rows.put("worker", 8, name="王五", created_time=OLD, updated_time=OLD)
    rows.put("event", 1, published=0, created_time=OLD, updated_time=OLD)
    rows.put("event_session", 11, event_id=1, created_time=OLD, updated_time=OLD)
    rows.put("channel", 1, name="微信")
    with watching(rows) as made:
        yield made


def renamed(watched: Watched, **values: Any) -> None:
    watched.rows.set("worker", 7, **{"name": "李四", "updated_time": TIME, **values})


def made(watched: Watched, **values: Any) -> None:
    watched.rows.put("worker", 9, **{"created_time": TIME, "updated_time": TIME, **values})


def test_call_that_did_what_it_may_has_no_errors(watched: Watched) -> None:
    verdict = watched.judged(UPDATE, partial(renamed, watched))

    assert verdict is not None
    assert verdict.errors == ()
    assert [(one.key, one.columns) for one in verdict.changes] == [(7, ("name", "updated_time"))]


def test_row_that_was_made_has_no_errors(watched: Watched) -> None:
    verdict = watched.judged(CREATE, partial(made, watched), "9")

    assert verdict is not None
    assert (verdict.errors, [one.key for one in verdict.changes]) == ((), [9])


def test_call_that_changed_nothing_is_told_so(watched: Watched) -> None:
    verdict = watched.judged(LOGIN)

    assert verdict is not None
    assert (verdict.errors, verdict.told(Redactor())) == ((), "没有行被改变")


def test_wrong_column_is_told(watched: Watched) -> None:
    errors = watched.errors(UPDATE, partial(renamed, watched, deleted=0))

    assert errors == ("worker 行 7：这个调用不应改变 deleted（1 → 0）",)


def test_row_of_another_family_is_not_the_call_s_to_change(watched: Watched) -> None:
    def both() -> None:
        renamed(watched)
        watched.rows.set("worker", 8, name="李四", updated_time=TIME)

    (error,) = watched.errors(UPDATE, both)

    assert error.startswith("worker 行 8：")
    assert "name, updated_time" in error


def test_row_of_a_child_table_is_told(watched: Watched) -> None:
    def publish() -> None:
        watched.rows.set("event", 1, published=1, updated_time=TIME)
        watched.rows.set("event_session", 11, quota=5)

    assert watched.errors(PUBLISH, publish) == (
        "event_session 行 11：这个调用不应改变 event_session（quota）",
    )


@pytest.mark.parametrize("table", ["form", "channel", "event"])
def test_extra_row_in_any_table_is_told(watched: Watched, table: str) -> None:
    def extra() -> None:
        renamed(watched)
        watched.rows.put(table, 99, created_time=TIME)

    assert watched.errors(UPDATE, extra) == (f"{table} 行 99是新增的，这个调用不应新增 {table}",)


def test_row_below_the_last_key_is_counted(watched: Watched) -> None:
    def hidden() -> None:
        renamed(watched)
        watched.rows.put("worker", 2)

    assert watched.errors(UPDATE, hidden) == ("worker：另有 +1 行，与这个调用无关",)


def test_row_that_is_gone_is_told(watched: Watched) -> None:
    errors = watched.errors(UPDATE, partial(watched.rows.remove, "worker", 8))

    assert "worker 行 8不见了（C-10：删除只是标记）" in errors


@pytest.mark.parametrize(("code", "status"), [("40001", 200), ("40301", 403), ("0", 500)])
def test_refused_call_that_wrote_is_told(watched: Watched, code: str, status: int) -> None:
    errors = watched.errors(UPDATE, partial(renamed, watched), code=code, status=status)

    assert errors == ("T-04 被拒绝的调用改变了 name, updated_time：worker 行 7",)


def test_refused_call_that_wrote_nothing_is_right(watched: Watched) -> None:
    verdict = watched.judged(UPDATE, code="40001")

    assert verdict is not None
    assert (verdict.errors, verdict.changes) == ((), ())


def test_refused_creation_that_left_a_row_is_told(watched: Watched) -> None:
    errors = watched.errors(CREATE, partial(made, watched), code="40001")

    assert errors == ("T-04 被拒绝的调用新增了行：worker 行 9",)


def test_what_was_sent_stands_in_the_row_that_is_changed(watched: Watched) -> None:
    assert watched.errors(UPDATE, partial(renamed, watched, name="李")) == (
        "T-02 worker 行 7：name 是 '李'，name 却是 '李四'",
    )


def test_what_was_sent_stands_in_the_row_that_is_made(watched: Watched) -> None:
    assert watched.errors(CREATE, partial(made, watched, name="李"), "9") == (
        "T-02 worker 行 9：name 是 '李'，name 却是 '张三'",
    )


@pytest.mark.parametrize("sent", [{"id": "5", "createdTime": 1}, {"name": None}, {"unknown": 1}, ["x"], None])
def test_what_the_platform_does_not_take_is_not_compared(watched: Watched, sent: Any) -> None:
    call = Call("admin.workers.update", "admin", "PUT", "workers/7", sent=sent)

    assert watched.errors(call, partial(renamed, watched)) == ()


def test_time_that_was_sent_is_compared_in_whole_seconds(watched: Watched) -> None:
    sent = {"beginTime": NOW + 999, "endTime": NOW + 5000}
    call = Call("admin.events.update", "admin", "PUT", "events/1", sent=sent)
    update = partial(watched.rows.set, "event", 1, begin_time=TIME, end_time=LATER, updated_time=TIME)

    assert watched.errors(call, update) == (
        f"T-02 event 行 1：end_time 是 '{LATER}'，endTime 却是 {NOW + 5000}",
    )


def test_answer_that_differs_from_its_row_is_told(watched: Watched) -> None:
    data = [{"id": "7", "name": "李四", "onWork": True}, {"id": "8", "name": "王五"}]

    assert watched.errors(LIST, data=data) == ("T-02 worker 行 7：name 是 '张三'，name 却是 '李四'",)


def test_answer_with_a_row_that_is_not_there_is_told(watched: Watched) -> None:
    assert watched.errors(LIST, data=[{"id": "70"}]) == ("T-02 答复里的 worker 行 70，库里没有",)


def test_answer_that_says_the_same_gives_no_verdict(watched: Watched) -> None:
    assert watched.judged(LIST, data=[{"id": "7", "name": "张三"}]) is None
    assert watched.judged(LIST, data=[{"id": "70"}], code="40001") is None


def test_nested_rows_of_an_answer_are_compared(watched: Watched) -> None:
    data = {"id": "1", "published": False, "eventSessionList": [{"id": "11", "eventId": "2"}]}

    assert watched.errors(GET, data=data) == ("T-02 event_session 行 11：event_id 是 1，eventId 却是 '2'",)


def test_row_of_a_reference_table_is_nobody_s_to_change(watched: Watched) -> None:
    def change() -> None:
        renamed(watched)
        watched.rows.set("channel", 1, name="短信")

    (error,) = watched.errors(UPDATE, change)

    assert error.startswith("channel 行 1：这个调用不应改变 channel（name")
    assert watched.errors(UPDATE) == (), "it is told once"


@pytest.mark.parametrize(("time", "lines"), [(TIME, 0), (OLD, 1), (LATER, 1)])
def test_time_of_making_is_that_of_the_call(watched: Watched, time: str, lines: int) -> None:
    errors = watched.errors(CREATE, partial(made, watched, created_time=time), "9")

    assert [error.partition(" ")[0] for error in errors] == ["T-03"] * lines


@pytest.mark.parametrize(("time", "lines"), [(TIME, 0), (LATER, 0), (OLD, 1)])
def test_clocks_of_a_shared_platform_may_differ_a_little(tmp_path: Path, time: str, lines: int) -> None:
    with watching(rows_file(tmp_path, "worker"), alone=False) as watched:
        errors = watched.errors(CREATE, partial(made, watched, created_time=time), "9")

    assert [error.partition(" ")[0] for error in errors] == ["T-03"] * lines


def clock_of(answer: Any, status: int = 200) -> Exchange:
    return answered(CLOCK, answer, status=status)


def test_sandbox_s_time_is_what_its_clock_tells(tmp_path: Path) -> None:
    with watching(rows_file(tmp_path, "worker"), now=None) as watched:
        unknown = watched.errors(CREATE, partial(made, watched, created_time=OLD), "9")
        watched.judged(CLOCK, data={"now": NOW})
        watched.rows.remove("worker", 9)
        known = watched.errors(CREATE, partial(made, watched, created_time=OLD), "9")

    assert unknown == ()
    assert known == (f"T-03 worker 行 9：created_time 是 {OLD}，不是这次调用的时间",)


@pytest.mark.parametrize(
    ("call", "answer"),
    [(Call("sandbox.reset", "sandbox", "POST", "reset"), {}), (CLOCK, {"status": 400, "code": "40001"})],
)
def test_sandbox_s_time_is_unknown_after_a_reset_alone(
    tmp_path: Path, call: Call, answer: dict[str, Any]
) -> None:
    with watching(rows_file(tmp_path, "worker"), now=None) as watched:
        watched.judged(CLOCK, data={"now": NOW})
        watched.judged(call, **answer)
        errors = watched.errors(CREATE, partial(made, watched, created_time=OLD), "9")

    assert len(errors) == (0 if call.name == "sandbox.reset" else 1)
