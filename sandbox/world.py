"""One running sandbox: its clock, its ids, its database, its faults and changes, and the bus it tells."""

from collections.abc import Iterable

from sqlalchemy import func, select

from sandbox.bus import Bus, MemoryBus, Relay
from sandbox.clock import Clock, RunningClock
from sandbox.db import MADE, MOVED, Base, Database, Transaction
from sandbox.faults.registry import faults_named
from sandbox.ids import SEQUENCE_BITS, Ids
from sandbox.models import OutboxMessage, SandboxMark
from sandbox.releases.registry import changes_named
from sandbox.rules.tenants import SignedInTenant
from sandbox.seed.planting import plant
from sandbox.settings import CLOCK_START


class World:
    """With `keep` it goes on with the rows of the sandbox that had the database before, if one had.

    In real time the clock is the machine's, and the seed is as old as it would be at the clock's start.
    """

    def __init__(
        self,
        database_url: str | None,
        *,
        bus: Bus | None = None,
        keep: bool = False,
        faults: Iterable[str] = (),
        changes: Iterable[str] = (),
        real_time: bool = False,
    ) -> None:
        self.turn_on(faults)
        self.changes = changes_named(changes)
        self.clock = RunningClock() if real_time else Clock(CLOCK_START)
        self.ids = Ids(self.clock)
        self.database = Database(database_url, keep=keep)
        self.relay = Relay(self.begin, bus or MemoryBus())
        self.known_tenants: dict[str, SignedInTenant] = {}
        if keep and self._is_planted():
            self._go_on()
        else:
            self.reset()

    def begin(self) -> Transaction:
        """The caller commits, and closes."""
        return Transaction(self.database.engine, self.clock, self.ids, self.faults)

    def turn_on(self, names: Iterable[str]) -> None:
        """Exactly these faults from the next transaction on; an `UnknownFaultError` changes nothing."""
        self.faults = faults_named(names)

    def reset(self) -> None:
        """Back to the seed, as one change: who asks meanwhile waits. Faults stay on, and spoil no seed."""
        with Transaction(self.database.engine, self.clock, self.ids) as tx:
            tx.connection()
            self.clock.reset()
            now = self.clock.now
            plant(tx, now)
            self.ids.reset(_newest(tx, "id") if now < CLOCK_START else 0)  # the seed's ids are the oldest
            tx.commit()
        self.known_tenants.clear()
        self.relay.clear()

    def close(self) -> None:
        self.relay.close()
        self.database.close()

    def _is_planted(self) -> bool:
        with self.begin() as tx:
            return tx.scalar(select(SandboxMark.id)) is not None

    def _go_on(self) -> None:
        """Time and ids go on from the newest that a row has; what was told and not published goes out."""
        with self.begin() as tx:
            newest_id = _newest(tx, "id")
            newest_time = max(_newest(tx, column) for column in (*MADE, *MOVED))
        self.clock.set(max(CLOCK_START, newest_time, newest_id >> SEQUENCE_BITS))
        self.ids.reset(newest_id)
        self.relay.drain()


def _newest(tx: Transaction, column: str) -> int:
    """The greatest value of the column in all tables. Messages have ids of their own sort."""
    tables = [table for table in Base.metadata.sorted_tables if table.name != OutboxMessage.__tablename__]
    found = [tx.scalar(select(func.max(table.c[column]))) for table in tables if column in table.c]
    return max((value for value in found if value is not None), default=0)
