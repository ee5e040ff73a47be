"""`python -m schemas.drift URL`: compares a live database with the row schemas, and never writes to it."""

import argparse
import difflib
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from io import TextIOWrapper
from itertools import groupby
from pathlib import Path
from typing import Final

from clients import HarnessError, Redactor
from harness.database import Database, opened_database
from harness.services import database_url
from harness.showing import printable, shown_name
from harness.written import write_whole
from schemas.drift.columns import Tables
from schemas.drift.differences import Difference, compare, without_emoji
from schemas.drift.documented import read_documented
from schemas.drift.junit import as_junit
from schemas.drift.learning import learn, new_folder
from schemas.drift.live import read_live
from schemas.drift.ratings import rating_table
from schemas.drift.reports import Comparison, as_json, as_text, summary
from schemas.drift.values import ROWS, Sample, sample_values

SAME, BROKEN, UNUSABLE = 0, 1, 2
WRITERS: Final[Mapping[str, Callable[[Comparison], str]]] = {
    "text": as_text,
    "json": as_json,
    "junit": as_junit,
}
OF_SQLITE: Final = (
    "SQLite: types are compared as they are declared; ON UPDATE and character sets, which it has not, are not"
)
EPILOG: Final = f"""kinds of differences:
{rating_table()}

Of a table that the documents only name, nothing but its being there is compared; of one that they know in
part, the columns that they know. Lengths, defaults and NULL are compared where the documents give them.
Display widths of integers and fractions of a second mean nothing. Values of enumerations are looked for in
the newest {ROWS:,} rows of a table.

exit codes: {SAME} no breaking difference; {BROKEN} a breaking difference; {UNUSABLE} wrong use, or a database
that cannot be read: nothing was written"""


class WrongUse(HarnessError):
    """Options that cannot be followed."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command and return its exit code."""
    parser = _parser()
    options = parser.parse_args(arguments)
    if options.learn and (
        options.output or options.strict or options.present_only or options.format != "text"
    ):
        parser.error("--learn compares nothing: it goes with --table alone")
    try:
        return _learn(options) if options.learn else _compare(options)
    except HarnessError as error:
        sys.stderr.write(f"{printable(str(error))}\n")
        return UNUSABLE


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m schemas.drift",
        description="Compare a live database with the row schemas in schemas/tables/; it is only read.",
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument(
        "url", metavar="URL", help="mysql+pymysql://USER:PASSWORD@HOST/NAME or sqlite:///FILE"
    )
    parser.add_argument(
        "--table", metavar="T", action="append", default=[], help="this table alone; may be repeated"
    )
    parser.add_argument("--format", choices=sorted(WRITERS), default="text", help="(default: %(default)s)")
    parser.add_argument(
        "--output", type=Path, metavar="FILE", help="write the report there, as a whole or not at all"
    )
    parser.add_argument("--strict", action="store_true", help="rate every difference breaking")
    parser.add_argument(
        "--present-only",
        action="store_true",
        help="of the documented tables, compare those that are there: it is a part of the platform",
    )
    parser.add_argument("--no-values", action="store_true", help="look at no rows")
    parser.add_argument(
        "--learn",
        type=Path,
        metavar="FOLDER",
        help="compare nothing; propose schemas of the tables that the documents only name or know in part,"
        " in this new or empty folder",
    )
    return parser


def _compare(options: argparse.Namespace) -> int:
    documented = read_documented()
    with opened_database(options.url) as database:
        live = read_live(database)
        names = _selected(options.table, documented, live)
        absent = [name for name in names if name not in live]
        if options.present_only:
            names = [name for name in names if name in live]
        found = list(compare(documented, live, names, is_sqlite=database.is_sqlite))
        both = [] if options.no_values else [name for name in names if name in documented and name in live]
        samples = [sample_values(database, documented[name], live[name]) for name in both]
        notes = list(_notes(database, samples))
    if options.present_only and absent:
        notes.append(f"{len(absent)} documented tables are not there, and not compared")
    if lossy := without_emoji(documented, live, names):
        notes.append(f"no emoji survives in these, as their DDL has it: {', '.join(lossy)}")
    differences = _in_order(names, [*found, *(one for sample in samples for one in sample.differences)])
    shown = _shown_url(options.url)
    comparison = Comparison(shown, tuple(names), differences, tuple(notes), strict=options.strict)
    _write(comparison, options)
    return BROKEN if comparison.is_broken else SAME


def _in_order(names: Sequence[str], differences: Iterable[Difference]) -> tuple[Difference, ...]:
    places = {name: place for place, name in enumerate(names)}
    return tuple(sorted(differences, key=lambda difference: places[difference.table]))


def _notes(database: Database, samples: Iterable[Sample]) -> Iterator[str]:
    if database.is_sqlite:
        yield OF_SQLITE
    yield from (sample.cut for sample in samples if sample.cut)


def _write(comparison: Comparison, options: argparse.Namespace) -> None:
    report = WRITERS[options.format](comparison)
    if options.output is None:
        sys.stdout.write(report)
        return
    write_whole(options.output, report)
    sys.stdout.write(f"{summary(comparison)}; written to {options.output}\n")


def _learn(options: argparse.Namespace) -> int:
    folder = new_folder(options.learn)
    documented = read_documented()
    with opened_database(options.url) as database:
        live = read_live(database)
        names = _selected(options.table, documented, live)
        learned = learn(documented, live, names, is_sqlite=database.is_sqlite)
    learned.write(folder)
    sys.stdout.writelines(f"{printable(line)}\n" for line in learned.lines(folder))
    return SAME


def _selected(wanted: Sequence[str], documented: Tables, live: Tables) -> list[str]:
    known = sorted({*documented, *live})
    for name in wanted:
        if name not in known:
            near = difflib.get_close_matches(name, known, n=3)
            hint = f"; did you mean {', '.join(map(shown_name, near))}?" if near else ""
            raise WrongUse(f"--table {shown_name(name)}: neither documented nor in the database{hint}")
    return [name for name, _ in groupby(sorted(wanted))] or known


def _shown_url(given: str) -> str:
    return printable(Redactor().url(database_url(given).render_as_string()))


if __name__ == "__main__":
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding="utf-8")  # values may be Chinese, a Windows console's default is not
    sys.exit(main())
