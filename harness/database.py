"""A live database, read and never written: by a bounded list of keys, or as a stream.

Names of tables and columns come from the database itself and are quoted; whatever else is asked for is a
`DatabaseProblem`. No message shows a password.
"""

import difflib
from collections.abc import Generator, Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager, suppress
from functools import partial
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote

from sqlalchemy import URL, Connection, CursorResult, Engine, create_engine, event
from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from clients import HarnessError, Redactor
from harness.row_values import row_value
from harness.services import SQLITE, database_url

CONNECT_SECONDS: Final = 5
READ_SECONDS: Final = 60
PARAMETER: Final = "\0"
"""Stands for a value in a statement; no name holds it."""
Row = dict[str, Any]

_COLUMNS_OF_SERVER: Final = (
    "SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = DATABASE() "
    "ORDER BY table_name, ordinal_position"
)
_INDEXES_OF_SERVER: Final = (
    "SELECT table_name AS t, column_name AS c FROM information_schema.statistics "
    "WHERE table_schema = DATABASE() AND seq_in_index = 1"
)
_COLUMNS_OF_FILE: Final = (
    "SELECT m.name, p.name FROM sqlite_master m JOIN pragma_table_info(m.name) p "
    "WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite~_%' ESCAPE '~' ORDER BY m.name, p.cid"
)


class DatabaseProblem(HarnessError):
    """A database that cannot be reached or read, or has not what was asked for; one line without secrets."""


class Database:
    """One connection, for one thread at a time. Rows have the values that the schemas speak of."""

    def __init__(self, url: URL, connection: Connection, columns: Mapping[str, Sequence[str]]) -> None:
        self.url = url
        self.connection = connection
        self.columns = columns

    @property
    def is_sqlite(self) -> bool:
        return self.connection.dialect.name == SQLITE

    def now(self) -> int | None:
        """The server's clock in epoch milliseconds; a SQLite file has none."""
        if self.is_sqlite:
            return None
        return int(self.read("SELECT ROUND(UNIX_TIMESTAMP(NOW(3)) * 1000) AS now")[0]["now"])

    def indexed_columns(self) -> set[tuple[str, str]]:
        """Tables of a server with the columns by which they can be searched: the first of any index."""
        return {(row["t"], row["c"]) for row in self.read(_INDEXES_OF_SERVER)}

    def quoted(self, name: str) -> str:
        """A name for SQL, whatever it holds."""
        mark = '"' if self.is_sqlite else "`"
        return f"{mark}{name.replace(mark, mark * 2)}{mark}"

    def table(self, name: str) -> str:
        """The quoted name of a table that is there."""
        return self._known(name, self.columns, "table")

    def column(self, table: str, name: str) -> str:
        """The quoted name of a column that the table has."""
        self.table(table)
        return self._known(name, self.columns[table], f"column of {table}")

    def rows(
        self, table: str, column: str, values: Iterable[Any], *, limit: int, order_by: str | None = None
    ) -> list[Row]:
        """At most `limit` rows whose column has one of the values."""
        wanted = tuple(values)
        if not wanted:
            return []
        marks = ", ".join([PARAMETER] * len(wanted))
        order = f" ORDER BY {self.column(table, order_by)}" if order_by else ""
        where = f"{self.column(table, column)} IN ({marks})"
        statement = f"SELECT * FROM {self.table(table)} WHERE {where}{order} LIMIT {int(limit)}"  # noqa: S608 - quoted
        return self.read(statement, wanted)

    def read(self, statement: str, parameters: Sequence[Any] = ()) -> list[Row]:
        """The rows of a statement whose values are parameters, each a `PARAMETER` in it.

        By the driver's own cursor: a watched call reads dozens of times, and SQLAlchemy would take longer
        than SQLite does.
        """
        names, rows = self._fetched(statement, parameters)
        return [dict(zip(names, map(row_value, row), strict=True)) for row in rows]

    def raw(self, statement: str, parameters: Sequence[Any] = ()) -> Sequence[tuple[Any, ...]]:
        """The same as the driver has them: to be compared, and read by few."""
        return self._fetched(statement, parameters)[1]

    def stream(
        self, statement: str, parameters: Sequence[Any] = (), *, batch: int = 1000, is_endless: bool = False
    ) -> Generator[list[tuple[Any, ...]]]:
        """The driver's own values of a statement's rows, batch by batch, in constant memory.

        Who leaves it early waits for the rest to arrive, unless it `is_endless`: then the connection goes.
        """
        options = {"stream_results": True, "max_row_buffer": batch}
        marked, values = self._marked(statement), tuple(parameters)
        with _told(self.url):
            found = self.connection.execution_options(**options).exec_driver_sql(marked, values)
            try:
                for part in found.partitions(batch):
                    yield [tuple(row) for row in part]
            except BaseException:
                if is_endless:
                    _cut_off(found)
                raise
            finally:
                found.close()

    @property
    def _driver(self) -> Any:
        return self.connection.connection.dbapi_connection

    @property
    def _driver_error(self) -> type[Exception]:
        error: type[Exception] = self.connection.dialect.loaded_dbapi.Error
        return error

    def _marked(self, statement: str) -> str:
        """As the driver marks values. PyMySQL would take a % of a name for such a mark."""
        if self.is_sqlite:
            return statement.replace(PARAMETER, "?")
        return statement.replace("%", "%%").replace(PARAMETER, "%s")

    def _fetched(
        self, statement: str, parameters: Sequence[Any]
    ) -> tuple[list[str], Sequence[tuple[Any, ...]]]:
        with _told(self.url, self._driver_error), closing(self._driver.cursor()) as cursor:
            cursor.execute(self._marked(statement), tuple(parameters))
            return [column[0] for column in cursor.description], cursor.fetchall()

    def _known(self, name: str, names: Iterable[str], what: str) -> str:
        known = list(names)
        if name not in known:
            near = difflib.get_close_matches(name, known, n=3)
            hint = f"; did you mean {', '.join(near)}?" if near else ""
            raise DatabaseProblem(f"{self.url.render_as_string()}: there is no {what} {name!r}{hint}")
        return self.quoted(name)


@contextmanager
def opened_database(given: str | URL, *, as_texts: bool = False) -> Iterator[Database]:
    """Each read sees what is committed by then. Raises `HarnessError` for a URL that cannot be used.

    `as_texts` has the driver leave times and decimals the texts they come as: read by the million, most of
    the time would go into making them `datetime` and back.
    """
    url = database_url(given.render_as_string(hide_password=False) if isinstance(given, URL) else given)
    if url.get_backend_name() == SQLITE and not Path(str(url.database)).is_file():
        raise DatabaseProblem(f"{url.render_as_string()}: there is no such file")
    engine = _engine(url)
    if as_texts:
        event.listen(engine, "connect", _as_texts)
    try:
        with _told(url):
            connection = engine.connect()
        try:
            yield Database(url, connection, _columns(connection))
        finally:
            with suppress(SQLAlchemyError):  # a lost one cannot be closed; why it was lost is told already
                connection.close()
    finally:
        engine.dispose()


def _columns(connection: Connection) -> dict[str, list[str]]:
    statement = _COLUMNS_OF_FILE if connection.dialect.name == SQLITE else _COLUMNS_OF_SERVER
    columns: dict[str, list[str]] = {}
    with _told(connection.engine.url):
        for table, column in connection.exec_driver_sql(statement):
            columns.setdefault(table, []).append(column)
    return columns


def _engine(url: URL) -> Engine:
    if url.get_backend_name() == SQLITE:
        path = quote(str(url.database), safe="/:")  # a # or ? of a name would cut it, and the mode, off
        file = url.set(database=f"file:{path}", query={"mode": "ro", "uri": "true"})
        return create_engine(file, isolation_level="AUTOCOMMIT", connect_args={"check_same_thread": False})
    limits = {"connect_timeout": CONNECT_SECONDS, "read_timeout": READ_SECONDS, "charset": "utf8mb4"}
    engine = create_engine(url, isolation_level="AUTOCOMMIT", connect_args=limits)
    event.listen(engine, "connect", _read_only_in_utc8)
    return engine


def _read_only_in_utc8(connection: Any, _record: object) -> None:
    """A TIMESTAMP is shown in the session's zone (C-07)."""
    with connection.cursor() as cursor:
        cursor.execute("SET SESSION time_zone = '+08:00'")
        cursor.execute("SET SESSION TRANSACTION READ ONLY")


def _cut_off(found: CursorResult[Any]) -> None:
    result = getattr(found.cursor, "_result", None)
    if result is not None:
        result.unbuffered_active = False  # or PyMySQL reads to the last row before it closes anything
    found.connection.invalidate()


def _as_texts(connection: Any, _record: object) -> None:
    """PyMySQL converts by its decoders; a SQLite file may hold texts that are not UTF-8."""
    if hasattr(connection, "decoders"):
        kept = {kind: decode for kind, decode in connection.decoders.items() if decode in (int, float)}
        connection.decoders = kept
    if hasattr(connection, "text_factory"):
        connection.text_factory = partial(str, encoding="utf-8", errors="backslashreplace")


@contextmanager
def _told(url: URL, *errors: type[Exception]) -> Iterator[None]:
    """What the driver says, without its statement, its parameters and the password."""
    failures: tuple[type[Exception], ...] = (SQLAlchemyError, *errors)
    try:
        yield
    except failures as error:
        reason = str(error.orig if isinstance(error, DBAPIError) else error).splitlines()[0]
        redactor = Redactor([str(url.password)] if url.password else [])
        raise DatabaseProblem(f"{url.render_as_string()}: {redactor.text(reason)}") from None
