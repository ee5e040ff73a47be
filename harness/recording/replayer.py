"""Answers calls from a recording, in place of a platform.

A call is looked for among those of its own test, in their order. Sign-ins and reading calls that objects of
the whole session make, another test may have made when it was recorded: they are found in all of it.
"""

import json
import threading
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from typing import Any

import requests
from requests import PreparedRequest
from requests import exceptions as broken

from clients import Call, Exchange, ExchangeFailure, HarnessError
from harness.evidence import SIGN_INS
from harness.recording.asking import Asked, asked_by, not_recorded, place_of
from harness.recording.attachments import file_of
from harness.recording.exchanges import line_of
from harness.recording.files import Recording
from harness.recording.restoring import Secrets

Answered = tuple[int, dict[str, str], bytes] | Exception
"""Status, headers and body; or what broke."""
Found = tuple[dict[str, Any], dict[str, Any]]
"""A recorded call, and what its placeholders mean here."""


class NotRecorded(HarnessError):
    """A call that the recording has no answer to."""


class Replayer:
    """An observer of the transport, which thereby knows what the next request of a thread is."""

    def __init__(self, recording: Recording) -> None:
        self.secrets = Secrets(recording.header["tokens"])
        self._recording = recording
        self._left: list[dict[str, Any]] = []
        self._anywhere: dict[str, dict[tuple[str, ...], list[dict[str, Any]]]] = {}
        self._lock = threading.Lock()
        self._current = threading.local()

    def begin(self, test: str) -> None:
        """From now on, calls are this test's; `test` as the recording names it."""
        self._left = self._recording.of_test(test)

    def call_started(self, call: Call) -> None:
        self._current.call, self._current.answers = call, None

    def call_finished(self, call: Call, outcome: Exchange | ExchangeFailure) -> None:
        self._current.answers = None

    def answer(self, request: PreparedRequest) -> Answered:
        """To the next attempt of the thread's call; raises `NotRecorded`."""
        if self._current.answers is None:
            asked = asked_by(self._current.call, request)
            with self._lock:
                self._current.answers = self._answers(self._found(asked))
        answer: Answered = next(self._current.answers)
        return answer

    def _found(self, asked: Asked) -> dict[str, Any]:
        call = asked.parts["call"]
        mine = [one for one in self._left if one["call"] == call]
        agreeing = self._agreeing(asked, mine)
        exchange, meant = agreeing[0] if agreeing else self._elsewhere(asked, mine)
        if agreeing:
            self._left.remove(exchange)
        self.secrets.learn(meant)
        return exchange

    def _agreeing(self, asked: Asked, among: list[dict[str, Any]]) -> list[Found]:
        """Those first of all whose placeholders mean what they meant before."""
        both = ((one, asked.agreement(one)) for one in among)
        found = [(one, meant) for one, meant in both if meant is not None]
        return [pair for pair in found if not self.secrets.contradicts(pair[1])] or found

    def _elsewhere(self, asked: Asked, mine: list[dict[str, Any]]) -> Found:
        """In any test: a sign-in that went well, or the usual answer to a reading call."""
        signs_in = asked.parts["call"] in SIGN_INS
        found: list[Found] = []
        if signs_in or asked.parts["method"] == "GET":
            found = self._agreeing(asked, self._made_anywhere(asked))
        if signs_in:
            found.sort(key=lambda pair: not _went_well(pair[0]))
        elif found:
            usual = Counter(_answer_of(one) for one, _ in found).most_common(1)[0][0]
            found = [pair for pair in found if _answer_of(pair[0]) == usual]
        if not found:
            raise NotRecorded(not_recorded(asked, mine))
        return found[0]

    def _made_anywhere(self, asked: Asked) -> list[dict[str, Any]]:
        call = asked.parts["call"]
        if call not in self._anywhere:
            places = self._anywhere[call] = defaultdict(list)
            for exchange in self._recording.of_call(call):
                places[place_of(exchange)].append(exchange)
        return self._anywhere[call].get(asked.place, [])

    def _answers(self, exchange: dict[str, Any]) -> Iterator[Answered]:
        """Of each attempt in turn; the last of them for good, should the call be tried oftener."""
        *before, last = exchange["attempts"] or [str(exchange["status"])]
        for outcome in before:
            yield (int(outcome), {}, b"") if outcome.isdigit() else _failure("", outcome)
        status = exchange["status"]
        while True:
            yield _failure(exchange["failure"], last) if status is None else self._whole(exchange)

    def _whole(self, exchange: dict[str, Any]) -> Answered:
        headers = {name: self.secrets.text(value) for name, value in exchange["answered_headers"].items()}
        return exchange["status"], headers, self._content(exchange["answered"])

    def _content(self, answered: dict[str, Any]) -> bytes:
        value = self.secrets.restored(answered.get("value"))
        if answered["kind"] == "json":
            return json.dumps(value, ensure_ascii=False).encode(errors="backslashreplace")
        if answered["kind"] == "text":
            return str(value).encode() + (b"" if answered.get("utf8", True) else b"\xff")
        if answered["kind"] == "file":
            if (content := file_of(value)) is None:
                raise NotRecorded("录制只保留了这个文件的大小，不能回放\n  it is packed, and no workbook")
            return content
        return b""


def _answer_of(exchange: Mapping[str, Any]) -> str:
    return line_of(exchange["answered"])


def _went_well(exchange: Mapping[str, Any]) -> bool:
    value = exchange["answered"].get("value")
    return isinstance(value, dict) and value.get("code") == "0"


def _failure(kind: str, name: str) -> Exception:
    """Something that breaks a call as it was broken: so that it is tried again, or told, in the same way."""
    if kind == "TimedOut":
        return broken.ReadTimeout(f"as recorded: {name}")
    if kind == "NotJson":
        return broken.ContentDecodingError(f"as recorded: {name}")
    made = getattr(broken, name, None)
    known = isinstance(made, type) and issubclass(made, requests.RequestException)
    return made(f"as recorded: {name}") if known and made is not None else requests.ConnectionError(name)
