"""The audit itself: each table's rows, part after part, through its schema; what is found is redacted."""

import math
import time
from collections.abc import Generator, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from typing import Any, Final

from clients import Redactor
from harness.database import Database
from schemas.audit.keys import Key
from schemas.audit.pages import Pages, Part, Position
from schemas.audit.plan import Plan, Table
from schemas.audit.progress import Bar, shown_bar
from schemas.audit.report import Report
from schemas.audit.row_check import Fault, RowCheck
from schemas.audit.state import State, Tally, Violation

SHOWN_CHARACTERS: Final = 120
Found = tuple[Mapping[str, Any] | None, Fault]


@dataclass(frozen=True)
class Options:
    """`sample` is None for all rows; `limit` is how many violations of a table are told."""

    sample: int | None
    seed: int
    limit: int
    batch: int


class Audit:
    """Of one database; whatever exception `run` is left by, `state` is good to go on from."""

    def __init__(
        self,
        database: Database,
        plan: Plan,
        options: Options,
        state: State,
        report: Report,
        redactor: Redactor,
    ) -> None:
        self._database = database
        self._plan = plan
        self._options = options
        self._state = state
        self._report = report
        self._redactor = redactor

    def run(self) -> None:
        """Read what is not done yet; what was found before is told again, so that each report is whole."""
        with shown_bar(len(self._plan.tables)) as bar:
            for table in self._plan.tables:
                tally = self._state.tallies.get(table.name, Tally())
                self._report.violations(tally.shown)
                if not tally.is_done:
                    self._table(table, tally, bar)
                bar.done()

    def _table(self, table: Table, tally: Tally, bar: Bar) -> None:
        pages = Pages(self._database, table, self._options.batch)
        bar.table(table.name, tally.rows, self._options.sample or pages.about() if bar.is_shown else None)
        check = RowCheck(table.schema, table.columns)
        if not tally.rows:
            found: list[Found] = [(None, fault) for fault in check.faults_of_table()]
            tally = self._record(table, self._with(tally, table, found))
        began = time.perf_counter()
        with closing(self._parts(pages, tally)) as parts:  # before the connection is, whatever happens
            for part in parts:
                found = list(_found(check, table.key, part, tally.rows))
                seconds, began = time.perf_counter() - began, time.perf_counter()
                read = _read(tally, part, seconds, self._after(part))
                tally = self._record(table, self._with(read, table, found))
                bar.row(len(part.rows))
        self._record(table, replace(tally, is_done=True))

    def _parts(self, pages: Pages, tally: Tally) -> Generator[Part]:
        if self._options.sample is None:
            return pages.whole(tally.after)
        return pages.sample(self._options.sample, self._options.seed)

    def _after(self, part: Part) -> Position | None:
        """A sample is read from its beginning again, and so is a table without a key."""
        return part.positions[-1] if self._options.sample is None and part.positions[-1] else None

    def _with(self, tally: Tally, table: Table, found: Sequence[Found]) -> Tally:
        """The tally with what was found, of which as much is told as the limit allows."""
        told = found[: self._options.limit - len(tally.shown)]
        shown = tuple(self._redacted(table, key, fault) for key, fault in told)
        self._report.violations(shown)
        return replace(tally, violations=tally.violations + len(found), shown=tally.shown + shown)

    def _record(self, table: Table, tally: Tally) -> Tally:
        self._state.record(table.name, tally, table.key.position_names)
        return tally

    def _redacted(self, table: Table, key: Mapping[str, Any] | None, fault: Fault) -> Violation:
        masked = self._redactor.value({fault.column: fault.value})
        ((column, value),) = masked.items()
        shown_key = (
            None if key is None else {name: _short(one) for name, one in self._redactor.value(key).items()}
        )
        return Violation(table.name, shown_key, column, _short(value), self._redactor.text(fault.reason))


def _found(check: RowCheck, key: Key, part: Part, before: int) -> Iterator[Found]:
    """The faults of a part's rows, each with the key of its row."""
    for number, row in enumerate(part.rows, before + 1):
        if not check.is_good(row):
            named = key.of(row, check.columns, number)
            for fault in check.faults(row):
                yield named, fault


def _read(tally: Tally, part: Part, seconds: float, after: Position | None) -> Tally:
    return replace(tally, rows=tally.rows + len(part.rows), seconds=tally.seconds + seconds, after=after)


def _short(value: Any) -> Any:
    """A value for a line: a text is cut, a number that JSON has not is a text."""
    if isinstance(value, float) and not math.isfinite(value):
        return str(value)
    if isinstance(value, str) and len(value) > SHOWN_CHARACTERS:
        return f"{value[:SHOWN_CHARACTERS]}…"
    return value
