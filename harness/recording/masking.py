"""Secrets in a recording: a placeholder in the place of each, the same for equal secrets of one run.

While a run goes on, processes that know nothing of each other must come to the same placeholder: it is made
by a key that the run's processes share and nobody writes down. `numbered` then takes the digests away.
"""

import base64
import hashlib
import hmac
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from clients import Redactor
from clients.redaction import is_hidden_parameter

KEY_BYTES: Final = 32
PLACEHOLDER: Final = re.compile(r"\*\*\*([a-z]+[0-9]*):([0-9]+)\*\*\*")
"""`***KIND:NUMBER***`; the kinds are those of `kind_of`."""
_KEYED: Final = re.compile(r"\*\*\*([a-z]+[0-9]*):([a-p]{24})\*\*\*")
_QUOTED: Final = re.compile(r"""(["'])(.*)\1""", re.DOTALL)
_LETTERS: Final = str.maketrans("0123456789abcdef", "abcdefghijklmnop")
_MOBILE: Final = re.compile(r"1[3-9][0-9]{9}")
_ID_NUMBER: Final = re.compile(r"[0-9]{17}[0-9Xx]")
_JWT: Final = re.compile(r"eyJ[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]*")
_MOST_JSON_IN_TEXT: Final = 4


class Masker:
    """Masks what an exchange holds; `tokens` are the claims of the JWTs that it has met, by placeholder."""

    def __init__(self, redactor: Redactor, key: bytes) -> None:
        self._redactor = redactor.masking(self._placeholder)
        self._key = key
        self.tokens: dict[str, Any] = {}

    def text(self, text: str) -> str:
        """Free text, or JSON as text, which is masked by its keys as deep as JSON lies in it."""
        return self._text(text, _MOST_JSON_IN_TEXT)

    def value(self, value: Any) -> Any:
        """A JSON value."""
        return self._texts(self._redactor.value(value), _MOST_JSON_IN_TEXT)

    def sees_in(self, content: bytes) -> bool:
        """Whether a secret stands in bytes that are no text, as far as they are not packed."""
        seen = content.decode("latin-1")
        return self._redactor.text(seen) != seen

    def path(self, path: str) -> str:
        return self._redactor.url(path)

    def headers(self, headers: Mapping[str, str]) -> dict[str, str]:
        return self._redactor.headers(headers)

    def hidden(self, secret: str) -> str:
        """Something that is a secret, whatever it looks like."""
        return self._placeholder(secret)

    def pairs(self, pairs: Iterable[tuple[str, str]]) -> list[list[str]]:
        """The decoded pairs of a query or a form."""
        return [[self.text(name), self._field(name, value)] for name, value in pairs]

    def _field(self, name: str, value: str) -> str:
        if is_hidden_parameter(name):
            return self._placeholder(value) if value else ""
        masked = self.text(value)
        hidden_deeper = masked == value and self._redactor.url(f"?x={value}") != f"?x={value}"
        return self._placeholder(value) if hidden_deeper else masked

    def _texts(self, value: Any, depth: int) -> Any:
        if isinstance(value, dict):
            return {key: self._texts(item, depth) for key, item in value.items()}
        if isinstance(value, list):
            return [self._texts(item, depth) for item in value]
        return self._text(value, depth) if isinstance(value, str) else value

    def _text(self, text: str, depth: int) -> str:
        inside = _json_in(text) if depth else None
        if inside is not None:
            masked = self._texts(self._redactor.value(inside), depth - 1)
            if masked != inside:
                text = json.dumps(masked, ensure_ascii=False)
        return self._redactor.text(text)

    def _placeholder(self, secret: object) -> str:
        """What is nothing, or a placeholder already, is no secret."""
        if isinstance(secret, str):
            quoted = _QUOTED.fullmatch(secret)
            secret = quoted[2] if quoted else secret
            if not secret or _KEYED.fullmatch(secret):
                return secret
        kind = kind_of(secret)
        content = secret if isinstance(secret, str) else json.dumps(secret, sort_keys=True)
        digest = hmac.new(self._key, f"{kind}:{content}".encode(errors="surrogatepass"), hashlib.sha256)
        placeholder = f"***{kind}:{digest.hexdigest()[:24].translate(_LETTERS)}***"
        if kind == "jwt" and placeholder not in self.tokens:
            self.tokens[placeholder] = self._claims(str(secret))
        return placeholder

    def _claims(self, token: str) -> Any:
        """The token's header and claims, masked as any JSON is; its signature is told to nobody."""
        try:
            parts = [json.loads(_decoded(part)) for part in token.split(".")[:2]]
        except ValueError:
            return None
        return self.value(parts)


def kind_of(secret: object) -> str:
    """The shape of a secret, so that one like it can be made up: `mobile`, `id`, `jwt`, `textLENGTH`…"""
    if not isinstance(secret, str):
        return "int" if isinstance(secret, int) and not isinstance(secret, bool) else "value"
    looks = (("mobile", _MOBILE), ("id", _ID_NUMBER), ("jwt", _JWT))
    return next((kind for kind, look in looks if look.fullmatch(secret)), f"text{len(secret)}")


def numbered(lines: Iterable[str]) -> Iterator[str]:
    """The lines with a number in the place of each digest, in the order in which they come."""
    numbers: dict[str, int] = {}

    def number(match: re.Match[str]) -> str:
        return f"***{match[1]}:{numbers.setdefault(match[2], len(numbers) + 1)}***"

    for line in lines:
        yield _KEYED.sub(number, line)


def _json_in(text: str) -> Any:
    """The object or list that a text holds, or None."""
    if text[:1] not in ("{", "["):
        return None
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None


def _decoded(part: str) -> bytes:
    return base64.urlsafe_b64decode(part + "=" * (-len(part) % 4))
