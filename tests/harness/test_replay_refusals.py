"""What is no recording is refused before anything runs, by one message that names the mend."""

import json
from pathlib import Path
from typing import Any

import pytest

from clients import HarnessError
from harness.recording.files import NEEDED, VERSION, read_recording
from harness.recording.profiles import profile_of
from tests.harness.projects import PROJECT, Project, told

EXCHANGE = {"test": "tests/test_some.py::test_it", "call": "admin.events.get", "n": 0}


def header(**changes: Any) -> dict[str, Any]:
    return {"recording": VERSION, **dict.fromkeys(NEEDED, ""), "exchanges": 1, **changes}


def written(folder: Path, *lines: Any, end: str = "\n") -> Path:
    path = folder / "run.jsonl"
    path.write_text("\n".join(map(json.dumps, lines)) + end, "utf-8", newline="\n")
    return path


def refusal(path: Path) -> str:
    with pytest.raises(HarnessError) as caught:
        read_recording(path)
    return str(caught.value).removeprefix(f"{path}: ")


def test_whole_recording_is_read(tmp_path: Path) -> None:
    recording = read_recording(written(tmp_path, header(more="later"), EXCHANGE))

    assert recording.of_test(EXCHANGE["test"]) == recording.of_call("admin.events.get") == [EXCHANGE]  # type: ignore[arg-type]


def test_missing_file_is_named(tmp_path: Path) -> None:
    told = "cannot be read: No such file or directory; give a file of pytest --record=FILE"

    assert refusal(tmp_path / "none.jsonl") == told


@pytest.mark.parametrize("content", ["", "{}\n", "[]\n", "not json\n", '{"recordings": 1}\n'])
def test_other_file_is_no_recording(tmp_path: Path, content: str) -> None:
    path = tmp_path / "run.jsonl"
    path.write_text(content, "utf-8")

    assert refusal(path).startswith("not a recording: its first line does not say so; record again")


def test_file_that_is_not_text_is_no_recording(tmp_path: Path) -> None:
    path = tmp_path / "run.jsonl"
    path.write_bytes(b"PK\x03\x04\xff\xfe")

    assert refusal(path).startswith("not a recording: it is not UTF-8")


@pytest.mark.parametrize("version", [2, "1", None])
def test_other_version_is_refused(tmp_path: Path, version: object) -> None:
    problem = refusal(written(tmp_path, header(recording=version), EXCHANGE))

    assert problem.startswith(f"a recording of version {version!r}, this is for version 1")


def test_first_line_that_lacks_something_is_refused(tmp_path: Path) -> None:
    problem = refusal(written(tmp_path, {"recording": 1, "exchanges": 0, "seed": 1}))

    assert "its first line lacks profile, run, stamp, started, tests, title, tokens" in problem


@pytest.mark.parametrize("lines", [1, 3])
def test_other_number_of_exchanges_is_refused(tmp_path: Path, lines: int) -> None:
    problem = refusal(written(tmp_path, header(exchanges=2), *[EXCHANGE] * lines))

    assert problem.startswith(f"the recording is cut off: {lines} of 2 exchanges are there")


def test_last_line_without_end_is_refused(tmp_path: Path) -> None:
    assert refusal(written(tmp_path, header(), EXCHANGE, end="")).startswith("the recording is cut off")


def test_profile_that_cannot_be_used_is_refused(tmp_path: Path) -> None:
    recording = read_recording(written(tmp_path, header(profile={"name": "x"}, started=1), EXCHANGE))

    with pytest.raises(HarnessError, match="what it says of its profile cannot be used: KeyError"):
        profile_of(recording)


def test_broken_line_in_the_middle_is_named(tmp_path: Path) -> None:
    path = written(tmp_path, header(exchanges=3), EXCHANGE, [], EXCHANGE)

    with pytest.raises(HarnessError, match=r"run.jsonl:3: not an exchange of a recording"):
        read_recording(path).of_test("any")


@pytest.mark.parametrize("way", ["option", "command"])
def test_run_is_refused_with_exit_4(tmp_path: Path, way: str) -> None:
    project = Project(tmp_path)
    project.tests("some", "def test_it() -> None: ...")
    project.write("other.jsonl", "{}\n")

    if way == "option":
        result = project.run("--replay=other.jsonl")
    else:
        result = project.harness("replay", "other.jsonl", PYTHONPATH=str(PROJECT))

    assert result.ret == 4
    (line,) = told(result)
    assert "other.jsonl: not a recording" in line
