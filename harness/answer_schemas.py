"""Judges each answer by the JSON Schema of its call (`schemas/answers/`); names every error with its path."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

import jsonschema_rs
from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError
from referencing import Registry, Resource

from clients import DataError, Exchange, PlatformFailure
from harness.documents import read_json
from harness.explaining import Explaining
from harness.pictures import picture_document
from harness.run import PROJECT
from harness.workbooks import workbook_document

BASE = "https://schemas.example.test/"
SCHEMAS = PROJECT / "schemas"
REFUSAL = "parts/refusal"
READERS: Final[Mapping[str, Callable[[Exchange], dict[str, Any]]]] = {
    "parts/workbook.json": workbook_document,
    "parts/picture.json": picture_document,
}
"""How a file is read, by what the answer schema of its call refers to."""
_BEYOND = {"additionalProperties", "unevaluatedProperties"}
_SHOWN = 120


@dataclass(frozen=True)
class Verdict:
    """`errors` break the schema; `extras` are fields that the schema does not know."""

    errors: tuple[str, ...] = ()
    extras: tuple[str, ...] = ()

    def told(self) -> str:
        if not self.errors and not self.extras:
            return "符合"
        lines = [f"不符：{error}" for error in self.errors] + [f"多出：{extra}" for extra in self.extras]
        return "\n".join(lines)


def judge(exchange: Exchange) -> Verdict:
    """The verdict on one answer; a refusal has a schema of its own (C-03, C-04), a file is read first."""
    if exchange.file is not None:
        return _file_verdict(exchange)
    body = exchange.json()
    refused = exchange.status != 200 or body.get("code") != "0"
    name = REFUSAL if refused else exchange.call
    return Verdict() if quick_validator(name).is_valid(body) else verdict(validator(name), body)


def file_document(exchange: Exchange) -> dict[str, Any]:
    """A file as the schema of its call judges it; raises `PlatformFailure` where it cannot be read."""
    reader = READERS.get(_answer_schema(exchange.call).get("$ref", ""), workbook_document)
    return reader(exchange)


def _file_verdict(exchange: Exchange) -> Verdict:
    try:
        return verdict(validator(exchange.call), file_document(exchange))
    except PlatformFailure as failure:
        return Verdict(errors=(str(failure),))


def verdict(schema: Draft202012Validator, body: Any) -> Verdict:
    """Fields beyond the schema are only told when nothing is broken: a broken part hides what it knows."""
    found = [leaf for error in schema.iter_errors(body) for leaf in _leaves(error)]
    errors = tuple(_told(error) for error in found if error.validator not in _BEYOND)
    extras = () if errors else tuple(_told(error) for error in found)
    return Verdict(errors, extras)


@cache
def title(call: str) -> str:
    """The call's Chinese name, for steps."""
    return str(_answer_schema(call).get("title", call))


@cache
def validator(name: str) -> Draft202012Validator:
    """The compiled schema of a call, or of a part that several share; compiled once a process."""
    return Explaining(_answer_schema(name), registry=_registry())


@cache
def quick_validator(name: str) -> jsonschema_rs.Draft202012Validator:
    """The same schema, compiled to pass good answers at once; it names no errors as people read them.

    Wherever it objects, `validator` has the last word.
    """
    return jsonschema_rs.Draft202012Validator(_answer_schema(name), retriever=_contents)


@cache
def _answer_schema(name: str) -> dict[str, Any]:
    path = SCHEMAS / "answers" / f"{name}.json"
    if not path.is_file():
        raise DataError(f"the call {name} has no answer schema: write {path}")
    schema: dict[str, Any] = read_json(path)
    return schema


@cache
def _registry() -> Registry[Any]:
    return Registry(retrieve=_retrieve)  # type: ignore[call-arg]  # attrs takes the private name's public form


def _retrieve(uri: str) -> Resource[Any]:
    resource: Resource[Any] = Resource.from_contents(_contents(uri))
    return resource


def _contents(uri: str) -> Any:
    return read_json(_file_of(uri))


def _file_of(uri: str) -> Path:
    if not uri.startswith(BASE):
        raise DataError(f"a schema refers to {uri}, which is not below {BASE}")
    return SCHEMAS / uri.removeprefix(BASE)


def _leaves(error: ValidationError) -> list[ValidationError]:
    if not error.context:
        return [error]
    return [leaf for inner in error.context for leaf in _leaves(inner)]


def _told(error: ValidationError) -> str:
    place = error.json_path.removeprefix("$.") if error.json_path != "$" else "答复"
    message = error.message if len(error.message) <= _SHOWN else f"{error.message[:_SHOWN]}…"
    return f"{place}: {message}"
