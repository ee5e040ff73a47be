"""`python -m harness compare`: its outputs, its exit codes, and what it says of files that it cannot read."""

import json
import tracemalloc
from pathlib import Path
from typing import Any

import pytest

from harness.__main__ import main
from harness.comparing.comparison import compare
from harness.comparing.findings import CHINESE, RATINGS, Kind, Rating
from harness.comparing.markdown import as_markdown
from harness.comparing.page import as_page
from harness.comparing.recordings import Recording
from harness.comparing.text import as_json, as_text
from tests.harness.compared import CALL, Row, compared, exchange, release, written
from tests.harness.projects import PROJECT


def broken(row: Row, number: int) -> None:
    row["amount"] = str(row["amount"])
    row["heat"] = number


@pytest.fixture
def recordings(tmp_path: Path) -> tuple[str, str]:
    return str(written(tmp_path / "old.jsonl", release(1))), str(
        written(tmp_path / "new.jsonl", release(2, broken))
    )


def test_text_tells_each_finding_with_reason_cases_and_rules(tmp_path: Path) -> None:
    lines = as_text(compared(tmp_path, release(1), release(2, broken))).splitlines()

    assert lines == [
        "old: old (沙箱, seed 7, run r)",
        "new: new (沙箱, seed 7, run r)",
        "",
        "breaking (1)",
        f"  {CALL} data.amount: type: integer -> string",
        "      another JSON type: a typed reader cannot parse it; 60 exchanges of 60 tests: case-000, "
        "case-001, case-002, …; rules E-01",
        "",
        "additive (1)",
        f"  {CALL} data.heat: field added: absent -> integer",
        "      readers pass over a field that they do not know; 60 exchanges of 60 tests: case-000, "
        "case-001, case-002, …; rules E-01",
        "",
        "breaking: 1, slower: 0, additive: 1, faster: 0; 60 exchanges of 60 tests compared",
    ]


def test_text_of_the_same_release_is_short(tmp_path: Path) -> None:
    text = as_text(compared(tmp_path, release(1), release(2)))

    assert text.splitlines()[-1].startswith("breaking: 0, slower: 0, additive: 0, faster: 0; ")


def test_text_tells_what_was_not_seen(tmp_path: Path) -> None:
    old = [*release(1), exchange("alone", call="admin.old.get")]
    lines = as_text(compared(tmp_path, old, release(2)[:50])).splitlines()

    assert lines[lines.index("not seen, or not known") + 1 :][:2] == [
        "  calls seen in the old recording alone: admin.old.get",
        "  tests in the old recording alone: 11",
    ]


def test_text_hides_what_commands_a_terminal(tmp_path: Path) -> None:
    old = [exchange(f"case-{n}\x1b[31m", {"a": 1}) for n in range(4)]
    new = [exchange(f"case-{n}\x1b[31m", {"a": "1"}) for n in range(4)]

    assert "\x1b" not in as_text(compared(tmp_path, old, new))


def test_json_has_all_of_a_finding(tmp_path: Path) -> None:
    said = json.loads(as_json(compared(tmp_path, release(1), release(2, broken))))

    assert said["counts"] == {"breaking": 1, "slower": 0, "additive": 1, "faster": 0}
    assert said["findings"][0] == {
        "kind": "type",
        "rating": "breaking",
        "reason": "another JSON type: a typed reader cannot parse it",
        "call": CALL,
        "path": "data.amount",
        "old": "integer",
        "new": "string",
        "exchanges": 60,
        "tests": 60,
        "cases": [f"case-00{n}" for n in range(5)],
        "rules": ["E-01"],
    }


def test_markdown_is_a_verdict_a_table_and_folded_details(tmp_path: Path) -> None:
    lines = as_markdown(compared(tmp_path, release(1), release(2, broken))).splitlines()

    assert lines[0] == "## ❌ 1 处破坏性变化 · breaking changes"
    assert f"| ❌ 破坏性 | 类型变化 type | {CALL} | data.amount | integer | string |" in lines
    assert f"| ➕ 兼容 | 新增字段 field added | {CALL} | data.heat | absent | integer |" in lines
    assert "<details><summary>理由与用例 Reasons and cases</summary>" in lines


def test_markdown_of_no_change_is_a_line(tmp_path: Path) -> None:
    text = as_markdown(compared(tmp_path, release(1), release(2)))

    assert text.startswith("## ✅ 没有发现变化 · no change found\n")
    assert "| 级别" not in text


def test_markdown_takes_names_as_they_stand_and_cuts_a_long_table(tmp_path: Path) -> None:
    def lines(value: Any) -> list[Any]:
        return [
            exchange(f"case-{n}", {f"`a{i}|<b>@x": value for i in "abcdefghijklmnopqrstuvwxyz"})
            for n in range(4)
        ]

    text = as_markdown(compared(tmp_path, lines(1), lines("1")))

    assert "<b>" not in text
    assert text.count("| ❌ 破坏性 |") == 20
    assert "另有 6 处，见下 · and 6 more below" in text
    assert text.count("\n- **") == 26


def test_page_holds_values_as_data_alone(tmp_path: Path) -> None:
    old = [exchange(f"case-{n}", {"</script><b>": 1}) for n in range(4)]
    new = [exchange(f"case-{n}", {"</script><b>": "1"}) for n in range(4)]

    html = as_page(compared(tmp_path, old, new))

    assert html.count("</script>") == 2
    assert "<b>" not in html
    assert "http" not in html.partition("</style>")[0].replace("http-equiv", "")


def test_every_kind_is_rated_named_and_explained() -> None:
    assert set(RATINGS) == set(CHINESE) == set(Kind)
    guide = (PROJECT / "docs/compare.md").read_text("utf-8")
    for kind in Kind:
        assert f"| {kind} | {RATINGS[kind][0]} | {RATINGS[kind][1]} |" in guide, kind


def test_command_writes_every_output_and_says_the_text(
    recordings: tuple[str, str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    outputs = [f"--{name}={tmp_path / name}" for name in ("json", "markdown", "page")]

    code = main(["compare", *recordings, *outputs])

    assert code == 0
    assert "breaking (1)" in capsys.readouterr().out
    assert json.loads((tmp_path / "json").read_text("utf-8"))["counts"]["breaking"] == 1
    assert (tmp_path / "markdown").read_text("utf-8").startswith("## ❌")
    assert "版本对比" in (tmp_path / "page").read_text("utf-8")


@pytest.mark.parametrize(("change", "code"), [(broken, 1), (None, 0)])
def test_fail_on_breaking_decides_the_exit_code(change: Any, code: int, tmp_path: Path) -> None:
    old, new = written(tmp_path / "old", release(1)), written(tmp_path / "new", release(2, change))

    assert main(["compare", str(old), str(new), "--fail-on", "breaking"]) == code


def test_additive_changes_do_not_fail(tmp_path: Path) -> None:
    def more(row: Row, number: int) -> None:
        row["heat"] = number

    old, new = written(tmp_path / "old", release(1)), written(tmp_path / "new", release(2, more))

    assert main(["compare", str(old), str(new), "--fail-on=breaking"]) == 0


HEADER = '{"recording": 1}\n'
LINE = json.dumps(exchange("case-one", {})) + "\n"
BAD_FILES = {
    "empty": ("", ":1: the file is empty; "),
    "no header": (LINE, ":1: is no recording: its first line has no 'recording'; "),
    "not JSON": ("hello\n", ":1: is no recording: not an object of JSON; "),
    "an array": ("[1]\n", ":1: is no recording: not an object of JSON; "),
    "other version": ('{"recording": 2}\n', ":1: is of version 2, and version 1 can be read; "),
    "true version": ('{"recording": true}\n', ":1: is of version true, and version 1 can be read; "),
    "no exchange": (HEADER, ":1: the recording has no exchange; "),
    "bad line": (f"{HEADER}{LINE}nonsense\n{LINE}", ":3: is no recording: not an object of JSON; "),
    "no call": (f'{HEADER}{{"test": "x"}}\n', ":2: is no exchange: it needs 'test', 'call' and 'answered'; "),
    "cut off": (f"{HEADER}{LINE}{LINE[:40]}", ":3: the last line is cut off; "),
    "cut header": ('{"recording": 1', ":1: the last line is cut off; "),
}


@pytest.mark.parametrize("bad", BAD_FILES)
@pytest.mark.parametrize("place", [0, 1])
def test_file_that_is_no_recording_is_one_message_with_its_line(
    bad: str, place: int, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    content, told = BAD_FILES[bad]
    file, page = tmp_path / "bad.jsonl", tmp_path / "page.html"
    file.write_text(content, "utf-8")
    files = [str(written(tmp_path / "good", release(1, tests=3)))] * 2
    files[place] = str(file)

    code = main(["compare", *files, f"--page={page}"])

    said = capsys.readouterr()
    assert (code, said.out) == (4, "")
    assert said.err.startswith(f"{file}{told}")
    assert said.err.count("\n") == 1
    assert "--record=FILE" in said.err
    assert not page.exists()


@pytest.mark.parametrize("name", ["nowhere", "."])
def test_file_that_cannot_be_opened_is_told(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code = main(["compare", str(tmp_path / name), str(tmp_path / name)])

    assert code == 4
    assert capsys.readouterr().err.startswith(f"{tmp_path / name}: cannot be read: ")


def test_line_that_is_not_utf_8_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "bad"
    file.write_bytes(HEADER.encode() + b"\xff\xfe\n")

    assert main(["compare", str(file), str(file)]) == 4
    assert capsys.readouterr().err.startswith(f"{file}:2: is no recording: not UTF-8; ")


def test_output_never_takes_the_place_of_a_recording_or_of_another_output(
    recordings: tuple[str, str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = Path(recordings[0]).read_bytes()

    codes = [
        main(["compare", *recordings, f"--json={recordings[0]}"]),
        main(["compare", *recordings, f"--json={tmp_path / 'same'}", f"--page={tmp_path / 'same'}"]),
        main(["compare", *recordings, f"--page={tmp_path / 'nowhere' / 'page.html'}"]),
    ]

    assert codes == [4, 4, 4]
    assert [line.rpartition("; ")[2] for line in capsys.readouterr().err.splitlines()] == [
        "name another file",
        "name another file",
        "make it, or name another file",
    ]
    assert Path(recordings[0]).read_bytes() == before
    assert not (tmp_path / "same").exists()


@pytest.mark.parametrize(
    "arguments", [["compare"], ["compare", "one"], ["compare", "a", "b", "--fail-on=slower"]]
)
def test_wrong_use_is_a_message_with_the_usage(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as exit_:
        main(arguments)

    assert exit_.value.code == 4
    assert "usage: python -m harness compare" in capsys.readouterr().err


def test_keys_that_nobody_knows_are_passed_over(tmp_path: Path) -> None:
    lines = [line | {"more": {"x": 1}} for line in release(1, tests=4)]
    path = written(tmp_path / "one", lines, more=[1])

    assert compare(Recording(path), Recording(path)).findings == ()


def test_recording_is_never_in_memory_as_a_whole(tmp_path: Path) -> None:
    rows = [{"id": "1", "text": "x y " * 5000} for _ in range(100)]
    path = written(tmp_path / "large", [exchange(f"case-{n}", row) for n, row in enumerate(rows * 10)])
    recording = Recording(path)

    tracemalloc.start()
    compare(recording, recording)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()

    assert path.stat().st_size > 20_000_000
    assert peak < 4_000_000


def test_ratings_are_those_that_ci_may_fail_on() -> None:
    assert [rating.value for rating in Rating] == ["breaking", "slower", "additive", "faster"]
