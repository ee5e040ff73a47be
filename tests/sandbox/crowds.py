"""Many callers at the same moment, over real sockets."""

import json
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from threading import Barrier
from typing import Any, TypeVar
from urllib.request import Request, urlopen

from tests.sandbox.actors import JsonObject

T = TypeVar("T")

CALLERS = 16
PATIENCE = 60  # seconds; only a failure waits so long


@dataclass(frozen=True)
class Caller:
    """Somebody at a socket: who they are is in their headers."""

    url: str
    headers: dict[str, str]

    def call(self, method: str, path: str, body: Any = None) -> JsonObject:
        return self.send(method, path, json.dumps(body).encode() if body is not None else None)

    def send(self, method: str, path: str, raw: bytes | None, **headers: str) -> JsonObject:
        request = Request(self.url + path, raw, {**self.headers, **headers}, method=method)  # noqa: S310 - our own server
        with urlopen(request, timeout=PATIENCE) as response:  # noqa: S310 - our own server
            answer: JsonObject = json.load(response)
            return answer


def at_once(calls: Sequence[Callable[[], T]]) -> list[T]:
    """What each call answered; all are let go together."""
    gate = Barrier(len(calls))

    def go(call: Callable[[], T]) -> T:
        gate.wait(PATIENCE)
        return call()

    with ThreadPoolExecutor(len(calls)) as pool:
        return list(pool.map(go, calls, timeout=PATIENCE))
