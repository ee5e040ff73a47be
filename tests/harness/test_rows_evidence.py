"""Rows that break a rule fail their call, also where a test swallows that, and a report shows them masked."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from clients import Redactor, SchemaBroken
from harness.evidence import Evidence
from harness.page.configuration import TOLD_BY
from harness.rows.witness import RowsBroken
from harness.run import Run
from harness.told_calls import texts
from tests.harness.told import telling
from tests.harness.watched import (
    CREATE,
    LIST,
    TIME,
    UPDATE,
    Watched,
    answered,
    rows_file,
    unanswered,
    watching,
)

MOBILE = "13912345678"
CANARY = "secret-canary-77"


@pytest.fixture
def watched(tmp_path: Path) -> Iterator[Watched]:
    rows = rows_file(tmp_path, "worker")
    rows.put("worker", 7, name="张三", mobile=MOBILE, department=MOBILE, position=CANARY)
    with watching(rows) as made:
        yield made


@pytest.fixture
def evidence(watched: Watched) -> Evidence:
    made = Evidence(Redactor([CANARY]), in_report=True, strict_schema=False)
    made.witness = watched.witness
    return made


def update(evidence: Evidence, watched: Watched, **values: object) -> None:
    evidence.call_started(UPDATE)
    watched.rows.set("worker", 7, name="李四", updated_time=TIME, **values)
    evidence.call_finished(UPDATE, answered(UPDATE))


def test_right_rows_fail_nothing(evidence: Evidence, watched: Watched) -> None:
    update(evidence, watched)

    (one,) = evidence.taken()
    assert (one.problem, evidence.broken) == (None, [])
    assert one.rows is not None
    assert one.rows.errors == ()


def test_wrong_rows_are_raised_to_the_caller_and_kept(evidence: Evidence, watched: Watched) -> None:
    with pytest.raises(RowsBroken) as broken:
        update(evidence, watched, deleted=0)

    assert evidence.broken == [broken.value]
    assert broken.value.call == "admin.workers.update"
    assert str(broken.value).splitlines()[:2] == [
        "数据库行与规则不符：admin.workers.update（1 处）",
        "不符：worker 行 7：这个调用不应改变 deleted（1 → 0）",
    ]


def test_first_line_is_of_the_category_of_rows(evidence: Evidence, watched: Watched) -> None:
    with pytest.raises(RowsBroken) as broken:
        update(evidence, watched, deleted=0)

    first = str(broken.value).splitlines()[0]
    assert [name for name, words in TOLD_BY.items() if re.search(words, first)] == ["数据行不符"]


def test_failure_shows_no_personal_data_and_no_secret(evidence: Evidence, watched: Watched) -> None:
    with pytest.raises(RowsBroken) as broken:
        update(evidence, watched, deleted=0, mobile=None, department=CANARY, position=MOBILE)

    assert "mobile: '***' → NULL" in str(broken.value)
    assert MOBILE not in str(broken.value)
    assert CANARY not in str(broken.value)


@pytest.mark.parametrize("failed", [True, False])
def test_report_shows_rows_without_personal_data(
    evidence: Evidence, watched: Watched, run: Run, failed: bool
) -> None:
    update(evidence, watched, mobile=None, department=CANARY, position=MOBILE)

    with telling(run) as told:
        result = told.tell(evidence, failed=failed)

    shown = "\n".join(
        [*told.texts(result).values(), *(t for s in result.steps for t in told.texts(s).values())]
    )
    assert "～ worker 行 7（改变）" in shown
    assert "    name: '张三' → '李四'" in shown
    assert MOBILE not in shown
    assert CANARY not in shown


def test_rows_are_a_part_of_a_call_s_texts(evidence: Evidence, watched: Watched) -> None:
    update(evidence, watched)

    (one,) = evidence.taken()

    assert list(texts(one, Redactor())) == ["请求", "响应", "JSON Schema 结论", "数据库行"]


def test_call_without_a_verdict_has_no_such_part(evidence: Evidence) -> None:
    evidence.call_started(LIST)
    evidence.call_finished(LIST, answered(LIST, code="40001"))

    (one,) = evidence.taken()

    assert "数据库行" not in texts(one, Redactor())


def test_broken_schema_is_told_before_broken_rows(evidence: Evidence, watched: Watched) -> None:
    evidence.call_started(CREATE)
    watched.rows.set("worker", 7, deleted=0)

    with pytest.raises(SchemaBroken):
        evidence.call_finished(CREATE, answered(CREATE, 5))

    (one,) = evidence.taken()
    assert one.rows is not None
    assert one.rows.errors


def test_call_without_an_answer_is_told_as_that(evidence: Evidence, watched: Watched) -> None:
    evidence.call_started(UPDATE)
    watched.rows.set("worker", 7, deleted=0)
    evidence.call_finished(UPDATE, unanswered(UPDATE))

    assert evidence.broken == []


def test_next_test_forgets_what_was_broken(evidence: Evidence, watched: Watched) -> None:
    with pytest.raises(RowsBroken):
        update(evidence, watched, deleted=0)

    evidence.begin_test()

    assert evidence.broken == []
