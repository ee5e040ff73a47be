"""Makes what a test needs to be there first. Each test has its own, with its own mark and random values."""

from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from faker import Faker

from clients import AdminClient, PlatformFailure
from clients.bodies import Event, EventBody, EventSession
from harness.builders import event_body, event_session
from harness.case_words import WordContext, changed
from harness.clock import Clock
from harness.known_ids import KnownIds

MARK_LENGTH = 10
SERIAL_LENGTH = 20
WRITABLE_OF_SESSION = EventSession.__annotations__.keys() - {"seatsLeft", "applicableStoreCount"}


@dataclass(frozen=True)
class Randomness:
    """All that is random in one test, told by the run's seed and the test's identity alone."""

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


class EventWorkshop:
    """Valid event bodies, and events made of them."""

    def __init__(
        self, admin: AdminClient, clock: Clock, known_ids: KnownIds, fake: Faker, randomness: Randomness
    ) -> None:
        self._admin = admin
        self._clock = clock
        self._known_ids = known_ids
        self._fake = fake
        self._randomness = randomness

    @property
    def words(self) -> WordContext:
        """What the words of a case mean now."""
        now = self._clock.now()
        return WordContext(
            now=now,
            mark=self._randomness.mark,
            id_of=self._known_ids,
            session=lambda: dict(event_session(self._fake, now)),
            serial=self._randomness.serial,
        )

    def body(self, changes: Mapping[str, Any] | None = None) -> dict[str, Any]:
        """A valid body with a new resource id, changed as a case says."""
        valid = event_body(
            self._fake,
            self._randomness.mark,
            self._clock.now(),
            resource_id=self._admin.resources.new_id("hd").require_data(),
            first=self._known_ids("category_first"),
            second=self._known_ids("category_second"),
        )
        return changed(valid, changes or {}, self.words)

    def make(self, changes: Mapping[str, Any] | None = None, *, admin: AdminClient | None = None) -> Event:
        """Create an event (as another tenant, if one is given) and read it back.

        `published` and `recommend` are made so by their own calls, as the console does.
        """
        caller = admin or self._admin
        wanted = dict(changes or {})
        by_call = {name: wanted.pop(name, False) for name in ("published", "recommend")}
        event_id = caller.events.create(self.body(wanted)).require_data()
        if by_call["published"]:
            caller.events.publish(event_id, publish=True).require_ok()
        if by_call["recommend"]:
            caller.events.recommend(event_id, recommend=True).require_ok()
        return caller.events.get(event_id).require_data()

    def changed(self, body: Mapping[str, Any], changes: Mapping[str, Any]) -> dict[str, Any]:
        """A copy of a body with a case's changes."""
        return changed(body, changes, self.words)

    def copy_of(self, original: Event) -> Event:
        """The one copy of an event; its id is in no answer (E-05), so it is found by the test's mark."""
        rows = self._admin.events.list(search_word=self._randomness.mark, page=1, size=100).require_data()
        copies = [row for row in rows if row["id"] != original["id"]]
        if len(copies) != 1:
            raise PlatformFailure(f"应恰有一个副本，实有 {len(copies)} 个")
        return copies[0]

    @staticmethod
    def writable(event: Event) -> dict[str, Any]:
        """What a whole-object PUT of this event sends: the body without what the platform computes."""
        body: dict[str, Any] = {
            key: value for key, value in event.items() if key in EventBody.__annotations__
        }
        sessions = event["eventSessionList"]
        body["eventSessionList"] = [
            {key: value for key, value in session.items() if key in WRITABLE_OF_SESSION}
            for session in sessions
        ]
        return body
