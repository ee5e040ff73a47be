"""How a value is written, told from the value alone: a time, an id, an amount; never which one it is."""

import re
from functools import lru_cache
from typing import Any, Final

MASK: Final = "***"
TEXT: Final = "text"
WORD: Final = "word"
NUMBER: Final = "number"
DIGITS: Final = "digits"
DECIMAL: Final = "decimal places: "
ID_OF_DIGITS: Final = "id of digits"
ALIKE: Final = (frozenset({TEXT, WORD}), frozenset({DIGITS, ID_OF_DIGITS}))
"""Among these a difference is one of values (a longer number, another word), not of format."""
_WRITTEN: Final = (
    ("UUID", re.compile(r"[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")),
    ("URL", re.compile(r"[a-z][a-z0-9+.-]*://\S+")),
    (
        "ISO 8601 time with zone",
        re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d)"),
    ),
    ("ISO 8601 time", re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d+)?)?")),
    ("date and time", re.compile(r"\d{4}[-/]\d\d[-/]\d\d \d\d:\d\d(?::\d\d(?:\.\d+)?)?")),
    ("date", re.compile(r"\d{4}[-/]\d\d[-/]\d\d")),
    ("epoch milliseconds", re.compile(r"1\d{12}")),
    ("epoch seconds", re.compile(r"1\d{9}")),
    (ID_OF_DIGITS, re.compile(r"\d{15,20}")),
    (DIGITS, re.compile(r"-?\d+")),
    ("id with a prefix", re.compile(r"[A-Za-z]+[_-]?\d{6,20}")),
    ("JWT", re.compile(r"eyJ[\w-]+\.[\w-]+\.[\w-]*")),
    ("JSON in a text", re.compile(r"\[.*\]|\{.*\}", re.DOTALL)),
    (WORD, re.compile(r"[A-Za-z]+(?:[_-][A-Za-z]+)*")),
)
_DECIMAL: Final = re.compile(r"-?\d+\.(\d+)")
_ID_LIKE: Final = re.compile(
    r"\d+|[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}|.*\d{6}.*|(?=.*\d)[0-9a-fA-Fq]{8,}", re.DOTALL
)
_LONGEST_WORD: Final = 40


def format_of(value: Any) -> str | None:
    """The format of a text or number; None of what has none: an empty or masked text, another type."""
    if isinstance(value, str):
        return _format_of_text(value) if len(value) <= 100 else _format_of_long(value)
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    if isinstance(value, int) and 10**12 <= value < 2 * 10**12:
        return "epoch milliseconds"
    return "epoch seconds" if isinstance(value, int) and 10**9 <= value < 2 * 10**9 else NUMBER


def places_of(name: str) -> int | None:
    """The decimal places of such a format, none for digits alone."""
    if name in {DIGITS, ID_OF_DIGITS}:
        return 0
    return int(name.removeprefix(DECIMAL)) if name.startswith(DECIMAL) else None


def is_word(value: str) -> bool:
    """Whether a text may be a value of an enumeration."""
    return len(value) <= _LONGEST_WORD and format_of(value) == WORD


@lru_cache(maxsize=1 << 14)
def is_id_like(key: str) -> bool:
    """Whether a key of an object is itself a value: an id, a number, a mark."""
    return _ID_LIKE.fullmatch(key) is not None


@lru_cache(maxsize=1 << 16)
def _format_of_text(value: str) -> str | None:
    if not value or MASK in value:
        return None
    if decimal := _DECIMAL.fullmatch(value):
        return f"{DECIMAL}{len(decimal[1])}"
    return next((name for name, pattern in _WRITTEN if pattern.fullmatch(value)), TEXT)


def _format_of_long(value: str) -> str | None:
    return None if MASK in value else ("URL" if _WRITTEN[1][1].fullmatch(value) else TEXT)
