"""Deletes what a test has created, in reverse order, whatever became of the test.

It watches the calls themselves, so a row that should have been refused is cleaned up too.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from clients import AdminClient, Call, Exchange, ExchangeFailure, PlatformFailure

CREATES_EVENT = "admin.events.create"
COPIES_EVENT = "admin.events.copy"


class CleanUp:
    """An observer of the transport; `run` empties it."""

    def __init__(self) -> None:
        self._created: list[tuple[str, str]] = []
        self._copied_by: set[str] = set()

    def call_started(self, call: Call) -> None:
        return None

    def call_finished(self, call: Call, outcome: Exchange | ExchangeFailure) -> None:
        if not isinstance(outcome, Exchange) or outcome.status != 200:
            return
        body = outcome.json()
        if body.get("code") != "0":
            return
        if call.name == CREATES_EVENT and isinstance(body.get("data"), str):
            self._created.append((call.actor, body["data"]))
        elif call.name == COPIES_EVENT:
            self._copied_by.add(call.actor)

    def run(self, mark: str, client_of: Callable[[str], AdminClient]) -> None:
        """Delete as the tenant that created; a copy answers no id (E-05), so copies are found by the mark.

        A row that cannot be deleted keeps no other; the first failure is raised at the end.
        """
        failures: list[PlatformFailure] = []
        for actor in sorted(self._copied_by):
            with _kept_for_later(failures):
                self._add_copies(mark, actor, client_of(actor))
        self._copied_by.clear()
        while self._created:
            actor, event_id = self._created.pop()
            with _kept_for_later(failures):
                client_of(actor).events.delete(event_id).require_ok()
        if failures:
            raise failures[0]

    def _add_copies(self, mark: str, actor: str, client: AdminClient) -> None:
        found = client.events.list(search_word=mark, page=1, size=1000).require_data()
        known = {event_id for _, event_id in self._created}
        self._created += [(actor, row["id"]) for row in found if row["id"] not in known]


@contextmanager
def _kept_for_later(failures: list[PlatformFailure]) -> Iterator[None]:
    try:
        yield
    except PlatformFailure as failure:
        failures.append(failure)
