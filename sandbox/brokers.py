"""RabbitMQ as a message bus."""

import json
import re
import time
from contextlib import suppress
from threading import Lock
from typing import Final
from urllib.parse import parse_qs, urlsplit

from pika import BasicProperties, BlockingConnection, DeliveryMode, URLParameters
from pika.adapters.blocking_connection import BlockingChannel
from pika.adapters.utils.connection_workflow import AMQPConnectorException, AMQPConnectorPhaseErrorBase
from pika.exceptions import AMQPError

from sandbox.bus import BusError, Message

SCHEME: Final = "amqp://"
FAILED: Final = (AMQPError, AMQPConnectorException, OSError)  # what pika raises where a broker fails
PATIENCE: Final = 5  # seconds of silence from a broker, while somebody's request waits
WAITS: Final = ("stack_timeout", "heartbeat", "blocked_connection_timeout")


class RabbitBus:
    """Publishes persistent JSON to a durable topic exchange; the routing key is the topic.

    A broker closes a connection that says nothing for long, so one that was open is opened anew once. What
    went over it without a confirmation goes again, with the same message_id.
    """

    def __init__(self, url: str, exchange: str) -> None:
        self._shown = _without_password(url)
        self._parameters = self._read(url)
        self._exchange = exchange
        self._lock = Lock()  # pika's connection is for one thread at a time
        self._connection: BlockingConnection | None = None
        self._channel = self._open()

    def publish(self, message: Message) -> None:
        with self._lock:
            if self._connection is not None:
                with suppress(*FAILED):
                    return self._send(message)
                self._hang_up()
            self._channel = self._open()
            try:
                self._send(message)
            except FAILED as error:
                raise self._failure(error) from error

    def close(self) -> None:
        with self._lock:
            self._hang_up()

    def _read(self, url: str) -> URLParameters:
        try:
            if not url.startswith(SCHEME):
                raise ValueError(url)  # noqa: TRY301 - told as any other URL that pika cannot read
            parameters = URLParameters(url)
        except Exception as error:  # whatever the parts of pika's reading raise; it may quote the password
            mend = f"give {SCHEME}USER:PASSWORD@HOST:PORT/VHOST"
            raise BusError(f"cannot read the URL of a message bus {self._shown}; {mend}") from error
        for wait in set(WAITS) - set(parse_qs(urlsplit(url).query)):
            setattr(parameters, wait, PATIENCE)
        return parameters

    def _open(self) -> BlockingChannel:
        try:
            self._connection = BlockingConnection(self._parameters)
            channel = self._connection.channel()
            channel.exchange_declare(self._exchange, "topic", durable=True)
            channel.confirm_delivery()
        except FAILED as error:
            self._hang_up()
            raise self._failure(error) from error
        return channel

    def _send(self, message: Message) -> None:
        """Returns when the broker has confirmed."""
        properties = BasicProperties(
            content_type="application/json",
            content_encoding="utf-8",
            delivery_mode=DeliveryMode.Persistent,
            message_id=message.id,
            timestamp=int(time.time()),
            app_id="sandbox",
        )
        body = json.dumps(message.body, ensure_ascii=False).encode()
        self._channel.basic_publish(self._exchange, message.topic, body, properties)

    def _hang_up(self) -> None:
        if self._connection is not None:
            with suppress(*FAILED):
                self._connection.close()
            self._connection = None

    def _failure(self, error: BaseException) -> BusError:
        mend = "start a RabbitMQ there that lets this user in, or give another URL"
        return BusError(f"cannot use the message bus {self._shown}: {_reason(error)}; {mend}")


def _without_password(url: str) -> str:
    """Also where the URL is no good, and its password has characters that it should not have."""
    return re.sub(r"^((?:\w*://)?+[^:@]*):.*@", r"\1:***@", url, flags=re.DOTALL)


def _reason(error: BaseException) -> str:
    """Of pika's errors that wrap one another, the innermost."""
    inner = error.exception if isinstance(error, AMQPConnectorPhaseErrorBase) else (*error.args, None)[0]
    return _reason(inner) if isinstance(inner, BaseException) else repr(error)
