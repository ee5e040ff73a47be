"""What a report shows of each call, collected while a test runs and told at its end.

The same observer judges the answer, so that no test can forget to; a broken schema fails the call itself.
"""

import time
from collections import deque
from dataclasses import dataclass
from threading import Lock, get_ident

from clients import Call, Exchange, ExchangeFailure, PlatformFailure, Redactor, SchemaBroken
from harness.answer_schemas import Verdict, judge
from harness.rows.witness import CLOCK_CALLS, RowsBroken, RowVerdict, RowWitness

LAST_CALLS = 12
SIGN_INS = frozenset({"admin.tenants.login", "member.wechat.login"})


@dataclass(frozen=True)
class Finished:
    """A call with what became of it; `started` and `stopped` in epoch milliseconds of this machine."""

    call: Call
    outcome: Exchange | ExchangeFailure
    verdict: Verdict
    problem: PlatformFailure | None
    started: int
    stopped: int
    rows: RowVerdict | None = None


class Evidence:
    """An observer of the transport, for calls of any thread; `in_report` says whether calls are kept.

    `later`: an objection waits until the test is over, so that what comes after it can be recorded.
    `witness` judges the rows of each call; it is None until a database is known, and where there is none.
    """

    def __init__(
        self, redactor: Redactor, *, in_report: bool, strict_schema: bool, later: bool = False
    ) -> None:
        self.redactor = redactor
        self._in_report = in_report
        self._strict_schema = strict_schema
        self._later = later
        self._lock = Lock()
        self._started: dict[int, int] = {}
        self._finished: list[Finished] = []
        self._last: deque[str] = deque(maxlen=LAST_CALLS)
        self.calls = 0
        self.clock: int | None = None
        self.extras: set[str] = set()
        self.broken: list[PlatformFailure] = []
        self.witness: RowWitness | None = None

    def begin_test(self) -> None:
        """Forget the calls of the test before."""
        self._last.clear()
        self._finished = []
        self.broken = []
        self.calls = 0
        self.extras = set()

    def call_started(self, call: Call) -> None:
        with self._lock:
            self.calls += 1
            self._started[get_ident()] = _now()
        if self.witness is not None:
            self.witness.before(call)

    def call_finished(self, call: Call, outcome: Exchange | ExchangeFailure) -> None:
        if isinstance(outcome, Exchange):
            self._learn(call, outcome)
        verdict = judge(outcome) if isinstance(outcome, Exchange) else Verdict()
        rows = self.witness.after(call, outcome) if self.witness is not None else None
        problem = self._problem(call, outcome, verdict) or self._rows_problem(call, rows)
        with self._lock:
            started = self._started.pop(get_ident(), _now())
            self._last.append(self._line(call, outcome))
            self.extras.update(f"{call.name}: {extra}" for extra in verdict.extras)
            objection = None if problem is outcome else problem
            if objection is not None:
                self.broken.append(objection)
            if self._in_report:
                self._finished.append(Finished(call, outcome, verdict, problem, started, _now(), rows))
        if objection is not None and not self._later:
            raise objection

    def objection(self) -> PlatformFailure | None:
        """The first that was not raised, or that the test has swallowed; told once."""
        broken, self.broken = self.broken, []
        return broken[0] if broken else None

    def taken(self) -> list[Finished]:
        """The calls since the last time, in the order in which they ended."""
        with self._lock:
            taken, self._finished = self._finished, []
        return taken

    def redacted(self, text: str) -> str:
        return self.redactor.text(text)

    def last_calls(self) -> str:
        """The last calls of the test, a line each, for the terminal."""
        return "\n".join(self._last)

    def _learn(self, call: Call, exchange: Exchange) -> None:
        """A token that a test fetched by itself is as secret as one that a caller signs in with."""
        if call.name not in SIGN_INS | CLOCK_CALLS:
            return
        data = exchange.json()["data"]
        if not isinstance(data, dict):
            return
        if call.name in CLOCK_CALLS:
            self.clock = data.get("now")
            return
        for value in data.values():
            if isinstance(value, str):
                self.redactor.learn(value)

    def _problem(
        self, call: Call, outcome: Exchange | ExchangeFailure, verdict: Verdict
    ) -> PlatformFailure | None:
        if isinstance(outcome, ExchangeFailure):
            return outcome
        errors = [*verdict.errors, *(verdict.extras if self._strict_schema else ())]
        redacted = [self.redactor.text(error) for error in errors]
        return SchemaBroken(call=call.name, errors=redacted) if redacted else None

    def _rows_problem(self, call: Call, rows: RowVerdict | None) -> PlatformFailure | None:
        if rows is None or not rows.errors:
            return None
        return RowsBroken(
            call=call.name, errors=len(rows.errors), told=self.redactor.text(rows.told(self.redactor))
        )

    def _line(self, call: Call, outcome: Exchange | ExchangeFailure) -> str:
        if isinstance(outcome, ExchangeFailure):
            return f"{call.actor}: {outcome.method} {outcome.url} -> {type(outcome).__name__}"
        url = self.redactor.url(outcome.url)
        if outcome.file is not None:
            size = f"{len(outcome.file)} bytes"
            return f"{call.actor}: {outcome.method} {url} -> {outcome.status} a file of {size}"
        body = outcome.json()
        refusal = "" if body["code"] == "0" else f" {self.redactor.text(body['message'])}"
        tries = f" ({len(outcome.attempts)} tries)" if len(outcome.attempts) > 1 else ""
        return f"{call.actor}: {outcome.method} {url} -> {outcome.status} code {body['code']}{refusal}{tries}"


def _now() -> int:
    return int(time.time() * 1000)
