"""What came back: the exchange as it happened, and the answer that it carries."""

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Generic, NoReturn, TypeVar

from clients.errors import Refused
from clients.redaction import Redactor

T = TypeVar("T")
OK = "0"


@dataclass(frozen=True)
class Attempt:
    """One try of a call. `outcome` is an HTTP status as text, or the name of what broke it."""

    number: int
    outcome: str
    milliseconds: float


def tried(attempts: Iterable[Attempt]) -> str:
    """The attempts in a line: `#1 503, #2 200`."""
    return ", ".join(f"#{attempt.number} {attempt.outcome}" for attempt in attempts)


@dataclass(frozen=True)
class Exchange:
    """One call with its last request and response, raw: redact before it leaves the process.

    `status` is 0 where no response came.
    `is_utf8` is False when the response had bytes that are not; `response_body` shows them as �.
    `file` is the content of a file that was asked for and came; `response_body` is empty then.
    """

    call: str
    actor: str
    method: str
    url: str = field(repr=False)
    request_headers: Mapping[str, str] = field(repr=False)
    request_body: str = field(repr=False)
    status: int
    response_headers: Mapping[str, str] = field(repr=False)
    response_body: str = field(repr=False)
    attempts: tuple[Attempt, ...]
    is_utf8: bool = field(default=True, repr=False)
    file: bytes | None = field(default=None, repr=False)

    @property
    def milliseconds(self) -> float:
        return sum(attempt.milliseconds for attempt in self.attempts)

    def json(self) -> Any:
        """The response's JSON; raises `ValueError` for what JSON (RFC 8259) does not admit, NaN included."""
        if not self.response_body:
            raise ValueError("the body is empty")
        if not self.is_utf8:
            raise ValueError("the body is not UTF-8")
        try:
            return json.loads(self.response_body, parse_constant=_no_json)
        except RecursionError:
            raise ValueError("the body is nested too deep to be read") from None


def _no_json(constant: str) -> NoReturn:
    raise ValueError(f"{constant} is no JSON")


@dataclass(frozen=True)
class Answer(Generic[T]):
    """The platform's envelope (C-01), refusals included; `data` is None when refused.

    Its parts are raw, `masked` makes a text of the platform fit to be shown; the repr leaves out the data.
    `total`, `page` and `size` stand beside the data of a list (C-02) and are None elsewhere.
    """

    code: str
    message: str
    data: T | None = field(repr=False)
    http_status: int
    exchange: Exchange = field(repr=False)
    total: int | None = None
    page: int | None = None
    size: int | None = None
    masked: Callable[[str], str] = field(default=Redactor().text, repr=False, compare=False)

    @property
    def ok(self) -> bool:
        return self.http_status == 200 and self.code == OK

    def require_ok(self) -> "Answer[T]":
        """Return this answer, or raise `Refused` when the platform refused the call."""
        if not self.ok:
            raise self.refused(self.message)
        return self

    def require_data(self) -> T:
        """Return the data of a call that had to succeed; raises `Refused`, also when there is no data."""
        data = self.require_ok().data
        if data is None:
            raise self.refused("success without data (data is null)")
        return data

    def refused(self, message: str) -> Refused:
        """The failure of a call that had to bring more than this, redacted."""
        return Refused(
            call=self.exchange.call,
            http_status=self.http_status,
            code=self.masked(self.code),
            message=self.masked(message),
        )
