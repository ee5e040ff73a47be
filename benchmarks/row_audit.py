"""How fast a table of 29 columns is audited, in how much memory, and where the time goes.

`python -m benchmarks.row_audit [--rows N] [--database URL]` fills a scratch database on a MariaDB (`member`:
no documented table has 28 columns), audits it with the command itself, in a process of its own, and then
measures the parts alone on the first rows: the read, each validator, and other ways to read. The last column
is the ratio to the audit's speed in the same run, so that machines can be compared; on a busy machine the
line by CPU time is the one to look at.

Why the audit is as it is, in rows a second on two idle cores, 50,000 rows:

    5,500   jsonschema                                names the errors, of the rows that are refused
    119,000 fastjsonschema 2.22.3                     not taken
    367,000 jsonschema-rs on dicts                    531,000 with its linear regular expressions
    920,000 the same of the columns alone, on tuples  taken: no dict is made of a row
    27,000  read as datetime and Decimal, to texts by row_value
    61,000  read as the texts that MariaDB sends      taken
    90,000  JSON_ARRAY made by the server, json.loads not taken: the audit would be 1.8 times as fast, but a
            DOUBLE passes for a DECIMAL in it, a whole DECIMAL for an INT, and a BIT makes it no JSON

Reading is nearly all of the time (PyMySQL takes each value apart in Python). A second process for
validation would save less than handing the rows over costs: pickled and read back they pass at a tenth of
its speed.
POSIX only: Windows keeps no figure of a process's peak memory.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import jsonschema_rs
from jsonschema import Draft202012Validator

from benchmarks.filled import fill
from benchmarks.runs import KIBIBYTES, PROJECT
from harness.database import Database, opened_database
from harness.row_values import row_value
from harness.services import database_url, scratch_database
from schemas.audit.pages import Pages
from schemas.audit.plan import Table, make_plan
from schemas.audit.row_check import RowCheck

TABLE = "member"
BATCH = 1000
SMALL = 50_000
"""The parts are measured on as many rows, jsonschema alone on a twentieth of them."""


@dataclass(frozen=True)
class Audited:
    seconds: float
    cpu_seconds: float
    mebibytes: float


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.row_audit", description=__doc__)
    parser.add_argument("--rows", type=int, default=1_000_000, help="in the table (%(default)s)")
    parser.add_argument("--database", default="mysql+pymysql://root@127.0.0.1:3306/benchmark", metavar="URL")
    asked = parser.parse_args(arguments)
    if asked.rows < BATCH:
        parser.error(f"--rows {asked.rows}: give {BATCH} or more")
    with scratch_database(database_url(asked.database)) as url:
        fill(url, TABLE, asked.rows)
        audited = _audited(url, asked.rows)
        base = asked.rows / audited.seconds
        print(f"{'part':<46} {'rows/s':>10} {'x audit':>8}")
        _print(f"audit of {asked.rows:,} rows", base, base)
        _print("the same, by its CPU time", asked.rows / audited.cpu_seconds, base)
        for name, speed in _parts(url, min(asked.rows, SMALL)):
            _print(name, speed, base)
        print(f"peak memory of the auditing process: {audited.mebibytes:.0f} MiB")
    return 0


def _print(name: str, speed: float, base: float) -> None:
    print(f"{name:<46} {speed:>10,.0f} {speed / base:>8.2f}", flush=True)


def _audited(url: str, rows: int) -> Audited:
    """The command's time from its first row; CPU time and peak memory of its process, start-up too."""
    with tempfile.TemporaryFile() as output:
        command = [sys.executable, "-m", "schemas.audit", url, "--format=jsonl"]
        process = subprocess.Popen(command, cwd=PROJECT, stdout=output)  # noqa: S603 - our own
        _, status, usage = os.wait4(process.pid, 0)
        output.seek(0)
        summary = json.loads(output.readline()).get("summary", {})
    if os.waitstatus_to_exitcode(status) != 0 or summary.get("rows") != rows:
        raise SystemExit(f"the audit did not find the rows clean: {summary}")
    cpu = usage.ru_utime + usage.ru_stime
    return Audited(rows / summary["rows_per_second"], cpu, usage.ru_maxrss / KIBIBYTES)


def _parts(url: str, rows: int) -> Iterator[tuple[str, float]]:
    with opened_database(url, as_texts=True) as database:
        (table,) = make_plan(database, [TABLE]).tables
        yield "read alone", rows / _seconds(lambda: _read(database, table, rows))
        found = _read(database, table, rows)
        yield from _as_json(database, table, rows)
    yield from _validators(table, found)
    with opened_database(url) as database:
        yield (
            "read as datetime, Decimal; then row_value",
            rows / _seconds(lambda: _converted(database, table, rows)),
        )


def _validators(table: Table, found: list[tuple[Any, ...]]) -> Iterator[tuple[str, float]]:
    schema, rows = dict(table.schema), len(found)
    is_good = RowCheck(schema, table.columns).is_good
    yield "validation as the audit does", rows / _seconds(lambda: all(map(is_good, found)))
    dicts = [dict(zip(table.columns, row, strict=True)) for row in found]
    compiled = jsonschema_rs.Draft202012Validator(schema)
    yield (
        "jsonschema-rs, the row schema on dicts",
        rows / _seconds(lambda: all(map(compiled.is_valid, dicts))),
    )
    few = dicts[: rows // 20]
    plain = Draft202012Validator(schema)
    yield "jsonschema on dicts", len(few) / _seconds(lambda: all(map(plain.is_valid, few)))


def _as_json(database: Database, table: Table, rows: int) -> Iterator[tuple[str, float]]:
    """Rows that the server has made JSON of."""
    columns = ", ".join(map(database.quoted, table.columns))
    statement = f"SELECT JSON_ARRAY({columns}) FROM {TABLE} LIMIT {rows}"  # noqa: S608 - quoted
    yield (
        "read as JSON_ARRAY, then json.loads",
        rows
        / _seconds(lambda: [json.loads(text) for part in database.stream(statement) for (text,) in part]),
    )


def _read(database: Database, table: Table, rows: int) -> list[tuple[Any, ...]]:
    found: list[tuple[Any, ...]] = []
    for part in Pages(database, table, BATCH).whole():
        found += part.rows
        if len(found) >= rows:
            break
    return found


def _converted(database: Database, table: Table, rows: int) -> int:
    """As every other reader of the harness has them."""
    statement = f"SELECT * FROM {database.table(table.name)} LIMIT {rows}"  # noqa: S608 - quoted
    return sum(len(list(map(row_value, row))) for part in database.stream(statement) for row in part)


def _seconds(timed: Callable[[], object]) -> float:
    started = time.perf_counter()
    if not timed():
        raise SystemExit("a part of the benchmark found rows that are not good")
    return time.perf_counter() - started


if __name__ == "__main__":
    sys.exit(main())
