"""Takes away what a test has created, in reverse order, whatever became of the test.

It watches the calls themselves, so a row that should have been refused is cleaned up too. It knows no kind
of row: what `admin.NAME.create` or `copy` made is deleted by the client's resource NAME, or hidden where that
has no delete.
"""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from clients import AdminClient, Call, Exchange, ExchangeFailure, PlatformFailure

FRONT = "admin."
MAKES_ROWS = frozenset({"create", "copy"})
MOST_ROWS = 1000
SHOWN = "isShow"
"""The field that hides a row of a resource without a delete."""


@dataclass(frozen=True)
class Created:
    """One row: who made it, by which resource of the client, its id (None: a copy told none), its body."""

    actor: str
    resource: str
    row_id: str | None
    body: str = "{}"


class CleanUp:
    """An observer of the transport; `run` empties it."""

    def __init__(self) -> None:
        self._created: list[Created] = []

    def call_started(self, call: Call) -> None:
        return None

    def call_finished(self, call: Call, outcome: Exchange | ExchangeFailure) -> None:
        resource, _, method = call.name.removeprefix(FRONT).rpartition(".")
        if not call.name.startswith(FRONT) or method not in MAKES_ROWS:
            return
        if not isinstance(outcome, Exchange) or outcome.status != 200 or outcome.file is not None:
            return
        body = outcome.json()
        made = body.get("data")
        if body.get("code") == "0" and (isinstance(made, str) or method == "copy"):
            row_id = made if isinstance(made, str) else None
            self._created.append(Created(call.actor, resource, row_id, outcome.request_body))

    def run(self, mark: str, client_of: Callable[[str], AdminClient]) -> None:
        """Delete as the tenant that created; a copy that told no id (E-05) is found by the mark.

        A row that cannot be deleted keeps no other; the first failure is raised at the end.
        """
        failures: list[PlatformFailure] = []
        created, self._created = self._created, []
        untold = dict.fromkeys((row.actor, row.resource) for row in created if row.row_id is None)
        for actor, resource in untold:
            with _kept_for_later(failures):
                created += _found(mark, actor, resource, client_of(actor), created)
        for row in reversed(created):
            if row.row_id is not None:
                with _kept_for_later(failures):
                    _take_away(_resource(client_of(row.actor), row.resource), row.row_id, row.body)
        if failures:
            raise failures[0]


def _found(
    mark: str, actor: str, resource: str, client: AdminClient, created: list[Created]
) -> list[Created]:
    """The rows within the mark that nobody has told of; rows of two kinds may have one id."""
    rows = _resource(client, resource).list(search_word=mark, page=1, size=MOST_ROWS).require_data()
    known = {row.row_id for row in created if row.resource == resource}
    return [Created(actor, resource, row["id"]) for row in rows if row["id"] not in known]


def _take_away(resource: Any, row_id: str, body: str) -> None:
    """What cannot be deleted is put back to what it was created as, but hidden."""
    if hasattr(resource, "delete"):
        resource.delete(row_id).require_ok()
    else:
        resource.update(row_id, {**json.loads(body), SHOWN: 0}).require_ok()


def _resource(client: AdminClient, name: str) -> Any:
    return getattr(client, name)


@contextmanager
def _kept_for_later(failures: list[PlatformFailure]) -> Iterator[None]:
    try:
        yield
    except PlatformFailure as failure:
        failures.append(failure)
