"""A platform with canned answers, on a port of its own."""

import json
import socket
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

FILE = "application/octet-stream"
LOGIN_PAGE = "<!doctype html><title>请登录</title>"


@contextmanager
def answering(
    body: str, content_type: str = "application/json", *, routes: Mapping[str, str | bytes] | None = None
) -> Iterator[str]:
    """The URL of a server that answers each call by its route (`GET /dab/channel/list`), else with `body`.

    What is bytes is a file.
    """

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def answer(self) -> None:
            self.rfile.read(int(self.headers.get("Content-Length", 0)))
            route = f"{self.command} {self.path.partition('?')[0]}"
            found = (routes or {}).get(route, body)
            content = found if isinstance(found, bytes) else found.encode()
            self.send_response(200)
            self.send_header("Content-Type", FILE if found is content else content_type)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        do_GET = do_POST = do_PUT = do_DELETE = answer  # noqa: N815 - http.server's names

        def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - http.server's signature
            """Nothing: the harness reports its calls itself."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


def envelope(code: str, message: str, data: Any = None, **beside: Any) -> str:
    return json.dumps({"code": code, "message": message, "data": data, **beside}, ensure_ascii=False)


def page(*rows: Any) -> str:
    """A list's answer (C-02)."""
    return envelope("0", "ok", list(rows), total=len(rows), page=1, size=10)


@contextmanager
def closed_port() -> Iterator[str]:
    """The URL of a port that is taken but listens to nobody."""
    with socket.socket() as bound:
        bound.bind(("127.0.0.1", 0))
        yield f"http://127.0.0.1:{bound.getsockname()[1]}"
