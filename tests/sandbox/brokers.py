"""The RabbitMQ that a sandbox is tried on, where one answers, and a road to it that can be cut."""

import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from threading import Event, Thread
from typing import Final
from uuid import uuid4

from pika import BasicProperties, BlockingConnection, URLParameters
from pika.adapters.blocking_connection import BlockingChannel
from pika.exceptions import AMQPError
from pika.frame import Method
from pika.spec import Connection

from tests.sandbox.services import SERVICES

BLOCKED: Final = Method(0, Connection.Blocked("low on memory")).marshal()
PATIENCE = 3  # seconds until a broker counts as absent


@dataclass(frozen=True)
class Received:
    routing_key: str | None
    properties: BasicProperties
    body: bytes


@dataclass(frozen=True)
class Listener:
    """A queue that gets all of an exchange of the test's own."""

    exchange: str
    queue: str
    channel: BlockingChannel

    def received(self) -> list[Received]:
        """What has come since the last time. A broker confirms no message before it is in the queue."""
        found = []
        while (answer := self.channel.basic_get(self.queue, auto_ack=True))[0] is not None:
            method, properties, body = answer
            assert method is not None
            assert properties is not None
            assert body is not None
            found.append(Received(method.routing_key, properties, body))
        return found

    def ids(self) -> list[str]:
        return [message.properties.message_id or "" for message in self.received()]


@contextmanager
def listening() -> Iterator[Listener]:
    """Leaves nothing on the broker: the queue goes with the connection."""
    parameters = URLParameters(f"{SERVICES.rabbitmq}?socket_timeout={PATIENCE}&stack_timeout={PATIENCE}")
    try:
        connection = BlockingConnection(parameters)
    except AMQPError as error:
        SERVICES.absent(f"没有可用的 RabbitMQ：{error!r}")
    with connection:
        channel = connection.channel()
        exchange = f"sandbox_scratch_{uuid4().hex}"
        channel.exchange_declare(exchange, "topic", durable=True)
        try:
            queue = channel.queue_declare("", exclusive=True, auto_delete=True).method.queue
            channel.queue_bind(queue, exchange, "#")
            yield Listener(exchange, queue, channel)
        finally:
            connection.channel().exchange_delete(exchange)


class Road:
    """A port that leads to the broker as long as it is open."""

    def __init__(self) -> None:
        self.open = True
        self.frozen = False  # then nothing gets through, and nobody is told
        self.swallows_an_answer = False  # then the next thing the broker says is lost, and the connection
        self.says_blocked = False  # then it says instead that it takes nothing for now
        self.travellers = 0
        self.empty = Event()
        self._ends: list[socket.socket] = []
        self._threads: list[Thread] = []
        self._door = socket.create_server(("127.0.0.1", 0))
        self._start(self._let_in)

    @property
    def url(self) -> str:
        return f"amqp://guest:guest@127.0.0.1:{self._door.getsockname()[1]}/"

    def cut(self) -> None:
        """Ends each connection, as a broker does that restarts."""
        for end in self._ends:
            _shut(end)
        assert self.empty.wait(PATIENCE)

    def close(self) -> None:
        _shut(self._door)
        self._threads[0].join(PATIENCE)  # then no connection comes any more
        for end in self._ends:
            _shut(end)
        for thread in self._threads:
            thread.join(PATIENCE)
        for end in (self._door, *self._ends):
            end.close()

    def _start(self, work: Callable[..., None], *ends: socket.socket) -> None:
        thread = Thread(target=work, args=ends, daemon=True)
        self._threads.append(thread)
        thread.start()

    def _let_in(self) -> None:
        with suppress(OSError):  # the door was shut
            while True:
                near = self._door.accept()[0]
                if self.open:
                    self._lead(near, socket.create_connection(_address()))
                else:
                    near.close()

    def _lead(self, near: socket.socket, far: socket.socket) -> None:
        for end in (near, far):
            end.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._ends += [near, far]
        self.travellers += 1
        self.empty.clear()
        self._start(self._carry, near, far)
        self._start(self._carry_back, far, near)

    def _carry(self, near: socket.socket, far: socket.socket) -> None:
        with suppress(OSError):
            while data := near.recv(65536):
                if not self.frozen:
                    far.sendall(data)
        _shut(far)

    def _carry_back(self, far: socket.socket, near: socket.socket) -> None:
        with suppress(OSError):
            while data := far.recv(65536):
                if self.swallows_an_answer:
                    self.swallows_an_answer = False
                    break
                if self.says_blocked:
                    self.says_blocked = False
                    data = BLOCKED
                if not self.frozen:
                    near.sendall(data)
        for end in (near, far):
            _shut(end)
        self.empty.set()


def _address() -> tuple[str, int]:
    parameters = URLParameters(SERVICES.rabbitmq)
    return parameters.host, parameters.port


def _shut(end: socket.socket) -> None:
    with suppress(OSError):
        end.shutdown(socket.SHUT_RDWR)


@contextmanager
def road() -> Iterator[Road]:
    way = Road()
    try:
        yield way
    finally:
        way.close()
