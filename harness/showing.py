"""Names and values of a platform, made safe to look at: nothing of them reaches a terminal as a command."""

import json
import re
from typing import Any, Final

LONGEST: Final = 80
_PLAIN: Final = re.compile(r"[\w$-]+")


def printable(text: str) -> str:
    """The text with each character that cannot be seen (controls, line breaks, turned writing) escaped."""
    return "".join(one if one.isprintable() else one.encode("unicode_escape").decode() for one in text)


def quoted(text: str) -> str:
    """A text in quotes, cut where it is long."""
    cut = text if len(text) <= LONGEST else f"{text[:LONGEST]}…"
    escaped = cut.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{printable(escaped)}"'


def shown_name(name: str) -> str:
    """A name, in quotes where it is not a plain one."""
    return name if _PLAIN.fullmatch(name) and name.isprintable() else quoted(name)


def shown_words(text: str) -> str:
    """What a side says of a column, on one line."""
    return printable(text if len(text) <= 4 * LONGEST else f"{text[: 4 * LONGEST]}…")


def readable_json(value: Any) -> str:
    """JSON that keeps Chinese readable and escapes what cannot be seen; it reads back as the same value."""
    text = json.dumps(value, ensure_ascii=False, indent=2)
    return "\n".join(map(_escaped, text.split("\n"))) + "\n"


def json_line(value: Any) -> str:
    """The same on one line."""
    return _escaped(json.dumps(value, ensure_ascii=False))


def _escaped(text: str) -> str:
    return "".join(one if one.isprintable() else _escape(one) for one in text)


def _escape(character: str) -> str:
    return json.dumps(character)[1:-1] if character != "\x7f" else "\\u007f"
