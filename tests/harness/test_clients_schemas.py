"""Each call that a client makes has one answer schema, and each answer schema a call that is made."""

import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import responses
from jsonschema import Draft202012Validator
from referencing import Registry, Resource

from clients import Call, Exchange, ExchangeFailure, TenantSignIn, WechatSignIn
from tests.harness.calls.table import CALLS
from tests.harness.calls.wire import answer_everything, clients_of

PROJECT = Path(__file__).parents[2]
SCHEMAS = PROJECT / "schemas"
BASE = "https://schemas.example.test/"


class Listener:
    """Keeps the names of the calls that it hears."""

    def __init__(self) -> None:
        self.heard: set[str] = set()

    def call_started(self, call: Call) -> None:
        self.heard.add(call.name)

    def call_finished(self, call: Call, outcome: Exchange | ExchangeFailure) -> None: ...


@cache
def names_called() -> frozenset[str]:
    """Of every method of every client, each made once, and of the sign-ins before them."""
    listener = Listener()
    callers = clients_of(
        listener, tenant=TenantSignIn("admin", "a", "p"), member=WechatSignIn("plain", "wx1", "code")
    )
    with responses.RequestsMock() as mock:
        token = {"token": "made-up-token", "accessToken": "made-up-token"}
        answer_everything(mock, json={"code": "0", "message": "ok", "data": token})
        for make, _ in CALLS.values():
            make(callers)
    return frozenset(listener.heard)


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


def test_sign_ins_are_among_the_calls() -> None:
    assert {"admin.tenants.login", "member.wechat.login"} <= names_called()


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
