"""A sandbox on a real socket, and many who call it at the same moment."""

import json
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import create_engine, text

from sandbox import Sandbox
from tests.sandbox.actors import Actor, JsonObject, member, tenant
from tests.sandbox.crowds import CALLERS, Caller, at_once, meeting_before
from tests.sandbox.orders import signature_of


@dataclass(frozen=True)
class Served:
    app: Sandbox
    url: str

    @property
    def admin(self) -> Actor:
        return tenant(self.app, "admin")

    def caller(self, actor: Actor) -> Caller:
        return Caller(self.url + actor.front, {**actor.headers, "Content-Type": "application/json"})

    def members(self) -> list[Actor]:
        return [member(self.app, f"crowd-{number}") for number in range(CALLERS)]

    def notify(self, body: JsonObject) -> JsonObject:
        raw = json.dumps(body).encode()
        caller = Caller(f"{self.url}/clt", {"Content-Type": "application/json"})
        return caller.send("POST", "/pay/notify", raw, **{"X-Pay-Signature": signature_of(raw)})

    def crowd(self, calls: Sequence[Callable[[], JsonObject]], before: str) -> list[JsonObject]:
        """All at once, and in step again before such a statement."""
        with meeting_before(self.app.extensions["sandbox"].database.engine, before):
            return at_once(calls)

    def rows(self, query: str) -> list[dict[str, Any]]:
        engine = create_engine(self.app.database_url)
        with engine.connect() as connection:
            found = [dict(row) for row in connection.execute(text(query)).mappings()]
        engine.dispose()
        return found


def codes(answers: list[JsonObject]) -> Counter[str]:
    return Counter(str(answer["code"]) for answer in answers)
