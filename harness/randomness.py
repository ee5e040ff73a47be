"""All that is random in one test, told by the run's seed and the test's identity alone."""

from dataclasses import dataclass
from hashlib import sha256

from faker import Faker

MARK_LENGTH = 10
SERIAL_LENGTH = 20


@dataclass(frozen=True)
class Randomness:
    seed: int
    identity: str

    @property
    def mark(self) -> str:
        """Stands in the name of whatever the test creates; letters first, so that no search confuses it."""
        return "q" + self._digest()[:MARK_LENGTH]

    @property
    def serial(self) -> str:
        """Digits for ids that a test makes up."""
        return str(int(self._digest(), 16))[:SERIAL_LENGTH]

    def seeded(self, fake: Faker) -> Faker:
        fake.seed_instance(f"{self.seed}:{self.identity}")
        return fake

    def _digest(self) -> str:
        return sha256(f"{self.seed}:{self.identity}".encode()).hexdigest()
