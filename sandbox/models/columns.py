"""The column types of the table documents, and how each is declared. All but ids and marks may be null."""

from datetime import datetime
from decimal import Decimal
from typing import Any, Final

from sqlalchemy import BigInteger, Boolean, DateTime, Dialect, Integer, Numeric, String, Text, TypeDecorator
from sqlalchemy.dialects.mysql import DECIMAL, MEDIUMTEXT, TIMESTAMP
from sqlalchemy.dialects.sqlite import DATETIME as SQLITE_DATETIME
from sqlalchemy.orm import MappedColumn, mapped_column

from sandbox.clock import UTC8, millis, moment

VARCHAR: Final = 255  # where the documents give no length
DIGITS: Final = 20  # of a decimal, its places among them
PLACES: Final = 6


class Id(TypeDecorator[int]):
    """A bigint that travels as a decimal string (C-06)."""

    impl = BigInteger
    cache_ok = True


class Moment(TypeDecorator[int]):
    """Epoch milliseconds here, a DATETIME of whole seconds in UTC+8 in the row (C-07)."""

    impl = DateTime
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> Any:
        if dialect.name == "sqlite":
            return dialect.type_descriptor(SQLITE_DATETIME(truncate_microseconds=True))  # type: ignore[no-untyped-call] # SQLAlchemy's
        return dialect.type_descriptor(DateTime())

    def process_bind_param(self, value: int | None, dialect: Dialect) -> datetime | None:
        return None if value is None else moment(value).replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> int | None:
        return None if value is None else millis(value.replace(tzinfo=UTC8))


class Timestamp(Moment):
    """The same in a TIMESTAMP, which the database shows in its session's zone: `sandbox.db` sets UTC+8."""

    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> Any:
        if dialect.name == "sqlite":
            return super().load_dialect_impl(dialect)
        return dialect.type_descriptor(TIMESTAMP())


class Exact(TypeDecorator[Decimal]):
    """A decimal(20,6). In SQLite a text of six places, since its own numbers are binary."""

    impl = Numeric
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> Any:
        if dialect.name == "sqlite":
            return dialect.type_descriptor(String(DIGITS + 2))
        return dialect.type_descriptor(DECIMAL(DIGITS, PLACES))

    def process_bind_param(self, value: Decimal | None, dialect: Dialect) -> Any:
        return None if value is None else f"{value:.{PLACES}f}"

    def process_result_value(self, value: Any, dialect: Dialect) -> Decimal | None:
        return None if value is None else Decimal(value)


def key() -> MappedColumn[int]:
    return mapped_column(Id, primary_key=True, autoincrement=False)


def reference(*, index: bool = True) -> MappedColumn[int | None]:
    return mapped_column(Id, default=None, index=index)


def text(limit: int = VARCHAR, *, index: bool = False) -> MappedColumn[str | None]:
    return mapped_column(String(limit), default=None, index=index or None)


def long_text() -> MappedColumn[str | None]:
    return mapped_column(Text().with_variant(MEDIUMTEXT(), "mysql", "mariadb"), default=None)


def number() -> MappedColumn[int | None]:
    return mapped_column(Integer, default=None)


def big_number() -> MappedColumn[int | None]:
    """A bigint that is no id, so it travels as a number."""
    return mapped_column(BigInteger, default=None)


def exact() -> MappedColumn[Decimal | None]:
    return mapped_column(Exact, default=None)


def flag() -> MappedColumn[bool | None]:
    return mapped_column(Boolean, default=None)


def time(*, index: bool = False) -> MappedColumn[int | None]:
    return mapped_column(Moment, default=None, index=index)


def deleted_mark() -> MappedColumn[bool]:
    return mapped_column(Boolean, default=False)
