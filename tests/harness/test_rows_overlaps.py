"""Where nothing can be told of a call's rows, nothing is said; the next call is judged again."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

import pytest

from clients import Call
from harness.database import DatabaseProblem
from harness.rows.witness import RowVerdict
from tests.harness.watched import (
    FRONT,
    LIST,
    TIME,
    UPDATE,
    Rows,
    Watched,
    answered,
    rows_file,
    unanswered,
    watching,
)

OTHER = Call("admin.workers.update", "admin", "PUT", "workers/8", sent={"name": "赵六"})
OLD = "2025-12-01 10:00:00"


@pytest.fixture
def rows(tmp_path: Path) -> Rows:
    made = rows_file(tmp_path, "worker", "channel")
    for key in (7, 8):
        made.put("worker", key, name="张三", created_time=OLD, updated_time=OLD)
    made.put("channel", 1)
    return made


@pytest.fixture
def watched(rows: Rows) -> Iterator[Watched]:
    with watching(rows) as made:
        yield made


@pytest.fixture
def elsewhere() -> Iterator[ThreadPoolExecutor]:
    """Another thread, which does what it is given at once."""
    with ThreadPoolExecutor(max_workers=1) as pool:
        yield pool


def erase(rows: Rows) -> None:
    """What no call may do."""
    rows.remove("worker", 7)


def after(watched: Watched, call: Call) -> RowVerdict | None:
    return watched.witness.after(call, answered(call))


def test_call_is_judged_where_nobody_else_calls(watched: Watched) -> None:
    assert watched.errors(UPDATE, partial(erase, watched.rows))


def test_calls_that_overlap_are_not_judged(watched: Watched, elsewhere: ThreadPoolExecutor) -> None:
    watched.witness.before(UPDATE)
    elsewhere.submit(watched.witness.before, OTHER).result()
    erase(watched.rows)

    first = after(watched, UPDATE)
    second = elsewhere.submit(after, watched, OTHER).result()

    assert (first, second) == (None, None)


def test_call_around_another_is_not_judged(watched: Watched, elsewhere: ThreadPoolExecutor) -> None:
    watched.witness.before(UPDATE)
    inner = elsewhere.submit(watched.judged, OTHER, partial(erase, watched.rows)).result()

    assert (inner, after(watched, UPDATE)) == (None, None)


def test_call_that_begins_before_another_ends_is_not_judged(
    watched: Watched, elsewhere: ThreadPoolExecutor
) -> None:
    elsewhere.submit(watched.witness.before, OTHER).result()
    watched.witness.before(UPDATE)
    elsewhere.submit(after, watched, OTHER).result()
    erase(watched.rows)

    assert after(watched, UPDATE) is None


def test_answer_that_a_change_overlaps_is_not_compared(
    watched: Watched, elsewhere: ThreadPoolExecutor
) -> None:
    watched.witness.before(LIST)
    elsewhere.submit(watched.judged, UPDATE).result()

    assert watched.witness.after(LIST, answered(LIST, [{"id": "70"}])) is None


def test_answers_that_overlap_are_compared(watched: Watched, elsewhere: ThreadPoolExecutor) -> None:
    watched.witness.before(LIST)
    elsewhere.submit(watched.judged, LIST).result()

    assert watched.witness.after(LIST, answered(LIST, [{"id": "70"}])) is not None


def test_reading_call_does_not_keep_a_change_from_being_judged(
    watched: Watched, elsewhere: ThreadPoolExecutor
) -> None:
    elsewhere.submit(watched.witness.before, LIST).result()

    assert watched.errors(UPDATE, partial(erase, watched.rows))


def test_call_after_an_overlap_is_judged(watched: Watched, elsewhere: ThreadPoolExecutor) -> None:
    watched.witness.before(UPDATE)
    elsewhere.submit(watched.judged, OTHER).result()
    after(watched, UPDATE)

    assert watched.errors(UPDATE, partial(erase, watched.rows))


def test_call_without_an_answer_is_not_judged(watched: Watched) -> None:
    watched.witness.before(UPDATE)
    erase(watched.rows)

    assert watched.witness.after(UPDATE, unanswered(UPDATE)) is None
    assert watched.errors(OTHER, partial(watched.rows.remove, "worker", 8))


@pytest.mark.parametrize("front", ["http://other.test/dab", "https://platform.test/dab"])
def test_call_of_another_front_is_not_judged(watched: Watched, front: str) -> None:
    assert watched.judged(UPDATE, partial(erase, watched.rows), front=front) is None
    assert watched.judged(LIST, data=[{"id": "70"}], front=front) is None
    assert watched.judged(LIST, data=[{"id": "70"}], front=FRONT) is not None


def test_end_without_a_beginning_gives_no_verdict(watched: Watched) -> None:
    assert after(watched, UPDATE) is None


def test_call_that_could_not_begin_lets_the_next_be_judged(watched: Watched) -> None:
    watched.rows.execute("ALTER TABLE worker RENAME TO gone")
    with pytest.raises(DatabaseProblem, match="no such table"):
        watched.witness.before(UPDATE)
    watched.rows.execute("ALTER TABLE gone RENAME TO worker")

    assert watched.errors(OTHER, partial(erase, watched.rows))


def test_call_that_could_not_be_judged_lets_the_next_be(watched: Watched) -> None:
    with pytest.raises(DatabaseProblem, match="no such table"):
        watched.judged(UPDATE, partial(watched.rows.execute, "ALTER TABLE worker RENAME TO gone"))
    watched.rows.execute("ALTER TABLE gone RENAME TO worker")

    assert watched.errors(OTHER, partial(erase, watched.rows))


def test_rows_of_others_are_not_watched_where_others_write(rows: Rows) -> None:
    def change() -> None:
        rows.set("worker", 7, name="李四", updated_time=TIME)
        rows.remove("worker", 8)
        rows.put("channel", 9)
        rows.set("channel", 1, name="x")

    with watching(rows, alone=False) as watched:
        verdict = watched.judged(UPDATE, change)

    assert verdict is not None
    assert (verdict.errors, [one.key for one in verdict.changes]) == ((), [7])


def test_own_rows_are_watched_where_others_write(rows: Rows) -> None:
    with watching(rows, alone=False) as watched:
        errors = watched.errors(UPDATE, partial(erase, rows))

    assert "worker 行 7不见了（C-10：删除只是标记）" in errors
    assert "channel.id" not in watched.unknown
    assert "event.id" in watched.unknown
