"""Says at the start of a run whether rows are looked at, and which of a real database's cannot be."""

import pytest

from clients import HarnessError
from harness.database import opened_database
from harness.rows.row_reader import RowReader
from harness.run import RUN, Run

NOT_WATCHED = pytest.StashKey[list[str]]()
"""Links of the families that a real database lacks, or has no index of."""


@pytest.hookimpl(tryfirst=True)
def pytest_sessionstart(session: pytest.Session) -> None:
    """A database that cannot be read ends the run before it starts, as wrong use does."""
    config = session.config
    run = config.stash[RUN]
    url = run.profile.database_url if run.watch_rows else None
    if url is None or hasattr(config, "workerinput") or config.getoption("collectonly"):
        return
    try:
        with opened_database(url) as database:
            config.stash[NOT_WATCHED] = RowReader(database, run.row_rules, alone=False).unknown
    except HarnessError as problem:
        raise pytest.UsageError(f"{problem}; --rows=off runs without it") from None


def pytest_report_header(config: pytest.Config) -> list[str]:
    lacking = config.stash.get(NOT_WATCHED, [])
    told = (
        [f"rows that are not watched, for want of a column or index: {', '.join(lacking)}"] if lacking else []
    )
    return [f"rows: {watched(config.stash[RUN])}", *told]


def watched(run: Run) -> str:
    """Whether the rows of the run's calls are judged, and if not, why."""
    if run.sees_rows:
        return "watched"
    if run.profile.recording:
        return "not looked at (a replay has no database)"
    if not run.watch_rows:
        return "not looked at (--rows=off)"
    variable = run.profile.database_variable
    return f"not looked at ({f'{variable} is not set' if variable else 'the profile names no database'})"
