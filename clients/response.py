"""What came back: the exchange as it happened, and the answer that it carries."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from clients.errors import Refused

T = TypeVar("T")
OK = "0"


@dataclass(frozen=True)
class Attempt:
    """One try of a call. `outcome` is an HTTP status as text, or the name of what broke it."""

    number: int
    outcome: str
    milliseconds: float


@dataclass(frozen=True)
class Exchange:
    """One call with its last request and response, raw: redact before it leaves the process."""

    call: str
    actor: str
    method: str
    url: str
    request_headers: Mapping[str, str] = field(repr=False)
    request_body: str = field(repr=False)
    status: int
    response_headers: Mapping[str, str] = field(repr=False)
    response_body: str = field(repr=False)
    attempts: tuple[Attempt, ...]

    @property
    def milliseconds(self) -> float:
        return sum(attempt.milliseconds for attempt in self.attempts)

    def json(self) -> Any:
        return json.loads(self.response_body)


@dataclass(frozen=True)
class Answer(Generic[T]):
    """The platform's envelope (C-01), refusals included; `data` is None when refused.

    `total`, `page` and `size` stand beside the data of a list (C-02) and are None elsewhere.
    """

    code: str
    message: str
    data: T | None
    http_status: int
    exchange: Exchange = field(repr=False)
    total: int | None = None
    page: int | None = None
    size: int | None = None

    @property
    def ok(self) -> bool:
        return self.http_status == 200 and self.code == OK

    def require_ok(self) -> "Answer[T]":
        """Return this answer, or raise `Refused` when the platform refused the call."""
        if not self.ok:
            raise Refused(
                call=self.exchange.call, http_status=self.http_status, code=self.code, message=self.message
            )
        return self

    def require_data(self) -> T:
        """Return the data of a call that had to succeed; raises `Refused`, also when there is no data."""
        data = self.require_ok().data
        if data is None:
            raise Refused(
                call=self.exchange.call,
                http_status=self.http_status,
                code=self.code,
                message="success without data (data is null)",
            )
        return data
