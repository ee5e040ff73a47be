"""Columns and tables in one form, whether the documents tell of them or a database has them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from schemas.columns import ColumnType, Json

NO_DEFAULT: Final = "none"
NO_CHANGE: Final = "none"
NULL: Final = "NULL"
UTF8: Final = "utf8mb4"


@dataclass(frozen=True, slots=True)
class ColumnFacts:
    """What is known of a column; None is what one side does not say.

    `default` and `on_update` are SQL (`'text'`, `0`, `NULL`, `current_timestamp()`), or `none`; `values` an
    enumeration's; `schema` is that of tables/. `is_filled`: by the database, as it is generated or counts.
    """

    name: str
    type: ColumnType
    written: str
    nullable: bool | None = None
    default: str | None = None
    on_update: str | None = None
    charset: str | None = None
    collation: str | None = None
    values: tuple[int | str, ...] = ()
    comment: str = ""
    is_filled: bool = False
    schema: Mapping[str, Json] = field(default_factory=dict)

    @property
    def must_be_given(self) -> bool:
        """Whether an INSERT that does not name it is refused."""
        return self.nullable is False and self.default == NO_DEFAULT and not self.is_filled


@dataclass(frozen=True, slots=True)
class TableFacts:
    """A table; `is_complete` is one whose columns are all known. `key` is its primary key, in its order."""

    name: str
    columns: Mapping[str, ColumnFacts]
    title: str = ""
    knowledge: str = ""
    is_complete: bool = True
    key: tuple[str, ...] = ()


Tables = Mapping[str, TableFacts]
