"""What is wrong with a row: a compiled validator passes the good ones, jsonschema names the others' faults.

The compiled one takes a row as the driver's tuple, column after column, so that no dict is made of it: three
times as fast as the row schema itself (`python -m benchmarks.row_audit`). Columns that a table lacks or has
beyond its schema are the same in each row, and are told once.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import jsonschema_rs
from jsonschema.exceptions import ValidationError

from harness.explaining import Explaining


@dataclass(frozen=True)
class Fault:
    """`reason` is jsonschema's sentence without the value, which may be a secret."""

    column: str
    value: Any
    reason: str


class RowCheck:
    """The schema of a table, for rows that have these columns in this order."""

    def __init__(self, schema: Mapping[str, Any], columns: Sequence[str]) -> None:
        self._schema = schema
        self.columns = tuple(columns)
        self._parts = [schema["properties"].get(name, True) for name in columns]
        linear = jsonschema_rs.RegexOptions()  # no pattern looks around or back, and these match faster
        self._compiled = jsonschema_rs.Draft202012Validator(
            {"prefixItems": self._parts}, pattern_options=linear
        )
        self.is_good = self._compiled.is_valid

    def faults_of_table(self) -> Iterator[Fault]:
        """The columns that each row lacks, or has beyond its schema."""
        for name in self._schema["required"]:
            yield from _told(name, {"required": [name]}, dict.fromkeys(self.columns))
        known = {"properties": self._schema["properties"]}
        for name in self.columns:
            if name not in self._schema["properties"]:
                beyond = {"additionalProperties": self._schema["additionalProperties"]}
                yield from _told(name, known | beyond, {name: None})

    def faults(self, row: Sequence[Any]) -> Iterator[Fault]:
        """Every fault of a row's values, in the order of the columns."""
        for index, keywords in self._refused(row).items():
            column, value = self.columns[index], row[index]
            reasons = [_reason(error) for error in self._explaining[index].iter_errors(value)]
            for reason in reasons or [f"is refused by {word}, but not by jsonschema" for word in keywords]:
                yield Fault(column, value, reason)

    def _refused(self, row: Sequence[Any]) -> dict[int, list[str]]:
        """The keywords that refuse, by column."""
        refused: dict[int, list[str]] = {}
        for error in self._compiled.iter_errors(row):
            refused.setdefault(int(error.instance_path[0]), []).append(str(error.schema_path[-1]))
        return dict(sorted(refused.items()))

    @cached_property
    def _explaining(self) -> list[Any]:
        """Made at the first fault."""
        return [Explaining(part) for part in self._parts]


def _told(column: str, schema: Mapping[str, Any], row: Mapping[str, Any]) -> Iterable[Fault]:
    return [Fault(column, None, error.message) for error in Explaining(schema).iter_errors(row)]


def _reason(error: ValidationError) -> str:
    return error.message.replace(repr(error.instance), "", 1).strip()
