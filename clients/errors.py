"""What can go wrong, as a tree with two roots.

`PlatformFailure` is an `AssertionError`: the platform did what it must not, so the test fails.
`HarnessError` is ours or the user's: a profile, a case, a credential; the run says so and stops.

    PlatformFailure
    ├── ExchangeFailure    one call went wrong: carries method, url, status, body
    │   │                  (itself: HTTP does not admit what was to be sent, a header with a line break)
    │   ├── Unreachable    no connection could be made, or it broke
    │   │   └── RunStopped too many connections in a row have failed; nothing was sent
    │   ├── TimedOut       connected, no whole answer in time
    │   ├── HttpError      a 3xx, a 5xx, or any status of 400 and above without the platform's envelope
    │   ├── NotJson        a success status, but the body is not JSON, or cannot be unpacked
    │   └── WrongEnvelope  JSON, but not `{code, message, data}` (C-01)
    ├── Refused            `require_ok()` met a refusal (C-03, C-04)
    └── SchemaBroken       an answer that its JSON Schema does not admit
    HarnessError
    ├── ProfileError       a profile that cannot be used
    ├── MissingCredential  an environment variable that is not set
    ├── NotAllowed         a call that the profile does not let out; nothing was sent
    └── DataError          a case, rule or schema file that cannot be used

The first line of a message is Chinese, for the reviewer of a report; who raises a message has redacted it.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from clients.response import Exchange

BODY_EXCERPT = 2000


class PlatformFailure(AssertionError):
    """The platform is at fault."""


class HarnessError(Exception):
    """The harness or its user is at fault, not the platform."""


class ProfileError(HarnessError):
    """A profile that does not exist, cannot be read, or lacks or misspells a key."""


class MissingCredential(HarnessError):
    """An environment variable that a profile names is not set. Shows the variable's name, never a value."""


class NotAllowed(HarnessError):
    """A call that the profile does not allow; nothing was sent. Its message is the (Chinese) skip reason."""


class DataError(HarnessError):
    """A case, rule or schema file that cannot be used; names the file, the place and the mend."""


class ExchangeFailure(PlatformFailure):
    """One call that brought no usable answer. Its text is already redacted; `tried` names each attempt.

    `exchange` is what was sent and came, raw; None where nothing could even be sent.
    """

    summary = "调用失败"

    def __init__(
        self,
        *,
        method: str,
        url: str,
        reason: str,
        tried: str = "",
        status: int | None = None,
        body: str = "",
        exchange: "Exchange | None" = None,
    ) -> None:
        self.exchange = exchange
        self.method = method
        self.url = url
        self.reason = reason
        self.tried = tried
        self.status = status
        self.body = body
        super().__init__(self._text())

    def _text(self) -> str:
        lines = [f"{self.summary}：{self.method} {self.url}", f"  reason: {self.reason}"]
        if self.tried:
            lines.append(f"  tried: {self.tried}")
        if self.status is not None:
            lines.append(f"  status: {self.status}")
        if self.body:
            lines.append(f"  body: {excerpt(self.body)}")
        return "\n".join(lines)


def excerpt(text: str, length: int = BODY_EXCERPT) -> str:
    """The first part of a long text, with how much of it is left out."""
    left_out = len(text) - length
    return text if left_out <= 0 else f"{text[:length]}… ({left_out} characters more)"


class Unreachable(ExchangeFailure):
    """No connection could be made (in time), or it broke."""

    summary = "平台不可达"


class RunStopped(Unreachable):
    """A call that was not sent, since too many connections in a row had failed before it."""

    summary = "平台已断开，运行停止，调用未发出"


class TimedOut(ExchangeFailure):
    """The platform took the call, but did not answer it whole within the profile's read time-out."""

    summary = "平台超时未答"


class HttpError(ExchangeFailure):
    """A status that no call of the contract answers with its envelope."""

    summary = "HTTP 状态异常"


class NotJson(ExchangeFailure):
    """An answer that is not JSON, a login page for example."""

    summary = "答复不是 JSON"


class WrongEnvelope(ExchangeFailure):
    """An answer that is JSON but lacks the envelope of C-01."""

    summary = "答复信封不符（C-01）"


class Refused(PlatformFailure):
    """A call that had to succeed was refused; carries the refusal's code and message."""

    def __init__(self, *, call: str, http_status: int, code: str, message: str) -> None:
        self.call = call
        self.http_status = http_status
        self.code = code
        super().__init__(f"平台拒绝了应当成功的调用：{call}\n  HTTP {http_status}, code {code}: {message}")


class SchemaBroken(PlatformFailure):
    """An answer that its JSON Schema does not admit; `errors` are lines `path: what is wrong`."""

    def __init__(self, *, call: str, errors: list[str]) -> None:
        self.call = call
        self.errors = errors
        listed = "\n".join(f"  {error}" for error in errors)
        super().__init__(f"答复不符合 JSON Schema：{call}（{len(errors)} 处）\n{listed}")
