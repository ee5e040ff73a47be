"""Where the sandbox keeps its rows: one engine, one transaction for each request."""

import shutil
import sqlite3
import tempfile
from collections.abc import Callable
from pathlib import Path
from threading import Lock
from typing import Any, Final, TypeVar

from sqlalchemy import URL, Connection, Engine, create_engine, event, inspect, make_url
from sqlalchemy.exc import DBAPIError, IntegrityError, SQLAlchemyError
from sqlalchemy.orm import DeclarativeBase, MappedAsDataclass, Session, UOWTransaction
from sqlalchemy.orm.attributes import flag_modified
from sqlalchemy.pool import ConnectionPoolEntry

from sandbox.clock import Clock
from sandbox.faults.hook import NO_FAULTS, Faults
from sandbox.ids import Ids, MessageIds
from sandbox.settings import WHOLE_TRIES

MARK = "sandbox_mark"  # the table that says: these rows are a sandbox's, and may be wiped
BUSY_SECONDS = 30
HAS_TURN: Final = "has its turn"
DEADLOCK: Final = 1213  # of MySQL and MariaDB: this transaction was chosen to give way
MADE: Final = ("created_time", "ctime")  # what tables call the time of a row's making (T-03)
MOVED: Final = ("updated_time", "mtime")  # and that of its last change

R = TypeVar("R", bound="Base")
T = TypeVar("T")


class Base(MappedAsDataclass, DeclarativeBase, kw_only=True, eq=False):
    # binary collation: equality is exact on every database, and emoji fit
    __table_args__ = {"mysql_charset": "utf8mb4", "mysql_collate": "utf8mb4_bin"}  # noqa: RUF012 - read once by SQLAlchemy


class UnusableDatabaseError(Exception):
    """The database named by the URL cannot be used; the message is one line for the user."""


class Transaction(Session):
    """A session that knows the time and makes ids; the rules get nothing else of the outside."""

    def __init__(self, engine: Engine, clock: Clock, ids: Ids, faults: Faults = NO_FAULTS) -> None:
        super().__init__(engine, autoflush=True, expire_on_commit=False)
        self._clock = clock.held()
        self._ids = ids
        self.faults = faults
        self.has_told = False  # whether the outbox has got something by this transaction

    @property
    def now(self) -> int:
        return self._clock.now

    @property
    def second(self) -> int:
        """The whole second of now: what a column of a time keeps of it (C-07)."""
        return self.now // 1000 * 1000

    def new_id(self) -> int:
        return self._ids.new()

    def new_message_id(self) -> int:
        return MessageIds.new()

    def lock(self, model: type[R], row_id: int | None) -> R | None:
        """The row as it is now, and nobody else's until the end of the transaction.

        Whoever needs several locks takes them from parent to child: an activity, its rules, a session or
        team, an order, its refund, its payment. On SQLite a transaction has the whole database to itself.
        """
        self.flush()
        return self.get(model, row_id or 0, with_for_update=True, populate_existing=True)


@event.listens_for(Transaction, "before_flush")
def _stamp(session: Session, _flush: UOWTransaction, _instances: object) -> None:
    """T-03: the time of making once, that of the last change with each change."""
    if not isinstance(session, Transaction):
        return
    for row in session.new:
        for column in (*MADE, *MOVED):
            if getattr(row, column, 0) is None:
                setattr(row, column, session.second)
    for row in session.dirty:
        for column in MOVED:
            if hasattr(row, column) and session.is_modified(row):
                _move(row, column, session.second)


def _move(row: object, column: str, now: int) -> None:
    if getattr(row, column) == now:
        flag_modified(row, column)  # else an ON UPDATE tells the time where it stays the same
    else:
        setattr(row, column, now)  # a flag would hide what the column had, which defects go back to


@event.listens_for(Transaction, "before_flush")
def _spoil(session: Session, _flush: UOWTransaction, _instances: object) -> None:
    """Seeded defects come last."""
    if isinstance(session, Transaction):
        session.faults.spoil(session)


def lost_to_another(error: DBAPIError) -> bool:
    """Whether a repetition may do better: another transaction won a deadlock, or made a unique row first."""
    code = error.orig.args[0] if error.orig is not None and error.orig.args else None
    return isinstance(error, IntegrityError) or code == DEADLOCK


def persistently(attempt: Callable[[], T]) -> T:
    """As a whole again while another call's transaction won over this one's."""
    for left in reversed(range(WHOLE_TRIES)):
        try:
            return attempt()
        except DBAPIError as error:
            if not left or not lost_to_another(error):
                raise
    raise AssertionError("unreachable: the last try answers or raises")


class Database:
    """A database given by URL, or a temporary SQLite file, which `close` removes.

    Tables of an earlier sandbox, which may be of an earlier shape, are made anew unless they are to be kept.
    """

    def __init__(self, url: str | None, *, keep: bool = False) -> None:
        self._keep = keep
        self._folder = tempfile.mkdtemp(prefix="sandbox-") if url is None else None
        try:
            self._open(url or f"sqlite:///{Path(self._folder or '', 'sandbox.sqlite').as_posix()}")
        except BaseException:
            self._remove_folder()
            raise

    def _open(self, url: str) -> None:
        try:
            self.url: URL = make_url(url)
            self.engine = _engine(self.url)
            self._make_tables()
        except (SQLAlchemyError, sqlite3.Error, ImportError) as error:
            reason = str(error).splitlines()[0]
            raise UnusableDatabaseError(f"cannot use the database {_shown(url)}: {reason}") from error

    def _make_tables(self) -> None:
        try:
            _refuse_foreign_tables(self.engine)
            _prefer_speed(self.engine)
            if not self._keep:
                Base.metadata.drop_all(self.engine)
            Base.metadata.create_all(self.engine)
        except BaseException:
            self.engine.dispose()
            raise

    def close(self) -> None:
        self.engine.dispose()
        self._remove_folder()

    def _remove_folder(self) -> None:
        if self._folder is not None:
            shutil.rmtree(self._folder, ignore_errors=True)


def _engine(url: URL) -> Engine:
    if url.get_backend_name() != "sqlite":
        # each statement sees what is committed: a row is locked first, then counted and decided on
        server = create_engine(url, pool_pre_ping=True, max_overflow=64, isolation_level="READ COMMITTED")
        event.listen(server, "connect", _show_utc8)
        return server
    if url.database in (None, "", ":memory:"):
        raise UnusableDatabaseError("a SQLite database in memory has one connection only; give a file")
    engine = create_engine(url, max_overflow=64, connect_args={"timeout": BUSY_SECONDS})
    event.listen(engine, "connect", _prepare_sqlite)
    _take_turns(engine)
    return engine


def _show_utc8(connection: Any, _record: object) -> None:
    """A TIMESTAMP is shown in the session's zone (C-07)."""
    with connection.cursor() as cursor:
        cursor.execute("SET time_zone = '+08:00'")


def _prepare_sqlite(connection: sqlite3.Connection, _record: object) -> None:
    connection.isolation_level = None  # the driver begins nothing by itself; _begin_immediate does
    connection.execute("PRAGMA synchronous = OFF")
    # C-11 also for letters beyond ASCII, which SQLite's own lower() leaves alone
    connection.create_function("lower", 1, _lower, deterministic=True)


def _refuse_foreign_tables(engine: Engine) -> None:
    """A start wipes the tables, so they must be a sandbox's."""
    tables = inspect(engine).get_table_names()
    if tables and MARK not in tables:
        shown = engine.url.render_as_string()
        raise UnusableDatabaseError(f"the database {shown} has tables of others; give an empty one")


def _prefer_speed(engine: Engine) -> None:
    """Readers need not wait for a writer. SQLite keeps this in the file, so it is told once."""
    if engine.dialect.name == "sqlite":
        connection = engine.raw_connection()
        connection.cursor().execute("PRAGMA journal_mode = WAL")
        connection.close()


def _lower(text: Any) -> Any:
    return text.lower() if isinstance(text, str) else text


def _take_turns(engine: Engine) -> None:
    """Each transaction may come to write, and has the database to itself: they queue up for it here.

    SQLite's own way of waiting is to try again now and then, by which some of a crowd never get in.
    """
    turn = Lock()

    def begin(connection: Connection) -> None:
        if HAS_TURN not in connection.info and turn.acquire(timeout=BUSY_SECONDS):
            connection.info[HAS_TURN] = True
        connection.exec_driver_sql("BEGIN IMMEDIATE")  # one that upgraded later could only fail

    def leave(_connection: object, record: ConnectionPoolEntry) -> None:
        if record.info.pop(HAS_TURN, False):
            turn.release()

    event.listen(engine, "begin", begin)
    event.listen(engine, "checkin", leave)


def _shown(url: str) -> str:
    try:
        return make_url(url).render_as_string(hide_password=True)
    except SQLAlchemyError:
        return "given"
