"""The generated files: their bytes, how they are written, and how they differ from what is there."""

from __future__ import annotations

import json
import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from schemas.row_schema import row_schema
from schemas.wire_schema import wire_schema

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from schemas.columns import Json, Table

FOLDERS = ("tables", "wire")


def render(tables: Sequence[Table]) -> dict[str, bytes]:
    """The bytes of every file, by its path below the schemas folder, sorted."""
    schemas = {f"tables/{table.name}.json": row_schema(table) for table in tables}
    schemas |= {f"wire/{table.name}.json": wire_schema(table) for table in tables}
    return {
        path: (json.dumps(schema, ensure_ascii=False, indent=2) + "\n").encode()
        for path, schema in sorted(schemas.items())
    }


def write(root: Path, files: Mapping[str, bytes]) -> None:
    """Replace both folders with `files`, or leave both as they were."""
    with tempfile.TemporaryDirectory(dir=root, prefix=".generated-", ignore_cleanup_errors=True) as temporary:
        new, old = Path(temporary, "new"), Path(temporary, "old")
        old.mkdir()
        for folder in FOLDERS:
            (new / folder).mkdir(parents=True)
        for path, content in files.items():
            (new / path).write_bytes(content)
        _swap(root, new, old)


def _swap(root: Path, new: Path, old: Path) -> None:
    try:
        for folder in FOLDERS:
            if (root / folder).exists():
                (root / folder).rename(old / folder)
            (new / folder).rename(root / folder)
    except BaseException:  # an interrupt, too, must leave the two folders as one
        for folder in FOLDERS:
            if not (new / folder).exists():
                shutil.rmtree(root / folder)
            if (old / folder).exists():
                (old / folder).rename(root / folder)
        raise


def differences(root: Path, files: Mapping[str, bytes]) -> Iterator[str]:
    """One line for each file or value that is not what the sources give."""
    there = {
        path.relative_to(root).as_posix()
        for folder in FOLDERS
        for path in (root / folder).rglob("*")
        if path.is_file()
    }
    for path in sorted(there | set(files)):
        if path not in there:
            yield f"{path}: missing"
        elif path not in files:
            yield f"{path}: extra, no table of that name"
        else:
            yield from (f"{path}: {line}" for line in _changes((root / path).read_bytes(), files[path]))


def _changes(found: bytes, expected: bytes) -> list[str]:
    if found == expected:
        return []
    try:
        content = json.loads(found)
    except ValueError:
        return ["changed, and no longer JSON"]
    return list(_compare("$", content, json.loads(expected))) or ["changed in layout or order of keys only"]


def _compare(path: str, found: Json, expected: Json) -> Iterator[str]:
    if isinstance(found, dict) and isinstance(expected, dict):
        for key in sorted(found.keys() | expected.keys()):
            if key not in found:
                yield f"{path}.{key}: missing, should be {_shown(expected[key])}"
            elif key not in expected:
                yield f"{path}.{key}: extra, is {_shown(found[key])}"
            else:
                yield from _compare(f"{path}.{key}", found[key], expected[key])
    elif type(found) is not type(expected) or found != expected:
        yield f"{path}: is {_shown(found)}, should be {_shown(expected)}"


def _shown(value: Json) -> str:
    return json.dumps(value, ensure_ascii=False)
