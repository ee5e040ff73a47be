"""The ledgers of shards as one: the union of what they collected, the worst of each case."""

from pathlib import Path

import pytest

from clients import DataError
from harness.gate.results import find_ledgers, merged, read_results
from harness.ledger import Entry, Ledger, write_ledger
from tests.harness.ledgers import STARTED, entry, flaky, ledger, line, not_collected, verdict

ONE, TWO = entry("case-one"), entry("case-two", "failed")


def test_shards_are_one_run() -> None:
    first = ledger(ONE, seconds=7.0, gaps=("a",), collection_errors=(not_collected("tests/a.py"),))
    second = ledger(TWO, run="two", seconds=9.0, started=STARTED + 1, leaks=("b",), gaps=("c",))

    found = merged([first, second])

    assert [(case.name, case.outcome) for case in found.cases] == [
        ("case-one", "passed"),
        ("case-two", "failed"),
    ]
    assert (found.runs, found.started, found.run_seconds, found.test_seconds) == (2, STARTED + 1, 9.0, 2.0)
    assert (list(found.gaps), list(found.leaks)) == (["a", "c"], ["b"])
    assert list(found.collection_errors) == ["tests/a.py: SyntaxError: invalid syntax"]


def test_shards_come_to_the_verdict_of_the_whole() -> None:
    tests = [entry(f"case-{number}", "failed" if number == 4 else "passed") for number in range(9)]
    shards = [ledger(*tests[start::3], run=str(start)) for start in range(3)]

    whole, together = verdict(ledger(*tests)), verdict(*shards)

    assert together.lines[:-3] == whole.lines[:-3]
    assert [case.name for case in together.failed] == [case.name for case in whole.failed] == ["case-4"]


@pytest.mark.parametrize(
    "second",
    [
        ledger(ONE, run="two"),
        ledger(run="two", collected=(ONE.nodeid,)),
        ledger(ONE, run="two", collected=()),
    ],
    ids=["done", "only collected", "not collected"],
)
def test_test_of_two_shards_is_named(second: Ledger) -> None:
    said = verdict(ledger(ONE), second)

    (told,) = line(said, "tests of two runs").names
    assert told.startswith(f"{ONE.nodeid} is in run one and in run two; shards may share no test")
    assert said.code == 11


def test_shards_of_two_profiles_are_no_run() -> None:
    said = verdict(ledger(ONE), ledger(TWO, run="two", profile="staging"))

    (told,) = line(said, "tests of two runs").names
    assert told == "the runs are of several profiles: sandbox, staging; judge each by itself"


@pytest.mark.parametrize(
    ("one", "other", "outcome"),
    [
        (entry("a-b"), entry("a-b"), "passed"),
        (entry("a-b"), flaky("a-b"), "flaky"),
        (entry("a-b", "skipped"), entry("a-b"), "skipped"),
        (flaky("a-b"), entry("a-b", "broken"), "broken"),
        (entry("a-b", "failed"), entry("a-b", "broken"), "failed"),
    ],
)
def test_case_of_two_tests_is_as_bad_as_the_worst(one: Entry, other: Entry, outcome: str) -> None:
    for tests in ([one, other], [other, one]):
        (found,) = merged([ledger(*tests)]).cases

        assert (found.outcome, found.seconds) == (outcome, 2.0)


def test_test_that_is_no_case_has_its_node_id_for_a_name() -> None:
    (found,) = merged([ledger(entry("plain", case=None, rule=None))]).cases

    assert found.name == "tests/test_some.py::test_some[plain]"


def test_results_are_read_from_folders_and_files(tmp_path: Path) -> None:
    (tmp_path / "shard").mkdir()
    write_ledger(ledger(ONE), tmp_path / "shard")
    file = write_ledger(ledger(TWO, run="two"), tmp_path)

    found = read_results([tmp_path / "shard", file, file, tmp_path])

    assert (found.runs, [case.name for case in found.cases]) == (2, ["case-one", "case-two"])


@pytest.mark.parametrize("place", ["", "nowhere"])
def test_place_without_a_ledger_is_told(tmp_path: Path, place: str) -> None:
    with pytest.raises(DataError) as told:
        find_ledgers([tmp_path / place])

    assert str(told.value) == (
        f"{tmp_path / place}: there is no ledger; give a folder that a run with --alluredir=FOLDER wrote"
    )
