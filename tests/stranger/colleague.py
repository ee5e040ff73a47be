"""A colleague on the same environment, who makes, changes and deletes rows of their own all the time."""

import random
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from time import time
from typing import Any, Final

from clients import AdminClient, Limits, TenantSignIn, Transport
from clients.admin.activities import Activities

HOUR: Final = 3_600_000
MOST_ROWS: Final = 40
PAUSE: Final = 0.1
"""Seconds between two writings: one who writes without a break takes the environment for themselves."""
COMPUTED: Final = {"status", "updatedTime"}
LOOKALIKE: Final = "regress-bcdfghjklmnpqrstvwxz"
"""Looks like a run's mark, but for its check letters."""


@dataclass
class Own:
    """A row of the colleague's: how it is read and deleted, and how it was when they last looked."""

    kind: str
    row_id: str
    seen: Mapping[str, Any] = field(default_factory=dict)


class Colleague:
    """Works in a thread between `start` and `stop`; `differences` tells what others did to their rows."""

    def __init__(self, url: str, seed: int) -> None:
        limits = Limits(retries=5, resend_on_503=True, backoff_seconds=0.01)
        sign_in = TenantSignIn("colleague", "admin", "sandbox")
        self._calls = AdminClient(Transport(f"{url}/dab", limits=limits, sign_in=sign_in))
        self._random = random.Random(seed)  # noqa: S311 - what they do next is no secret
        self._rows: list[Own] = []
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._work, daemon=True)
        self._problem: Exception | None = None
        self.writes = 0

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        """Raises what the work ended with, if it did by itself."""
        self._stopped.set()
        self._thread.join()
        if self._problem is not None:
            raise self._problem

    def differences(self) -> list[str]:
        """What is not as they left it."""
        found = []
        for own in self._rows:
            answer = self._resource(own.kind).get(own.row_id)
            now = _kept(answer.data) if answer.ok and answer.data is not None else None
            if now != own.seen:
                found.append(f"{own.kind} {own.row_id}: {own.seen} is now {now}")
        return found

    @property
    def rows(self) -> int:
        return len(self._rows)

    def _work(self) -> None:
        try:
            while not self._stopped.wait(PAUSE):
                self._random.choice(self._deeds())()
                self.writes += 1
        except Exception as problem:  # told by `stop`
            self._problem = problem

    def _deeds(self) -> list[Callable[[], None]]:
        if not self._rows:
            return [self._make]
        if len(self._rows) >= MOST_ROWS:
            return [self._delete]
        return [self._make, self._make, self._change, self._pin, self._publish, self._copy, self._delete]

    def _make(self) -> None:
        kind = self._random.choice(["event", "group_buy"])
        body = _event(self._title()) if kind == "event" else _group_buy(self._title())
        body["resourceId"] = self._calls.resources.new_id("hd" if kind == "event" else "pt").require_data()
        row_id = self._resource(kind).create(body).require_data()
        self._rows.append(self._looked_at(Own(kind, row_id)))

    def _change(self) -> None:
        own = self._any()
        row = self._resource(own.kind).get(own.row_id).require_data()
        name = "name" if own.kind == "event" else "titile"
        self._resource(own.kind).update(own.row_id, {**row, name: self._title()}).require_ok()
        self._looked_at(own)

    def _pin(self) -> None:
        own = self._any()
        self._resource(own.kind).recommend(own.row_id, recommend=self._random.random() < 0.5).require_ok()
        self._looked_at(own)

    def _publish(self) -> None:
        own, on = self._any(), self._random.random() < 0.5
        if own.kind == "event":
            self._calls.events.publish(own.row_id, on).require_ok()
        else:
            self._calls.group_buys.enable(own.row_id, on).require_ok()
        self._looked_at(own)

    def _copy(self) -> None:
        own = self._any()
        copied = self._resource(own.kind).copy(own.row_id).require_ok()
        if isinstance(copied.data, str):
            self._rows.append(self._looked_at(Own(own.kind, copied.data)))

    def _delete(self) -> None:
        own = self._any()
        self._rows.remove(own)
        self._resource(own.kind).delete(own.row_id).require_ok()

    def _looked_at(self, own: Own) -> Own:
        own.seen = _kept(self._resource(own.kind).get(own.row_id).require_data())
        return own

    def _any(self) -> Own:
        return self._random.choice(self._rows)

    def _title(self) -> str:
        return f"同事的活动{self._random.randrange(10_000)} {self._random.choice(['', LOOKALIKE])}"

    def _resource(self, kind: str) -> Activities[Any]:
        return self._calls.events if kind == "event" else self._calls.group_buys


def _kept(row: Mapping[str, Any]) -> Mapping[str, Any]:
    """What nobody but its owner may change."""
    return {key: value for key, value in row.items() if key not in COMPUTED}


def _times() -> dict[str, int]:
    now = int(time()) * 1000
    return {"beginTime": now - HOUR, "endTime": now + 24 * HOUR}


def _event(title: str) -> dict[str, Any]:
    times = _times()
    session = {"startTime": times["beginTime"] + 2 * HOUR, "endTime": times["endTime"] - HOUR, "quota": 3}
    return {
        "name": title,
        **times,
        "eventSessionList": [{**session, "placeType": "ADDRESS", "address": "路"}],
    }


def _group_buy(title: str) -> dict[str, Any]:
    rule = {
        "size": 2,
        "leaderPrice": 0,
        "memberPrice": 0,
        "maxNumber": 20,
        "begintNumber": 0,
        "canJoin": True,
    }
    return {
        "titile": title,
        **_times(),
        "effectiveType": "RELATIVE_DATE",
        "effectiveHours": 48,
        "teamLastTimeType": "LIMITLESS",
        "groupBuyEventTeamRules": [rule],
    }
