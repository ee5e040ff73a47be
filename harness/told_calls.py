"""Calls as texts that a reviewer reads: request, response, verdict; redacted, and cut where they are long."""

import json
from typing import Final

from clients import Exchange, ExchangeFailure, PlatformFailure, Redactor
from harness.answer_schemas import file_document, title
from harness.curl import curl_line
from harness.evidence import Finished

LONGEST: Final = 64_000
"""Characters of one body that a report shows; what a list of thousands says more is in no one's eyes."""


def call_title(one: Finished) -> str:
    return f"{title(one.call.name)}（{one.call.actor}）"


def texts(one: Finished, redactor: Redactor) -> dict[str, str]:
    """What a call was and brought, by the Chinese names of its parts."""
    if isinstance(one.outcome, ExchangeFailure):
        return {"失败原因": redactor.text(str(one.outcome))}
    rows = {"数据库行": redactor.text(one.rows.told(redactor))} if one.rows is not None else {}
    return {
        "请求": _request_text(one.outcome, redactor),
        "响应": _response_text(one.outcome, redactor),
        "JSON Schema 结论": redactor.text(one.verdict.told()),
        **rows,
    }


def curl(one: Finished, redactor: Redactor) -> str | None:
    """The line that repeats a call; None of one that brought no exchange."""
    return curl_line(one.outcome, redactor) if isinstance(one.outcome, Exchange) else None


def record(calls: list[Finished], redactor: Redactor) -> str:
    """All calls of a test in one text."""
    told = []
    for number, one in enumerate(calls, 1):
        parts = [f"【{name}】\n{text}" for name, text in texts(one, redactor).items()]
        told.append("\n".join([f"=== {number}. {call_title(one)}", *parts]))
    return "\n\n".join(told)


def _request_text(exchange: Exchange, redactor: Redactor) -> str:
    lines = [f"{exchange.method} {redactor.url(exchange.url)}"]
    lines += [f"{name}: {value}" for name, value in redactor.headers(exchange.request_headers).items()]
    return "\n".join([*lines, "", _readable(exchange.request_body, redactor)]).rstrip()


def _response_text(exchange: Exchange, redactor: Redactor) -> str:
    tries = "；".join(
        f"第 {attempt.number} 次：{attempt.outcome}，{attempt.milliseconds:.1f} ms"
        for attempt in exchange.attempts
    )
    lines = [f"HTTP {exchange.status}，{exchange.milliseconds:.1f} ms（{tries}）"]
    lines += [f"{name}: {value}" for name, value in redactor.headers(exchange.response_headers).items()]
    body = exchange.response_body if exchange.file is None else _file_text(exchange)
    return "\n".join([*lines, "", _readable(body, redactor)])


def _file_text(exchange: Exchange) -> str:
    """What a file says as JSON, so that it is redacted as every body is; the file itself could not be."""
    try:
        document = file_document(exchange)
    except PlatformFailure as failure:
        return str(failure)
    shown = [document["headings"], *document["rows"]] if "rows" in document else document
    return json.dumps(shown, ensure_ascii=False)


def _readable(body: str, redactor: Redactor) -> str:
    """Indented JSON; cut only after it was redacted, so that no half of a secret is left."""
    try:
        shown = redactor.text(json.dumps(redactor.by_keys(json.loads(body)), ensure_ascii=False, indent=2))
    except (ValueError, RecursionError):
        shown = redactor.body(body)
    return shown if len(shown) <= LONGEST else f"{shown[:LONGEST]}\n……（共 {len(shown)} 个字符，其余略）"
