"""What a report shows of each call: a step with redacted request, response, time, and the schema's verdict.

The same observer judges the answer, so that no test can forget to; a broken schema fails the call itself.
"""

import json
from collections import deque
from dataclasses import dataclass
from threading import Lock, current_thread, main_thread
from typing import Any

import allure

from clients import Call, Exchange, ExchangeFailure, PlatformFailure, Redactor, SchemaBroken
from harness.answer_schemas import Verdict, file_document, judge, title

LAST_CALLS = 12
SIGN_INS = frozenset({"admin.tenants.login", "member.wechat.login"})


@dataclass(frozen=True)
class Finished:
    """A call that another thread made, to be told in the report by the test's own."""

    call: Call
    outcome: Exchange | ExchangeFailure
    verdict: Verdict
    problem: ExchangeFailure | SchemaBroken | None


class Evidence:
    """An observer of the transport. `in_report` says whether an Allure report is written at all.

    A report's steps nest by thread, so that calls of other threads wait for `tell_aside`.
    """

    def __init__(self, redactor: Redactor, *, in_report: bool, strict_schema: bool) -> None:
        self._redactor = redactor
        self._in_report = in_report
        self._strict_schema = strict_schema
        self._step: Any = None
        self._lock = Lock()
        self._aside: list[Finished] = []
        self._last: deque[str] = deque(maxlen=LAST_CALLS)
        self.calls = 0
        self.extras: set[str] = set()
        self.broken: list[SchemaBroken] = []

    def begin_test(self) -> None:
        """Forget the calls of the test before."""
        self._last.clear()
        self.broken = []
        self.calls = 0
        self.extras = set()

    def call_started(self, call: Call) -> None:
        with self._lock:
            self.calls += 1
        if self._in_report and _is_main_thread():
            self._step = _step_of(call)
            self._step.__enter__()

    def call_finished(self, call: Call, outcome: Exchange | ExchangeFailure) -> None:
        if call.name in SIGN_INS and isinstance(outcome, Exchange):
            self._learn(outcome.json()["data"])
        verdict = judge(outcome) if isinstance(outcome, Exchange) else Verdict()
        problem = self._problem(call, outcome, verdict)
        with self._lock:
            self._last.append(self._line(call, outcome))
            self.extras.update(f"{call.name}: {extra}" for extra in verdict.extras)
            if isinstance(problem, SchemaBroken):
                self.broken.append(problem)
            if self._in_report and not _is_main_thread():
                self._aside.append(Finished(call, outcome, verdict, problem))
        if self._in_report and _is_main_thread():
            self._attach(outcome, verdict)
            self._close_step(problem)
        if isinstance(problem, SchemaBroken):
            raise problem

    def tell_aside(self) -> None:
        """Report the calls that other threads have made, in the order in which they ended."""
        with self._lock:
            told, self._aside = self._aside, []
        for one in told:
            self._step = _step_of(one.call)
            self._step.__enter__()
            self._attach(one.outcome, one.verdict)
            self._close_step(one.problem)

    def redacted(self, text: str) -> str:
        return self._redactor.text(text)

    def last_calls(self) -> str:
        """The last calls of the test, a line each, for the terminal."""
        return "\n".join(self._last)

    def _learn(self, data: Any) -> None:
        """A token that a test fetched by itself is as secret as one that a caller signs in with."""
        for value in data.values() if isinstance(data, dict) else ():
            if isinstance(value, str):
                self._redactor.learn(value)

    def _problem(
        self, call: Call, outcome: Exchange | ExchangeFailure, verdict: Verdict
    ) -> ExchangeFailure | SchemaBroken | None:
        if isinstance(outcome, ExchangeFailure):
            return outcome
        errors = [*verdict.errors, *(verdict.extras if self._strict_schema else ())]
        redacted = [self._redactor.text(error) for error in errors]
        return SchemaBroken(call=call.name, errors=redacted) if redacted else None

    def _line(self, call: Call, outcome: Exchange | ExchangeFailure) -> str:
        if isinstance(outcome, ExchangeFailure):
            return f"{call.actor}: {outcome.method} {outcome.url} -> {type(outcome).__name__}"
        url = self._redactor.url(outcome.url)
        if outcome.file is not None:
            size = f"{len(outcome.file)} bytes"
            return f"{call.actor}: {outcome.method} {url} -> {outcome.status} a file of {size}"
        body = outcome.json()
        refusal = "" if body["code"] == "0" else f" {self._redactor.text(body['message'])}"
        tries = f" ({len(outcome.attempts)} tries)" if len(outcome.attempts) > 1 else ""
        return f"{call.actor}: {outcome.method} {url} -> {outcome.status} code {body['code']}{refusal}{tries}"

    def _attach(self, outcome: Exchange | ExchangeFailure, verdict: Verdict) -> None:
        if isinstance(outcome, ExchangeFailure):
            _attach_text("失败原因", str(outcome))
            return
        redactor = self._redactor
        _attach_text("请求", _request_text(outcome, redactor))
        _attach_text("响应", _response_text(outcome, redactor))
        _attach_text("JSON Schema 结论", redactor.text(verdict.told()))

    def _close_step(self, problem: BaseException | None) -> None:
        step, self._step = self._step, None
        if step is not None:
            step.__exit__(type(problem) if problem else None, problem, None)


def _is_main_thread() -> bool:
    return current_thread() is main_thread()


def _step_of(call: Call) -> Any:
    return allure.step(f"{title(call.name)}（{call.actor}）")


def _request_text(exchange: Exchange, redactor: Redactor) -> str:
    lines = [f"{exchange.method} {redactor.url(exchange.url)}"]
    lines += [f"{name}: {value}" for name, value in redactor.headers(exchange.request_headers).items()]
    return "\n".join([*lines, "", _readable(redactor.body(exchange.request_body))]).rstrip()


def _response_text(exchange: Exchange, redactor: Redactor) -> str:
    tries = "；".join(
        f"第 {attempt.number} 次：{attempt.outcome}，{attempt.milliseconds:.1f} ms"
        for attempt in exchange.attempts
    )
    lines = [f"HTTP {exchange.status}，{exchange.milliseconds:.1f} ms（{tries}）"]
    lines += [f"{name}: {value}" for name, value in redactor.headers(exchange.response_headers).items()]
    body = exchange.response_body if exchange.file is None else _file_text(exchange)
    return "\n".join([*lines, "", _readable(redactor.body(body))])


def _file_text(exchange: Exchange) -> str:
    """What a file says as JSON, so that it is redacted as every body is; the file itself could not be."""
    try:
        document = file_document(exchange)
    except PlatformFailure as failure:
        return str(failure)
    shown = [document["headings"], *document["rows"]] if "rows" in document else document
    return json.dumps(shown, ensure_ascii=False)


def _readable(body: str) -> str:
    try:
        return json.dumps(json.loads(body), ensure_ascii=False, indent=2)
    except ValueError:
        return body


def _attach_text(name: str, text: str) -> None:
    writable = text.encode("utf-8", "backslashreplace")  # an answer may hold half an emoji, which no file can
    allure.attach(writable, name=name, attachment_type=allure.attachment_type.TEXT)
