"""An outbox that a test fills by hand, and a bus that does with a message what the test wants."""

import json
from collections.abc import Callable
from dataclasses import dataclass, field

from sandbox.bus import BusError, Message
from sandbox.clock import Clock
from sandbox.db import Database, Transaction
from sandbox.ids import Ids
from sandbox.models import OutboxMessage
from sandbox.settings import CLOCK_START

TOPIC = "one_yuan_group"


@dataclass
class Outbox:
    database: Database
    clock: Clock = field(default_factory=lambda: Clock(CLOCK_START))

    def begin(self) -> Transaction:
        return Transaction(self.database.engine, self.clock, Ids(self.clock))

    def put(self, *messages: Message) -> None:
        with self.begin() as tx:
            tx.add_all(as_row(message) for message in messages)
            tx.commit()

    def waiting(self) -> list[str]:
        with self.begin() as tx:
            return [str(row.id) for row in tx.query(OutboxMessage) if row.published_time is None]

    def clear(self) -> None:
        with self.begin() as tx:
            tx.query(OutboxMessage).delete()
            tx.commit()


@dataclass
class Recorder:
    """A bus that keeps the ids of what it took."""

    does: Callable[[Message], object] = id  # with each message, before it is taken
    taken: list[str] = field(default_factory=list)
    closed: bool = False

    def publish(self, message: Message) -> None:
        self.does(message)
        self.taken.append(message.id)

    def close(self) -> None:
        self.closed = True


def as_row(message: Message) -> OutboxMessage:
    body = json.dumps(message.body, ensure_ascii=False)
    return OutboxMessage(id=int(message.id), topic=message.topic, body=body)


def numbered(*ids: int, topic: str = TOPIC) -> list[Message]:
    return [Message(str(id_), topic, {"groupId": str(id_), "note": "团长 🎉"}) for id_ in ids]


def refusing(*ids: str) -> Callable[[Message], None]:
    def refuse(message: Message) -> None:
        if message.id in ids:
            raise BusError(f"no room for {message.id}")

    return refuse
