"""Bodies declared as dataclasses: an attribute is a field, its name in camelCase the wire's (C-09)."""

from collections.abc import Container, Mapping
from dataclasses import dataclass, field, fields
from typing import TYPE_CHECKING, Any, Generic, TypeVar, cast

from sqlalchemy import inspect

from sandbox.db import Base
from sandbox.rules.refusals import invalid
from sandbox.rules.wire import camel

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

    from sandbox.rules.kinds import Kind

T = TypeVar("T")
B = TypeVar("B", bound="DataclassInstance")


@dataclass(frozen=True)
class Rule:
    kind: "Kind[Any]"
    required: bool
    default: object
    wire: str | None


def required(kind: "Kind[T]") -> T:
    """Neither null nor left out."""
    return cast("T", field(metadata={"rule": Rule(kind, required=True, default=None, wire=None)}))


def optional(kind: "Kind[T]", *, wire: str | None = None) -> T | None:
    """None when null or left out. `wire` is the name where camelCase does not give it."""
    return cast("T", field(metadata={"rule": Rule(kind, required=False, default=None, wire=wire)}))


def defaulted(kind: "Kind[T]", default: T) -> T:
    return cast("T", field(metadata={"rule": Rule(kind, required=False, default=default, wire=None)}))


def read_body(body: type[B], given: Mapping[str, object], where: str = "") -> B:
    """Refuses the first field that is not as declared; ignores what is not declared (C-03)."""
    return body(**dict(_read_field(item.name, item.metadata["rule"], given, where) for item in fields(body)))


def _read_field(name: str, rule: Rule, given: Mapping[str, object], where: str) -> tuple[str, object]:
    wire = rule.wire or camel(name)
    path = f"{where}.{wire}" if where else wire
    value = given.get(wire)
    if value is not None:
        return name, rule.kind.read(value, path)
    if rule.required:
        raise invalid(path, "不能为空")
    return name, rule.default


def fill(row: Base, body: "DataclassInstance", *, leaving: Container[str] = ()) -> None:
    """Each field of the body that is a column of the row."""
    columns = inspect(row).mapper.columns.keys()
    for item in fields(body):
        if item.name in columns and item.name not in leaving:
            setattr(row, item.name, getattr(body, item.name))


@dataclass(frozen=True)
class Nested(Generic[B]):
    """A kind: an object that is itself declared."""

    body: type[B]

    def read(self, value: object, where: str) -> B:
        if not isinstance(value, dict):
            raise invalid(where, "应为对象")
        return read_body(self.body, value, where)
