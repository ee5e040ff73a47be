"""Data files are read strictly: a mistake is one line with its place, a trap of YAML is a mistake."""

from pathlib import Path
from typing import Any

import pytest

from clients import DataError
from harness.documents import line_of, problems, read_json, read_toml, read_yaml, told

TRAPS = [
    *("no", "No", "off", "y", "YES", "on", "N"),
    *("010", "-010", "08", "0x1F", "0b11", "1_000", "12:30", "1:30.5", "1e3", ".inf", "-.nan"),
    *("2026-01-01", "2026-1-1 10:00:00"),
]
PLAIN = [
    *(("true", True), ("null", None), ("~", None), ("0", 0), ("-17", -17), ("1.5", 1.5), ("1.0", 1.0)),
    *(("hd_010", "hd_010"), ("none", "none"), ("活动", "活动"), ('"no"', "no"), ("'010'", "010")),
]


def written(folder: Path, content: str | bytes, name: str = "data.yaml") -> Path:
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def refusal(path: Path) -> str:
    with pytest.raises(DataError) as refused:
        read_yaml(path)
    return str(refused.value)


@pytest.mark.parametrize("trap", TRAPS)
def test_yaml_refuses_a_plain_word_that_may_be_read_otherwise(tmp_path: Path, trap: str) -> None:
    path = written(tmp_path, f"name: fine\nvalue: {trap}\n")

    assert refusal(path) == (
        f"{path}:2: not valid YAML: YAML may read {trap} as something else: put it in quotes"
    )


@pytest.mark.parametrize("key", ["no", "010"])
def test_yaml_refuses_an_ambiguous_key(tmp_path: Path, key: str) -> None:
    assert f"YAML may read {key} as something else" in refusal(written(tmp_path, f"{key}: 1\n"))


@pytest.mark.parametrize(("text", "value"), PLAIN, ids=[text for text, _ in PLAIN])
def test_yaml_takes_what_reads_in_one_way_only(tmp_path: Path, text: str, value: Any) -> None:
    read = read_yaml(written(tmp_path, f"value: {text}\n"))["value"]

    assert (type(read), read) == (type(value), value)


@pytest.mark.parametrize(
    ("content", "line", "reason"),
    [
        ("a: 1\nb: {c: 1,\n  c: 2}\n", 3, "the key 'c' stands here twice"),
        ("a: 1\na: 2\n", 2, "the key 'a' stands here twice"),
        ("a: 1\nb: [1\n", 3, "did not find expected ',' or ']'"),
        ("a: 1\n? [b]\n: 2\n", 2, "a key must be a plain word"),
        ("a: &same\n  b: *same\n", 1, "found unconstructable recursive node"),
        ("a: &base {x: 1}\nb:\n  <<: *base\n", 3, "could not determine a constructor"),
        ("a: 1\nb: !!python/name:os.system\n", 2, "could not determine a constructor"),
        ("a: 1\n---\nb: 2\n", 2, "but found another document"),
    ],
)
def test_yaml_mistake_is_one_line_with_its_place(
    tmp_path: Path, content: str, line: int, reason: str
) -> None:
    path = written(tmp_path, content)

    message = refusal(path)

    assert message.startswith(f"{path}:{line}: not valid YAML: {reason}")
    assert "\n" not in message


@pytest.mark.parametrize("content", [b"a: \xff\xfe\n", b"a: \x00\n", "a: 活动".encode("gb18030")])
def test_yaml_that_is_no_text_is_one_line(tmp_path: Path, content: bytes) -> None:
    path = written(tmp_path, content)

    message = refusal(path)

    assert message.startswith(f"{path}: ")
    assert "\n" not in message


def test_yaml_that_is_not_there_is_named(tmp_path: Path) -> None:
    assert (
        refusal(tmp_path / "none.yaml")
        == f"{tmp_path / 'none.yaml'}: cannot be read: No such file or directory"
    )


@pytest.mark.parametrize(
    ("read", "name", "content"),
    [(read_yaml, "a.yaml", "a: 1\n"), (read_toml, "a.toml", "a = 1\n"), (read_json, "a.json", '{"a": 1}')],
)
def test_byte_order_mark_is_read_over(tmp_path: Path, read: Any, name: str, content: str) -> None:
    path = written(tmp_path, b"\xef\xbb\xbf" + content.encode(), name)

    assert read(path) == {"a": 1}


@pytest.mark.parametrize(
    ("read", "content", "kind"),
    [
        (read_toml, "a = 1\na = 2\n", "not valid TOML"),
        (read_toml, b"a = '\xff'", "cannot be read"),
        (read_json, "{", "not valid JSON"),
        (read_json, "[NaN, 1", "not valid JSON"),
    ],
)
def test_toml_and_json_mistakes_name_the_file(
    tmp_path: Path, read: Any, content: str | bytes, kind: str
) -> None:
    path = written(tmp_path, content, "data.txt")

    with pytest.raises(DataError, match=kind) as refused:
        read(path)

    assert str(refused.value).startswith(f"{path}: {kind}: ")


def test_problems_come_in_order_of_their_places() -> None:
    schema = {"properties": {"cases": {"items": {"type": "integer"}}, "a": {"type": "string"}}}

    found = problems({"cases": ["x"] * 11, "a": 1}, schema)

    assert [told(error).partition(":")[0] for error in found] == ["a", *(f"cases.{i}" for i in range(11))]


def test_pattern_ends_where_the_text_does() -> None:
    schema = {"properties": {"id": {"pattern": "^[a-z]+$"}}}

    assert [told(error).partition(":")[0] for error in problems({"id": "a\n"}, schema)] == ["id"]


def test_problem_of_alternatives_is_told_by_the_deepest() -> None:
    schema = {"anyOf": [{"type": "string"}, {"properties": {"a": {"type": "integer"}}}]}

    (found,) = problems({"a": "x"}, schema)

    assert told(found) == "a: 'x' is not of type 'integer'"


def test_problem_with_a_long_value_is_cut() -> None:
    (found,) = problems({"name": ["x" * 5000]}, {"properties": {"name": {"type": "string"}}})

    assert told(found).startswith("name: ['xxx")
    assert len(told(found)) < 400


@pytest.mark.parametrize(
    ("place", "line"),
    [
        ([], 1),
        (["cases"], 3),
        (["cases", 0, "id"], 3),
        (["cases", 1], 5),
        (["cases", 1, "change", "a"], 6),
        (["cases", 1, "no such key"], 5),
        (["cases", 7], 3),
        (["cases", "id"], 3),
    ],
)
def test_line_of_a_place_is_the_nearest(tmp_path: Path, place: list[str | int], line: int) -> None:
    path = written(
        tmp_path, 'epic: "x"\ncases:\n  - id: "a"\n    title: "x"\n  - id: "b"\n    change: {a: 1}\n'
    )

    assert line_of(path, place) == line


def test_line_in_an_empty_file_is_the_first(tmp_path: Path) -> None:
    assert line_of(written(tmp_path, ""), ["cases"]) == 1
