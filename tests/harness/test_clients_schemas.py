"""Each call that a client makes has one answer schema, and each answer schema a call that is made."""

import ast
import json
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from referencing import Registry, Resource

PROJECT = Path(__file__).parents[2]
SCHEMAS = PROJECT / "schemas"
BASE = "https://schemas.example.test/"
CALL_NAME = re.compile(r"(admin|member|sandbox)(\.[a-z_]+){1,2}")


def call_names(source: str) -> set[str]:
    """The texts of a module that are names of calls, without running it."""
    constants = (node.value for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Constant))
    return {text for text in constants if isinstance(text, str) and CALL_NAME.fullmatch(text)}


@cache
def names_called() -> frozenset[str]:
    sources = (path.read_text(encoding="utf-8") for path in (PROJECT / "clients").rglob("*.py"))
    return frozenset(name for source in sources for name in call_names(source))


def answer_files() -> list[Path]:
    return sorted((SCHEMAS / "answers").rglob("*.json"))


def contents(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))


def resource_at(uri: str) -> Resource[Any]:
    return Resource.from_contents(contents(SCHEMAS / uri.removeprefix(BASE)))


@cache
def registry() -> Registry[Any]:
    return Registry(retrieve=resource_at)  # type: ignore[call-arg]  # attrs takes the private name's public form


def refs(node: Any) -> Iterator[str]:
    children = node.values() if isinstance(node, dict) else node if isinstance(node, list) else ()
    if isinstance(node, dict) and isinstance(node.get("$ref"), str):
        yield node["$ref"]
    for child in children:
        yield from refs(child)


def unresolved(uri: str, seen: set[str]) -> list[str]:
    """The `$ref`s, here and in all that they lead to, which lead to nothing."""
    seen.add(uri)
    broken = []
    for ref in refs(registry().get_or_retrieve(uri).value.contents):
        try:
            resolved = registry().resolver(uri).lookup(ref)
        except LookupError:
            broken.append(f"{uri} -> {ref}")
            continue
        target = str(resolved.contents.get("$id", uri))
        broken += unresolved(target, seen) if target not in seen else []
    return broken


def test_call_names_are_read_from_the_source_alone() -> None:
    source = (
        '"""admin.doc.string is told here."""\ncall("admin.events.list", "GET", "a.b")\nx = "sandbox.tick"'
    )
    assert call_names(source) == {"admin.events.list", "sandbox.tick"}


def test_each_call_has_an_answer_schema() -> None:
    schemas = {path.stem for path in (SCHEMAS / "answers").glob("*.json")}
    assert sorted(names_called() - schemas) == []


def test_each_answer_schema_has_a_call() -> None:
    schemas = {path.stem for path in (SCHEMAS / "answers").glob("*.json")}
    assert sorted(schemas - names_called()) == []


@pytest.mark.parametrize("path", answer_files(), ids=lambda path: path.stem)
def test_answer_schema_is_valid_and_named_by_its_file(path: Path) -> None:
    schema = contents(path)
    Draft202012Validator.check_schema(schema)
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert schema["$id"] == BASE + path.relative_to(SCHEMAS).as_posix()


@pytest.mark.parametrize("path", answer_files(), ids=lambda path: path.stem)
def test_answer_schema_refers_to_what_exists(path: Path) -> None:
    assert unresolved(BASE + path.relative_to(SCHEMAS).as_posix(), set()) == []


def test_every_part_is_used_by_an_answer() -> None:
    used = {Path(ref.partition("#")[0]).stem for path in answer_files() for ref in refs(contents(path))}
    parts = {path.stem for path in (SCHEMAS / "answers" / "parts").glob("*.json")}
    assert parts - used == {"refusal"}  # the one that the harness itself picks
