"""The one redactor, for everything that leaves the process: errors, reports, logs.

It knows secrets in two ways: by place (a header, key or query parameter that holds one by its name) and by
value (a password or token that it has been told of, wherever it turns up again).
"""

import json
import re
from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import parse_qsl, quote, quote_plus, urlencode, urlsplit, urlunsplit

MASK = "***"

SECRET_HEADERS = frozenset(
    {
        "x-token",
        "systemtoken",
        "accesstoken",
        "authorization",
        "proxy-authorization",
        "cookie",
        "set-cookie",
        "x-pay-signature",
    }
)
SECRET_KEYS = frozenset(
    {"password", "token", "accesstoken", "systemtoken", "secret", "paymentsecret", "signature"}
)
PERSONAL_KEYS = frozenset({"mobile", "membermobile", "tel", "email", "idcard"})
SECRET_PARAMETERS = SECRET_KEYS | PERSONAL_KEYS | {"code"}  # a WeChat sign-in code travels in the query

_JWT = re.compile(r"eyJ[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]*")
_MOBILE = re.compile(r"(?<![0-9])1[3-9][0-9]{9}(?![0-9])")
_BIRTH_DATE = "(?:18|19|20)[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])"
_ID_NUMBER = re.compile(rf"(?<![0-9])[1-9][0-9]{{5}}{_BIRTH_DATE}[0-9]{{3}}[0-9Xx](?![0-9])")
_ID_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_SHORTEST_SECRET = 4


class Redactor:
    """Masks secrets by place and by value. `learn` may be called at any time; order does not matter."""

    def __init__(self, secrets: Iterable[str] = ()) -> None:
        self._spellings: set[str] = set()
        self._known: re.Pattern[str] | None = None
        for secret in secrets:
            self.learn(secret)

    def learn(self, secret: str) -> None:
        """Mask this value from now on, in clear, URL-encoded and JSON-escaped.

        A value of fewer than four characters is left to the rules by place: masking it everywhere would
        eat the report.
        """
        if len(secret) >= _SHORTEST_SECRET:
            escaped = json.dumps(secret)[1:-1]
            self._spellings.update({secret, quote(secret, safe=""), quote_plus(secret), escaped})
            longest_first = sorted(self._spellings, key=len, reverse=True)
            self._known = re.compile("|".join(map(re.escape, longest_first)))

    def text(self, text: str) -> str:
        """Mask known values, tokens, mobiles and ID numbers in free text."""
        if self._known is not None:
            text = self._known.sub(MASK, text)
        text = _MOBILE.sub(MASK, _JWT.sub(MASK, text))
        return _ID_NUMBER.sub(_masked_id_number, text)

    def headers(self, headers: Mapping[str, str]) -> dict[str, str]:
        return {
            name: MASK if name.lower() in SECRET_HEADERS else self.text(str(value))
            for name, value in headers.items()
        }

    def url(self, url: str) -> str:
        """Mask the user part and secret query parameters; the rest of the URL stays as it was sent."""
        parts = urlsplit(url)
        host = parts.netloc.rpartition("@")[2]
        pairs = parse_qsl(parts.query, keep_blank_values=True)
        if any(name.lower() in SECRET_PARAMETERS for name, _ in pairs):
            masked = [(name, MASK if name.lower() in SECRET_PARAMETERS else value) for name, value in pairs]
            query = urlencode(masked, safe="*")
        else:
            query = parts.query
        return self.text(urlunsplit((parts.scheme, host, parts.path, query, parts.fragment)))

    def value(self, value: Any) -> Any:
        """Mask inside a JSON value; keys that hold a secret or personal data lose their whole value."""
        if isinstance(value, Mapping):
            return {key: self._entry(str(key), item) for key, item in value.items()}
        if isinstance(value, list | tuple):
            return [self.value(item) for item in value]
        return self.text(value) if isinstance(value, str) else value

    def body(self, body: str) -> str:
        """Mask in a body as it travels: JSON by its keys, a form by its fields, anything else as text."""
        try:
            parsed = json.loads(body)
        except ValueError:
            return self._form(body) if _looks_like_form(body) else self.text(body)
        return json.dumps(self.value(parsed), ensure_ascii=False)

    def _entry(self, key: str, value: Any) -> Any:
        hidden = key.lower() in SECRET_KEYS | PERSONAL_KEYS
        return MASK if hidden and value is not None else self.value(value)

    def _form(self, body: str) -> str:
        fields = parse_qsl(body, keep_blank_values=True)
        return urlencode([(name, self._entry(name, value)) for name, value in fields], safe="*")


def _masked_id_number(match: re.Match[str]) -> str:
    """Mask a resident's number, told by its check digit (ISO 7064) from a 64-bit id of as many digits."""
    number = match.group()
    total = sum(weight * int(digit) for weight, digit in zip(_ID_WEIGHTS, number, strict=False))
    return MASK if "10X98765432"[total % 11] == number[-1].upper() else number


def _looks_like_form(body: str) -> bool:
    return re.fullmatch(r"[\w.%+*~-]+=[^\s<>{}&]*(&[\w.%+*~-]+=[^\s<>{}&]*)*", body) is not None
