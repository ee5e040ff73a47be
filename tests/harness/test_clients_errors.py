"""The tree of errors: who is at fault, and what a message tells."""

import pytest

from clients import (
    DataError,
    ExchangeFailure,
    HarnessError,
    HttpError,
    MissingCredential,
    NotJson,
    PlatformFailure,
    ProfileError,
    Refused,
    SchemaBroken,
    TimedOut,
    Unreachable,
    WrongEnvelope,
)
from clients.errors import BODY_EXCERPT, excerpt

OF_ONE_EXCHANGE = [Unreachable, TimedOut, HttpError, NotJson, WrongEnvelope]
OURS = [ProfileError, MissingCredential, DataError]
SUMMARIES = {
    Unreachable: "平台不可达",
    TimedOut: "平台超时未答",
    HttpError: "HTTP 状态异常",
    NotJson: "答复不是 JSON",
    WrongEnvelope: "答复信封不符（C-01）",
}


def failure(kind: type[ExchangeFailure], **other: object) -> ExchangeFailure:
    return kind(method="GET", url="http://platform.test/x", reason="a reason", **other)  # type: ignore[arg-type]  # as a test gives it


@pytest.mark.parametrize("kind", OF_ONE_EXCHANGE)
def test_exchange_failure_has_no_class_above_it_but_its_own(kind: type[Exception]) -> None:
    assert kind.__bases__ == (ExchangeFailure,)


@pytest.mark.parametrize("kind", [ExchangeFailure, Refused, SchemaBroken])
def test_platform_failure_fails_a_test(kind: type[Exception]) -> None:
    assert kind.__bases__ == (PlatformFailure,)
    assert issubclass(kind, AssertionError)


@pytest.mark.parametrize("kind", OURS)
def test_harness_error_is_no_failure_of_the_platform(kind: type[Exception]) -> None:
    assert kind.__bases__ == (HarnessError,)
    assert not issubclass(kind, AssertionError)


@pytest.mark.parametrize("kind", OF_ONE_EXCHANGE)
def test_message_begins_in_chinese_with_method_and_url(kind: type[ExchangeFailure]) -> None:
    first, *rest = str(failure(kind, tried="#1 502", status=502, body="<html>")).splitlines()
    assert first == f"{SUMMARIES[kind]}：GET http://platform.test/x"
    assert rest == ["  reason: a reason", "  tried: #1 502", "  status: 502", "  body: <html>"]


def test_message_leaves_out_what_did_not_come() -> None:
    assert str(failure(Unreachable)).splitlines() == [
        "平台不可达：GET http://platform.test/x",
        "  reason: a reason",
    ]


def test_failure_keeps_its_parts() -> None:
    seen = failure(HttpError, status=502, body="<html>")
    parts = (seen.method, seen.url, seen.reason, seen.status, seen.body)
    assert parts == ("GET", "http://platform.test/x", "a reason", 502, "<html>")


@pytest.mark.parametrize(("length", "left_out"), [(BODY_EXCERPT, 0), (BODY_EXCERPT + 1, 1), (9000, 7000)])
def test_long_body_is_cut_with_the_count(length: int, left_out: int) -> None:
    seen = failure(HttpError, body="长" * length)
    shown = str(seen).partition("body: ")[2]
    assert shown.count("长") == length - left_out
    assert shown.endswith(f"… ({left_out} characters more)") == (left_out > 0)
    assert len(seen.body) == length


@pytest.mark.parametrize(("text", "cut"), [("", ""), ("abc", "abc"), ("abcd", "abc… (1 characters more)")])
def test_excerpt_keeps_what_fits(text: str, cut: str) -> None:
    assert excerpt(text, 3) == cut


def test_schema_broken_lists_every_error() -> None:
    broken = SchemaBroken(call="admin.events.get", errors=["data.id: 7 is not a string", "data.name: gone"])
    assert broken.errors == ["data.id: 7 is not a string", "data.name: gone"]
    assert str(broken).splitlines() == [
        "答复不符合 JSON Schema：admin.events.get（2 处）",
        "  data.id: 7 is not a string",
        "  data.name: gone",
    ]
