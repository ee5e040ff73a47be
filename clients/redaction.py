"""The one redactor, for everything that leaves the process: errors, reports, logs.

It knows secrets in three ways: by place (a header, key or parameter that holds one by its name), by value
(a password or token that it has been told of, wherever it turns up again), and by look (a JWT, a mobile, an
ID number).
"""

import json
import re
from base64 import b64encode
from collections.abc import Callable, Iterable, Mapping
from copy import copy
from functools import lru_cache
from html import escape
from threading import Lock
from typing import Any
from urllib.parse import quote, quote_plus, unquote_plus

MASK = "***"

SECRET_ENDINGS = ("password", "passwd", "token", "secret", "signature", "authorization", "cookie")
"""What the name of a secret ends with, in small letters and without `-` and `_`: `X-Token`, `newPassword`."""
PERSONAL_NAMES = frozenset({"mobile", "membermobile", "tel", "email", "idcard"})
SIGN_IN_PARAMETERS = frozenset({"code"})  # a WeChat sign-in code travels in the query; in JSON it is C-01's


def _loosely(words: Iterable[str]) -> str:
    """A pattern of the words, `-` and `_` anywhere in them."""
    return "|".join("[-_]*".join(word) for word in words)


_SECRET = re.compile(rf"[\w-]*(?:{_loosely(SECRET_ENDINGS)})[-_]*", re.IGNORECASE)
_HIDDEN = re.compile(rf"{_SECRET.pattern}|[-_]*(?:{_loosely(sorted(PERSONAL_NAMES))})[-_]*", re.IGNORECASE)

_JWT = re.compile(r"eyJ[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]*")
_BEGINS = "(?:(?<![0-9])|(?<=%[0-9A-Fa-f]{2})|(?<=%25[0-9A-Fa-f]{2}))"  # also behind an encoded character
_MOBILE = re.compile(rf"{_BEGINS}(?:\+86|0086)?1[3-9][0-9]{{9}}(?![0-9])")
_BIRTH_DATE = "(?:18|19|20)[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])"
_ID_NUMBER = re.compile(rf"{_BEGINS}[1-9][0-9]{{5}}{_BIRTH_DATE}[0-9]{{3}}[0-9Xx](?![0-9])")
_ID_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_SHORTEST_SECRET = 4
_SHORTEST_IN_BASE64 = 6
_URL_SAFE = str.maketrans("+/", "-_")

_USER_PART = re.compile(r"""(?<=://)[^/?#\s"'<>]+@""")
_PARAMETER = re.compile(r"""(?<=[?&#;])([\w.%+-]+)=[^&#\s"'<>]*""")
_PAIR = re.compile(  # a key and its value in JSON that cannot be read as such: cut, too deep, a Python repr
    rf"""((["'])(?:{_HIDDEN.pattern})\2\s*:\s*)(?!null\b|None\b)"""
    r"""(?:"(?:[^"\\]|\\.)*"?|'(?:[^'\\]|\\.)*'?|[\[{][^\]}]*[\]}]?|[^\s,\]}"']+)""",
    re.IGNORECASE,
)
_FORM = re.compile(r"[\w.%+*~-]+=[^\s<>{}&]*(&[\w.%+*~-]+=[^\s<>{}&]*)*")


Mask = Callable[[object], str]
"""What stands in the place of a secret, which may be any JSON value."""


def _masked(_: object) -> str:
    return MASK


class _Known:
    """The values to be masked, as one pattern of all their spellings."""

    def __init__(self) -> None:
        self.pattern: re.Pattern[str] | None = None
        self._spellings: set[str] = set()
        self._lock = Lock()

    def add(self, spellings: set[str]) -> None:
        with self._lock:
            self._spellings |= spellings
            longest_first = sorted(self._spellings, key=len, reverse=True)
            self.pattern = re.compile("|".join(map(re.escape, longest_first)))


class Redactor:
    """Masks secrets by place, by value and by look. `learn` may be called at any time, by any thread."""

    def __init__(self, secrets: Iterable[str] = ()) -> None:
        self._known = _Known()
        self._mask: Mask = _masked
        for secret in secrets:
            self.learn(secret)

    def masking(self, mask: Mask) -> "Redactor":
        """One that knows the same secrets, now and later, and puts what `mask` says in the place of each."""
        other = copy(self)
        other._mask = mask  # noqa: SLF001 - our own copy
        return other

    def learn(self, secret: str) -> None:
        """Mask this value from now on, in clear, URL-encoded and JSON-escaped.

        A value of fewer than four characters is left to the rules by place: masking it everywhere would
        eat the report. A JWT is masked by its look, in every spelling the same: a run that signs in hundreds
        of members need not search for each of their tokens in all that it tells.
        """
        if len(secret) >= _SHORTEST_SECRET and _JWT.fullmatch(secret) is None:
            self._known.add(_spellings(secret))

    def text(self, text: str) -> str:
        """Mask in free text: known values, what looks secret, and what stands behind a secret name."""
        if self._known.pattern is not None:
            text = self._known.pattern.sub(self._masked_match, text)
        text = _PARAMETER.sub(self._masked_parameter, _USER_PART.sub("", text))
        text = _PAIR.sub(self._masked_pair, text)
        text = _MOBILE.sub(self._masked_match, _JWT.sub(self._masked_match, text))
        return _ID_NUMBER.sub(self._masked_id_number, text)

    def holds(self, text: str) -> bool:
        """Whether a value that it has been told of stands there, in any of its spellings."""
        return self._known.pattern is not None and self._known.pattern.search(text) is not None

    def headers(self, headers: Mapping[str, str]) -> dict[str, str]:
        return {
            name: self._mask(value) if _SECRET.fullmatch(name) else self.text(str(value))
            for name, value in headers.items()
        }

    def url(self, url: str) -> str:
        """Drop the user part and mask secret parameters; the rest of the URL stays as it was sent."""
        rest, hash_sign, fragment = self.text(url).partition("#")
        place, question_mark, query = rest.partition("?")
        return place + question_mark + self._fields(query) + hash_sign + self._fields(fragment)

    def value(self, value: Any) -> Any:
        """Mask inside a JSON value; keys that hold a secret or personal data lose their whole value."""
        if isinstance(value, Mapping):
            return {self.value(key): self._entry(str(key), item) for key, item in value.items()}
        if isinstance(value, list | tuple):
            return [self.value(item) for item in value]
        if isinstance(value, int) and not isinstance(value, bool):
            return self._mask(value) if self.text(str(value)) != str(value) else value
        return self.text(value) if isinstance(value, str) else value

    def by_keys(self, value: Any) -> Any:
        """Mask what stands under a secret's or person's key; the rest is for `text`, once it is one text."""
        if isinstance(value, Mapping):
            return {
                key: self._mask(item) if item is not None and _is_hidden(str(key)) else self.by_keys(item)
                for key, item in value.items()
            }
        return [self.by_keys(item) for item in value] if isinstance(value, list | tuple) else value

    def body(self, body: str) -> str:
        """Mask in a body as it travels: JSON by its keys, a form by its fields, anything else as text."""
        try:
            masked = json.dumps(self.value(json.loads(body)), ensure_ascii=False)
        except (ValueError, RecursionError):
            return self._fields(self.text(body)) if _FORM.fullmatch(body) else self.text(body)
        return masked.encode(errors="backslashreplace").decode()  # half a surrogate pair cannot be written

    def _entry(self, key: str, value: Any) -> Any:
        return self._mask(value) if value is not None and _is_hidden(key) else self.value(value)

    def _fields(self, fields: str) -> str:
        """Mask in a query, or in a form, which is spelled alike."""
        return "&".join(map(self._field, fields.split("&")))

    def _field(self, field: str) -> str:
        name, equals, value = field.partition("=")
        if equals and (is_hidden_parameter(name) or self._holds_a_secret(value)):
            return f"{name}={self._mask(value)}"
        return field

    def _holds_a_secret(self, value: str) -> bool:
        """Whether a URL-encoded value does, also when it was encoded twice (C-13)."""
        once = unquote_plus(value)
        return any(self.text(seen) != seen for seen in (once, unquote_plus(once)))

    def _masked_match(self, match: re.Match[str]) -> str:
        return self._mask(match[0])

    def _masked_parameter(self, match: re.Match[str]) -> str:
        if not is_hidden_parameter(match[1]):
            return match[0]
        return f"{match[1]}={self._mask(match[0].removeprefix(f'{match[1]}='))}"

    def _masked_pair(self, match: re.Match[str]) -> str:
        return f'{match[1]}"{self._mask(match[0].removeprefix(match[1]))}"'

    def _masked_id_number(self, match: re.Match[str]) -> str:
        """Mask a resident's number, told by its check digit (ISO 7064) from a 64-bit id of as many digits."""
        number = match.group()
        total = sum(weight * int(digit) for weight, digit in zip(_ID_WEIGHTS, number, strict=False))
        return self._mask(number) if "10X98765432"[total % 11] == number[-1].upper() else number


def _spellings(secret: str) -> set[str]:
    urls = {quote(secret), quote(secret, safe=""), quote_plus(secret)}
    urls |= {quote(once, safe="") for once in urls}  # C-13: encoded twice
    escaped = {json.dumps(secret)[1:-1], json.dumps(secret, ensure_ascii=False)[1:-1], repr(secret)[1:-1]}
    escaped |= {escape(secret), escape(secret, quote=False)}
    wide = {"\0".join(secret)}  # UTF-16 of either order, read as bytes
    return {secret, *urls, *escaped, *wide, *_in_base64(secret.encode())}


def _in_base64(secret: bytes) -> set[str]:
    """The part that a base64 text has of it for certain, wherever in the text it begins (Basic sign-ins)."""
    found = set()
    for before in range(3):
        encoded = b64encode(bytes(before) + secret).decode().rstrip("=")
        certain = encoded[-(-before * 8 // 6) : (before + len(secret)) * 8 // 6]
        found |= {certain, certain.translate(_URL_SAFE)}
    return {part for part in found if len(part) >= _SHORTEST_IN_BASE64}


def is_hidden_parameter(name: str) -> bool:
    """Whether a query parameter or form field of that name, URL-encoded or not, holds a secret."""
    plain = unquote_plus(name)
    return _is_hidden(plain) or plain.lower() in SIGN_IN_PARAMETERS


@lru_cache(4096)
def _is_hidden(name: str) -> bool:
    """Remembered, since the same few names stand in every answer."""
    return _HIDDEN.fullmatch(name) is not None
