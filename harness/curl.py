"""A call as a line that a person can repeat in a shell, its secrets masked."""

import shlex

from clients import Call, Exchange, ExchangeFailure, Redactor

_OF_THE_CONNECTION = frozenset({"user-agent", "accept-encoding", "accept", "connection", "content-length"})


def curl_line(exchange: Exchange, redactor: Redactor) -> str:
    """`curl -X METHOD -H … --data-raw … URL`; a masked header is to be filled in by whoever repeats it."""
    headers = redactor.headers(exchange.request_headers)
    kept = {name: value for name, value in headers.items() if name.lower() not in _OF_THE_CONNECTION}
    words = ["curl", "-sS", "-X", exchange.method]
    for name, value in kept.items():
        words += ["-H", f"{name}: {value}"]
    if exchange.request_body:
        words += ["--data-raw", redactor.body(exchange.request_body)]
    return shlex.join([*words, redactor.url(exchange.url)])


class CurlScript:
    """An observer that keeps every call since `begin` as a curl line, with what came of it."""

    def __init__(self, redactor: Redactor) -> None:
        self._redactor = redactor
        self._lines: list[str] = []

    def begin(self) -> None:
        self._lines = []

    def call_started(self, call: Call) -> None:
        return None

    def call_finished(self, call: Call, outcome: Exchange | ExchangeFailure) -> None:
        if isinstance(outcome, ExchangeFailure):
            self._lines.append(f"# {call.name}: {type(outcome).__name__}")
            return
        line = curl_line(outcome, self._redactor)
        self._lines.append(f"{line}  # {outcome.status} {self._came(outcome)}")

    def text(self) -> str:
        return "\n".join(self._lines)

    def _came(self, exchange: Exchange) -> str:
        if exchange.file is not None:
            return "a file"
        body = exchange.json()
        refusal = "" if body["code"] == "0" else f" {self._redactor.text(body['message'])}"
        return " ".join(f"code {body['code']}{refusal}".split())  # a comment ends with its line
