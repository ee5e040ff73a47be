"""Watches the rows that calls leave: around each call that changes something, and behind each answer.

A call that another one overlaps is not judged: who has changed what could not be told apart.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from threading import RLock, get_ident
from typing import Any, Final

from clients import Call, Exchange, ExchangeFailure, PlatformFailure, Redactor
from harness.database import Database, Row
from harness.rows import judging
from harness.rows.changes import Change, changes, told
from harness.rows.effects import Effects, RowRules
from harness.rows.judging import Window
from harness.rows.places import values_of
from harness.rows.row_reader import RowReader
from harness.rows.shown import Shown, differences, shown_rows, wire_columns
from harness.rows.snapshots import Extent, Snapshot

CLOCK_CALLS: Final = frozenset({"sandbox.clock.get", "sandbox.clock.set"})
RESET: Final = "sandbox.reset"
OK: Final = 200
SKEW_MS: Final = 5000
REFERENCE: Final = 50
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
        """For a reviewer; to be masked as a text by whoever tells it."""
        wrong = [f"不符：{error}" for error in self.errors]
        return "\n".join([*wrong, told(self.changes, redactor)])


@dataclass
class _Watched:
    family: Snapshot
    newest: Snapshot
    extents: dict[str, Extent]
    start: int | None
    epoch: int
    own: dict[str, set[int]] = field(default_factory=dict)
    """The keys of the families that the call is about, before or after it."""


class RowWitness:
    """`now` gives the platform's time in epoch ms; None: a sandbox, which tells it by its clock calls.

    `fronts` are the base URLs of the platform whose database it is; calls of another are not judged.
    `alone`: nobody else writes to this database, so that rows of others are watched too.
    """

    def __init__(
        self,
        database: Database,
        rules: RowRules,
        *,
        fronts: tuple[str, ...],
        now: Now | None,
        alone: bool,
    ) -> None:
        self._told_time: int | None = None
        self._fronts = fronts
        self._rules = rules
        self._reader = RowReader(database, rules, alone=alone)
        self._now = now or self._time_that_was_told
        self._alone = alone
        self._lock = RLock()
        self._watched: dict[int, _Watched] = {}
        self._changing = 0
        self._epoch = 0
        self._reference = self._reader.newest(rules.reference, REFERENCE) if alone else Snapshot()

    def before(self, call: Call) -> None:
        """Read what the call is about, as far as the call itself tells."""
        with self._lock:
            effects = self._rules.calls.get(call.name)
            if effects is not None:
                self._changing += 1
                self._epoch += 1
            try:
                self._watched[get_ident()] = self._begun(call, effects)
            except BaseException:  # the call is not made, so that nothing will end it
                self._changing -= effects is not None
                raise

    def _begun(self, call: Call, effects: Effects | None) -> _Watched:
        watched = _Watched(Snapshot(), Snapshot(), {}, self._now(), self._epoch)
        if effects is not None and self._changing == 1:
            self._families(effects, call, None, watched.family)
            if self._alone:
                watched.newest = self._reader.newest(_tables(effects))
                watched.extents = self._reader.extents()
        return watched

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
                self._hear_of_time(call, outcome)
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
        now = self._reader.extents() if self._alone else {}
        found = self._changes(effects, call, answer, watched, now)
        unseen = judging.unseen(found, watched.extents, now)
        if well:
            errors = judging.accepted(found, effects, self._window(watched))
            errors += judging.strangers(found, effects, watched.own)
            errors += self._said(call, effects, answer, found)
        else:
            errors = judging.refused(found)
        return RowVerdict((*errors, *unseen, *shown), tuple(found))

    def _changes(
        self, effects: Effects, call: Call, answer: Any, watched: _Watched, now: Mapping[str, Extent]
    ) -> list[Change]:
        before, after = watched.family, Snapshot()
        self._families(effects, call, answer, after)
        self._reader.again(before, after)
        watched.own = {table: before.keys(table) | after.keys(table) for table in after.tables}
        if self._alone:
            self._reader.again(watched.newest, after)
            for table, rows in watched.newest.tables.items():
                before.add(table, rows)
            self._reader.made_since(watched.extents, now, after)
        return [*changes(before, after, self._reader.row), *self._changed_references()]

    def _changed_references(self) -> list[Change]:
        """Read once for each call: what it left is what the next one finds."""
        before, self._reference = self._reference, Snapshot()
        self._reader.again(before, self._reference)
        return changes(before, self._reference, self._reader.row)

    def _families(self, effects: Effects, call: Call, answer: Any, into: Snapshot) -> None:
        for about in effects.about:
            if values := values_of(about, call, answer):
                self._reader.families(about.table, about.column, values, into)

    def _shown(self, call: Call, answer: Any) -> list[str]:
        """T-02 for each row that the answer shows."""
        others = self._rules.shown.get(call.name, ())
        shown = shown_rows(call.name, answer, others)[:MOST_SHOWN]
        rows = {
            table: self._reader.rows(table, {one.key for one in shown if one.table == table})
            for table in {one.table for one in shown}
        }
        return [line for one in shown for line in self._compared(one, rows[one.table].get(one.key))]

    def _compared(self, one: Shown, row: Row | None) -> list[str]:
        place = f"{one.table} 行 {one.key}"
        if row is None:
            return [f"T-02 答复里的 {place}，库里没有"]
        but = self._rules.computed.get(one.table, ())
        return [f"T-02 {place}：{line}" for line in differences(one.table, row, one.told, but=but)]

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
            for value in values_of(about, call, answer)
        }
        return list(self._reader.rows(table, keys).values())

    def _hear_of_time(self, call: Call, exchange: Exchange) -> None:
        if call.name in CLOCK_CALLS:
            self._told_time = exchange.json()["data"]["now"] if exchange.status == OK else self._told_time
        elif call.name == RESET:
            self._told_time = None

    def _time_that_was_told(self) -> int | None:
        return self._told_time

    def _window(self, watched: _Watched) -> Window | None:
        """On a shared platform `now` is the database's clock, and rows are stamped by another's."""
        end, skew = self._now(), 0 if self._alone else SKEW_MS
        return None if watched.start is None or end is None else Window(watched.start - skew, end + skew)


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
