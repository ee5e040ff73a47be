"""`python -m schemas.audit URL`: each row of a live database through the schema of its table."""

import argparse
import os
import signal
import sys
from collections.abc import Sequence
from io import TextIOWrapper
from pathlib import Path
from typing import Any, NoReturn

from sqlalchemy import URL

from clients import HarnessError, Redactor
from harness.database import opened_database
from harness.services import SQLITE, database_url
from schemas.audit.auditing import Audit, Options
from schemas.audit.plan import Plan, make_plan
from schemas.audit.report import Report
from schemas.audit.state import State

CLEAN, VIOLATED, IMPOSSIBLE, INTERRUPTED = 0, 1, 2, 130
EPILOG = f"""The session is read-only. A table is read in batches beyond the last key (its primary key, a
unique one, SQLite's rowid), each a short statement of its own; a table without a key is one long read.

exit codes: {CLEAN} no violation; {VIOLATED} violations; {IMPOSSIBLE} the audit cannot be done, or not to its
end; {INTERRUPTED} interrupted, after the summary so far"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command and return its exit code."""
    given = _parser().parse_args(arguments)
    try:
        return _audited(given)
    except HarnessError as error:
        sys.stderr.write(f"{error}\n")
        return IMPOSSIBLE
    except KeyboardInterrupt:  # before the first row
        return INTERRUPTED
    except BrokenPipeError:  # who reads the report has seen enough of it
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return IMPOSSIBLE


class _Parser(argparse.ArgumentParser):
    """Says what is wrong in one line, as every other refusal."""

    def error(self, message: str) -> NoReturn:
        self.exit(IMPOSSIBLE, f"{self.prog}: {message}\n")


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(
        prog="python -m schemas.audit",
        description="Read the rows of a live database and name each that its table's schema does not admit.",
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    add = parser.add_argument
    add("url", metavar="URL", help="mysql+pymysql://USER:PASSWORD@HOST:PORT/NAME or sqlite:////FOLDER/FILE")
    add("--table", action="append", default=[], metavar="T", help="only this table; may be repeated")
    add("--sample", type=_positive, metavar="N", help="N rows of each table, from all over its keys")
    add("--seed", type=int, default=0, metavar="N", help="another sample (default: %(default)s)")
    add("--format", choices=("text", "jsonl"), default="text", help="of the report (default: %(default)s)")
    add(
        "--limit-per-table",
        type=_positive,
        default=100,
        metavar="N",
        help="how many violations of a table are told, the others are counted (default: %(default)s)",
    )
    add("--batch", type=_positive, default=1000, metavar="N", help="rows of a read (default: %(default)s)")
    add(
        "--resume",
        type=Path,
        metavar="FILE",
        help="where the audit keeps what is done, every two seconds; after it was cut off the same command "
        "goes on from there and tells the whole; removed at the end",
    )
    return parser


def _positive(text: str) -> int:
    if not text.isascii() or not text.isdigit() or int(text) == 0:
        raise argparse.ArgumentTypeError(f"{text!r} is not a whole number from 1")
    return int(text)


def _audited(given: argparse.Namespace) -> int:
    url = database_url(given.url)
    redactor = Redactor([str(url.password)] if url.password else [])
    options = Options(given.sample, given.seed, given.limit_per_table, given.batch)
    with opened_database(url, as_texts=True) as database:
        plan = make_plan(database, given.table, is_sample=given.sample is not None)
        state = State(_identity(url, plan, options), given.resume, redactor)
        state.keep()
        report = Report(given.format)
        return _run(Audit(database, plan, options, state, report, redactor), plan, state, report)


def _run(audit: Audit, plan: Plan, state: State, report: Report) -> int:
    try:
        try:
            audit.run()
        except BaseException:
            state.keep()
            raise
    except KeyboardInterrupt:
        report.summary(plan, state.tallies, is_whole=False)
        return INTERRUPTED
    report.summary(plan, state.tallies, is_whole=True)
    state.drop()
    return VIOLATED if any(tally.violations for tally in state.tallies.values()) else CLEAN


def _identity(url: URL, plan: Plan, options: Options) -> dict[str, Any]:
    """What must be the same for an audit to go on: nobody's name, no password."""
    place = f"{url.get_backend_name()}://{url.host}:{url.port}/{url.database}"
    if url.get_backend_name() == SQLITE:
        place = Path(str(url.database)).resolve().as_posix()
    return {
        "database": place,
        "tables": ", ".join(table.name for table in plan.tables),
        "sample": options.sample,
        "seed": options.seed,
        "limit-per-table": options.limit,
        "columns and schemas": plan.digest(),
    }


if __name__ == "__main__":
    signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell's background job is deaf to it
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding="utf-8")  # values are Chinese, a Windows console's default may not be
    sys.exit(main())
