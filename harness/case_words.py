"""The closed list of words that stand for values in case files, each a small function.

A word is `"$left_out"` or an object of one key, `{"$text": 101}`; `data/case.schema.json` has the same list.
"""

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from clients import DataError

MILLISECONDS: Final = {"ms": 1, "s": 1_000, "m": 60_000, "h": 3_600_000, "d": 86_400_000}
LEFT_OUT: Final = object()
_CHARACTERS = "回归测试活动名称甲乙丙丁戊己庚辛壬癸"
_EMOJIS = "🎉🎈🎁🏀🎨"


@dataclass(frozen=True)
class WordContext:
    """What words draw on: the clock (epoch ms), the test's mark, ids by name, a builder of valid sessions."""

    now: int
    mark: str
    id_of: Callable[[str], str]
    session: Callable[[], dict[str, Any]]
    serial: str


def text(length: int, _: WordContext) -> str:
    return _repeated(_CHARACTERS, length)


def emoji(length: int, _: WordContext) -> str:
    return _repeated(_EMOJIS, length)


def marked(template: str, context: WordContext) -> str:
    return template.replace("{}", context.mark)


def marked_text(length: int, context: WordContext) -> str:
    return (context.mark + _repeated(_CHARACTERS, length))[:length]


def marked_emoji(length: int, context: WordContext) -> str:
    return (context.mark + _repeated(_EMOJIS, length))[:length]


def clock(shift: str, context: WordContext) -> int:
    match = re.fullmatch(r"([+-][0-9]+)(ms|s|m|h|d)", shift)
    if match is None:
        raise ValueError(f"{shift!r} is not a shift of time such as +1s or -2h")
    return context.now + int(match[1]) * MILLISECONDS[match[2]]


def resource_id(shape: Mapping[str, Any], context: WordContext) -> str:
    prefix, length = str(shape["prefix"]), int(shape["length"])
    return (prefix + _repeated(context.serial, length))[:length]


def id_of(name: str, context: WordContext) -> str:
    return context.id_of(name)


def ids_of(names: list[str], context: WordContext) -> str:
    return ",".join(context.id_of(name) for name in names)


def session(changes: Mapping[str, Any], context: WordContext) -> dict[str, Any]:
    return changed(context.session(), changes, context)


def as_json(value: Any, context: WordContext) -> str:
    return json.dumps(resolved(value, context), ensure_ascii=False)


WORDS: Final[Mapping[str, Callable[[Any, WordContext], Any]]] = {
    "$text": text,
    "$emoji": emoji,
    "$marked": marked,
    "$marked_text": marked_text,
    "$marked_emoji": marked_emoji,
    "$clock": clock,
    "$resource_id": resource_id,
    "$id_of": id_of,
    "$ids_of": ids_of,
    "$session": session,
    "$json": as_json,
}


def resolved(value: Any, context: WordContext) -> Any:
    """The value with every word in it replaced."""
    if value == "$left_out":
        return LEFT_OUT
    if isinstance(value, dict):
        if len(value) == 1 and (word := next(iter(value))) in WORDS:
            return WORDS[word](value[word], context)
        return {key: resolved(item, context) for key, item in value.items()}
    if isinstance(value, list):
        return [resolved(item, context) for item in value]
    return value


def changed(body: Mapping[str, Any], changes: Mapping[str, Any], context: WordContext) -> dict[str, Any]:
    """A copy of a body with each path of `changes` set, added at the end of a list, or left out."""
    copy: dict[str, Any] = json.loads(json.dumps(body))
    for path, value in changes.items():
        meant = resolved(value, context)
        try:
            _put(copy, path, meant)
        except (KeyError, IndexError, TypeError, ValueError):
            raise DataError(f"the path {path!r} leads nowhere in the body that the case changes") from None
    return copy


def query(parameters: Mapping[str, Any], context: WordContext) -> dict[str, Any]:
    """The parameters of a call, with their words replaced; one that is left out is not there."""
    return changed(dict.fromkeys(parameters), parameters, context)


def at_path(body: Any, path: str) -> Any:
    """What stands at a dotted path; raises `KeyError` or `IndexError` where nothing does."""
    for part in path.split("."):
        body = body[int(part)] if isinstance(body, list) else body[part]
    return body


def _put(body: dict[str, Any], path: str, value: Any) -> None:
    *parents, last = path.split(".")
    place: Any = at_path(body, ".".join(parents)) if parents else body
    if isinstance(place, list):
        _put_in_list(place, int(last), value)
    elif value is LEFT_OUT:
        del place[last]
    else:
        place[last] = value


def _put_in_list(place: list[Any], index: int, value: Any) -> None:
    if value is LEFT_OUT:
        del place[index]
    elif index == len(place):
        place.append(value)
    else:
        place[index] = value


def _repeated(characters: str, length: int) -> str:
    return (characters * (length // len(characters) + 1))[:length]
