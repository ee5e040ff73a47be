"""Every method of every client, as it goes over the wire: method, path, query and body (api.md)."""

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from inspect import getmembers, isfunction
from typing import Any, NamedTuple

import pytest
import responses

from clients import AdminClient, Answer, FixedHeaders, MemberClient, SandboxClient, Transport
from clients.transport import Resource

ROOT = "http://platform.test"
JSON = "application/json"
FORM = "application/x-www-form-urlencoded"
ENVELOPE = {"code": "0", "message": "ok", "data": None}


@dataclass(frozen=True)
class Clients:
    admin: AdminClient
    member: MemberClient
    sandbox: SandboxClient


class Wire(NamedTuple):
    """What the platform sees. A body is JSON as a Python value, or bytes as they are; `...` is none."""

    call: str
    method: str
    target: str
    body: Any = ...
    content_type: str | None = None


Making = Callable[[Clients], Answer[Any]]

CALLS: dict[str, tuple[Making, Wire]] = {
    "admin.login": (
        lambda c: c.admin.login({"username": "admin", "password": "p"}),
        Wire(
            "admin.tenants.login",
            "POST",
            "/dab/tenants/login",
            {"username": "admin", "password": "p"},
            JSON,
        ),
    ),
    "admin.events.list": (
        lambda c: c.admin.events.list(),
        Wire("admin.events.list", "GET", "/dab/event/list"),
    ),
    "admin.events.list all": (
        lambda c: c.admin.events.list(
            search_word="春 %_&", event_search={"status": "进行中"}, page=2, size="十", limit=0
        ),
        Wire(
            "admin.events.list",
            "GET",
            "/dab/event/list?searchWord=%E6%98%A5+%25_%26"
            "&eventSearchVO=%7B%22status%22%3A+%22%E8%BF%9B%E8%A1%8C%E4%B8%AD%22%7D&page=2"
            "&size=%E5%8D%81&limit=0",
        ),
    ),
    "admin.events.list empty texts": (
        lambda c: c.admin.events.list(search_word="", event_search={}, page=""),
        Wire("admin.events.list", "GET", "/dab/event/list?searchWord=&eventSearchVO=%7B%7D&page="),
    ),
    "admin.events.list encoded twice": (
        lambda c: c.admin.events.list(event_search="%7B%7D"),
        Wire("admin.events.list", "GET", "/dab/event/list?eventSearchVO=%257B%257D"),
    ),
    "admin.events.get": (lambda c: c.admin.events.get("7"), Wire("admin.events.get", "GET", "/dab/event/7")),
    "admin.events.create": (
        lambda c: c.admin.events.create({"name": "活动😀", "brief": None}),
        Wire("admin.events.create", "POST", "/dab/event", {"name": "活动😀", "brief": None}, JSON),
    ),
    "admin.events.create_raw": (
        lambda c: c.admin.events.create_raw(b'{"name": '),
        Wire("admin.events.create", "POST", "/dab/event", b'{"name": ', JSON),
    ),
    "admin.events.create_raw empty": (
        lambda c: c.admin.events.create_raw(b""),
        Wire("admin.events.create", "POST", "/dab/event", content_type=JSON),
    ),
    "admin.events.update": (
        lambda c: c.admin.events.update("7", {"tags": []}),
        Wire("admin.events.update", "PUT", "/dab/event/7", {"tags": []}, JSON),
    ),
    "admin.events.update empty": (
        lambda c: c.admin.events.update("7", {}),
        Wire("admin.events.update", "PUT", "/dab/event/7", {}, JSON),
    ),
    "admin.events.delete": (
        lambda c: c.admin.events.delete("7"),
        Wire("admin.events.delete", "DELETE", "/dab/event/7"),
    ),
    "admin.events.copy": (
        lambda c: c.admin.events.copy("7"),
        Wire("admin.events.copy", "PUT", "/dab/event/7/copy"),
    ),
    "admin.events.publish": (
        lambda c: c.admin.events.publish("7", True),
        Wire("admin.events.publish", "PUT", "/dab/event/7/publish", b"publish=true", FORM),
    ),
    "admin.events.publish withdrawn": (
        lambda c: c.admin.events.publish("7", False),
        Wire("admin.events.publish", "PUT", "/dab/event/7/publish", b"publish=false", FORM),
    ),
    "admin.events.publish text": (
        lambda c: c.admin.events.publish("7", "是 &"),
        Wire("admin.events.publish", "PUT", "/dab/event/7/publish", b"publish=%E6%98%AF+%26", FORM),
    ),
    "admin.events.publish left out": (
        lambda c: c.admin.events.publish("7", None),
        Wire("admin.events.publish", "PUT", "/dab/event/7/publish", content_type=FORM),
    ),
    "admin.events.recommend": (
        lambda c: c.admin.events.recommend("7", True),
        Wire("admin.events.recommend", "PUT", "/dab/event/7/recommend", b"recommend=true", FORM),
    ),
    "admin.events.ids_and_names": (
        lambda c: c.admin.events.ids_and_names(),
        Wire("admin.events.ids_and_names", "GET", "/dab/event/get_all_events_the_id_and_name"),
    ),
    "admin.checkin_qrcodes.list": (
        lambda c: c.admin.checkin_qrcodes.list("7"),
        Wire("admin.checkin_qrcodes.list", "POST", "/dab/event_checkin_qrcode/list", {"eventId": "7"}, JSON),
    ),
    "admin.checkin_qrcodes.list all": (
        lambda c: c.admin.checkin_qrcodes.list("7", store_org_ids=("1", "2"), page=1, size=5),
        Wire(
            "admin.checkin_qrcodes.list",
            "POST",
            "/dab/event_checkin_qrcode/list?page=1&size=5",
            {"eventId": "7", "storeOrgIds": ["1", "2"]},
            JSON,
        ),
    ),
    "admin.checkin_qrcodes.list of no store": (
        lambda c: c.admin.checkin_qrcodes.list("7", store_org_ids=[]),
        Wire(
            "admin.checkin_qrcodes.list",
            "POST",
            "/dab/event_checkin_qrcode/list",
            {"eventId": "7", "storeOrgIds": []},
            JSON,
        ),
    ),
    "admin.resources.new_id": (
        lambda c: c.admin.resources.new_id("hd"),
        Wire("admin.resources.new_id", "GET", "/dab/common/get_new_resource_id?type=hd"),
    ),
    "admin.resources.new_id left out": (
        lambda c: c.admin.resources.new_id(None),
        Wire("admin.resources.new_id", "GET", "/dab/common/get_new_resource_id"),
    ),
    "admin.event_categories.list": (
        lambda c: c.admin.event_categories.list(),
        Wire("admin.event_categories.list", "GET", "/dab/event_category"),
    ),
    "admin.stores.list": (
        lambda c: c.admin.stores.list(page=1, size=1000),
        Wire("admin.stores.list", "GET", "/dab/organizations/store_list?page=1&size=1000"),
    ),
    "admin.channels.list": (
        lambda c: c.admin.channels.list(page=0),
        Wire("admin.channels.list", "GET", "/dab/channel/list?page=0"),
    ),
    "member.login": (
        lambda c: c.member.login("wx1", "a b"),
        Wire("member.wechat.login", "GET", "/clt/wechat/login?code=a+b"),
    ),
    "member.login left out": (
        lambda c: c.member.login(None, None),
        Wire("member.wechat.login", "GET", "/clt/wechat/login"),
    ),
    "member.me": (lambda c: c.member.me(), Wire("member.members.me", "GET", "/clt/members")),
    "member.events.get": (
        lambda c: c.member.events.get("7"),
        Wire("member.events.get", "GET", "/clt/event/7"),
    ),
    "sandbox.clock": (lambda c: c.sandbox.clock(), Wire("sandbox.clock.get", "GET", "/_sandbox/clock")),
    "sandbox.set_clock": (
        lambda c: c.sandbox.set_clock(1767196800000),
        Wire("sandbox.clock.set", "PUT", "/_sandbox/clock", {"now": 1767196800000}, JSON),
    ),
    "sandbox.advance_clock": (
        lambda c: c.sandbox.advance_clock(1),
        Wire("sandbox.clock.set", "PUT", "/_sandbox/clock", {"advanceMs": 1}, JSON),
    ),
    "sandbox.tick": (lambda c: c.sandbox.tick(), Wire("sandbox.tick", "POST", "/_sandbox/tick")),
    "sandbox.reset": (lambda c: c.sandbox.reset(), Wire("sandbox.reset", "POST", "/_sandbox/reset")),
    "sandbox.seed": (lambda c: c.sandbox.seed(), Wire("sandbox.seed", "GET", "/_sandbox/seed")),
    "sandbox.change_member": (
        lambda c: c.sandbox.change_member("7", worker=True, isNew=False),
        Wire("sandbox.members.change", "PUT", "/_sandbox/members/7", {"worker": True, "isNew": False}, JSON),
    ),
}


@pytest.fixture
def platform() -> Iterator[responses.RequestsMock]:
    """Answers every call with a success."""
    with responses.RequestsMock(assert_all_requests_are_fired=False) as mock:
        for method in ("GET", "POST", "PUT", "DELETE"):
            mock.add(method, re.compile(f"{ROOT}/.*"), json=ENVELOPE)
        yield mock


@pytest.fixture
def clients() -> Clients:
    return Clients(
        AdminClient(Transport(f"{ROOT}/dab")),
        MemberClient(Transport(f"{ROOT}/clt")),
        SandboxClient(Transport(f"{ROOT}/_sandbox")),
    )


def body_of(request: Any, wanted: Any) -> Any:
    if request.body in (None, b"", ""):
        return ...
    sent = request.body if isinstance(request.body, bytes) else request.body.encode()
    return sent if isinstance(wanted, bytes) else json.loads(sent)


def methods_of(client: object, place: str) -> Iterator[str]:
    """The public calls of a client and of its resources, as a caller writes them."""
    for name, _ in getmembers(type(client), isfunction):
        if not name.startswith("_") and name != "signed_in":
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


def test_table_of_calls_has_every_method(clients: Clients) -> None:
    every = {
        *methods_of(clients.admin, "admin"),
        *methods_of(clients.member, "member"),
        *methods_of(clients.sandbox, "sandbox"),
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


def test_wechat_sign_in_names_the_app_in_a_header(platform: responses.RequestsMock, clients: Clients) -> None:
    clients.member.login("wx1", "code")
    clients.member.login(None, "code")
    sent = [call.request.headers.get("X-Wx-Appid") for call in platform.calls]
    assert sent == ["wx1", None]


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
