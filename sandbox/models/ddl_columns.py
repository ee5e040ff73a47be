"""The columns of tables whose DDL stands in the documents: to the letter, defaults included."""

from collections.abc import Mapping
from typing import Any, Final

from sqlalchemy import Dialect, Index, Integer, String
from sqlalchemy import text as sql
from sqlalchemy.dialects.mysql import INTEGER, VARCHAR
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.orm import InstrumentedAttribute, MappedColumn, mapped_column
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement

from sandbox.models.columns import Id, Moment, Timestamp

MYSQL: Final = ("mysql", "mariadb")
UTF8: Final = {"mysql_charset": "utf8"}  # what `CHARSET=utf8` means is the server's to say
UTF8MB4: Final = {"charset": "utf8mb4"}
UNICODE: Final = {**UTF8MB4, "collation": "utf8mb4_unicode_ci"}


class MovingNow(FunctionElement[Any]):
    """The default of a time that each update moves, where the database knows such a thing."""

    inherit_cache = True


@compiles(MovingNow)
def _now(_element: MovingNow, _compiler: SQLCompiler, **_: object) -> str:
    return "CURRENT_TIMESTAMP"


@compiles(MovingNow, *MYSQL)
def _moving_now(_element: MovingNow, _compiler: SQLCompiler, **_: object) -> str:
    return "CURRENT_TIMESTAMP ON UPDATE CURRENT_TIMESTAMP"


def index_users(table: str, column: InstrumentedAttribute[int]) -> None:
    """`KEY idx_user_id`; in SQLite, where all tables share the names of their keys, with the table's."""
    Index("idx_user_id", column).ddl_if(callable_=_is_mysql)
    Index(f"idx_user_id_{table}", column).ddl_if(dialect="sqlite")


def _is_mysql(*_: object, dialect: Dialect, **__: object) -> bool:
    return dialect.name in MYSQL


def made_stamp() -> MappedColumn[int]:
    return mapped_column(Timestamp, nullable=False, init=False, server_default=sql("CURRENT_TIMESTAMP"))


def moved_stamp() -> MappedColumn[int]:
    return mapped_column(Timestamp, nullable=False, init=False, server_default=MovingNow())


def stamped_time() -> MappedColumn[int]:
    """Of a row's making or change: nobody has to give it (T-03)."""
    return mapped_column(Moment, nullable=False, init=False)


def required_time() -> MappedColumn[int]:
    return mapped_column(Moment, nullable=False, default=0)


def required_reference() -> MappedColumn[int]:
    return mapped_column(Id, nullable=False, default=0)


def whole(width: int, default: int | None = None, *, null: bool = True) -> MappedColumn[Any]:
    type_ = Integer().with_variant(INTEGER(display_width=width), *MYSQL)
    shown = None if default is None else sql(str(default))
    return mapped_column(type_, nullable=null, default=default, server_default=shown)


def words(
    limit: int, default: str | None = None, *, null: bool = True, charset: Mapping[str, str] | None = None
) -> MappedColumn[Any]:
    type_ = String(limit)
    if charset:
        type_ = type_.with_variant(VARCHAR(limit, **charset), *MYSQL)
    if null:
        type_ = type_.evaluates_none()  # null is written as it is said, in place of the default
    return mapped_column(type_, nullable=null, default=default, server_default=default)
