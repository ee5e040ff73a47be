"""Many callers at the same moment, over real sockets."""

import json
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from threading import Barrier, BrokenBarrierError
from typing import Any, TypeVar
from urllib.request import Request, urlopen

from sqlalchemy import Engine, event

from tests.sandbox.actors import JsonObject

T = TypeVar("T")

CALLERS = 16
PATIENCE = 60  # seconds; only a failure waits so long
MOMENT = 0.05  # seconds that a caller waits for company in a narrow place


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


@contextmanager
def meeting_before(engine: Engine, statement: str) -> Iterator[None]:
    """Whoever is about to run such a statement waits a moment for a second one to get there too.

    So a race that the rules allow does happen; where a lock forbids it, each waits in vain and goes on.
    """
    gate = Barrier(2)

    def meet(_connection: object, _cursor: object, running: str, *_: object) -> None:
        if running.startswith(statement):
            try:
                gate.wait(MOMENT)
            except BrokenBarrierError:
                gate.reset()

    event.listen(engine, "before_cursor_execute", meet)
    try:
        yield
    finally:
        event.remove(engine, "before_cursor_execute", meet)
