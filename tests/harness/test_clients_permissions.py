"""What a profile does not allow never leaves this machine, whoever makes the call and however."""

from collections.abc import Iterator

import pytest
import responses

from clients import Effect, NotAllowed, Permissions, Transport
from tests.harness.calls.table import CALLS
from tests.harness.calls.wire import answer_everything, clients_of
from tests.harness.watched import row_rules

PAYING = {"member.payments.start", "member.pay.notify", "member.pay.refund_notify"}
METHODS = {wire.call: wire.method for _, wire in CALLS.values()}
WRITING = {name for name in row_rules().calls if METHODS[name] != "GET"} - {"admin.tenants.login"}
WRITING |= {name for name, method in METHODS.items() if name.startswith("sandbox.") and method != "GET"}
"""By what is known of each call's rows, independently of the clients; a GET only reads."""
ROOT = "http://platform.test"


@pytest.fixture
def platform() -> Iterator[responses.RequestsMock]:
    with responses.RequestsMock(assert_all_requests_are_fired=False) as mock:
        answer_everything(mock)
        yield mock


@pytest.mark.parametrize("made", CALLS)
def test_call_leaves_by_what_it_does(made: str, platform: responses.RequestsMock) -> None:
    make, wire = CALLS[made]
    clients = clients_of(permissions=Permissions(write=False))

    if wire.call in WRITING:
        with pytest.raises(NotAllowed, match="allow_write"):
            make(clients)
    else:
        make(clients)

    assert len(platform.calls) == (wire.call not in WRITING)


@pytest.mark.parametrize("made", CALLS)
def test_call_of_a_payment_leaves_only_where_payments_may_be_made(
    made: str, platform: responses.RequestsMock
) -> None:
    make, wire = CALLS[made]
    clients = clients_of(permissions=Permissions(payment=False))

    if wire.call in PAYING:
        with pytest.raises(NotAllowed, match="allow_payment"):
            make(clients)
    else:
        make(clients)

    assert len(platform.calls) == (wire.call not in PAYING)


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "post", "MOVE"])
@pytest.mark.parametrize("path", ["event/list", "no_such_route", "", "pay/notify"])
def test_raw_call_writes_by_its_method(method: str, path: str, platform: responses.RequestsMock) -> None:
    transport = Transport(ROOT, permissions=Permissions(write=False))

    with pytest.raises(NotAllowed) as refused:
        transport.call("x.y", method, path)

    assert str(refused.value) == f"环境不允许写（allow_write）：{method} {path}"
    assert not platform.calls


def test_raw_call_to_a_payment_s_path_is_a_payment(platform: responses.RequestsMock) -> None:
    transport = Transport(ROOT, permissions=Permissions(payment=False))

    with pytest.raises(NotAllowed):
        transport.call("x.y", "POST", "pay/notify", json={})

    assert not platform.calls


def test_caller_signed_in_is_held_alike(platform: responses.RequestsMock) -> None:
    clients = clients_of(permissions=Permissions(write=False))

    with pytest.raises(NotAllowed):
        clients.admin.signed_in(clients.member.transport.sign_in).events.create({})

    assert not platform.calls


@pytest.mark.parametrize(
    ("method", "path", "effect"),
    [
        ("GET", "event/list", Effect.READS),
        ("HEAD", "event/list", Effect.READS),
        ("GET", "payments/7", Effect.READS),
        ("POST", "payments/7", Effect.PAYS),
        ("POST", "paying", Effect.WRITES),
        ("DELETE", "event/7", Effect.WRITES),
    ],
)
def test_effect_is_told_by_method_and_path(method: str, path: str, effect: Effect) -> None:
    assert Effect.of(method, path) is effect
