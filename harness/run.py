"""What one run is: its id, its profile, its rules and cases, its seed. Made once, read everywhere."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from sqlalchemy import URL

from clients import Redactor
from harness.cases import Catalogue
from harness.marks import Stamp
from harness.profile import Profile
from harness.rows.effects import RowRules
from harness.rules import Rule

PROJECT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True)
class Run:
    """`sandbox_mode` is None on a real environment; `seed` gives every generated value, `stamp` is
    what all marks of the run share.

    `unwritten` fills with what of its results could not be written, a line each.
    `sandbox_database` is where scratch databases are made for the sandbox (None: a temporary file),
    `sandbox_messages` the broker that it publishes to (None: its own memory), `sandbox_faults` its seeded
    defects, `sandbox_changes` the differences of a release. `watch_rows`: the row witness looks on, where a
    database is known.
    """

    id: str
    profile: Profile
    redactor: Redactor
    sandbox_mode: str | None
    sandbox_database: URL | None
    sandbox_faults: tuple[str, ...]
    sandbox_changes: tuple[str, ...]
    sandbox_messages: str | None = field(repr=False)
    mariadb: URL
    rabbitmq: str = field(repr=False)
    require_services: bool
    seed: int
    stamp: Stamp
    strict_schema: bool
    watch_rows: bool
    row_rules: RowRules
    rules: Mapping[str, Rule]
    catalogue: Catalogue
    unwritten: list[str] = field(default_factory=list)

    @property
    def sees_rows(self) -> bool:
        """Whether the rows of its calls are judged: they are to be, and a database is known."""
        return self.watch_rows and (self.profile.sandbox or self.profile.database_url is not None)


RUN = pytest.StashKey[Run]()
REPLAYED = pytest.StashKey[Profile]()
"""Of a run that is a replay, before there is a run: the recording's profile."""
