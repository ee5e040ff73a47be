"""Takes away what a test has made, in reverse order, whatever became of the test.

It watches the calls themselves, so a row that should have been refused is cleaned up too. It knows no kind
of row: what `admin.NAME.create` or `copy` made is deleted by the client's resource NAME, or hidden where that
has no delete. On a platform that lasts, orders are cancelled too, and what may have been made by a call that
brought no answer is looked for.
"""

import json
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any, Final

from clients import AdminClient, Call, Exchange, ExchangeFailure, PlatformFailure
from harness.platform import NEW_MEMBER
from harness.undoing import BookedOrder, CreatedRow, Made, PulledLines, can_be_deleted

FRONT = "admin."
MAKES_ROWS = frozenset({"create", "copy"})
MOST_ROWS = 1000
LEFT: Final = "left"
"""The property of a test that has left something for good, `KIND=N`."""
DESKS: Final[Mapping[str, str]] = {
    "member.event_orders.book": "event_orders",
    "member.group_buy_orders.join": "group_buy_orders",
}
"""By the call that makes an order, the console's resource that cancels it."""
PULL = "admin.one_yuan_orders.pull"


class CleanUp:
    """An observer of the transport; `run` empties it.

    `lasting` says that the platform goes on after the run. `left` counts what can only be cancelled or
    hidden, or not even that, by kind.
    """

    def __init__(self, *, lasting: bool = False) -> None:
        self._lasting = lasting
        self._made: list[Made] = []
        self._untold: dict[tuple[str, str], None] = {}
        self.left: Counter[str] = Counter()

    def call_started(self, call: Call) -> None:
        return None

    def call_finished(self, call: Call, outcome: Exchange | ExchangeFailure) -> None:
        resource, _, method = call.name.removeprefix(FRONT).rpartition(".")
        creates = call.name.startswith(FRONT) and method in MAKES_ROWS
        if not creates and not self._lasting:
            return
        if isinstance(outcome, ExchangeFailure):
            if creates and self._lasting:
                self._untold[call.actor, resource] = None
            return
        if outcome.status != 200 or outcome.file is not None:
            return
        answer = outcome.json()
        if answer.get("code") != "0":
            return
        if creates:
            self._created(call.actor, resource, method, answer.get("data"), outcome.request_body)
        else:
            self._made += _besides_rows(call, answer.get("data"))
            self.left.update(_for_good(call))

    def run(self, mark: str, client_of: Callable[[str], AdminClient]) -> None:
        """Undo as the organization that made it; a row of which nobody told the id is found by the mark.

        What cannot be undone keeps nothing else; the first failure is raised at the end.
        """
        failures: list[PlatformFailure] = []
        made, self._made = self._made, []
        untold, self._untold = self._untold, {}
        for actor, resource in untold:
            with _kept_for_later(failures):
                made += _found(mark, actor, resource, client_of(actor), made)
        for one in reversed(made):
            with _kept_for_later(failures):
                one.undo(client_of(one.actor))
                self._count(one, client_of(one.actor))
        if failures:
            raise failures[0]

    def _created(self, actor: str, resource: str, method: str, made: Any, body: str) -> None:
        """A copy may tell no id (E-05)."""
        if isinstance(made, str):
            self._made.append(CreatedRow(actor, resource, made, body))
        elif method == "copy":
            self._untold[actor, resource] = None

    def _count(self, made: Made, client: AdminClient) -> None:
        if isinstance(made, BookedOrder):
            self.left["orders"] += 1
        elif isinstance(made, PulledLines):
            self.left["pulled orders"] += len(made.lines)
        elif isinstance(made, CreatedRow) and not can_be_deleted(getattr(client, made.resource)):
            self.left[f"{made.resource} (hidden)"] += 1


def _besides_rows(call: Call, data: Any) -> list[Made]:
    """Orders that a call has made."""
    if (desk := DESKS.get(call.name)) is not None and isinstance(data, dict):
        return [BookedOrder(call.actor, desk, str(data["orderId"]))]
    if call.name == PULL and isinstance(data, list) and isinstance(call.sent, dict):
        results = zip(call.sent.get("orders") or [], data, strict=False)  # one for each line, in their order
        taken = tuple(line for line, result in results if result.get("code") == "0")
        return [PulledLines(call.actor, taken)] if taken else []
    return []


def _for_good(call: Call) -> list[str]:
    """What a call has made that nothing takes away."""
    if call.name == "member.shares.record":
        return ["shares"]
    code = str((call.params or {}).get("code"))
    return ["members"] if call.name == "member.wechat.login" and code.startswith(NEW_MEMBER) else []


def _found(mark: str, actor: str, resource: str, client: AdminClient, made: list[Made]) -> list[CreatedRow]:
    """The rows within the mark that nobody has told of; rows of two kinds may have one id."""
    search = "search_key" if resource == "workers" else "search_word"
    listed = getattr(client, resource).list(**{search: mark}, page=1, size=MOST_ROWS)
    known = {one.row_id for one in made if isinstance(one, CreatedRow) and one.resource == resource}
    return [
        CreatedRow(actor, resource, row["id"], json.dumps(row))
        for row in listed.require_data()
        if row["id"] not in known
    ]


@contextmanager
def _kept_for_later(failures: list[PlatformFailure]) -> Iterator[None]:
    try:
        yield
    except PlatformFailure as failure:
        failures.append(failure)
