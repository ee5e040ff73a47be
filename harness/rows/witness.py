"""Watches the rows that calls leave: around each call that changes something, and behind each answer.

A call that another one overlaps is not judged: who has changed what could not be told apart.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from threading import RLock, get_ident
from typing import Any, Final

from clients import Call, Exchange, ExchangeFailure, PlatformFailure, Redactor
from harness.database import Database
from harness.rows import judging
from harness.rows.changes import Change, changes, told
from harness.rows.effects import About, Effects, RowRules
from harness.rows.judging import Window
from harness.rows.shown import differences, found_at, shown_rows, wire_columns
from harness.rows.snapshots import RowReader, Snapshot

MOST_SHOWN: Final = 100
"""Rows of an answer that are looked up; a longer list is sampled by its first."""
COMPUTED: Final = frozenset({"id", "organizationId", "createdTime", "updatedTime", "ctime", "mtime"})
"""Fields of a body that the platform ignores, whatever they say."""
Now = Callable[[], int | None]


class RowsBroken(PlatformFailure):
    """A call that answered well, or refused, and left rows that say otherwise."""

    def __init__(self, *, call: str, errors: int, told: str) -> None:
        self.call = call
        super().__init__(f"数据库行与规则不符：{call}（{errors} 处）\n{told}")


@dataclass(frozen=True)
class RowVerdict:
    """What is wrong, a line each, and the rows that are not as they were."""

    errors: tuple[str, ...]
    changes: tuple[Change, ...] = ()

    def told(self, redactor: Redactor) -> str:
        """For a reviewer, personal data masked."""
        wrong = [f"不符：{redactor.text(error)}" for error in self.errors]
        return "\n".join([*wrong, told(self.changes, redactor)])


@dataclass
class _Watched:
    family: Snapshot
    newest: Snapshot
    last: dict[str, int]
    start: int | None
    epoch: int


class RowWitness:
    """`now` gives the platform's time in epoch ms, or None where nobody knows it.

    `fronts` are the base URLs of the platform whose database it is; calls of another are not judged.
    `alone`: nobody else writes to this database, so that rows of others are watched too.
    """

    def __init__(
        self,
        database: Database,
        rules: RowRules,
        *,
        fronts: tuple[str, ...],
        now: Now,
        alone: bool,
    ) -> None:
        self._fronts = fronts
        self._rules = rules
        self._reader = RowReader(database, rules)
        self._now = now
        self._alone = alone
        self._lock = RLock()
        self._watched: dict[int, _Watched] = {}
        self._changing = 0
        self._epoch = 0

    @property
    def unknown(self) -> list[str]:
        return self._reader.unknown

    def before(self, call: Call) -> None:
        """Read what the call is about, as far as the call itself tells."""
        with self._lock:
            effects = self._rules.calls.get(call.name)
            if effects is not None:
                self._changing += 1
                self._epoch += 1
            watched = _Watched(Snapshot(), Snapshot(), {}, self._now(), self._epoch)
            self._watched[get_ident()] = watched
            if effects is not None and self._changing == 1:
                self._families(effects, call, None, watched.family)
                if self._alone:
                    watched.newest = self._reader.newest(_tables(effects))
                    watched.last = self._reader.last_keys()

    def after(self, call: Call, outcome: Exchange | ExchangeFailure) -> RowVerdict | None:
        """The verdict on a call; None where there is none to give."""
        with self._lock:
            watched = self._watched.pop(get_ident(), None)
            effects = self._rules.calls.get(call.name)
            alone = watched is not None and watched.epoch == self._epoch and self._changing <= 1
            try:
                if watched is None or not alone or isinstance(outcome, ExchangeFailure):
                    return None
                if not outcome.url.startswith(self._fronts):
                    return None
                return self._judged(call, effects, outcome, watched)
            finally:
                if effects is not None:
                    self._changing -= 1
                    self._epoch += 1

    def _judged(
        self, call: Call, effects: Effects | None, exchange: Exchange, watched: _Watched
    ) -> RowVerdict | None:
        answer = {} if exchange.file is not None else exchange.json()
        well = exchange.status == 200 and (exchange.file is not None or answer.get("code") == "0")
        shown = self._shown(call, answer) if well else []
        if effects is None:
            return RowVerdict(tuple(shown)) if shown else None
        found = self._changes(effects, call, answer, watched)
        if well:
            errors = judging.accepted(found, effects, self._window(watched))
            errors += self._said(call, effects, answer, found)
        else:
            errors = judging.refused(found)
        return RowVerdict((*errors, *shown), tuple(found))

    def _changes(self, effects: Effects, call: Call, answer: Any, watched: _Watched) -> list[Change]:
        before, after = watched.family, Snapshot()
        self._families(effects, call, answer, after)
        self._reader.again(before, after)
        if self._alone:
            self._reader.again(watched.newest, after)
            for table, rows in watched.newest.tables.items():
                before.add(table, rows.values())
            self._reader.made_since(watched.last, after)
        return changes(before, after)

    def _families(self, effects: Effects, call: Call, answer: Any, into: Snapshot) -> None:
        for about in effects.about:
            if values := _values(about, call, answer):
                self._reader.families(about.table, about.column, values, into)

    def _shown(self, call: Call, answer: Any) -> list[str]:
        """T-02 for each row that the answer shows."""
        by_table: dict[str, list[Any]] = {}
        for table, part in shown_rows(call.name, answer)[:MOST_SHOWN]:
            by_table.setdefault(table, []).append(part)
        lines = []
        for table, parts in by_table.items():
            rows = self._reader.by_key(table, {int(part["id"]) for part in parts})
            for part in parts:
                lines += self._compared(table, rows.get(int(part["id"])), part)
        return lines

    def _compared(self, table: str, row: Any, part: Any) -> list[str]:
        if row is None:
            return [f"T-02 答复里的 {table} 行 {part['id']}，库里没有"]
        but = self._rules.computed.get(table, ())
        return [f"T-02 {table} 行 {part['id']}：{line}" for line in differences(table, row, part, but=but)]

    def _said(self, call: Call, effects: Effects, answer: Any, found: Iterable[Change]) -> list[str]:
        """T-02 for what was sent: it stands in the one row that the call has made or is about."""
        lines = []
        for table, names in effects.says.items() if isinstance(call.sent, dict) else ():
            made = [change.after for change in found if change.table == table and change.before is None]
            rows = made if effects.makes.get(table) else self._about(table, effects, call, answer)
            if len(rows) == 1 and rows[0] is not None:
                told = _taken(call.sent, table)
                lines += [
                    f"T-02 {table} 行 {rows[0]['id']}：{line}"
                    for line in differences(table, rows[0], told, only=names)
                ]
        return lines

    def _about(self, table: str, effects: Effects, call: Call, answer: Any) -> list[Any]:
        keys = {
            value
            for about in effects.about
            if about.table == table and about.column == "id"
            for value in _values(about, call, answer)
        }
        return list(self._reader.by_key(table, keys).values())

    def _window(self, watched: _Watched) -> Window | None:
        end = self._now()
        return None if watched.start is None or end is None else Window(watched.start, end)


def _tables(effects: Effects) -> set[str]:
    """Those that a call is about, or has to do with."""
    return {*(about.table for about in effects.about), *effects.makes, *effects.changes}


def _taken(sent: dict[str, Any], table: str) -> dict[str, Any]:
    """What the platform takes of a body: nothing computed, and of a time its whole seconds (C-07)."""
    columns = wire_columns(table)
    return {
        name: value // 1000 * 1000 if "multipleOf" in columns[name] and isinstance(value, int) else value
        for name, value in sent.items()
        if value is not None and name in columns and name not in COMPUTED
    }


def _values(about: About, call: Call, answer: Any) -> set[Any]:
    """What a call tells of the rows that it is about; an id that is none finds nothing."""
    found: set[Any] = set()
    for place in about.places:
        start, *rest = place.split(".")
        if start == "path":
            parts = call.path.split("/")
            found.update(parts[int(rest[0])] for _ in (0,) if int(rest[0]) < len(parts))
        else:
            document = call.sent if start == "body" else (answer or {}).get("data")
            found.update(value for value in found_at(document, rest) if isinstance(value, str))
    if about.column == "id" or about.column.endswith("product_id"):
        return {int(value) for value in found if value.isascii() and value.isdecimal() and len(value) < 20}
    return found
