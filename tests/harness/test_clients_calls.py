"""Each call of the clients as it goes over the wire: method, path, query and body."""

import json
from collections.abc import Callable, Iterator
from inspect import getmembers, isfunction
from typing import Any

import pytest
import responses

from clients import FixedHeaders, HttpError, NotJson
from clients.transport import Resource
from tests.harness.calls.launches import FILES
from tests.harness.calls.table import CALLS
from tests.harness.calls.wire import Clients, Wire, answer_everything, clients_of
from tests.harness.exports import XLSX

SIGNED = "743775d0154aef0f341c1d24e423a07c5524b6615c85ecf6ce76a93f9f3ce0ba"
"""Of the body below with `PAYMENT_SECRET`, by `openssl dgst -sha256 -hmac`."""
NO_CALLS = {"signed_in", "signature_of"}
FILE = b"PK\x03\x04\xff"


@pytest.fixture
def wire() -> Iterator[responses.RequestsMock]:
    """Answers nothing yet."""
    with responses.RequestsMock(assert_all_requests_are_fired=False) as mock:
        yield mock


@pytest.fixture
def platform(wire: responses.RequestsMock) -> responses.RequestsMock:
    """Answers every call with a success."""
    answer_everything(wire)
    return wire


@pytest.fixture
def clients() -> Clients:
    return clients_of()


def body_of(request: Any, wanted: Any) -> Any:
    if request.body in (None, b"", ""):
        return ...
    sent = request.body if isinstance(request.body, bytes) else request.body.encode()
    return sent if isinstance(wanted, bytes) else json.loads(sent)


def methods_of(client: object, place: str) -> Iterator[str]:
    """The public calls of a client and of its resources, as a caller writes them."""
    for name, _ in getmembers(type(client), isfunction):
        if not name.startswith("_") and name not in NO_CALLS:
            yield f"{place}.{name}"
    for name, resource in vars(client).items():
        if isinstance(resource, Resource):
            yield from methods_of(resource, f"{place}.{name}")


@pytest.mark.parametrize("made", CALLS)
def test_call_goes_over_the_wire_as_documented(
    made: str, platform: responses.RequestsMock, clients: Clients
) -> None:
    make, wanted = CALLS[made]
    answer = make(clients)
    request: Any = platform.calls[0].request
    body = body_of(request, wanted.body)
    content_type = request.headers.get("Content-Type")
    assert Wire(answer.exchange.call, request.method, request.path_url, body, content_type) == wanted


@pytest.mark.parametrize("made", CALLS)
def test_call_carries_both_time_outs(made: str, platform: responses.RequestsMock, clients: Clients) -> None:
    CALLS[made][0](clients)
    request: Any = platform.calls[0].request
    assert request.req_kwargs["timeout"] == (3.05, 15.0)


@pytest.mark.parametrize("made", CALLS)
def test_call_without_a_body_says_so(made: str, platform: responses.RequestsMock, clients: Clients) -> None:
    make, wanted = CALLS[made]
    make(clients)
    request: Any = platform.calls[0].request
    length = {"GET": None, "DELETE": "0", "PUT": "0", "POST": "0"}[request.method]
    assert request.headers.get("Transfer-Encoding") is None
    assert wanted.body is not ... or (request.body, request.headers.get("Content-Length")) == (None, length)


@pytest.mark.parametrize("made", CALLS)
def test_call_takes_a_file_only_where_one_is_due(
    made: str, wire: responses.RequestsMock, clients: Clients
) -> None:
    make, wanted = CALLS[made]
    answer_everything(wire, body=FILE, content_type=XLSX)
    if wanted.call in FILES:
        assert make(clients).data == FILE
    else:
        with pytest.raises(NotJson):
            make(clients)


def test_table_of_calls_has_every_method(clients: Clients) -> None:
    every = {
        *methods_of(clients.admin, "admin"),
        *methods_of(clients.member, "member"),
        *methods_of(clients.sandbox, "sandbox"),
        *methods_of(clients.provider, "provider"),
    }
    assert {made.partition(" ")[0] for made in CALLS} == every


@pytest.mark.parametrize(
    ("given", "on_the_wire"),
    [
        ("a/b", "a%2Fb"),
        ("a?b=1", "a%3Fb=1"),
        ("a#b", "a%23b"),
        ("a%2Fb", "a%252Fb"),
        ("活", "%E6%B4%BB"),
        ("..", ".."),
    ],
)
def test_id_stays_one_part_of_the_path(
    given: str, on_the_wire: str, platform: responses.RequestsMock, clients: Clients
) -> None:
    clients.admin.events.copy(given)
    request: Any = platform.calls[0].request
    assert request.path_url.replace("%3D", "=") == f"/dab/event/{on_the_wire}/copy"


@pytest.mark.parametrize(
    "made",
    [
        lambda c, given: c.admin.group_buys.get(given),
        lambda c, given: c.admin.group_buys.specify(given, {}),
        lambda c, given: c.admin.group_buys.enable(given, True),
        lambda c, given: c.admin.workers.update(given, {}),
        lambda c, given: c.admin.workers.delete(given),
        lambda c, given: c.member.group_buys.get(given),
        lambda c, given: c.member.group_buys.redemption(given),
        lambda c, given: c.member.group_buys.specifications(given),
        lambda c, given: c.member.resources.get(given),
        lambda c, given: c.admin.event_orders.cancel(given),
        lambda c, given: c.admin.group_buy_orders.check_in(given, {}),
        lambda c, given: c.member.event_orders.cancel(given),
        lambda c, given: c.member.group_buy_orders.cancel(given),
        lambda c, given: c.member.payments.start(given),
    ],
)
def test_every_id_in_a_path_is_kept_whole(
    made: Callable[[Clients, str], Any], platform: responses.RequestsMock, clients: Clients
) -> None:
    made(clients, "a/b?c#d")
    request: Any = platform.calls[0].request
    assert "/a%2Fb%3Fc%23d" in request.path_url


def test_wechat_sign_in_names_the_app_in_a_header(platform: responses.RequestsMock, clients: Clients) -> None:
    clients.member.login("wx1", "code")
    clients.member.login(None, "code")
    sent = [call.request.headers.get("X-Wx-Appid") for call in platform.calls]
    assert sent == ["wx1", None]


def test_payment_provider_signs_the_bytes_that_it_sends(
    platform: responses.RequestsMock, clients: Clients
) -> None:
    clients.provider.notify({"orderId": "7", "result": "成功"})
    request: Any = platform.calls[0].request
    assert request.body == '{"orderId": "7", "result": "成功"}'.encode()
    assert request.headers["X-Pay-Signature"] == SIGNED


@pytest.mark.parametrize("signature", ["made-up", "", None])
def test_payment_provider_sends_a_signature_as_it_is(
    signature: str | None, platform: responses.RequestsMock, clients: Clients
) -> None:
    clients.provider.send("notify", b"{}", signature)
    assert platform.calls[0].request.headers.get("X-Pay-Signature") == signature


@pytest.mark.parametrize(
    "make",
    [
        lambda c: c.admin.events.copy("7"),
        lambda c: c.admin.group_buys.copy("7"),
        lambda c: c.admin.event_orders.cancel("7"),
        lambda c: c.admin.group_buy_orders.review("7", {}),
        lambda c: c.admin.group_buy_orders.check_in("7", {}),
        lambda c: c.member.event_orders.cancel("7"),
        lambda c: c.member.group_buy_orders.cancel("7"),
        lambda c: c.member.login("wx1", "code"),
        lambda c: c.sandbox.advance_clock(1),
        lambda c: c.provider.notify({}),
    ],
)
def test_call_that_means_another_thing_twice_is_sent_once(
    make: Callable[[Clients], Any], wire: responses.RequestsMock, clients: Clients
) -> None:
    answer_everything(wire, status=503)
    with pytest.raises(HttpError):
        make(clients)
    assert len(wire.calls) == 1


def test_body_says_value_null_and_left_out(platform: responses.RequestsMock, clients: Clients) -> None:
    for body in ({"brief": "x"}, {"brief": None}, {}):
        clients.admin.events.create(body)
    sent = [call.request.body for call in platform.calls]
    assert sent == [b'{"brief": "x"}', b'{"brief": null}', b"{}"]


def test_body_with_half_an_emoji_is_sent_escaped(platform: responses.RequestsMock, clients: Clients) -> None:
    clients.admin.events.create({"name": "活\ud83d"})
    assert platform.calls[0].request.body == '{"name": "活\\ud83d"}'.encode()


def test_client_signed_in_anew_leaves_the_first_as_it_was(clients: Clients) -> None:
    fixed = FixedHeaders({"X-Token": "t"})
    assert clients.admin.signed_in(fixed).transport.sign_in is fixed
    assert clients.member.signed_in(fixed).events is not clients.member.events
    assert clients.admin.transport.sign_in.actor == "anonymous"
