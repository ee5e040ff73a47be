"""One call as a line of a recording: what was sent and what came, masked and in one canonical writing."""

import json
from collections.abc import Callable
from typing import Any, Final, NoReturn
from urllib.parse import parse_qsl, urlsplit

from clients import Call, Exchange, ExchangeFailure
from harness.recording.attachments import kept_file
from harness.recording.masking import Masker

UNTOLD: Final = frozenset(
    {
        "accept",
        "accept-encoding",
        "connection",
        "content-encoding",
        "content-length",
        "date",
        "host",
        "keep-alive",
        "server",
        "transfer-encoding",
        "user-agent",
    }
)
"""Headers of the connection, and of the moment: they say nothing of what was asked or answered."""
FORM: Final = "application/x-www-form-urlencoded"


def line_of(document: dict[str, Any]) -> str:
    """The one writing: keys sorted, no spaces, half a surrogate pair as the escape that JSON has for it."""
    text = json.dumps(document, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return text.encode(errors="backslashreplace").decode()


def told(call: Call, outcome: Exchange | ExchangeFailure, masker: Masker) -> dict[str, Any]:
    """The call with what became of it; a failure's reason stands there only where no answer came."""
    failure = outcome if isinstance(outcome, ExchangeFailure) else None
    exchange = outcome if isinstance(outcome, Exchange) else outcome.exchange
    about = {
        "call": call.name,
        "actor": masker.text(call.actor),
        "method": call.method,
        "failure": type(failure).__name__ if failure is not None else None,
    }
    if exchange is None:
        nothing = {"status": None, "answered": {"kind": "none"}, "answered_headers": {}}
        unsent = {"sent": {"kind": "none"}, "sent_headers": {}, "ms": 0.0, "attempts": []}
        return {**about, **_place(masker, str(failure.url if failure else "")), **unsent, **nothing}
    return {
        **about,
        **_place(masker, exchange.url),
        "sent": _sent(exchange, masker),
        "sent_headers": masker.headers(_kept(exchange.request_headers)),
        "status": exchange.status or None,
        "answered": _answered(exchange, masker),
        "answered_headers": masker.headers(_kept(exchange.response_headers)),
        "ms": round(exchange.milliseconds, 3),
        "attempts": [attempt.outcome for attempt in exchange.attempts],
    }


def parsed(body: str, *, is_form: bool) -> dict[str, Any]:
    """A body by its content: JSON wherever it is some, a form by its header, else text. Not masked."""
    if not body:
        return {"kind": "none"}
    if is_form:
        pairs = parse_qsl(body, keep_blank_values=True)
        return {"kind": "form", "value": [list(pair) for pair in pairs]}
    try:
        return {"kind": "json", "value": json.loads(body, parse_constant=_no_json, parse_float=_finite)}
    except (ValueError, RecursionError):
        return {"kind": "text", "value": body}


def query_of(url: str) -> list[tuple[str, str]]:
    """The decoded pairs, in the order sent; one that is no UTF-8 keeps its bytes as �."""
    return parse_qsl(urlsplit(url).query, keep_blank_values=True)


def _place(masker: Masker, url: str) -> dict[str, Any]:
    return {"path": masker.path(urlsplit(url).path), "query": masker.pairs(query_of(url))}


def _sent(exchange: Exchange, masker: Masker) -> dict[str, Any]:
    headers = {name.lower(): value for name, value in exchange.request_headers.items()}
    is_form = headers.get("content-type", "").startswith(FORM)
    return _masked(parsed(exchange.request_body, is_form=is_form), masker)


def _answered(exchange: Exchange, masker: Masker) -> dict[str, Any]:
    if exchange.file is not None:
        return {"kind": "file", "value": kept_file(exchange.file, masker)}
    if not exchange.response_body:
        return {"kind": "none"}
    if not exchange.is_utf8:
        return {"kind": "text", "value": masker.text(exchange.response_body), "utf8": False}
    return _masked(parsed(exchange.response_body, is_form=False), masker)


def _masked(body: dict[str, Any], masker: Masker) -> dict[str, Any]:
    ways: dict[str, Callable[[Any], Any]] = {"json": masker.value, "text": masker.text, "form": masker.pairs}
    return {**body, "value": ways[body["kind"]](body["value"])} if "value" in body else body


def _finite(digits: str) -> float:
    number = float(digits)
    return number if abs(number) != float("inf") else _no_json(digits)


def _no_json(constant: str) -> NoReturn:
    raise ValueError(f"{constant} is no JSON")


def _kept(headers: Any) -> dict[str, str]:
    return {name: value for name, value in headers.items() if name.lower() not in UNTOLD}
