"""Learned columns as entries of corrections.yaml, for a person to move there."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

import yaml

from schemas.columns import NAME
from schemas.drift.columns import ColumnFacts
from schemas.drift.learned_types import is_flag

CORRECTIONS: Final = "corrections.yaml"
_HEAD: Final = """\
# What a database has beyond the documents, as entries for schemas/corrections.yaml: move those that you have
# reviewed there, each below its key, and run python -m schemas.generate. Of a bigint not named id or *_id it
# asks whether it is an id or a number. Left out are names not in snake_case, and types that no document uses.

"""


@dataclass(frozen=True, slots=True)
class Adoption:
    """The learned columns of a table whose types the generator knows."""

    table: str
    columns: Sequence[ColumnFacts]


def corrections_of(adoptions: Iterable[Adoption]) -> str:
    """The entries, as YAML."""
    entries = [_entry(adoption) for adoption in adoptions]
    flags = [column for adoption in adoptions for column in _numbers(adoption)]
    content: dict[str, Any] = {"known_columns": [entry for entry in entries if entry["columns"]]}
    if flags:
        content["numbers"] = [{"column": column} for column in flags]
    return _HEAD + yaml.safe_dump(content, allow_unicode=True, sort_keys=False, width=110)


def _entry(adoption: Adoption) -> dict[str, Any]:
    columns = {column.name: str(column.type) for column in _named(adoption)}
    return {"table": adoption.table, "source": "learned", "columns": columns}


def _numbers(adoption: Adoption) -> list[str]:
    """A tinyint that is no flag has to be listed."""
    named = _named(adoption)
    return [
        f"{adoption.table}.{one.name}" for one in named if one.type.name == "tinyint" and not is_flag(one)
    ]


def _named(adoption: Adoption) -> list[ColumnFacts]:
    return [column for column in adoption.columns if NAME.fullmatch(column.name)]
