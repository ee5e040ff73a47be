"""Calls that broke: whether to try again, which failure it is, and for what reason.

What `requests` calls a `ConnectionError` is not always one, and its causes lie under layers of urllib3.
"""

import requests
from requests.exceptions import ChunkedEncodingError, ConnectTimeout, ContentDecodingError, InvalidHeader
from urllib3.exceptions import ReadTimeoutError

from clients.envelope import ENVELOPE
from clients.errors import ExchangeFailure, NotJson, TimedOut, Unreachable

WORTH_RETRYING = frozenset({429, 502, 503, 504})
UNAVAILABLE = 503


def worth_retrying(answer: requests.Response | Exception) -> bool:
    """After a broken connection or 429, 502, 503, 504; whoever only waited too long in vain waits no more."""
    if isinstance(answer, Exception):
        return connection_failed(answer)
    return answer.status_code in WORTH_RETRYING


def connection_failed(error: Exception) -> bool:
    """No connection could be made (in time), or it broke."""
    broken = isinstance(error, requests.ConnectionError | ChunkedEncodingError)
    return broken and not _read_timed_out(error)


def turned_away_by_gateway(answer: requests.Response | Exception) -> bool:
    """A 503 that is not the platform's own: no envelope, but a page of whoever stands before it."""
    if isinstance(answer, Exception) or answer.status_code != UNAVAILABLE:
        return False
    try:
        body = answer.json()
    except (ValueError, RecursionError):
        return True
    return not (isinstance(body, dict) and all(key in body for key in ENVELOPE))


def _read_timed_out(error: Exception) -> bool:
    """Also in the middle of a body, where `requests` calls it a connection error."""
    if isinstance(error, requests.ConnectionError) and error.args:
        return isinstance(error.args[0], ReadTimeoutError)
    return isinstance(error, requests.Timeout) and not isinstance(error, ConnectTimeout)


def failure_kind(error: Exception) -> type[ExchangeFailure]:
    """The class of errors.py's tree that tells best what happened."""
    if _read_timed_out(error):
        return TimedOut
    if isinstance(error, ContentDecodingError):
        return NotJson
    if isinstance(error, InvalidHeader | UnicodeError):
        return ExchangeFailure
    return Unreachable


def reason_of(error: Exception) -> str:
    """Not redacted yet."""
    told = _innermost(error)
    unpackable = isinstance(error, ContentDecodingError)
    return f"the body is not packed as its Content-Encoding says: {told}" if unpackable else told


def _innermost(error: BaseException) -> str:
    """The cause that a person can act on; the outer ones are the layers of requests and urllib3.

    Not by `__context__`: that may be an exception which the caller was handling before.
    """
    while (inner := _inner(error)) is not None:
        error = inner
    return f"{type(error).__name__}: {error}"


def _inner(error: BaseException) -> BaseException | None:
    named = (getattr(error, "reason", None), error.__cause__, *reversed(error.args))
    return next((inner for inner in named if isinstance(inner, BaseException)), None)
