"""Calls as curl lines: a shell reads each back as it was sent, but for the secrets, which are masked."""

import json
import shlex
from typing import Any

import pytest

from clients import Attempt, Call, Exchange, Redactor, TimedOut
from harness.curl import CurlScript, curl_line

TOKEN = "token-canary-0123456789"
MOBILE = "13912345678"
DAB = "http://platform.test/dab"
FINE = {"code": "0", "message": "ok", "data": None}
CALL = Call("admin.events.create", "admin", "POST", "event")


def exchange(**changes: Any) -> Exchange:
    sent: dict[str, Any] = {
        "call": CALL.name,
        "actor": "admin",
        "method": "POST",
        "url": f"{DAB}/event",
        "request_headers": {},
        "request_body": "",
        "status": 200,
        "response_headers": {},
        "response_body": json.dumps(FINE),
        "attempts": (Attempt(1, "200", 1.0),),
    }
    return Exchange(**{**sent, **changes})


def words(**changes: Any) -> list[str]:
    """What a shell makes of the line."""
    return shlex.split(curl_line(exchange(**changes), Redactor([TOKEN])))


def refusal(message: str) -> str:
    return json.dumps({"code": "40001", "message": message, "data": None})


@pytest.fixture
def script() -> CurlScript:
    return CurlScript(Redactor([TOKEN]))


def test_line_has_method_and_url() -> None:
    assert words(method="DELETE") == ["curl", "-sS", "-X", "DELETE", f"{DAB}/event"]


@pytest.mark.parametrize(
    "query", ["?name=O'Brien&x=1", "?searchWord=拼课团 “新”&page=1", '?q="a"$(id)`id`\\;*', "?a=%27%20&b=!!"]
)
def test_url_is_read_back_as_it_was_sent(query: str) -> None:
    assert words(method="GET", url=f"{DAB}/event/list{query}")[-1] == f"{DAB}/event/list{query}"


@pytest.mark.parametrize(
    "body",
    ['{"name": "O\'Brien 的“课”\\n$HOME `id` \\\\ 🎉"}', "published=true&x=it's", "no JSON 'at' all\n# 2"],
)
def test_body_is_read_back_as_it_was_sent(body: str) -> None:
    assert words(request_body=body)[4:] == ["--data-raw", body, f"{DAB}/event"]


def test_headers_of_the_connection_alone_are_left_out() -> None:
    headers = {"Content-Type": "application/json", "X-Note": "it's", "Content-Length": "7", "User-Agent": "x"}

    assert words(request_headers=headers)[4:-1] == [
        "-H",
        "Content-Type: application/json",
        "-H",
        "X-Note: it's",
    ]


def test_secrets_are_masked_in_headers_url_and_body() -> None:
    line = curl_line(
        exchange(
            url=f"{DAB}/wechat/login?code=wx-canary&note={TOKEN}",
            request_headers={
                "X-Token": "header-canary",
                "X-Pay-Signature": "signature-canary",
                "X-Note": TOKEN,
            },
            request_body=json.dumps({"password": "body-canary", "name": f"call {MOBILE}"}),
        ),
        Redactor([TOKEN]),
    )

    assert [secret for secret in ("canary", MOBILE) if secret in line] == []
    assert "X-Token: ***" in shlex.split(line)
    assert '{"password": "***", "name": "call ***"}' in shlex.split(line)


def test_script_tells_each_call_with_what_came_of_it(script: CurlScript) -> None:
    script.call_finished(CALL, exchange())
    script.call_finished(CALL, exchange(status=403, response_body=refusal(f"not with {TOKEN}")))

    assert script.text().splitlines() == [
        f"curl -sS -X POST {DAB}/event  # 200 code 0",
        f"curl -sS -X POST {DAB}/event  # 403 code 40001 not with ***",
    ]


def test_script_tells_a_file_and_a_call_that_brought_nothing(script: CurlScript) -> None:
    script.call_finished(CALL, exchange(method="GET", file=b"PK", response_body=""))
    script.call_finished(CALL, TimedOut(method="GET", url=f"{DAB}/event", reason="no answer"))

    assert script.text().splitlines() == [
        f"curl -sS -X GET {DAB}/event  # 200 a file",
        "# admin.events.create: TimedOut",
    ]


def test_refusal_of_many_lines_stays_a_comment(script: CurlScript) -> None:
    script.call_finished(CALL, exchange(response_body=refusal("first\nrm -rf x\r\n\u2028last")))

    read = shlex.split(script.text(), comments=True)

    assert read == ["curl", "-sS", "-X", "POST", f"{DAB}/event"]
    assert script.text().endswith("# 200 code 40001 first rm -rf x last")


def test_begun_script_has_forgotten_the_calls_before(script: CurlScript) -> None:
    script.call_finished(CALL, exchange())

    script.begin()
    script.call_finished(CALL, exchange(method="PUT"))

    assert script.text() == f"curl -sS -X PUT {DAB}/event  # 200 code 0"
