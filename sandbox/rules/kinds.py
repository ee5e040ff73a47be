"""The kinds of field that bodies are made of: what each accepts and becomes (C-03, C-06 to C-08)."""

import json
import re
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any, Final, Generic, Protocol, TypeVar

from sandbox.clock import UTC8, millis
from sandbox.rules.refusals import invalid

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)

INT_LIMIT: Final = 2**31 - 1
ID_LIMIT: Final = 2**63 - 1
EARLIEST: Final = millis(datetime(1000, 1, 1, tzinfo=UTC8))  # the range of a DATETIME
LATEST: Final = millis(datetime(9999, 12, 31, 23, 59, 59, 999000, tzinfo=UTC8))
UNSTORABLE: Final = re.compile("[\x00\ud800-\udfff]")
DIGITS: Final = re.compile("[0-9]{1,18}")
DECIMAL: Final = re.compile("[1-9][0-9]{0,18}")
PLACES: Final = re.compile(r"[0-9]{1,14}\.[0-9]{2,6}")
BEYOND_BMP: Final = re.compile("[\U00010000-\U0010ffff]")


class Kind(Protocol[T_co]):
    def read(self, value: object, where: str) -> T_co:
        """The value as the rules want it; refuses one that is not of this kind. Never given None."""


def as_id(text: str) -> int | None:
    """The id that a decimal string is, or None: such an id is nobody's."""
    if not DECIMAL.fullmatch(text):
        return None
    number = int(text)
    return number if number <= ID_LIMIT else None


@dataclass(frozen=True)
class Text:
    """A string of at most `limit` code points."""

    limit: int = 255
    blank: bool = True
    prefix: str = ""
    bmp: bool = False  # for a column of charset utf8, which has no other character

    def read(self, value: object, where: str) -> str:
        if not isinstance(value, str):
            raise invalid(where, "应为字符串")
        if UNSTORABLE.search(value) or (self.bmp and BEYOND_BMP.search(value)):
            raise invalid(where, "含有不能保存的字符")
        if len(value) > self.limit:
            raise invalid(where, f"不能超过{self.limit}个字符")
        if not self.blank and not value.strip():
            raise invalid(where, "不能为空")
        if not value.startswith(self.prefix) or (self.prefix and value == self.prefix):
            raise invalid(where, f"应以 {self.prefix} 开头")
        return value


@dataclass(frozen=True)
class Word:
    """One of a closed list."""

    words: tuple[str, ...]

    def read(self, value: object, where: str) -> str:
        if not isinstance(value, str) or value not in self.words:
            raise invalid(where, f"应为 {'、'.join(self.words)} 之一")
        return value


@dataclass(frozen=True)
class Whole:
    """A JSON integer: neither a boolean nor 1.0."""

    low: int = -INT_LIMIT - 1
    high: int = INT_LIMIT

    def read(self, value: object, where: str) -> int:
        if isinstance(value, bool) or not isinstance(value, int):
            raise invalid(where, "应为整数")
        if not self.low <= value <= self.high:
            raise invalid(where, f"应在 {self.low} 和 {self.high} 之间")
        return value


@dataclass(frozen=True)
class Places:
    """A decimal(20,6) as a string with two to six places (C-08)."""

    def read(self, value: object, where: str) -> Decimal:
        if not isinstance(value, str) or not PLACES.fullmatch(value):
            raise invalid(where, "应为两到六位小数的字符串")
        return Decimal(value)


@dataclass(frozen=True)
class Digits:
    """A whole number in a query, where everything is text."""

    kind: Kind[int] = Whole(0)

    def read(self, value: object, where: str) -> int:
        text = Text().read(value, where)
        if not DIGITS.fullmatch(text):
            raise invalid(where, "应为整数")
        return self.kind.read(int(text), where)


@dataclass(frozen=True)
class FlagWord:
    """A boolean in a query."""

    def read(self, value: object, where: str) -> bool:
        return Word(("true", "false")).read(value, where) == "true"


@dataclass(frozen=True)
class Moment:
    """Epoch milliseconds, cut to the whole second (C-07)."""

    low: int = EARLIEST
    high: int = LATEST

    def read(self, value: object, where: str) -> int:
        return Whole(self.low, self.high).read(value, where) // 1000 * 1000


@dataclass(frozen=True)
class Flag:
    def read(self, value: object, where: str) -> bool:
        if not isinstance(value, bool):
            raise invalid(where, "应为布尔值")
        return value


@dataclass(frozen=True)
class Scalar:
    """A string, boolean or integer, where the contract says no more."""

    def read(self, value: object, where: str) -> str | bool | int:
        if isinstance(value, bool):
            return value
        return Whole().read(value, where) if isinstance(value, int) else Text().read(value, where)


@dataclass(frozen=True)
class Id:
    """A decimal string (C-06)."""

    def read(self, value: object, where: str) -> int:
        number = as_id(value) if isinstance(value, str) else None
        if number is None:
            raise invalid(where, "应为十进制字符串形式的 id")
        return number


@dataclass(frozen=True)
class OrEmpty(Generic[T]):
    """A string that may be left empty, which says the same as null."""

    kind: Kind[T]

    def read(self, value: object, where: str) -> T | None:
        return None if value == "" else self.kind.read(value, where)


@dataclass(frozen=True)
class JoinedIds:
    """A comma-separated list of ids in one varchar; one that comes twice counts once."""

    limit: int = 255

    def read(self, value: object, where: str) -> tuple[int, ...]:
        text = Text(self.limit).read(value, where)
        parts = text.split(",") if text else []
        return tuple(dict.fromkeys(Id().read(part, where) for part in parts))


@dataclass(frozen=True)
class ListOf(Generic[T]):
    kind: Kind[T]
    filled: bool = False

    def read(self, value: object, where: str) -> tuple[T, ...]:
        if not isinstance(value, list):
            raise invalid(where, "应为数组")
        if self.filled and not value:
            raise invalid(where, "不能为空")
        return tuple(self.kind.read(item, f"{where}[{index}]") for index, item in enumerate(value))


@dataclass(frozen=True)
class Anything:
    """Whatever it is: each item of such a list is judged by itself."""

    def read(self, value: object, where: str) -> object:
        return value


@dataclass(frozen=True)
class JsonText:
    """A JSON document inside a string; it is kept as it was sent."""

    kind: Kind[object]
    limit: int = 255

    def read(self, value: object, where: str) -> str:
        text = Text(self.limit).read(value, where)
        try:
            document = parse_json(text)
        except ValueError:
            raise invalid(where, "应为 JSON 字符串") from None
        self.kind.read(document, where)
        return text


def parse_json(text: str) -> Any:
    """JSON as RFC 8259 has it, so without NaN; anything else is a ValueError, depth included."""
    try:
        return json.loads(text, parse_constant=_no_constant)
    except RecursionError:
        raise ValueError("nested too deeply") from None


def _no_constant(name: str) -> object:
    raise ValueError(f"{name} is not JSON")
