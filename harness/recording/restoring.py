"""The way back from placeholders: to what this run has sent, else to something made up of the same shape."""

import base64
import json
import re
from collections.abc import Mapping
from typing import Any, Final

from harness.recording.masking import PLACEHOLDER

_DIGITS: Final = "0123456789abcdefghijklmnopqrstuvwxyz"
_WEIGHTS: Final = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_UNKNOWN: Final = object()


class Secrets:
    """What stands for each placeholder in this process; `tokens` are the claims of recorded JWTs."""

    def __init__(self, tokens: Mapping[str, Any]) -> None:
        self._tokens = tokens
        self._known: dict[str, Any] = {}

    def learn(self, found: Mapping[str, Any]) -> None:
        self._known.update(found)

    def contradicts(self, found: Mapping[str, Any]) -> bool:
        """Whether a placeholder would now mean something else than it did."""
        return any(
            self._known.get(placeholder, _UNKNOWN) not in (_UNKNOWN, value)
            for placeholder, value in found.items()
        )

    def restored(self, kept: Any) -> Any:
        """A JSON value without placeholders."""
        if isinstance(kept, str):
            return self.text(kept) if (whole := PLACEHOLDER.fullmatch(kept)) is None else self._of(whole)
        if isinstance(kept, dict):
            return {self.restored_key(key): self.restored(value) for key, value in kept.items()}
        return [self.restored(item) for item in kept] if isinstance(kept, list) else kept

    def restored_key(self, key: str) -> str:
        return self.text(key)

    def text(self, kept: str) -> str:
        return PLACEHOLDER.sub(lambda match: str(self._of(match)), kept)

    def _of(self, match: re.Match[str]) -> Any:
        placeholder = match[0]
        if placeholder not in self._known:
            self._known[placeholder] = made_up(match[1], int(match[2]), self._tokens.get(placeholder))
        return self._known[placeholder]


def made_up(kind: str, number: int, claims: Any = None) -> Any:
    """Something of the kind, another for each number; a JWT says the claims, but nobody has signed it."""
    if kind == "mobile":
        return f"138{number:08d}"
    if kind == "int":
        return 13_800_000_000 + number
    if kind == "id":
        return _id_number(number)
    if kind == "jwt":
        header, payload = claims or ({"alg": "none"}, {"made": "up"})
        return ".".join([_encoded(header), _encoded(payload), _encoded(f"made up {number}")])
    if kind.startswith("text"):
        return _text(int(kind.removeprefix("text")), number)
    return f"made up {number}"


def agreement(kept: Any, given: Any) -> dict[str, Any] | None:
    """What the placeholders of a recorded value mean, if it says the same as the given one; else None."""
    found: dict[str, Any] = {}
    return found if _agrees(kept, given, found) else None


def _agrees(kept: Any, given: Any, found: dict[str, Any]) -> bool:
    if isinstance(kept, str) and "***" in kept:
        return _text_agrees(kept, given, found)
    if isinstance(kept, dict) and isinstance(given, dict):
        return _objects_agree(kept, given, found)
    if isinstance(kept, list) and isinstance(given, list):
        pairs = zip(kept, given, strict=False)
        return len(kept) == len(given) and all(_agrees(one, other, found) for one, other in pairs)
    return type(kept) is type(given) and bool(kept == given)


def _objects_agree(kept: dict[str, Any], given: dict[str, Any], found: dict[str, Any]) -> bool:
    if len(kept) != len(given):
        return False
    open_keys = dict.fromkeys(key for key in given if key not in kept)
    for key, value in kept.items():
        if key in given:
            meant: str | None = key
        else:
            meant = next((one for one in open_keys if _agrees(key, one, found)), None)
            open_keys.pop(meant or "", None)
        if meant is None or not _agrees(value, given[meant], found):
            return False
    return True


def _text_agrees(kept: str, given: Any, found: dict[str, Any]) -> bool:
    if PLACEHOLDER.fullmatch(kept):
        found[kept] = given
        return True
    if not isinstance(given, str):
        return False
    if kept[:1] in ("{", "[") and (inside := _both_json(kept, given)) is not None:
        return _agrees(*inside, found)
    parts = PLACEHOLDER.split(kept)  # text, kind, number, text, kind, number, … text
    pattern = re.escape(parts[0])
    for index in range(1, len(parts), 3):
        pattern += "(.+?)" + re.escape(parts[index + 2])
    match = re.fullmatch(pattern, given, re.DOTALL)
    if match is None:
        return False
    placeholders = (one[0] for one in PLACEHOLDER.finditer(kept))
    found.update(zip(placeholders, match.groups(), strict=True))
    return True


def _both_json(kept: str, given: str) -> tuple[Any, Any] | None:
    try:
        return json.loads(kept), json.loads(given)
    except (ValueError, RecursionError):
        return None


def _text(length: int, number: int) -> str:
    """As long as the secret was, where that leaves room to tell one from another."""
    told, rest = "", number
    while rest or not told:
        rest, digit = divmod(rest, len(_DIGITS))
        told = _DIGITS[digit] + told
    return ("made-up" + "-" * length)[: max(length - len(told), 0)] + told


def _id_number(number: int) -> str:
    day, serial = divmod(number, 1000)
    digits = f"110101{1950 + day // 28 % 50}01{1 + day % 28:02d}{serial:03d}"
    total = sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, digits, strict=True))
    return digits + "10X98765432"[total % 11]


def _encoded(part: Any) -> str:
    return base64.urlsafe_b64encode(json.dumps(part).encode()).decode().rstrip("=")
