"""One running sandbox: its clock, its ids and its database."""

from sandbox.clock import Clock
from sandbox.db import Database, Transaction
from sandbox.ids import Ids
from sandbox.rules.tenants import SignedInTenant
from sandbox.seed.planting import plant
from sandbox.settings import CLOCK_START


class World:
    def __init__(self, database_url: str | None) -> None:
        self.clock = Clock(CLOCK_START)
        self.ids = Ids(self.clock)
        self.database = Database(database_url)
        self.known_tenants: dict[str, SignedInTenant] = {}
        self.reset()

    def begin(self) -> Transaction:
        """The caller commits, and closes."""
        return Transaction(self.database.engine, self.clock, self.ids)

    def reset(self) -> None:
        """Back to the seed, as one change: who asks meanwhile waits for it."""
        with self.begin() as tx:
            tx.connection()
            self.clock.reset()
            self.ids.reset()
            plant(tx)
            tx.commit()
        self.known_tenants.clear()

    def close(self) -> None:
        self.database.close()
