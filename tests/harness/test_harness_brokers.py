"""Brokers: what URL can be used, that nothing is left on one, and what one that is down says.

Without a RabbitMQ the tests that need one are skipped by the harness itself, or fail with --require-services.
"""

from urllib.parse import urlsplit

import pytest
from pika.exceptions import ChannelClosedByBroker

from clients import HarnessError
from harness.brokers import Exchange, broker_url, connected, scratch_exchange
from harness.run import Run
from harness.services import ServiceMissing
from tests.harness.stub_platform import closed_port

SECRET = "pa55canary"
MEND = (
    "write amqp://USER:PASSWORD@HOST:PORT/VHOST (the default virtual host is %2F), with an @ or / in a "
    "password as %40 or %2F"
)


def is_there(exchange: Exchange) -> bool:
    with connected(exchange.url) as connection:
        try:
            connection.channel().exchange_declare(exchange.name, passive=True)
        except ChannelClosedByBroker:
            return False
        return True


def used_until_it_fails(url: str, seen: list[Exchange]) -> None:
    with scratch_exchange(url) as exchange:
        seen.append(exchange)
        raise RuntimeError("halfway")


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("", "…"),
        (f"guest:{SECRET}@127.0.0.1", "…"),
        (f"amqp:/guest:{SECRET}@127.0.0.1", "…"),
        (f"http://guest:{SECRET}@127.0.0.1/", "http://…"),
        (f"amqp://guest:{SECRET}@/", "amqp://…"),
        (f"amqp://guest:{SECRET}", "amqp://…"),
        (f"amqp://guest:{SECRET}@127.0.0.1:port/", "amqp://…"),
        (f"amqp://guest:{SECRET}@127.0.0.1:0/", "amqp://…"),
        (f"amqp://guest:{SECRET}@127.0.0.1:99999/", "amqp://…"),
        (f"amqp://guest:{SECRET}/x@127.0.0.1/", "amqp://…"),
        (f"amqp://guest:{SECRET}@[::1/", "amqp://…"),
    ],
)
def test_url_that_cannot_be_used_is_told_with_its_mend(given: str, shown: str) -> None:
    with pytest.raises(HarnessError) as refused:
        broker_url(given)

    said = str(refused.value)
    assert said == f"{shown}: not a URL of RabbitMQ that can be used; {MEND}"


@pytest.mark.parametrize(
    "given",
    ["amqp://guest:guest@127.0.0.1:5672/", "amqps://mq.test/%2F?heartbeat=5", "amqp://boss:a%40b@[::1]/v"],
)
def test_url_that_can_be_used_is_kept_as_it_is(given: str) -> None:
    assert broker_url(given) == given


def test_scratch_exchange_is_there_while_it_is_used(run: Run) -> None:
    with scratch_exchange(run.rabbitmq) as exchange:
        assert is_there(exchange)

    assert not is_there(exchange)


def test_scratch_exchange_is_deleted_after_an_exception(run: Run) -> None:
    made: list[Exchange] = []

    with pytest.raises(RuntimeError, match="halfway"):
        used_until_it_fails(run.rabbitmq, made)

    assert [is_there(exchange) for exchange in made] == [False]


def test_two_processes_have_two_exchanges(run: Run) -> None:
    with scratch_exchange(run.rabbitmq) as one, scratch_exchange(run.rabbitmq) as other:
        assert one.name != other.name


def test_broker_that_is_down_is_told_without_its_password() -> None:
    with closed_port() as url:
        port = urlsplit(url).port

        with pytest.raises(ServiceMissing) as missing:
            connected(f"amqp://guest:{SECRET}@127.0.0.1:{port}/")

    assert str(missing.value).startswith(f"消息队列不可用：amqp://127.0.0.1:{port}（")
    assert SECRET not in str(missing.value)


def test_broker_that_refuses_the_password_is_told_without_it(run: Run) -> None:
    connected(run.rabbitmq).close()
    parts = urlsplit(run.rabbitmq)

    with pytest.raises(ServiceMissing) as refused:
        connected(f"amqp://guest:{SECRET}@{parts.hostname}:{parts.port}/")

    assert "ACCESS_REFUSED" in str(refused.value)
    assert SECRET not in str(refused.value)


def test_exchange_s_repr_hides_the_url() -> None:
    assert SECRET not in repr(Exchange(f"amqp://guest:{SECRET}@mq.test/", "marketing"))
