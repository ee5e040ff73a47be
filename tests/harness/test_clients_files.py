"""A call that brings a file: its bytes are the answer's data; whatever else comes is judged as ever."""

from collections.abc import Iterator
from typing import Any

import pytest
import responses

from clients import (
    Answer,
    Call,
    Exchange,
    ExchangeFailure,
    HttpError,
    Limits,
    NotJson,
    Refused,
    TenantSignIn,
    Transport,
    WrongEnvelope,
    WsgiAdapter,
    new_session,
)
from harness.answer_schemas import Verdict, judge
from tests.harness.exports import NAMED, XLSX, workbook

ROOT = "http://platform.test"
EXPORT = f"{ROOT}/export"
CALL = "admin.group_buys.launches_file"
FILE = workbook([["门店"], ["虹口校区"]])
OK = {"code": "0", "message": "ok", "data": None}
REFUSAL = {"code": "40401", "message": "groupBuyEventId", "data": None}


@pytest.fixture
def platform() -> Iterator[responses.RequestsMock]:
    with responses.RequestsMock() as mock:
        yield mock


def asked(transport: Transport | None = None, *, method: str = "GET", file: bool = True) -> Answer[Any]:
    return (transport or Transport(ROOT)).call(CALL, method, "export", file=file)


def test_file_is_the_data_of_a_success(platform: responses.RequestsMock) -> None:
    platform.get(EXPORT, body=FILE, headers=NAMED)
    answer = asked()
    assert answer.require_data() == FILE
    assert (answer.ok, answer.code, answer.http_status) == (True, "0", 200)
    assert (answer.message, answer.total, answer.page, answer.size) == ("", None, None, None)


def test_file_leaves_nothing_garbled_in_its_exchange(platform: responses.RequestsMock) -> None:
    platform.get(EXPORT, body=FILE, headers=NAMED)
    exchange = asked().exchange
    assert (exchange.file, exchange.response_body) == (FILE, "")
    assert exchange.response_headers["Content-Type"] == XLSX
    assert judge(exchange) == Verdict()


def test_repr_of_a_file_leaves_out_its_content(platform: responses.RequestsMock) -> None:
    platform.get(EXPORT, body=FILE, headers=NAMED)
    answer = asked()
    assert "PK" not in repr(answer) + repr(answer.exchange)


@pytest.mark.parametrize(
    "content_type", ["application/json", "application/json;charset=UTF-8", "Application/JSON"]
)
def test_refusal_of_a_file_is_the_envelope(content_type: str, platform: responses.RequestsMock) -> None:
    platform.get(EXPORT, json=REFUSAL, content_type=content_type)
    answer = asked()
    assert (answer.code, answer.message, answer.data) == ("40401", "groupBuyEventId", None)
    assert (answer.exchange.file, answer.exchange.json()) == (None, REFUSAL)
    assert judge(answer.exchange) == Verdict()
    with pytest.raises(Refused, match="40401"):
        answer.require_data()


@pytest.mark.parametrize("status", [400, 403, 404])
def test_refusal_by_status_is_the_envelope_whatever_its_type(
    status: int, platform: responses.RequestsMock
) -> None:
    platform.get(EXPORT, json={**REFUSAL, "code": str(status)}, status=status, content_type=XLSX)
    answer = asked()
    assert (answer.http_status, answer.code, answer.exchange.file) == (status, str(status), None)


def test_success_without_the_file_that_was_due_breaks_its_schema(platform: responses.RequestsMock) -> None:
    platform.get(EXPORT, json=OK)
    answer = asked()
    found = judge(answer.exchange)
    assert answer.exchange.file is None
    assert any("'headings' is a required property" in error for error in found.errors)


@pytest.mark.parametrize("body", ["[]", "null", '{"code": 0}'])
def test_json_that_is_no_envelope_is_no_file(body: str, platform: responses.RequestsMock) -> None:
    platform.get(EXPORT, body=body, content_type="application/json")
    with pytest.raises(WrongEnvelope):
        asked()


@pytest.mark.parametrize("status", [500, 503])
def test_server_error_brings_no_file(status: int, platform: responses.RequestsMock) -> None:
    platform.get(EXPORT, body=FILE, status=status, headers=NAMED)
    with pytest.raises(HttpError) as caught:
        asked(Transport(ROOT, limits=Limits(retries=0)))
    assert caught.value.status == status


@pytest.mark.parametrize(("status", "kind"), [(302, HttpError), (206, NotJson), (404, HttpError)])
def test_file_of_another_status_is_none(
    status: int, kind: type[ExchangeFailure], platform: responses.RequestsMock
) -> None:
    platform.get(EXPORT, body=FILE, status=status, headers=NAMED)
    with pytest.raises(kind):
        asked()


@pytest.mark.parametrize(("method", "tries"), [("GET", 2), ("POST", 1)])
def test_file_is_asked_for_again_as_every_call_is(
    method: str, tries: int, platform: responses.RequestsMock
) -> None:
    platform.add(method, EXPORT, status=503)
    platform.add(method, EXPORT, body=FILE, headers=NAMED)
    platform.assert_all_requests_are_fired = False
    try:
        outcome: object = asked(method=method).data
    except HttpError as failure:
        outcome = failure.status
    assert outcome == (FILE if tries == 2 else 503)
    assert len(platform.calls) == tries


def test_page_in_place_of_a_file_is_told_by_the_schema(platform: responses.RequestsMock) -> None:
    platform.get(EXPORT, body="<html>请登录</html>", content_type="text/html; charset=utf-8")
    answer = asked()
    (error,) = judge(answer.exchange).errors
    assert error.startswith("导出的文件不是能打开的 .xlsx：")
    assert answer.exchange.response_body == ""


@pytest.mark.parametrize("content_type", ["", "application/octet-stream"])
def test_file_of_another_type_is_kept_and_told(content_type: str, platform: responses.RequestsMock) -> None:
    platform.get(EXPORT, body=FILE, headers={**NAMED, "Content-Type": content_type})
    answer = asked()
    (error,) = judge(answer.exchange).errors
    assert answer.data == FILE
    assert error.startswith("contentType: ")


def test_empty_file_is_an_answer_that_breaks_its_schema(platform: responses.RequestsMock) -> None:
    platform.get(EXPORT, body=b"", headers=NAMED)
    answer = asked()
    (error,) = judge(answer.exchange).errors
    assert answer.data == b""
    assert "0 字节" in error


def test_file_that_was_not_asked_for_is_no_json(platform: responses.RequestsMock) -> None:
    platform.get(EXPORT, body=FILE, headers=NAMED)
    with pytest.raises(NotJson, match="UTF-8"):
        asked(file=False)


def test_expired_login_is_renewed_for_a_file(platform: responses.RequestsMock) -> None:
    for token in ("first", "second"):
        platform.post(f"{ROOT}/tenants/login", json={**OK, "data": {"token": token}})
    platform.get(EXPORT, json={"code": "401", "message": "token", "data": None}, status=401)
    platform.get(EXPORT, body=FILE, headers=NAMED)
    answer = asked(Transport(ROOT, sign_in=TenantSignIn("admin", "a", "p")))
    assert answer.data == FILE
    sent = [call.request.headers.get("X-Token") for call in platform.calls]
    assert sent == [None, "first", None, "second"]


def test_observers_hear_that_a_file_is_due_and_came(platform: responses.RequestsMock) -> None:
    heard: list[object] = []

    class Listener:
        def call_started(self, call: Call) -> None:
            heard.append(call.file)

        def call_finished(self, call: Call, outcome: Exchange | ExchangeFailure) -> None:
            heard.append(outcome.file if isinstance(outcome, Exchange) else outcome)

    platform.get(EXPORT, body=FILE, headers=NAMED)
    asked(Transport(ROOT, observers=[Listener()]))
    assert heard == [True, FILE]


def test_file_comes_whole_from_an_app_in_process() -> None:
    every_byte = bytes(range(256)) * 300

    def app(_: dict[str, Any], start_response: Any) -> list[bytes]:
        start_response("200 OK", [("Content-Type", XLSX)])
        return [every_byte[:1000], every_byte[1000:]]

    transport = Transport(ROOT, session=new_session(WsgiAdapter(app), ROOT))
    assert asked(transport).data == every_byte
