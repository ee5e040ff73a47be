"""The adapter that calls a WSGI app in the same process: what the app sees, and what comes back."""

import gzip
import io
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import requests

from clients import Transport, WsgiAdapter, new_session

ROOT = "http://platform.test:8080"
ENVELOPE = b'{"code": "0", "message": "ok", "data": null}'
StartResponse = Callable[..., Any]


class Recorder:
    """A WSGI app that keeps what it was given, and answers as it is told."""

    def __init__(
        self, *chunks: bytes, status: str = "200 OK", headers: tuple[tuple[str, str], ...] = ()
    ) -> None:
        self._chunks = chunks or (ENVELOPE,)
        self._status = status
        self._headers = headers
        self.environ: dict[str, Any] = {}
        self.body = b""

    def __call__(self, environ: dict[str, Any], start_response: StartResponse) -> tuple[bytes, ...]:
        self.environ = environ
        self.body = environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"]))
        start_response(self._status, [*self._headers])
        return self._chunks


class Stream:
    """An answer in parts that may fail on the way, and that knows whether it was closed."""

    def __init__(self, *parts: bytes | Exception) -> None:
        self._parts = iter(parts)
        self.closed = 0

    def __call__(self, environ: dict[str, Any], start_response: StartResponse) -> "Stream":
        start_response("200 OK", [("Content-Type", "application/json")])
        return self

    def __iter__(self) -> Iterator[bytes]:
        for part in self._parts:
            if isinstance(part, Exception):
                raise part
            yield part

    def close(self) -> None:
        self.closed += 1


def session_of(app: Any) -> requests.Session:
    return new_session(WsgiAdapter(app), ROOT)


@pytest.mark.parametrize(
    ("path", "seen"),
    [
        ("/dab/event/7", "/dab/event/7"),
        ("/活动/7", "/活动/7"),
        ("/%E6%B4%BB%E5%8A%A8", "/活动"),
        ("/a%2Fb", "/a/b"),
        ("/a%252Fb", "/a%2Fb"),
        ("/a%20b+c", "/a b+c"),
        ("", "/"),
    ],
)
def test_path_reaches_the_app_decoded_once_as_wsgi_says(path: str, seen: str) -> None:
    app = Recorder()
    session_of(app).get(ROOT + path)
    assert app.environ["PATH_INFO"].encode("latin-1").decode() == seen
    assert app.environ["SCRIPT_NAME"] == ""


@pytest.mark.parametrize("query", ["", "a=1&b=%E6%98%A5+x&a=2", "vo=%257B%257D", "a=%2F&&=;x", "flag"])
def test_query_string_is_untouched(query: str) -> None:
    app = Recorder()
    session_of(app).get(f"{ROOT}/event?{query}")
    assert app.environ["QUERY_STRING"] == query


@pytest.mark.parametrize("body", [b"", b"{}", b"\x00\xff\r\n", "活动".encode(), b"x" * (2 << 20)], ids=len)
def test_body_reaches_the_app_byte_for_byte(body: bytes) -> None:
    app = Recorder()
    session_of(app).post(f"{ROOT}/event", data=body, headers={"Content-Type": "application/json"})
    assert app.body == body
    assert app.environ["CONTENT_LENGTH"] == str(len(body))
    assert app.environ["CONTENT_TYPE"] == "application/json"


def test_text_body_is_sent_as_utf_8() -> None:
    app = Recorder()
    session_of(app).post(f"{ROOT}/event", data="a=活动")
    assert app.body == "a=活动".encode()


def test_headers_reach_the_app_in_wsgi_spelling() -> None:
    app = Recorder()
    session_of(app).get(f"{ROOT}/x", headers={"x-ToKeN": "t", "X-Wx-Appid": "wx1", "accessToken": "a"})
    seen = {name: app.environ.get(name) for name in ("HTTP_X_TOKEN", "HTTP_X_WX_APPID", "HTTP_ACCESSTOKEN")}
    assert seen == {"HTTP_X_TOKEN": "t", "HTTP_X_WX_APPID": "wx1", "HTTP_ACCESSTOKEN": "a"}
    assert "HTTP_CONTENT_TYPE" not in app.environ


def test_header_in_utf_8_reaches_the_app_as_over_a_socket() -> None:
    app = Recorder()
    Transport(ROOT, session=session_of(app)).call("x.y", "GET", "event", headers={"X-Token": "中文"})
    assert app.environ["HTTP_X_TOKEN"] == "中文".encode().decode("latin-1")


@pytest.mark.parametrize(
    ("url", "host", "name", "port"),
    [
        ("http://platform.test:8080/x", "platform.test:8080", "platform.test", "8080"),
        ("http://platform.test/x", "platform.test", "platform.test", "80"),
        ("https://platform.test/x", "platform.test", "platform.test", "443"),
        ("http://user:pass@platform.test/x", "platform.test", "platform.test", "80"),
    ],
)
def test_server_is_named_by_the_url_without_its_user(url: str, host: str, name: str, port: str) -> None:
    app = Recorder()
    session = new_session(WsgiAdapter(app), url.partition("platform")[0])
    session.get(url)
    environ = app.environ
    assert (environ["HTTP_HOST"], environ["SERVER_NAME"], environ["SERVER_PORT"]) == (host, name, port)
    assert environ["wsgi.url_scheme"] == url.partition(":")[0]


def test_answer_comes_back_as_the_app_gave_it() -> None:
    app = Recorder(b"\xff", b"\x00", status="418 I'm a teapot", headers=(("X-Trace", "7"),))
    response = session_of(app).get(f"{ROOT}/x?a=1")
    assert (response.status_code, response.reason, response.content) == (418, "I'm a teapot", b"\xff\x00")
    assert (response.headers["x-trace"], response.url) == ("7", f"{ROOT}/x?a=1")


def test_status_without_a_reason_is_enough() -> None:
    assert session_of(Recorder(status="201")).get(f"{ROOT}/x").status_code == 201


def test_big_answer_comes_back_whole() -> None:
    app = Recorder(*[b"x" * 65536] * 64)
    assert len(session_of(app).get(f"{ROOT}/x").content) == 64 * 65536


def test_compressed_answer_is_unpacked_as_over_a_socket() -> None:
    app = Recorder(gzip.compress(ENVELOPE), headers=(("Content-Encoding", "gzip"),))
    assert session_of(app).get(f"{ROOT}/x").content == ENVELOPE


def test_answer_by_the_old_write_callable_comes_first() -> None:
    def app(_: dict[str, Any], start_response: StartResponse) -> list[bytes]:
        write = start_response("200 OK", [])
        write(b"written ")
        return [b"returned"]

    assert session_of(app).get(f"{ROOT}/x").content == b"written returned"


def test_answer_started_only_while_it_is_read_is_taken() -> None:
    def app(_: dict[str, Any], start_response: StartResponse) -> Iterator[bytes]:
        start_response("200 OK", [("X-Late", "1")])
        yield ENVELOPE

    response = session_of(app).get(f"{ROOT}/x")
    assert (response.headers["X-Late"], response.content) == ("1", ENVELOPE)


def test_app_may_start_its_answer_anew_after_a_failure() -> None:
    def app(_: dict[str, Any], start_response: StartResponse) -> list[bytes]:
        start_response("200 OK", [])
        start_response("500 Failed", [], (None, None, None))
        return [b""]

    assert session_of(app).get(f"{ROOT}/x").status_code == 500


@pytest.mark.parametrize("parts", [(b"a", b"b"), (), (b"a", RuntimeError("boom"))])
def test_answer_is_closed_once_however_it_ends(parts: tuple[bytes | Exception, ...]) -> None:
    app = Stream(*parts)
    try:
        session_of(app).get(f"{ROOT}/x")
    except RuntimeError as error:
        assert str(error) == "boom"  # noqa: PT017 - only one of the three fails
    assert app.closed == 1


def test_failure_inside_the_app_reaches_the_test_with_its_own_class() -> None:
    transport = Transport(ROOT, session=session_of(Stream(b"half", RuntimeError("boom"))))
    with pytest.raises(RuntimeError, match="boom"):
        transport.call("x.y", "GET", "event")


def test_app_that_starts_no_answer_is_named() -> None:
    with pytest.raises(RuntimeError, match="start_response"):
        session_of(lambda *_: []).get(f"{ROOT}/x")


def test_errors_of_the_app_are_shown(capsys: pytest.CaptureFixture[str]) -> None:
    def app(environ: dict[str, Any], start_response: StartResponse) -> list[bytes]:
        print("the app's trouble", file=environ["wsgi.errors"])
        start_response("500 Failed", [])
        return []

    session_of(app).get(f"{ROOT}/x")
    assert capsys.readouterr().err == "the app's trouble\n"


def test_transport_reads_an_answer_of_the_app() -> None:
    app = Recorder()
    answer = Transport(ROOT, session=session_of(app)).call("x.y", "PUT", "event", form={"publish": "true"})
    assert answer.ok
    assert (app.environ["REQUEST_METHOD"], app.body) == ("PUT", b"publish=true")


@pytest.mark.parametrize(
    "content", ['{"code": "0", "message": "成", "data": null}'.encode("gbk"), ENVELOPE + b"\xff"]
)
def test_answer_that_is_not_utf_8_is_not_read_as_if_it_were(content: bytes) -> None:
    transport = Transport(ROOT, session=session_of(Recorder(content)))
    with pytest.raises(AssertionError, match="答复不是 JSON"):
        transport.call("x.y", "GET", "event")


def test_app_can_read_its_input_to_the_end() -> None:
    seen: list[bytes] = []

    def app(environ: dict[str, Any], start_response: StartResponse) -> list[bytes]:
        assert isinstance(environ["wsgi.input"], io.BytesIO)
        seen.append(environ["wsgi.input"].read())
        start_response("200 OK", [])
        return []

    session_of(app).post(f"{ROOT}/x", data=b"abc")
    assert seen == [b"abc"]
