"""Looks on while a process makes its calls, and writes each into the process's part of the recording."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Lock, get_ident
from typing import Any, Final, TextIO

from clients import Call, Exchange, ExchangeFailure, Redactor
from harness.recording.exchanges import line_of, told
from harness.recording.masking import Masker

PART: Final = "*.part"


class Recorder:
    """An observer of the transport, for calls of any thread; outside of a test, of the test before.

    A line is written as soon as its call has ended, so that an interrupted run keeps what it did.
    """

    def __init__(self, redactor: Redactor, key: bytes, part: Path) -> None:
        self._redactor = redactor
        self._masker = Masker(redactor, key)
        self._path = part
        self._part: TextIO | None = None
        self._lock = Lock()
        self._test: dict[str, Any] = {"test": "", "case": None, "rule": None}
        self._n = 0
        self._thread = get_ident()
        self._threads = False
        self._clock: list[int] = []
        self._tokens_told = 0

    @contextmanager
    def test(self, nodeid: str, case: str | None, rule: str | None) -> Iterator[None]:
        """While it lasts, calls are this test's."""
        self._test = {"test": self._masker.text(nodeid), "case": case, "rule": rule}
        self._n, self._thread, self._threads, self._clock = 0, get_ident(), False, []
        try:
            yield
        finally:
            about = {"ran": self._test["test"], "clock": self._clock, "threads": self._threads}
            with self._lock:
                self._write(about)

    def clock_read(self, now: int) -> int:
        """Keep a reading of the run's clock, in epoch milliseconds."""
        self._clock.append(now)
        return now

    def call_started(self, call: Call) -> None:
        return None

    def call_finished(self, call: Call, outcome: Exchange | ExchangeFailure) -> None:
        with self._lock:
            exchange = told(call, outcome, self._masker)
            self._threads = self._threads or get_ident() != self._thread
            self._write({**self._test, "n": self._n, **exchange})
            self._n += 1

    def close(self) -> None:
        """Mask once more, where a secret was learnt only after it had been written."""
        if self._part is None:
            return
        self._part.close()
        self._part = None
        lines = self._path.read_text("utf-8").splitlines(keepends=True)
        if any(map(self._redactor.holds, lines)):
            masked = [line_of(self._masker.value(json.loads(line))) for line in lines]
            self._path.write_text("".join(f"{line}\n" for line in masked), "utf-8", newline="\n")

    def _write(self, document: dict[str, Any]) -> None:
        if self._part is None:
            self._part = self._path.open("a", encoding="utf-8", newline="\n")
        tokens = list(self._masker.tokens.items())[self._tokens_told :]
        self._tokens_told += len(tokens)
        for token, claims in tokens:
            self._part.write(f"{line_of({'token_of': token, 'claims': claims})}\n")
        self._part.write(f"{line_of(document)}\n")
        self._part.flush()
