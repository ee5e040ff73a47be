"""Reads the inert data (YAML, TOML, JSON) so that every mistake is one line with its place."""

import json
import re
import tomllib
from collections.abc import Hashable, Iterable, Sequence
from pathlib import Path
from typing import Any

import jsonschema_rs
import yaml
from jsonschema.exceptions import ValidationError

from clients import DataError
from harness.explaining import Explaining

_AMBIGUOUS = re.compile(
    r"(?i:y|n|yes|no|on|off)"  # booleans
    r"|[-+]?0[0-9_]+|[-+]?0[box][0-9a-fA-F_]+|[-+]?[0-9]+_[0-9_]*"  # octal, binary, hexadecimal, underscores
    r"|[-+]?[0-9][0-9_]*(:[0-5]?[0-9])+(\.[0-9_]*)?"  # base 60
    r"|[-+]?[0-9]+(?i:e)[0-9]+|[-+]?\.(?i:inf|nan)"  # 1e3 is a text, .inf is a number
    r"|[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}.*"  # dates
)
_YAML_ERRORS = (yaml.YAMLError, UnicodeDecodeError, ValueError)
_SHOWN = 300


class _StrictLoader(yaml.CSafeLoader):
    """YAML without its traps: no duplicate keys, and no plain word that YAML 1.1 reads as something else."""

    def __init__(self, stream: str) -> None:
        super().__init__(stream)
        self.deep_construct = True  # refuses a node that contains itself

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:
        seen: set[Hashable] = set()
        for key_node, _ in node.value:
            if not isinstance(key_node, yaml.ScalarNode):
                problem = "a key must be a plain word"
                raise yaml.MarkedYAMLError(problem=problem, problem_mark=key_node.start_mark)
            key = self.construct_object(key_node, deep=True)
            if key in seen:
                problem = f"the key {key!r} stands here twice"
                raise yaml.MarkedYAMLError(problem=problem, problem_mark=key_node.start_mark)
            seen.add(key)
        return super().construct_mapping(node, deep)

    def construct_scalar(self, node: yaml.ScalarNode | yaml.MappingNode) -> Any:
        if isinstance(node, yaml.ScalarNode) and not node.style and _AMBIGUOUS.fullmatch(node.value):
            problem = f"YAML may read {node.value} as something else: put it in quotes"
            raise yaml.MarkedYAMLError(problem=problem, problem_mark=node.start_mark)
        return super().construct_scalar(node)


def read_yaml(path: Path) -> Any:
    """The content of a YAML file; raises `DataError` with file and line."""
    try:
        return yaml.load(_text(path), Loader=_StrictLoader)  # noqa: S506 - a subclass of the safe loader
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise DataError(f"{path}:{line}: not valid YAML: {error.problem}") from None
    except _YAML_ERRORS as error:
        raise DataError(f"{path}: not valid YAML: {' '.join(str(error).split())}") from None


def read_toml(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(_text(path))
    except tomllib.TOMLDecodeError as error:
        raise DataError(f"{path}: not valid TOML: {error}") from None


def read_json(path: Path) -> Any:
    try:
        return json.loads(_text(path))
    except ValueError as error:
        raise DataError(f"{path}: not valid JSON: {error}") from None


def problems(document: Any, schema: dict[str, Any]) -> list[ValidationError]:
    """All that the JSON Schema finds wrong, the most telling of alternatives, in order of place.

    A compiled validator passes what is right at once; it names no errors as people read them.
    """
    if _passes(document, schema):
        return []
    found = Explaining(schema).iter_errors(document)
    telling = (_most_telling(error) for error in found)
    return sorted(telling, key=lambda error: [_sortable(part) for part in error.absolute_path])


def _passes(document: Any, schema: dict[str, Any]) -> bool:
    try:
        return jsonschema_rs.is_valid(schema, document)
    except ValueError:  # a date, which TOML has and JSON has not: the other validator tells where
        return False


def told(error: ValidationError) -> str:
    """One error as `place: what is wrong`."""
    place = ".".join(str(part) for part in error.absolute_path) or "the file"
    message = error.message if len(error.message) <= _SHOWN else f"{error.message[:_SHOWN]}…"
    return f"{place}: {message}"


def line_of(path: Path, place: Sequence[str | int]) -> int:
    """The line (from 1) of a place in a YAML file, or of the nearest thing around it."""
    return lines_of(path, [place])[0]


def lines_of(path: Path, places: Iterable[Sequence[str | int]]) -> list[int]:
    """The line of each place, as `line_of`; the file is read once."""
    root = yaml.compose(_text(path), Loader=yaml.CSafeLoader)
    return [_line(root, place) for place in places]


def _line(node: yaml.Node | None, place: Sequence[str | int]) -> int:
    for part in place:
        below = _below(node, part)
        if below is None:
            break
        node = below
    return node.start_mark.line + 1 if node is not None else 1


def _below(node: yaml.Node | None, part: str | int) -> yaml.Node | None:
    if isinstance(node, yaml.SequenceNode) and isinstance(part, int) and part < len(node.value):
        below: yaml.Node = node.value[part]
        return below
    if isinstance(node, yaml.MappingNode):
        pairs: Iterable[tuple[yaml.Node, yaml.Node]] = node.value
        return next((value for key, value in pairs if key.value == part), None)
    return None


def _sortable(part: str | int) -> tuple[int, str]:
    return (part, "") if isinstance(part, int) else (-1, part)


def _most_telling(error: ValidationError) -> ValidationError:
    while error.context:
        error = max(error.context, key=lambda inner: len(inner.absolute_path))
    return error


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else str(error)
        raise DataError(f"{path}: cannot be read: {reason}") from None
