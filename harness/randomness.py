"""All that is random in one test, told by the run's seed, its stamp, and the test's identity alone."""

from dataclasses import dataclass
from hashlib import sha256

from faker import Faker

from harness.marks import Stamp, stamp_of_seed

SERIAL_LENGTH = 20


@dataclass(frozen=True)
class Randomness:
    """Generated values follow the seed alone.

    What must be new on the platform follows the stamp too (None: the seed's), and the attempt, since what a
    first attempt has made of a member is not undone by its clean-up.
    """

    seed: int
    identity: str
    stamp: Stamp | None = None
    attempt: int = 1

    @property
    def mark(self) -> str:
        """Stands in a text of whatever the test creates."""
        return self._stamp.mark(self._digest())

    @property
    def serial(self) -> str:
        """Digits for ids that a test makes up."""
        return str(int(self._digest(), 16))[:SERIAL_LENGTH]

    def seeded(self, fake: Faker) -> Faker:
        fake.seed_instance(f"{self.seed}:{self.identity}")
        return fake

    @property
    def _stamp(self) -> Stamp:
        return self.stamp or stamp_of_seed(self.seed)

    def _digest(self) -> str:
        again = f":{self.attempt}" if self.attempt > 1 else ""
        return sha256(f"{self._stamp.text}:{self.seed}:{self.identity}{again}".encode()).hexdigest()
