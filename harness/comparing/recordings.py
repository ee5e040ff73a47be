"""A recording of `pytest --record`, read line by line: no more of it is in memory than one exchange."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, Final

from clients import DataError
from clients.response import OK
from harness.recording.files import VERSION

_AGAIN: Final = "record the run again with pytest --record=FILE"
_TEXTS: Final = ("test", "call")
_TRANSIENT_FAILURES: Final = frozenset({"Unreachable", "TimedOut"})
_TRANSIENT_STATUSES: Final = frozenset({429, 502, 503, 504})


@dataclass(frozen=True)
class Outcome:
    """How a call ended: HTTP status, the envelope's code, and the failure where no usable answer came."""

    status: int | None
    code: str | None = None
    failure: str | None = None

    @property
    def is_accepted(self) -> bool:
        return (
            self.failure is None
            and self.status is not None
            and 200 <= self.status < 300
            and self.code in {None, OK}
        )

    @property
    def is_transient(self) -> bool:
        """The network's or a gateway's doing: it says nothing of a release."""
        return self.failure in _TRANSIENT_FAILURES or self.status in _TRANSIENT_STATUSES

    def __str__(self) -> str:
        status = "no HTTP answer" if self.status is None else f"HTTP {self.status}"
        code = "" if self.code is None or self.code == str(self.status) else f", code {self.code}"
        failure = "" if self.failure is None else f", {self.failure}"
        return f"{status}{code}{failure}"


@dataclass(frozen=True)
class Exchange:
    """One line. `kind` and `value` are the answer's; what was sent is no finding, and not kept."""

    test: str
    case: str | None
    rule: str | None
    call: str
    actor: str
    sent: Any
    path: str
    kind: str
    value: Any
    outcome: Outcome
    milliseconds: float
    tries: int


class Recording:
    """A file that was opened and has a header of this version; `exchanges` may be read again."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.header: Mapping[str, Any] = self._header()

    @cached_property
    def name(self) -> str:
        """What tells this recording from another: file, title, seed."""
        facts = [str(self.header[key]) for key in ("title",) if self.header.get(key)]
        facts += [f"{key} {self.header[key]}" for key in ("seed", "run") if self.header.get(key) is not None]
        return f"{self.path.name} ({', '.join(facts)})" if facts else self.path.name

    def exchanges(self) -> Iterator[Exchange]:
        """Every exchange; raises `DataError` for a line that is none, and where there is not one."""
        number = 1
        for number, line in self._lines():
            if number > 1:
                yield self._exchange(number, line)
        if number == 1:
            raise DataError(f"{self.path}:1: the recording has no exchange; {_AGAIN}, and let a test call")

    def _header(self) -> Mapping[str, Any]:
        _, line = next(self._lines(), (1, ""))
        if not line:
            raise DataError(f"{self.path}:1: the file is empty; {_AGAIN}")
        header = self._object(1, line)
        if "recording" not in header:
            raise DataError(f"{self.path}:1: is no recording: its first line has no 'recording'; {_AGAIN}")
        if header["recording"] != VERSION or isinstance(header["recording"], bool):
            raise DataError(
                f"{self.path}:1: is of version {_brief(header['recording'])}, and version {VERSION} "
                f"can be read; {_AGAIN} by this version of the project"
            )
        return header

    def _lines(self) -> Iterator[tuple[int, str]]:
        try:
            with self.path.open("rb") as file:
                for number, line in enumerate(file, 1):
                    if not line.endswith(b"\n"):
                        raise DataError(f"{self.path}:{number}: the last line is cut off; {_AGAIN}")
                    yield number, line.decode()
        except OSError as error:
            raise DataError(
                f"{self.path}: cannot be read: {error.strerror}; give a file of pytest --record=FILE"
            ) from None
        except UnicodeDecodeError:
            raise DataError(f"{self.path}:{number}: is no recording: not UTF-8; {_AGAIN}") from None

    def _object(self, number: int, line: str) -> dict[str, Any]:
        try:
            found = json.loads(line)
        except (ValueError, RecursionError):
            found = None
        if not isinstance(found, dict):
            raise DataError(f"{self.path}:{number}: is no recording: not an object of JSON; {_AGAIN}")
        return found

    def _exchange(self, number: int, line: str) -> Exchange:
        found = self._object(number, line)
        answered = found.get("answered")
        if not isinstance(answered, dict) or not all(isinstance(found.get(name), str) for name in _TEXTS):
            raise DataError(
                f"{self.path}:{number}: is no exchange: it needs 'test', 'call' and 'answered'; {_AGAIN}"
            )
        attempts = found.get("attempts") or [""]
        value = answered.get("value")
        return Exchange(
            test=found["test"],
            case=found.get("case"),
            rule=found.get("rule"),
            call=found["call"],
            actor=str(found.get("actor", "")),
            sent=found.get("sent"),
            path=str(found.get("path", "")),
            kind=str(answered.get("kind")),
            value=value,
            outcome=_outcome(found, value, str(attempts[-1])),
            milliseconds=float(found.get("ms") or 0),
            tries=len(attempts),
        )


def _outcome(found: Mapping[str, Any], value: Any, last_attempt: str) -> Outcome:
    status, failure = found.get("status"), found.get("failure")
    if status is None and last_attempt.isdecimal():
        status = int(last_attempt)  # an answer that was no usable one has told its status all the same
    code = value.get("code") if isinstance(value, dict) else None
    return Outcome(status, code if isinstance(code, str) else None, failure)


def _brief(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=True)
    return text if len(text) <= 40 else f"{text[:40]}…"
