"""From the outbox to the message bus: what a transaction has told goes out after its commit (Y-13)."""

import json
import logging
from collections.abc import Callable
from dataclasses import dataclass
from threading import Lock
from typing import Any, Protocol

from sqlalchemy import select, update

from sandbox.db import Transaction
from sandbox.models import OutboxMessage

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Message:
    id: str
    topic: str
    body: dict[str, Any]


class BusError(Exception):
    """The bus did not take a message, or cannot be used at all; the text is one line for the user."""


class Bus(Protocol):
    def publish(self, message: Message) -> None:
        """Returns once the bus has the message for good, else `BusError`."""

    def close(self) -> None: ...


class MemoryBus:
    """Takes each message and hands it to nobody: whoever asks is answered by the relay."""

    def publish(self, message: Message) -> None: ...

    def close(self) -> None: ...


class Relay:
    """Hands the outbox to the bus, each message once, and knows what it has handed over.

    A process that dies after a message went out and before it was marked sends it again with the same id.
    """

    def __init__(self, begin: Callable[[], Transaction], bus: Bus) -> None:
        self._begin = begin
        self._bus = bus
        self._alone = Lock()
        self._published: list[Message] = []

    def drain(self) -> None:
        """Publishes what is committed and still here; what a failing bus leaves waits for the next drain.

        The caller has no transaction open: on SQLite the relay would wait for it, and it for the relay.
        """
        with self._alone:
            try:
                for message in self._waiting():
                    self._bus.publish(message)
                    self._mark(message)
                    self._published.append(message)
            except BusError as error:
                log.warning("%s; messages wait in the outbox", error)

    def published(self, topic: str | None = None) -> list[Message]:
        """What went out since the start or `clear`, in that order."""
        return [message for message in list(self._published) if topic in (None, message.topic)]

    def clear(self) -> None:
        """Forgets what went out; to be called after the commit that empties the outbox: a drain may be on."""
        with self._alone:
            self._published.clear()

    def close(self) -> None:
        self._bus.close()

    def _waiting(self) -> list[Message]:
        unpublished = select(OutboxMessage).where(OutboxMessage.published_time.is_(None))
        with self._begin() as tx:
            rows = tx.scalars(unpublished.order_by(OutboxMessage.id)).all()
            return [Message(str(row.id), str(row.topic), json.loads(row.body)) for row in rows]

    def _mark(self, message: Message) -> None:
        with self._begin() as tx:
            row = update(OutboxMessage).where(OutboxMessage.id == int(message.id))
            tx.execute(row.values(published_time=tx.now))
            tx.commit()
