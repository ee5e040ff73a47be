"""Sets the row witness beside the evidence of a run, where its database is known."""

from collections.abc import Iterator
from contextlib import contextmanager

from harness.database import Database, opened_database
from harness.evidence import Evidence
from harness.platform import Platform
from harness.rows.witness import Now, RowWitness
from harness.run import Run


@contextmanager
def witnessed(platform: Platform, run: Run, evidence: Evidence) -> Iterator[None]:
    """While it lasts, each call is judged by its rows too. Raises `DatabaseProblem`."""
    if platform.database_url is None or not run.watch_rows:
        yield
        return
    fronts = (platform.profile.admin_url, platform.profile.member_url)
    with opened_database(platform.database_url) as database:
        alone = run.profile.sandbox
        now = _sandbox_time(evidence) if alone else _server_time(database)
        evidence.witness = RowWitness(database, run.row_rules, fronts=fronts, now=now, alone=alone)
        try:
            yield
        finally:
            evidence.witness = None


def _sandbox_time(evidence: Evidence) -> Now:
    """The clock that the last call about it has told."""
    return lambda: evidence.clock


def _server_time(database: Database) -> Now:
    return database.now
