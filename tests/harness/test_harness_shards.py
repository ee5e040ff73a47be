"""`--splits N --group K` and the recorded durations: each test in one shard, whatever is recorded."""

import json
from pathlib import Path

import pytest

from harness.__main__ import main
from harness.durations import durations_of, read_durations
from harness.ledger import write_ledger
from tests.harness.ledgers import entry, flaky, ledger
from tests.harness.projects import Project, case_entry, output, ran, told

SUITE = """
@cases("some")
def test_some(case: Case) -> None: ...

def test_plain() -> None: ...
"""
CASES = ("one", "two", "three", "four", "five")
EVERYTHING = sorted([*(f"some-{name}" for name in CASES), "test_plain"])
RECORDED = {
    "nothing": None,
    "all": {f"some-{name}": 1.5 for name in CASES} | {"tests/test_some.py::test_plain": 0.001},
    "what was renamed": {"some-gone": 3.0, "tests/test_gone.py::test_gone": 1.0, "some-one": 0.5},
    "no time at all": dict.fromkeys((f"some-{name}" for name in CASES), 0),
}


@pytest.fixture
def project(tmp_path: Path) -> Project:
    made = Project(tmp_path)
    made.cases("some", *(case_entry(f"some-{name}") for name in CASES))
    made.tests("some", SUITE)
    return made


def record(project: Project, durations: object) -> None:
    project.write("data/durations.json", json.dumps(durations))


def shard(project: Project, number: int, *arguments: str, of: int = 3) -> list[str]:
    """The names of the tests of a shard, which may be none."""
    junit = project.root / "junit.xml"
    options = (f"--splits={of}", f"--group={number}", f"--junitxml={junit}", *arguments)
    result = project.run(*options)
    assert result.ret in {0, 5}, output(result)
    return [one.name for one in ran(junit)]


def collected(project: Project, *arguments: str) -> list[str]:
    """The node ids that a run would take."""
    return [line for line in project.run("--collect-only", "-q", *arguments).outlines if "::" in line]


@pytest.mark.parametrize("recorded", RECORDED)
def test_each_test_is_in_one_shard_whatever_is_recorded(project: Project, recorded: str) -> None:
    if RECORDED[recorded] is not None:
        record(project, RECORDED[recorded])

    shards = [shard(project, number, f"--seed={number}") for number in (1, 2, 3)]

    assert sorted(name for names in shards for name in names) == EVERYTHING


def test_tests_of_one_name_are_in_one_shard_each_though_each_is_shuffled(project: Project) -> None:
    for number in range(8):
        project.tests(f"other_{number}", "def test_plain() -> None: ...")

    shards = [collected(project, "--splits=3", f"--group={seed}", f"--seed={seed}") for seed in (1, 2, 3)]

    whole = collected(project)
    assert sorted(nodeid for nodeids in shards for nodeid in nodeids) == sorted(whole)
    assert len(whole) == len(EVERYTHING) + 8


def test_each_test_is_in_one_shard_of_several_workers(project: Project) -> None:
    shards = [shard(project, number, "-n2", of=2) for number in (1, 2)]

    assert sorted(name for names in shards for name in names) == EVERYTHING
    assert all(shards)


def test_more_shards_than_tests_leave_some_empty(project: Project) -> None:
    shards = [shard(project, number, "-k", "some-one or plain", of=3) for number in (1, 2, 3)]

    assert sorted(map(len, shards)) == [0, 1, 1]


def test_shards_are_equally_long_by_what_is_recorded(project: Project) -> None:
    record(
        project, {"some-one": 10, **dict.fromkeys(("some-two", "some-three", "some-four", "some-five"), 1)}
    )

    shards = [shard(project, number, "-k", "some-", of=2) for number in (1, 2)]

    assert sorted(map(sorted, shards)) == [["some-five", "some-four", "some-three", "some-two"], ["some-one"]]


def test_rename_of_a_function_and_its_file_keeps_the_shards(project: Project) -> None:
    record(project, {"some-one": 10, "some-two": 6, "some-three": 5, "some-four": 1, "some-five": 2})
    before = sorted(shard(project, 1, "-k", "some-", of=2))
    (project.root / "tests" / "test_some.py").unlink()
    project.tests("other", SUITE.replace("test_some", "test_renamed"))

    assert sorted(shard(project, 1, "-k", "some-", of=2)) == before == ["some-five", "some-one"]


def test_order_in_a_shard_is_the_seed_s(project: Project) -> None:
    first, again, other = (shard(project, 1, f"--seed={seed}", of=1) for seed in (1, 1, 5))

    assert first == again != other
    assert sorted(first) == sorted(other)


def test_header_says_which_shard_it_is(project: Project) -> None:
    record(project, {"some-one": 1})

    result = project.run("--splits=3", "--group=2")

    assert "shard: 2 of 3, by 1 recorded durations" in result.outlines
    assert "pytest-split" not in output(result)


@pytest.mark.parametrize("document", [[], {"some-one": "1"}, {"some-one": True}, {"some-one": None}])
def test_file_that_holds_no_durations_is_told(project: Project, document: object) -> None:
    record(project, document)

    result = project.run("--splits=3", "--group=1")

    (message,) = told(result)
    assert result.ret == 4
    assert "data/durations.json: must hold a number of seconds for each test" in message


def test_durations_are_those_of_executed_tests_by_case() -> None:
    plain = entry("plain", case=None, seconds=0.0)
    lost = [entry("lost", "broken", seconds=9.0), entry("left", "skipped", seconds=9.0)]
    shards = (ledger(entry("one", seconds=2.0), plain), ledger(flaky("two", seconds=3.00049), *lost))

    found = durations_of([*shards, ledger(entry("one", "failed", seconds=1.0))])

    assert found == {"one": 2.0, plain.nodeid: 0.001, "two": 3.0}


def test_command_records_the_durations_of_shards(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for number, name in enumerate(("one", "two")):
        (tmp_path / name).mkdir()
        write_ledger(ledger(entry(name, seconds=number + 1.0), run=name), tmp_path / name)

    code = main(["durations", str(tmp_path / "one"), str(tmp_path / "two"), f"--data={tmp_path}"])

    assert code == 0
    assert read_durations(tmp_path) == {"one": 1.0, "two": 2.0}
    assert capsys.readouterr().out == f"{tmp_path / 'durations.json'}: 2 tests, 3 seconds\n"


def test_command_without_a_ledger_writes_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code = main(["durations", str(tmp_path), f"--data={tmp_path}"])

    assert (code, list(tmp_path.iterdir())) == (4, [])
    assert "there is no ledger" in capsys.readouterr().err
