"""What a test makes its rows of: who calls, the clock, known ids, and its own random values."""

from dataclasses import dataclass

from faker import Faker

from clients import AdminClient
from harness.builders import event_session
from harness.case_words import WordContext
from harness.clock import Clock
from harness.known_ids import KnownIds
from harness.randomness import Randomness


@dataclass(frozen=True)
class Material:
    """`admin` is the main tenant; `fake` is seeded by the test's identity."""

    admin: AdminClient
    clock: Clock
    known_ids: KnownIds
    fake: Faker
    randomness: Randomness

    @property
    def words(self) -> WordContext:
        """What the words of a case mean now."""
        now = self.clock.now()
        return WordContext(
            now=now,
            mark=self.randomness.mark,
            id_of=self.known_ids,
            session=lambda: dict(event_session(self.fake, now)),
            serial=self.randomness.serial,
        )
