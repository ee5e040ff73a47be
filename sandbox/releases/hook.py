"""How a release's difference gets in: it changes what a call answers, after the call has done its work.

A change is declared by decorating a function, whose name and docstring become its own. No row is touched.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import partial
from typing import Any, Final
from zlib import crc32

EVERY_CALL: Final = "*"


class Kind(StrEnum):
    FIELD_ADDED = "field-added"
    FIELD_GONE = "field-gone"
    TYPE_CHANGED = "type-changed"
    FORMAT_CHANGED = "format-changed"
    BECAME_NULL = "became-null"
    NULL_FILLED = "null-filled"
    WORD_ADDED = "word-added"
    WORD_GONE = "word-gone"
    ORDER_CHANGED = "order-changed"
    SLOWER = "slower"
    CODE_CHANGED = "code-changed"
    STATUS_CHANGED = "status-changed"
    CALL_GONE = "call-gone"
    NUMBER_FORMAT = "number-format"
    MESSAGE_REWORDED = "message-reworded"


class Rating(StrEnum):
    """What it means to somebody who reads the answers as they were."""

    BREAKING = "breaking"  # may misread them, or not read them at all
    ADDITIVE = "additive"  # goes on: there is more to read, or the same said in another way that was allowed
    NONE = "none"  # goes on, and what is said is the same


@dataclass
class Answer:
    """An envelope and its HTTP status, to be changed in place."""

    status: int
    envelope: dict[str, Any]

    @property
    def rows(self) -> list[dict[str, Any]]:
        """Those that a list answers, or the one that a call answers; none where it refuses."""
        data = self.envelope["data"]
        return [row for row in (data if isinstance(data, list) else [data]) if isinstance(row, dict)]

    def refuse(self, status: int, code: str, message: str) -> None:
        self.status = status
        self.envelope = {"code": code, "message": message, "data": None}


Run = Callable[[Answer], None]


@dataclass(frozen=True)
class Change:
    """`calls` are as `GET /dab/event/{id}`; `EVERY_CALL` is those of both fronts."""

    name: str
    calls: tuple[str, ...]
    kind: Kind
    rating: Rating
    description: str
    description_chinese: str
    run: Run


class Changes:
    """Those that are on."""

    def __init__(self, on: Iterable[Change] = ()) -> None:
        chosen = tuple(on)
        self.names = [change.name for change in chosen]
        self._at: dict[str, list[Run]] = defaultdict(list)
        for change in chosen:
            for call in change.calls:
                self._at[call].append(change.run)

    def of(self, call: str) -> list[Run]:
        """What changes the answers of a call, in the order in which the changes are known."""
        return [*self._at.get(call, ()), *self._at.get(EVERY_CALL, ())]


def changes(*calls: str, kind: Kind, rating: Rating, chinese: str) -> Callable[[Run], Change]:
    """Declares a change of what these calls answer."""
    return partial(_change, calls, kind, rating, chinese)


def breaking(*calls: str, kind: Kind, chinese: str) -> Callable[[Run], Change]:
    return changes(*calls, kind=kind, rating=Rating.BREAKING, chinese=chinese)


def additive(*calls: str, kind: Kind, chinese: str) -> Callable[[Run], Change]:
    return changes(*calls, kind=kind, rating=Rating.ADDITIVE, chinese=chinese)


def is_among(row: dict[str, Any], parts: int) -> bool:
    """Whether a change meets the row, as it does one in so many: always the same ones, by their id."""
    return crc32(str(row["id"]).encode()) % parts == 0


def _change(calls: tuple[str, ...], kind: Kind, rating: Rating, chinese: str, run: Run) -> Change:
    return Change(run.__name__.replace("_", "-"), calls, kind, rating, run.__doc__ or "", chinese, run)
