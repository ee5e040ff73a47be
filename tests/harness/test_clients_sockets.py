"""What only a real socket proves: limits that run out, connections that break, and what a session ignores."""

import gzip
import socket
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread
from typing import Any

import pytest
import requests

from clients import (
    AdminClient,
    ExchangeFailure,
    HttpError,
    Limits,
    NotJson,
    TimedOut,
    Transport,
    Unreachable,
    new_session,
)

ENVELOPE = b'{"code": "0", "message": "ok", "data": null}'
QUICK = Limits(connect_seconds=5, read_seconds=0.1, retries=2)
PATIENT = Limits(connect_seconds=5, read_seconds=10, retries=2)


class Server(ThreadingHTTPServer):
    """Answers by path and keeps what was asked. What waits, waits until the test is over (at most 10 s)."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.asked: list[BaseHTTPRequestHandler] = []
        self.bodies: list[bytes] = []
        self.over = Event()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"

    @property
    def paths(self) -> list[str]:
        return [handler.path for handler in self.asked]


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.0"
    server: Server

    def do_GET(self) -> None:
        self.server.asked.append(self)
        self.server.bodies.append(self.rfile.read(int(self.headers.get("Content-Length", 0))))
        ANSWERS.get(self.path.strip("/"), sound)(self)

    do_POST = do_PUT = do_DELETE = do_GET  # noqa: N815 - http.server finds them by these names

    def answer(self, body: bytes, status: int = 200, length: int | None = None, **headers: str) -> None:
        self.send_response(status)
        self.send_header("Content-Length", str(len(body) if length is None else length))
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base's name
        """Says nothing."""


def sound(handler: Handler) -> None:
    handler.answer(ENVELOPE, Set_Cookie="sid=s3cr3t; Path=/")


def silent(handler: Handler) -> None:
    handler.server.over.wait(10)


def stalls(handler: Handler) -> None:
    handler.answer(ENVELOPE[:10], length=len(ENVELOPE))
    handler.wfile.flush()
    handler.server.over.wait(10)


def cut(handler: Handler) -> None:
    handler.answer(ENVELOPE[:10], length=len(ENVELOPE))


def cut_once(handler: Handler) -> None:
    (cut if len(handler.server.asked) == 1 else sound)(handler)


def hangs_up(_: Handler) -> None:
    """Closes without a word."""


ANSWERS: dict[str, Callable[[Handler], None]] = {
    "silent": silent,
    "stalls": stalls,
    "cut": cut,
    "cut-once": cut_once,
    "hangs-up": hangs_up,
    "gzip": lambda handler: handler.answer(gzip.compress(ENVELOPE), Content_Encoding="gzip"),
    "no-gzip": lambda handler: handler.answer(ENVELOPE, Content_Encoding="gzip"),
    "moved": lambda handler: handler.answer(b"", 302, Location="/elsewhere"),
    "moved-badly": lambda handler: handler.answer(b"", 302, Location="http://[bad"),
}


@pytest.fixture
def server() -> Iterator[Server]:
    with Server() as server:
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield server
        server.over.set()
        server.shutdown()
        thread.join(10)


@pytest.fixture
def session() -> Iterator[requests.Session]:
    with new_session() as session:
        yield session


@pytest.fixture
def closed_port() -> Iterator[int]:
    """A port that is taken, so that nobody else can, and that nobody listens at."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        yield taken.getsockname()[1]


def failure_of(transport: Transport, method: str, path: str) -> ExchangeFailure:
    with pytest.raises(ExchangeFailure) as caught:
        transport.call("x.y", method, path)
    return caught.value


def test_answer_within_the_limits_is_taken(server: Server, session: requests.Session) -> None:
    answer = Transport(server.url, session=session, limits=PATIENT).call("x.y", "GET", "event")
    assert answer.ok
    assert [attempt.outcome for attempt in answer.exchange.attempts] == ["200"]


@pytest.mark.parametrize("path", ["silent", "stalls"])
def test_read_that_takes_too_long_is_timed_out_and_not_repeated(
    path: str, server: Server, session: requests.Session
) -> None:
    failure = failure_of(Transport(server.url, session=session, limits=QUICK), "GET", path)
    assert type(failure) is TimedOut
    assert str(failure).startswith(f"平台超时未答：GET {server.url}/{path}\n")
    assert server.paths == [f"/{path}"]


@pytest.mark.parametrize(("method", "attempts"), [("GET", 3), ("PUT", 3), ("DELETE", 3), ("POST", 1)])
def test_closed_port_is_unreachable_and_repeated_where_that_is_safe(
    method: str, attempts: int, closed_port: int, session: requests.Session
) -> None:
    transport = Transport(f"http://127.0.0.1:{closed_port}", session=session, limits=PATIENT)
    failure = failure_of(transport, method, "event")
    assert type(failure) is Unreachable
    assert failure.tried.count("ConnectionError") == attempts
    assert failure.reason.startswith("ConnectionRefusedError")


@pytest.mark.parametrize("path", ["cut", "hangs-up"])
@pytest.mark.parametrize(("method", "attempts"), [("GET", 3), ("POST", 1)])
def test_connection_that_breaks_is_unreachable(
    path: str, method: str, attempts: int, server: Server, session: requests.Session
) -> None:
    failure = failure_of(Transport(server.url, session=session, limits=PATIENT), method, path)
    assert type(failure) is Unreachable
    assert server.paths == [f"/{path}"] * attempts


def test_connection_that_broke_once_is_made_again(server: Server, session: requests.Session) -> None:
    answer = Transport(server.url, session=session, limits=PATIENT).call("x.y", "GET", "cut-once")
    assert answer.ok
    assert [attempt.outcome for attempt in answer.exchange.attempts] == ["ChunkedEncodingError", "200"]


@pytest.mark.parametrize("path", ["moved", "moved-badly"])
def test_redirect_is_not_followed(path: str, server: Server, session: requests.Session) -> None:
    failure = failure_of(Transport(server.url, session=session), "GET", path)
    assert (type(failure), failure.status) == (HttpError, 302)
    assert server.paths == [f"/{path}"]


def test_redirect_is_not_followed_by_a_session_of_another_make_either(server: Server) -> None:
    with requests.Session() as other:
        failure = failure_of(Transport(server.url, session=other), "GET", "moved")
    assert (type(failure), failure.status) == (HttpError, 302)
    assert server.paths == ["/moved"]


def test_cookies_are_not_kept(server: Server, session: requests.Session) -> None:
    transport = Transport(server.url, session=session)
    for _ in range(2):
        transport.call("x.y", "GET", "event")
    assert [handler.headers["Cookie"] for handler in server.asked] == [None, None]
    assert len(session.cookies) == 0


def test_cookies_would_be_kept_by_a_session_of_another_make(server: Server) -> None:
    with requests.Session() as other:
        for _ in range(2):
            other.get(f"{server.url}/event", timeout=10, proxies={"http": ""})
    assert [handler.headers["Cookie"] for handler in server.asked] == [None, "sid=s3cr3t"]


@pytest.fixture
def proxy_variables(monkeypatch: pytest.MonkeyPatch, closed_port: int) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, f"http://127.0.0.1:{closed_port}")
    for name in ("no_proxy", "NO_PROXY"):
        monkeypatch.delenv(name, raising=False)


@pytest.mark.usefixtures("proxy_variables")
def test_proxy_of_the_environment_is_ignored(server: Server, session: requests.Session) -> None:
    assert Transport(server.url, session=session).call("x.y", "GET", "event").ok


@pytest.mark.usefixtures("proxy_variables")
def test_proxy_of_the_environment_would_be_used_by_a_session_of_another_make(server: Server) -> None:
    with requests.Session() as other, pytest.raises(requests.exceptions.ProxyError):
        other.get(server.url, timeout=10)


def test_proxy_that_fails_is_unreachable(server: Server, closed_port: int, session: requests.Session) -> None:
    session.proxies["http"] = f"http://127.0.0.1:{closed_port}"
    failure = failure_of(Transport(server.url, session=session), "POST", "event")
    assert type(failure) is Unreachable
    assert failure.tried == "#1 ProxyError"


def test_tls_that_fails_is_unreachable(server: Server, session: requests.Session) -> None:
    url = server.url.replace("http:", "https:")
    failure = failure_of(Transport(url, session=session), "POST", "event")
    assert type(failure) is Unreachable
    assert failure.tried == "#1 SSLError"


def test_compressed_answer_is_unpacked(server: Server, session: requests.Session) -> None:
    answer = Transport(server.url, session=session).call("x.y", "GET", "gzip")
    assert answer.exchange.response_body == ENVELOPE.decode()


def test_answer_that_cannot_be_unpacked_is_not_json(server: Server, session: requests.Session) -> None:
    failure = failure_of(Transport(server.url, session=session), "GET", "no-gzip")
    assert type(failure) is NotJson
    assert "Content-Encoding" in failure.reason
    assert server.paths == ["/no-gzip"]


def headers_of(
    call: Callable[[AdminClient], Any], server: Server, session: requests.Session
) -> dict[str, Any]:
    call(AdminClient(Transport(server.url, session=session)))
    names = ("Content-Type", "Content-Length", "Transfer-Encoding")
    return {name: server.asked[0].headers[name] for name in names}


@pytest.mark.parametrize(
    ("call", "content_type", "length"),
    [
        (lambda admin: admin.events.get("7"), None, None),
        (lambda admin: admin.events.copy("7"), None, "0"),
        (lambda admin: admin.events.delete("7"), None, "0"),
        (lambda admin: admin.events.publish("7", True), "application/x-www-form-urlencoded", "12"),
        (lambda admin: admin.events.publish("7", None), "application/x-www-form-urlencoded", "0"),
        (lambda admin: admin.events.create({}), "application/json", "2"),
        (lambda admin: admin.events.create_raw(b""), "application/json", "0"),
    ],
)
def test_body_is_framed_by_its_length(
    call: Callable[[AdminClient], Any],
    content_type: str | None,
    length: str | None,
    server: Server,
    session: requests.Session,
) -> None:
    sent = headers_of(call, server, session)
    assert sent == {"Content-Type": content_type, "Content-Length": length, "Transfer-Encoding": None}


def test_text_of_any_language_arrives(server: Server, session: requests.Session) -> None:
    admin = AdminClient(Transport(server.url, session=session))
    admin.events.update("活/动", {"name": "春😀"})
    assert server.paths == ["/event/%E6%B4%BB%2F%E5%8A%A8"]
    assert server.bodies == ['{"name": "春😀"}'.encode()]


def test_id_of_dots_arrives_as_an_id(server: Server, session: requests.Session) -> None:
    AdminClient(Transport(server.url, session=session)).events.copy("..")
    assert server.paths == ["/event/../copy"]


def test_header_of_any_language_arrives(server: Server, session: requests.Session) -> None:
    Transport(server.url, session=session).call("x.y", "GET", "event", headers={"X-Token": "中文"})
    assert server.asked[0].headers["X-Token"].encode("latin-1").decode() == "中文"
