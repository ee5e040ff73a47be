"""What it costs to watch the rows that calls leave.

`python -m benchmarks.row_witness [-m MARKS] [--rounds N] [--database URL]` runs a part of the suites with
and without the row witness, in turns, and prints the ratios of each round, neighbours in time; how often a
watched call makes it read the database; and how long one of its reads by key takes on a MariaDB, in a small
table and in a large one: about as long, since no read grows with the table. POSIX only, as `runs` is.
"""

import argparse
import multiprocessing
import random
import statistics
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import ExitStack, redirect_stdout
from io import StringIO
from typing import Any

import pytest

from benchmarks.filled import fill, id_of
from benchmarks.runs import PASSED, PROJECT, Ran, run_suites
from harness.database import Database, opened_database
from harness.rows.effects import load_row_rules
from harness.rows.row_reader import RowReader
from harness.rows.witness import RowWitness
from harness.services import database_url, scratch_database

TABLE, SMALL, LARGE = "member", 1_000, 1_000_000
READS, TURNS = 500, 10


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.row_witness", description=__doc__)
    parser.add_argument("-m", dest="marks", default="group_buy or worker", help="which cases (%(default)s)")
    parser.add_argument("--rounds", type=int, default=3, help="how often both are run (%(default)s)")
    parser.add_argument("--database", default="mysql+pymysql://root@127.0.0.1:3306/benchmark", metavar="URL")
    asked = parser.parse_args(arguments)
    _print_cost(("-m", asked.marks), asked.rounds)
    _print_reads(("-m", asked.marks))
    _print_by_key(asked.database)
    return 0


def _print_cost(cases: Sequence[str], rounds: int) -> None:
    names = ("CPU s, off", "watching", "ratio", "wall s, off", "watching", "ratio")
    print(f"{'round':<6}", *(f"{name:>11}" for name in names))
    ratios = []
    for number in range(1, rounds + 1):
        off, on = (_ran(cases, rows) for rows in ("off", "watch"))
        cpu, wall = on.cpu_seconds / off.cpu_seconds, on.seconds / off.seconds
        figures = (off.cpu_seconds, on.cpu_seconds, cpu, off.seconds, on.seconds, wall)
        print(f"{number:<6}", *(f"{figure:>11.2f}" for figure in figures), flush=True)
        ratios.append((cpu, wall))
    cpu, wall = (statistics.median(column) for column in zip(*ratios, strict=True))
    print(f"watching: {cpu:.2f} x the CPU time of the run without, {wall:.2f} x its wall time", flush=True)


def _ran(cases: Sequence[str], rows: str) -> Ran:
    return run_suites([*cases, "-n0", "--rows", rows], may_end=(PASSED,))


def _print_reads(cases: Sequence[str]) -> None:
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        reads = pool.apply(reads_of_calls, (tuple(cases),))
    watched = [count for count in reads.elements() if count]
    print(
        f"reads of the database: {statistics.mean(watched):.1f} for each watched call, {max(watched)} at most"
        f" ({len(watched)} of {reads.total()} calls were watched)",
        flush=True,
    )


def reads_of_calls(cases: Sequence[str]) -> Counter[int]:
    """How many calls of a run made the row witness read so often; the run is made in this process."""
    counted = _Counted()
    options = [
        "-q",
        "-n0",
        "--no-header",
        "--no-summary",
        "-p",
        "no:cacheprovider",
        "--rootdir",
        str(PROJECT),
    ]
    with pytest.MonkeyPatch.context() as patch:
        for method in ("read", "raw"):
            patch.setattr(Database, method, counted.read(getattr(Database, method)))
        patch.setattr(RowWitness, "before", counted.before(RowWitness.before))
        patch.setattr(RowWitness, "after", counted.after(RowWitness.after))
        with redirect_stdout(StringIO()) as output:
            code = pytest.main([*options, *cases])
    if code != pytest.ExitCode.OK:
        raise SystemExit(f"the run whose reads are counted failed\n{output.getvalue()}")
    return counted.calls


class _Counted:
    """The reads of each call, thread by thread."""

    def __init__(self) -> None:
        self.calls: Counter[int] = Counter()
        self._of = threading.local()

    def read(self, done: Callable[..., Any]) -> Callable[..., Any]:
        def counting(*given: Any, **named: Any) -> Any:
            self._of.reads = getattr(self._of, "reads", 0) + 1
            return done(*given, **named)

        return counting

    def before(self, done: Callable[..., Any]) -> Callable[..., Any]:
        def counting(*given: Any, **named: Any) -> Any:
            self._of.reads = 0
            return done(*given, **named)

        return counting

    def after(self, done: Callable[..., Any]) -> Callable[..., Any]:
        def counting(*given: Any, **named: Any) -> Any:
            try:
                return done(*given, **named)
            finally:
                self.calls[self._of.reads] += 1

        return counting


def _print_by_key(server: str) -> None:
    rules, sizes = load_row_rules(PROJECT / "data"), (SMALL, LARGE)
    with ExitStack() as stack:
        readers = {}
        for rows in sizes:
            url = stack.enter_context(scratch_database(database_url(server)))
            fill(url, TABLE, rows)
            readers[rows] = RowReader(stack.enter_context(opened_database(url)), rules, alone=False)
        turns = [{rows: _seconds(readers[rows], rows) for rows in sizes} for _ in range(TURNS)]
    for rows in sizes:
        median = statistics.median(turn[rows] for turn in turns)
        print(f"a read by key of {rows:>9,} rows on MariaDB: {median * 1e6:.0f} µs")
    ratio = statistics.median(turn[LARGE] / turn[SMALL] for turn in turns)
    print(f"the large table: {ratio:.2f} x the time of the small one (median of {TURNS} turns)")


def _seconds(reader: RowReader, rows: int) -> float:
    """Of one read, on the average; keys all over the table."""
    keys = [id_of(row) for row in random.Random(rows).choices(range(1, rows + 1), k=READS)]  # noqa: S311 - no secret
    started = time.perf_counter()
    found = sum(len(reader.rows(TABLE, {key})) for key in keys)
    seconds = time.perf_counter() - started
    if found != READS:
        raise SystemExit(f"{found} of {READS} rows were found")
    return seconds / READS


if __name__ == "__main__":
    sys.exit(main())
