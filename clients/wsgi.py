"""An adapter that lets a `requests` session call a WSGI app in its own process: no port, no wait."""

import io
import sys
from collections.abc import Callable, Iterable, Mapping
from typing import Any
from urllib.parse import unquote, urlsplit

import requests
from requests.adapters import BaseAdapter
from requests.structures import CaseInsensitiveDict
from urllib3 import HTTPHeaderDict, HTTPResponse

WsgiApp = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


class WsgiAdapter(BaseAdapter):
    """Mount with `session.mount(base_url, WsgiAdapter(app))`. Time-outs cannot be held within one thread."""

    def __init__(self, app: WsgiApp) -> None:
        super().__init__()
        self._app = app

    def send(
        self,
        request: requests.PreparedRequest,
        stream: bool = False,
        timeout: float | tuple[float, float] | tuple[float, None] | None = None,
        verify: bool | str = True,
        cert: bytes | str | tuple[bytes | str, bytes | str] | None = None,
        proxies: Mapping[str, str] | None = None,
    ) -> requests.Response:
        started: dict[str, Any] = {}
        written: list[bytes] = []

        def start_response(
            status: str, headers: list[tuple[str, str]], _exc_info: object = None
        ) -> Callable[[bytes], None]:
            started.update(status=status, headers=headers)
            return written.append

        chunks = self._app(_environ(request), start_response)
        try:
            returned = b"".join(chunks)
        finally:
            if (close := getattr(chunks, "close", None)) is not None:
                close()
        if not started:
            raise RuntimeError("the WSGI app answered without calling start_response")
        return _response(request, started["status"], started["headers"], b"".join(written) + returned)

    def close(self) -> None:
        return None


def _environ(request: requests.PreparedRequest) -> dict[str, Any]:
    parts = urlsplit(str(request.url))
    body = request.body or b""
    content = body.encode() if isinstance(body, str) else body
    environ: dict[str, Any] = {
        "REQUEST_METHOD": request.method,
        "SCRIPT_NAME": "",
        "PATH_INFO": unquote(parts.path, encoding="latin-1"),
        "QUERY_STRING": parts.query,
        "SERVER_NAME": parts.hostname or "",
        "SERVER_PORT": str(parts.port or (443 if parts.scheme == "https" else 80)),
        "SERVER_PROTOCOL": "HTTP/1.1",
        "REMOTE_ADDR": "127.0.0.1",
        "CONTENT_LENGTH": str(len(content)),
        "HTTP_HOST": parts.netloc.rpartition("@")[2],
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": parts.scheme,
        "wsgi.input": io.BytesIO(content),
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": False,
        "wsgi.run_once": False,
    }
    for name, value in request.headers.items():
        key = name.upper().replace("-", "_")
        environ[key if key in {"CONTENT_TYPE", "CONTENT_LENGTH"} else f"HTTP_{key}"] = _as_latin1(value)
    return environ


def _as_latin1(value: str | bytes) -> str:
    """A header as WSGI spells it: one letter for each byte."""
    return value.decode("latin-1") if isinstance(value, bytes) else value


def _response(
    request: requests.PreparedRequest, status: str, headers: list[tuple[str, str]], content: bytes
) -> requests.Response:
    response = requests.Response()
    code, _, reason = status.partition(" ")
    response.status_code = int(code)
    response.reason = reason
    response.headers = CaseInsensitiveDict(headers)
    response.raw = HTTPResponse(  # unpacks and counts as it does over a socket
        io.BytesIO(content),
        headers=HTTPHeaderDict(headers),
        status=response.status_code,
        preload_content=False,
        request_method=request.method,
    )
    response.url = str(request.url)
    response.request = request
    response.encoding = "utf-8"
    return response
