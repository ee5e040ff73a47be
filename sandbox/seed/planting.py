"""Puts the seed into a database, in place of whatever it holds."""

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any, Final

from sqlalchemy import Table, delete, insert, inspect

from sandbox.db import Base, Transaction
from sandbox.models import SandboxMark
from sandbox.models.columns import Moment
from sandbox.seed.events import sow_events
from sandbox.seed.group_buys import sow_group_buys
from sandbox.seed.members import sow_members
from sandbox.seed.one_yuan import sow_one_yuan
from sandbox.seed.organizations import sow_organizations
from sandbox.seed.seedbed import Seedbed
from sandbox.seed.staff import sow_workers
from sandbox.seed.tenants import sow_tenants
from sandbox.settings import CLOCK_START

SECOND: Final = 1000


def plant(tx: Transaction, now: int) -> None:
    """Its times are as far from now as they are from the clock's start in what is sown."""
    later = (now - CLOCK_START) // SECOND * SECOND
    for table in Base.metadata.sorted_tables:
        tx.execute(delete(table))
    for table, rows in _seed().items():
        tx.execute(insert(table), [_moved(table, row, later) for row in rows] if later else rows)


def _moved(table: Table, row: dict[str, Any], later: int) -> dict[str, Any]:
    times = {column.key for column in table.columns if isinstance(column.type, Moment)}
    return {
        name: value + later if name in times and value is not None else value for name, value in row.items()
    }


@cache
def _seed() -> Mapping[Table, Sequence[dict[str, Any]]]:
    """The same rows for every sandbox of the process, so they are made once."""
    bed = Seedbed()
    bed.add(SandboxMark(id=1))
    places = sow_organizations(bed)
    sow_tenants(bed, places)
    members = sow_members(bed, places)
    sow_events(bed, places, members)
    sow_group_buys(bed, places)
    sow_workers(bed, places)
    sow_one_yuan(bed, places)
    tables: dict[Table, list[dict[str, Any]]] = {}
    for row in bed.rows:
        columns = inspect(row).mapper.columns
        values = {column.key: getattr(row, column.key) for column in columns}
        tables.setdefault(Base.metadata.tables[type(row).__tablename__], []).append(values)
    return tables
