"""The quarantine: a case in it cannot block until its day is over; a mistake in it stops everything."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from clients import DataError
from harness.__main__ import main
from harness.quarantine import Quarantined, day_of, load_quarantine
from tests.harness.ledgers import STARTED, entry, flaky, ledger, line, verdict
from tests.harness.projects import PROJECT, Project, case_entry, told

FIRST, LAST = date(2026, 1, 1), date(2025, 12, 31)
PASSING = """
@cases("some")
def test_some(case: Case) -> None: ...

@case("some-python", "E-05", "只用代码写的用例", area=AREA, story="试写")
def test_python() -> None: ...
"""


def quarantined(case: str, expires: date = FIRST) -> Quarantined:
    return Quarantined(case, "平台已知问题", "wang.fang", expires)


def written(case: str = "some-one", **changes: Any) -> dict[str, Any]:
    made = {"case": case, "reason": "平台已知问题", "owner": "wang.fang", "expires": "2099-12-31"}
    return {key: value for key, value in {**made, **changes}.items() if value is not None}


def quarantine(project: Project, *entries: dict[str, Any]) -> Path:
    return project.write(
        "data/quarantine.yaml", json.dumps({"quarantine": entries}, ensure_ascii=False, indent=1)
    )


@pytest.fixture
def project(tmp_path: Path) -> Project:
    made = Project(tmp_path)
    made.copied("data/quarantine.schema.json")
    made.cases("some", case_entry("some-one"))
    made.tests("some", PASSING)
    return made


def test_day_of_a_run_is_the_one_in_utc_8() -> None:
    assert (day_of(STARTED), day_of(STARTED - 8 * 3_600_000)) == (FIRST, LAST)


def test_entry_holds_on_its_last_day() -> None:
    assert [quarantined("a-b", day).holds(FIRST) for day in (LAST, FIRST, date(2026, 1, 2))] == [
        False,
        True,
        True,
    ]


@pytest.mark.parametrize("outcome", ["failed", "broken", "skipped"])
def test_live_case_blocks_nothing_and_is_listed(outcome: str) -> None:
    tests = [entry("case-good"), entry("case-bad", outcome, smoke=True, severity="blocker")]

    said = verdict(
        ledger(*tests),
        quarantine=(quarantined("case-bad"),),
        pass_rate={"blocker": 100},
        most_skipped=0,
    )

    shown = line(said, "quarantined cases")
    assert (said.code, said.failed) == (0, [])
    assert shown.figure == "1, and 0 expired"
    assert shown.names == [f"case-bad: {outcome}, until 2026-01-01: 平台已知问题 (wang.fang)"]


def test_live_flaky_case_is_not_counted() -> None:
    said = verdict(
        ledger(entry("case-good"), flaky("case-bad")), quarantine=(quarantined("case-bad"),), most_flaky=0
    )

    assert (said.code, line(said, "flaky cases").figure) == (0, "0")


def test_run_of_quarantined_cases_alone_proves_nothing() -> None:
    said = verdict(ledger(entry("case-bad", "failed")), quarantine=(quarantined("case-bad"),))

    assert (said.code, said.broken_lines) == (11, ["executed cases"])


def test_expired_entry_breaks_the_gate_and_its_case_blocks_again() -> None:
    said = verdict(
        ledger(entry("case-good"), entry("case-bad", "failed")),
        quarantine=(quarantined("case-bad", LAST),),
        pass_rate={"normal": 100},
    )

    assert (said.code, said.broken_lines) == (1, ["pass rate of normal", "quarantined cases"])
    assert line(said, "quarantined cases").names == [
        "case-bad: expired on 2025-12-31: 平台已知问题 (wang.fang)"
    ]


def test_expired_entry_breaks_the_gate_though_its_case_did_not_run() -> None:
    said = verdict(ledger(entry("case-good")), quarantine=(quarantined("case-other", LAST),))

    assert (said.code, said.broken_lines) == (1, ["quarantined cases"])


def test_live_case_that_did_not_run_is_counted_and_not_listed() -> None:
    shown = line(
        verdict(ledger(entry("case-good")), quarantine=(quarantined("case-other"),)), "quarantined cases"
    )

    assert (shown.figure, shown.names) == ("1, and 0 expired", [])


def test_entries_are_read(project: Project) -> None:
    quarantine(project, written(), written("some-python", expires="2026-01-01", issue="https://x.test/1"))

    found = load_quarantine(project.root / "data", lambda: {"some-one", "some-python"})

    assert [entry.case for entry in found] == ["some-one", "some-python"]
    assert (found[1].expires, found[1].issue) == (FIRST, "https://x.test/1")


def test_shipped_quarantine_is_empty_and_its_example_is_in_order(project: Project) -> None:
    shipped = (PROJECT / "data" / "quarantine.yaml").read_text("utf-8")
    example = [text.removeprefix("# ") for text in shipped.splitlines() if text.startswith(("# q", "#  "))]

    assert load_quarantine(PROJECT / "data", lambda: ()) == ()
    project.write("data/quarantine.yaml", "\n".join(example))
    (found,) = load_quarantine(project.root / "data", lambda: {"event-create-name-101"})
    assert found.owner == "wang.fang"


def test_ids_are_not_asked_for_where_nothing_is_quarantined(project: Project) -> None:
    quarantine(project)

    assert load_quarantine(project.root / "data", lambda: pytest.fail("asked")) == ()


MISTAKES = [
    (
        [written("nosuch-case")],
        "quarantine.yaml:3: there is no case 'nosuch-case'; correct its id, or take the",
    ),
    ([written(), written()], "quarantine.yaml:9: the case 'some-one' stands here twice; leave one entry"),
    ([written(expires="2026-02-30")], "expires: '2026-02-30' is no day; write one as \"2026-12-31\""),
    ([written(expires="soon")], "quarantine.yaml:7: quarantine.0.expires: 'soon' does not match"),
    ([written(expires=None)], "quarantine.yaml:3: quarantine.0: 'expires' is a required property"),
    ([written(owner=None)], "quarantine.yaml:3: quarantine.0: 'owner' is a required property"),
    ([written(reason=" ")], "quarantine.yaml:5: quarantine.0.reason: ' ' does not match"),
    (
        [written(colour="red")],
        "Additional properties are not allowed ('colour' was unexpected); data/quarant",
    ),
    ([written("Some One")], "quarantine.yaml:4: quarantine.0.case: 'Some One' does not match"),
]


@pytest.mark.parametrize(("entries", "says"), MISTAKES)
def test_mistake_is_told_with_its_place(project: Project, entries: list[Any], says: str) -> None:
    path = quarantine(project, *entries)

    with pytest.raises(DataError) as mistake:
        load_quarantine(project.root / "data", lambda: {"some-one"})

    assert str(mistake.value).startswith(f"{path}:")
    assert says in str(mistake.value)


def test_all_mistakes_are_told_at_once(project: Project) -> None:
    quarantine(project, written("no-one"), written("no-two", expires="2026-13-01"))

    with pytest.raises(DataError) as mistake:
        load_quarantine(project.root / "data", lambda: ())

    assert len(str(mistake.value).splitlines()) == 3


@pytest.mark.parametrize("arguments", [(), ("-n", "2")])
def test_run_is_refused_at_its_start(project: Project, arguments: tuple[str, ...]) -> None:
    quarantine(project, written("nosuch-case"))
    before = project.files()

    result = project.run("--alluredir=results", *arguments)

    (line_told,) = told(result)
    assert (result.ret, project.files()) == (4, before)
    assert line_told.endswith(
        "quarantine.yaml:3: there is no case 'nosuch-case'; correct its id, or take the entry out"
    )


def test_check_of_the_cases_judges_the_quarantine(
    project: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    path = quarantine(project, written(), written("some-python"), written("nosuch-case"))
    folders = [f"--data={project.root / 'data'}", f"--tests={project.root / 'tests'}"]

    code = main(["cases", "--check", *folders])

    assert (code, capsys.readouterr().err) == (
        1,
        f"{path}:15: there is no case 'nosuch-case'; correct its id, or take the entry out\n",
    )
