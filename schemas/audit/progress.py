"""A bar on stderr while tables are read, where that is a terminal; elsewhere nothing."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn


class Bar:
    """Told of each table as it begins, and of rows as they are read."""

    def __init__(self, progress: Progress, tables: int) -> None:
        self._progress = progress
        self.is_shown = not progress.disable
        self._tables = progress.add_task("tables", total=tables)
        self._rows = progress.add_task("", total=None)

    def table(self, name: str, rows: int, total: int | None) -> None:
        self._progress.reset(self._rows, description=name, completed=rows, total=total)

    def row(self, rows: int) -> None:
        self._progress.advance(self._rows, rows)

    def done(self) -> None:
        self._progress.advance(self._tables)


@contextmanager
def shown_bar(tables: int) -> Iterator[Bar]:
    """Lines that go to the same terminal are put above the bar; to a file or pipe they go as ever."""
    progress = Progress(
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        console=Console(stderr=True),
        transient=True,
        disable=not sys.stderr.isatty(),
        redirect_stdout=sys.stdout.isatty(),
    )
    with progress:
        yield Bar(progress, tables)
