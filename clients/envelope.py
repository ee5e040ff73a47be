"""From an exchange to an answer: the status first, then JSON, then the envelope of C-01."""

import json
from typing import Any, NoReturn

from clients.errors import ExchangeFailure, HttpError, NotJson, WrongEnvelope, excerpt
from clients.redaction import Redactor
from clients.response import OK, Answer, Exchange, tried

ENVELOPE = ("code", "message", "data")
_VALUE_EXCERPT = 100


def answer_from(exchange: Exchange, redactor: Redactor) -> Answer[Any]:
    """Read the envelope; raises `HttpError`, `NotJson` or `WrongEnvelope`, redacted, when there is none.

    A file has none: its answer is a success with the content as data.
    """
    if exchange.file is not None:
        return Answer(OK, "", exchange.file, exchange.status, exchange, masked=redactor.text)
    if 300 <= exchange.status < 400 or exchange.status >= 500:
        _fail(HttpError, exchange, redactor, _status_reason(exchange, redactor))
    failed = exchange.status >= 400
    try:
        body = exchange.json()
    except ValueError as error:
        kind = exchange.response_headers.get("Content-Type", "no content type")
        _fail(HttpError if failed else NotJson, exchange, redactor, f"{error} ({kind})")
    if problem := _envelope_problem(body, redactor):
        _fail(HttpError if failed else WrongEnvelope, exchange, redactor, problem)
    return Answer(
        code=body["code"],
        message=body["message"],
        data=body["data"],
        http_status=exchange.status,
        exchange=exchange,
        total=body.get("total"),
        page=body.get("page"),
        size=body.get("size"),
        masked=redactor.text,
    )


def _envelope_problem(body: Any, redactor: Redactor) -> str | None:
    if not isinstance(body, dict):
        return f"the body is {type(body).__name__}, not an object"
    missing = [key for key in ENVELOPE if key not in body]
    if missing:
        return f"the body has no {', '.join(missing)}"
    for key in ("code", "message"):
        if not isinstance(body[key], str):
            value = redactor.body(json.dumps(body[key]))
            return f"{key} is {excerpt(value, _VALUE_EXCERPT)}, not a string"
    return None


def _status_reason(exchange: Exchange, redactor: Redactor) -> str:
    if exchange.status < 400:
        location = redactor.url(exchange.response_headers.get("Location", "nowhere"))
        return f"a redirect to {location}, which is not followed"
    return "the platform failed"


def _fail(kind: type[ExchangeFailure], exchange: Exchange, redactor: Redactor, reason: str) -> NoReturn:
    raise kind(
        method=exchange.method,
        url=redactor.url(exchange.url),
        reason=reason,
        tried=tried(exchange.attempts),
        status=exchange.status,
        body=redactor.body(exchange.response_body),
        exchange=exchange,
    ) from None
