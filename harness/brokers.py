"""RabbitMQ as runs use it: a URL that can be used, a connection, an exchange for one process alone."""

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from clients import HarnessError
from harness.services import ServiceMissing

if TYPE_CHECKING:  # most runs use no broker, and start sooner without it
    from pika import BlockingConnection
    from pika.adapters.blocking_connection import BlockingChannel

SCHEMES = frozenset({"amqp", "amqps"})
CONNECT_SECONDS = 5


@dataclass(frozen=True)
class Exchange:
    """A topic exchange of a broker; the URL may hold a password."""

    url: str = field(repr=False)
    name: str


def broker_url(given: str) -> str:
    """The URL, if it can be used; raises `HarnessError`, which shows nothing that may be a password."""
    scheme, separator, _ = given.partition("://")
    try:
        parts = urlsplit(given)
        usable = parts.scheme in SCHEMES and bool(parts.hostname) and parts.port != 0
    except ValueError:
        usable = False
    if usable:
        return given
    shown = f"{scheme}://…" if separator else "…"
    raise HarnessError(
        f"{shown}: not a URL of RabbitMQ that can be used; write amqp://USER:PASSWORD@HOST:PORT/VHOST "
        "(the default virtual host is %2F), with an @ or / in a password as %40 or %2F"
    )


def server_of(url: str) -> str:
    """Where a broker is, as it may be shown."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.hostname}:{parts.port or 5672}"


def connected(url: str) -> "BlockingConnection":
    """A connection without heartbeats: a run may leave it alone for as long as its tests take."""
    import pika
    from pika.exceptions import AMQPError

    parameters = pika.URLParameters(url)
    parameters.heartbeat = 0
    parameters.socket_timeout = parameters.stack_timeout = CONNECT_SECONDS
    parameters.connection_attempts = 1
    try:
        return pika.BlockingConnection(parameters)
    except (AMQPError, OSError) as error:
        reason = str(error) or type(error).__name__
        raise ServiceMissing(f"消息队列不可用：{server_of(url)}（{reason}）") from None


def declare(channel: "BlockingChannel", exchange: str) -> None:
    """As the platform declares it: a durable topic exchange."""
    channel.exchange_declare(exchange, exchange_type="topic", durable=True)


@contextmanager
def scratch_exchange(url: str) -> Iterator[Exchange]:
    """An exchange that no other process publishes to, deleted afterwards; raises `ServiceMissing`."""
    exchange = Exchange(url, f"regression_{uuid.uuid4().hex[:12]}")
    with connected(url) as connection:
        declare(connection.channel(), exchange.name)
    try:
        yield exchange
    finally:
        with connected(url) as connection:
            connection.channel().exchange_delete(exchange.name)
