"""The command: what it writes is what is committed, and it writes everything or nothing."""

from __future__ import annotations

import json
import shutil
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from referencing import Registry, Resource

from schemas.generate import main

SCHEMAS = Path(__file__).parents[2] / "schemas"
FOLDERS = ("tables", "wire")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A schemas folder of its own, with the sources and nothing generated."""
    shutil.copytree(SCHEMAS / "sources", tmp_path / "sources")
    shutil.copy(SCHEMAS / "corrections.yaml", tmp_path)
    return tmp_path


def contents(root: Path) -> dict[str, bytes]:
    """Every generated file by its path."""
    return {
        path.relative_to(root).as_posix(): path.read_bytes()
        for folder in FOLDERS
        for path in (root / folder).rglob("*")
    }


def committed(folder: str) -> list[dict[str, Any]]:
    return [json.loads(path.read_bytes()) for path in sorted((SCHEMAS / folder).iterdir())]


def test_committed_files_are_what_the_generator_writes(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code = main(["--root", str(root)])

    assert code == 0
    assert capsys.readouterr().out == "114 tables, written\n"
    assert contents(root) == contents(SCHEMAS)


def test_check_says_that_the_committed_files_are_up_to_date(capsys: pytest.CaptureFixture[str]) -> None:
    code = main(["--check"])

    assert (code, capsys.readouterr().out) == (0, "114 tables, up to date\n")


@pytest.mark.parametrize("folder", FOLDERS)
def test_tables_are_31_documented_3_with_ddl_and_80_named_only(folder: str) -> None:
    knowledge = Counter(schema["x-knowledge"] for schema in committed(folder))

    assert (knowledge["documented"], knowledge["ddl"]) == (31, 3)
    assert knowledge["partial"] + knowledge["named"] == 80
    assert knowledge["partial"] == 10


@pytest.mark.parametrize("folder", FOLDERS)
def test_each_schema_is_valid_and_named_by_its_file(folder: str) -> None:
    for path in (SCHEMAS / folder).iterdir():
        schema = json.loads(path.read_bytes())
        Draft202012Validator.check_schema(schema)

        assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
        assert schema["$id"] == f"https://schemas.example.test/{folder}/{path.name}"


def test_each_default_is_a_value_that_its_column_admits() -> None:
    columns = [column for schema in committed("tables") for column in schema["properties"].values()]
    with_default = [column for column in columns if "default" in column]

    refused = [
        column for column in with_default if not Draft202012Validator(column).is_valid(column["default"])
    ]

    assert len(with_default) == 31
    assert refused == []


def test_a_wire_property_is_found_from_an_answer() -> None:
    resources = [Resource.from_contents(schema) for folder in FOLDERS for schema in committed(folder)]
    registry = resources @ Registry()
    resolver = registry.resolver("https://schemas.example.test/answers/event_list.json")

    name = resolver.lookup("../wire/event.json#/properties/name").contents

    assert name["maxLength"] == 100


def test_files_end_in_one_line_feed_and_keep_their_chinese() -> None:
    for path, content in contents(SCHEMAS).items():
        assert content.endswith(b"\n}\n"), path
        assert b"\r" not in content, path
        assert b"\\u" not in content, path


def test_columns_keep_the_order_of_the_document() -> None:
    schema = json.loads((SCHEMAS / "tables/dab_role.json").read_bytes())

    columns = list(schema["properties"])

    assert columns == ["id", "name", "organization_id", "descr", "deleted", "created_time", "updated_time"]
    assert schema["required"] == columns


@pytest.mark.parametrize(
    ("path", "old", "new", "line"),
    [
        ("tables/event.json", '"maxLength": 100', '"maxLength": 99', "is 99, should be 100"),
        ("tables/event.json", '"活动名称"', '"活动名"', 'is "活动名", should be "活动名称"'),
        ("wire/event.json", '"multipleOf": 1000,', "", "multipleOf: missing, should be 1000"),
        ("wire/event.json", '"type": "object",', '"type": "object", "x-a": 1,', "$.x-a: extra, is 1"),
        ("wire/event.json", "\n  ", "\n ", "changed in layout or order of keys only"),
        ("wire/event.json", "{", "", "changed, and no longer JSON"),
    ],
)
def test_check_names_the_value_that_differs(
    root: Path, capsys: pytest.CaptureFixture[str], path: str, old: str, new: str, line: str
) -> None:
    main(["--root", str(root)])
    text = (root / path).read_text(encoding="utf-8")
    (root / path).write_text(text.replace(old, new, 1), encoding="utf-8")
    capsys.readouterr()

    code = main(["--check", "--root", str(root)])

    first, last = capsys.readouterr().out.splitlines()
    assert code == 1
    assert first.startswith(f"{path}: ")
    assert first.endswith(line)
    assert last.startswith("differences: 1;")


def test_check_names_the_path_of_a_value(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["--root", str(root)])
    schema = json.loads((root / "tables/event.json").read_bytes())
    schema["properties"]["name"]["maxLength"] = 99
    (root / "tables/event.json").write_text(json.dumps(schema), encoding="utf-8")

    main(["--check", "--root", str(root)])

    assert "tables/event.json: $.properties.name.maxLength: is 99" in capsys.readouterr().out


def test_check_names_missing_and_extra_files_and_writes_nothing(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["--root", str(root)])
    (root / "tables/event.json").rename(root / "tables/evnt.json")
    before = contents(root)

    code = main(["--check", "--root", str(root)])

    assert code == 1
    assert "tables/event.json: missing\ntables/evnt.json: extra" in capsys.readouterr().out
    assert contents(root) == before


def test_writing_removes_stale_files_and_what_it_worked_in(root: Path) -> None:
    main(["--root", str(root)])
    (root / "tables/gone.json").write_text("{}", encoding="utf-8")

    main(["--root", str(root)])

    assert contents(root) == contents(SCHEMAS)
    assert {path.name for path in root.iterdir()} == {"corrections.yaml", "sources", *FOLDERS}


def test_writing_that_fails_half_way_leaves_everything_as_it_was(
    root: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for folder in FOLDERS:
        (root / folder).mkdir()
        (root / folder / "old.json").write_text("{}", encoding="utf-8")
    before = contents(root)
    rename = Path.rename

    def refuse_the_last(source: Path, target: Path) -> Path:
        if source.parts[-2:] == ("new", "wire"):
            raise PermissionError(13, "in use", str(target))
        return rename(source, target)

    monkeypatch.setattr(Path, "rename", refuse_the_last)

    code = main(["--root", str(root)])

    assert code == 2
    assert "in use" in capsys.readouterr().err
    assert contents(root) == before


def test_help_tells_the_exit_codes(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["--help"])

    assert ended.value.code == 0
    assert "--check" in (text := capsys.readouterr().out)
    assert "nothing was written" in text
