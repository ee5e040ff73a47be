"""What is an answer and what is a failure: status, JSON, and the envelope of C-01."""

import json
from typing import Any

import pytest

from clients import (
    Answer,
    Attempt,
    Exchange,
    ExchangeFailure,
    HttpError,
    NotJson,
    Redactor,
    Refused,
    WrongEnvelope,
    answer_from,
)

SUCCESS = {"code": "0", "message": "ok", "data": {"id": "7"}}
REFUSAL = {"code": "40001", "message": "name: 不能为空", "data": None}


def exchange(status: int = 200, body: object = "", **other: Any) -> Exchange:
    """A body that is no text is sent as JSON."""
    text = body if isinstance(body, str) else json.dumps(body, ensure_ascii=False)
    parts: dict[str, Any] = {
        "call": "admin.events.get",
        "actor": "admin",
        "method": "GET",
        "url": "http://platform.test/dab/event/7",
        "request_headers": {},
        "request_body": "",
        "status": status,
        "response_headers": {"Content-Type": "application/json"},
        "response_body": text,
        "attempts": (Attempt(1, str(status), 1.5),),
    }
    return Exchange(**{**parts, **other})


def answered(status: int = 200, body: object = "", **other: Any) -> Answer[Any]:
    return answer_from(exchange(status, body, **other), Redactor(["pass-word"]))


def failed(status: int = 200, body: object = "", **other: Any) -> ExchangeFailure:
    with pytest.raises(ExchangeFailure) as caught:
        answered(status, body, **other)
    return caught.value


def test_success_carries_its_data() -> None:
    answer = answered(200, SUCCESS)
    assert (answer.code, answer.message, answer.data, answer.http_status) == ("0", "ok", {"id": "7"}, 200)
    assert answer.ok
    assert answer.require_ok() is answer
    assert answer.require_data() == {"id": "7"}


def test_list_carries_its_figures() -> None:
    answer = answered(200, {**SUCCESS, "data": [], "total": 0, "page": 1, "size": 10})
    assert (answer.data, answer.total, answer.page, answer.size) == ([], 0, 1, 10)


def test_answer_without_figures_says_none() -> None:
    answer = answered(200, SUCCESS)
    assert (answer.total, answer.page, answer.size) == (None, None, None)


@pytest.mark.parametrize("data", [0, False, "", [], {}])
def test_empty_data_is_data(data: object) -> None:
    assert answered(200, {**SUCCESS, "data": data}).require_data() == data


def test_success_without_data_is_ok_but_has_none_to_give() -> None:
    answer = answered(200, {**SUCCESS, "data": None})
    assert answer.require_ok().data is None
    with pytest.raises(Refused, match="data is null"):
        answer.require_data()


@pytest.mark.parametrize(
    ("status", "code"),
    [
        (200, "40001"),
        (200, "00"),
        (200, ""),
        (201, "0"),
        (400, "400"),
        (401, "401"),
        (403, "0"),
        (499, "499"),
    ],
)
def test_refusal_is_data_until_success_is_required(status: int, code: str) -> None:
    answer = answered(status, {**REFUSAL, "code": code})
    assert (answer.ok, answer.code, answer.http_status) == (False, code, status)
    with pytest.raises(Refused):
        answer.require_ok()
    with pytest.raises(Refused):
        answer.require_data()


def test_refused_tells_call_status_code_and_message() -> None:
    with pytest.raises(Refused) as caught:
        answered(200, REFUSAL).require_ok()
    refused = caught.value
    assert (refused.call, refused.http_status, refused.code) == ("admin.events.get", 200, "40001")
    first, second = str(refused).splitlines()
    assert first == "平台拒绝了应当成功的调用：admin.events.get"
    assert second == "  HTTP 200, code 40001: name: 不能为空"


def test_refused_is_redacted() -> None:
    with pytest.raises(Refused) as caught:
        answered(200, {**REFUSAL, "message": "13800138000 and pass-word are wrong"}).require_ok()
    assert str(caught.value).endswith(": *** and *** are wrong")


@pytest.mark.parametrize("status", [400, 401, 403, 404, 405, 413, 429, 499])
def test_client_error_with_an_envelope_is_data(status: int) -> None:
    assert answered(status, {**REFUSAL, "code": str(status)}).http_status == status


@pytest.mark.parametrize("status", [400, 404, 499])
@pytest.mark.parametrize("body", ["<html>", "", [], {"code": 404, "message": "m", "data": None}])
def test_client_error_without_an_envelope_is_an_http_error(status: int, body: object) -> None:
    failure = failed(status, body)
    assert (type(failure), failure.status) == (HttpError, status)


@pytest.mark.parametrize("status", [500, 502, 503, 599])
@pytest.mark.parametrize("body", [SUCCESS, REFUSAL, "<html>", ""])
def test_server_error_is_an_http_error_even_with_an_envelope(status: int, body: object) -> None:
    failure = failed(status, body)
    assert (type(failure), failure.status) == (HttpError, status)


@pytest.mark.parametrize("status", [300, 301, 302, 307, 399])
def test_redirect_is_an_http_error_that_tells_where_to(status: int) -> None:
    headers = {"Location": "https://user:pw@sso.test/login?token=secret"}
    failure = failed(status, SUCCESS, response_headers=headers)
    assert type(failure) is HttpError
    assert failure.reason == "a redirect to https://sso.test/login?token=***, which is not followed"


@pytest.mark.parametrize("headers", [{}, {"Location": "http://[bad"}])
def test_redirect_to_no_place_is_an_http_error(headers: dict[str, str]) -> None:
    assert type(failed(302, "", response_headers=headers)) is HttpError


@pytest.mark.parametrize(
    "body",
    [
        "<html>login</html>",
        "{",
        '{"code": "0", "message": "ok", "data": NaN}',
        '{"code": "0", "message": "ok", "data": -Infinity}',
        '{"code": "0", "message": "ok", "data": ' + "9" * 5000 + "}",
        "[" * 100_000,
        "\ufeff" + json.dumps(SUCCESS),
        json.dumps(SUCCESS) + "x",
    ],
    ids=["html", "cut", "nan", "infinity", "huge integer", "deep", "byte order mark", "trailing"],
)
def test_body_that_is_no_json_is_told(body: str) -> None:
    failure = failed(200, body)
    assert (type(failure), failure.status) == (NotJson, 200)
    assert "application/json" in failure.reason


@pytest.mark.parametrize(("status", "kind"), [(200, NotJson), (204, NotJson), (404, HttpError)])
def test_empty_body_is_called_empty(status: int, kind: type[Exception]) -> None:
    failure = failed(status, "", response_headers={})
    assert type(failure) is kind
    assert failure.reason == "the body is empty (no content type)"


def test_body_with_bytes_that_are_not_utf_8_is_no_json() -> None:
    failure = failed(200, SUCCESS, is_utf8=False)
    assert type(failure) is NotJson
    assert "UTF-8" in failure.reason


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        ([SUCCESS], "the body is list, not an object"),
        ("null", "the body is NoneType, not an object"),
        ('"text"', "the body is str, not an object"),
        ({}, "the body has no code, message, data"),
        ({"code": "0", "message": "ok"}, "the body has no data"),
        ({"message": "ok", "data": None}, "the body has no code"),
        ({**SUCCESS, "code": 0}, "code is 0, not a string"),
        ({**SUCCESS, "code": None}, "code is null, not a string"),
        ({**SUCCESS, "message": None}, "message is null, not a string"),
        ({**SUCCESS, "message": ["错"]}, 'message is ["错"], not a string'),
    ],
)
def test_json_without_the_envelope_is_told(body: object, reason: str) -> None:
    failure = failed(200, body)
    assert (type(failure), failure.status, failure.reason) == (WrongEnvelope, 200, reason)


def test_wrong_envelope_is_redacted_and_cut_in_its_reason_too() -> None:
    failure = failed(200, {**SUCCESS, "message": {"token": "secret-value", "rest": "长" * 500}})
    assert "secret-value" not in str(failure)
    assert "长" * 101 not in failure.reason
    assert "characters more" in failure.reason


def test_failure_shows_the_body_redacted() -> None:
    failure = failed(500, {"password": "x", "mobile": "13800138000", "trace": "pass-word"})
    assert failure.body == '{"password": "***", "mobile": "***", "trace": "***"}'


@pytest.mark.parametrize(("status", "body"), [(500, ""), (200, "<html>"), (200, "[]"), (404, "<html>")])
def test_failure_shows_the_url_redacted(status: int, body: str) -> None:
    failure = failed(status, body, url="http://user:pw@h/x?code=secret&page=1")
    assert (failure.method, failure.url) == ("GET", "http://h/x?code=***&page=1")


@pytest.mark.parametrize("count", [1, 3])
def test_failure_tells_its_attempts(count: int) -> None:
    attempts = tuple(Attempt(number, "503", 1.0) for number in range(1, count + 1))
    failure = failed(503, "", attempts=attempts)
    assert failure.tried == ", ".join(f"#{number} 503" for number in range(1, count + 1))
    assert f"\n  tried: {failure.tried}" in str(failure)


def test_exchange_sums_its_attempts() -> None:
    seen = exchange(attempts=(Attempt(1, "503", 1.5), Attempt(2, "200", 2.5)))
    assert seen.milliseconds == 4.0
