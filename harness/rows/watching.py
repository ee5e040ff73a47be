"""Sets the row witness beside the evidence of a run, where its database is known."""

from collections.abc import Iterator
from contextlib import contextmanager

from harness.database import opened_database
from harness.evidence import Evidence
from harness.platform import Platform
from harness.rows.witness import RowWitness
from harness.run import Run


@contextmanager
def witnessed(platform: Platform, run: Run, evidence: Evidence) -> Iterator[None]:
    """While it lasts, each call is judged by its rows too. Raises `DatabaseProblem`."""
    if platform.database_url is None or not run.watch_rows:
        yield
        return
    urls = (platform.profile.admin_url, platform.profile.member_url, platform.profile.sandbox_url)
    fronts = tuple(url for url in urls if url is not None)
    with opened_database(platform.database_url) as database:
        alone = run.profile.sandbox
        now = None if alone else database.now
        evidence.witness = RowWitness(database, run.row_rules, fronts=fronts, now=now, alone=alone)
        try:
            yield
        finally:
            evidence.witness = None
