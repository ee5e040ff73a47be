"""Who may look on while calls are made: reporting, schema checks, the list of what to clean up."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from clients.errors import ExchangeFailure
from clients.response import Exchange


@dataclass(frozen=True)
class Call:
    """A call about to be made. `name` is `front.resource.method`; `path` is below the front's base URL.

    `file` says that a success brings a file instead of the envelope. `sent` is the JSON of its body, None for
    any other body.
    """

    name: str
    actor: str
    method: str
    path: str
    params: Mapping[str, Any] | None = field(default=None, repr=False)
    file: bool = False
    sent: Any = field(default=None, repr=False)


class Observer(Protocol):
    """Told of each call, in the order of registration; what `call_finished` raises, the caller gets."""

    def call_started(self, call: Call) -> None: ...

    def call_finished(self, call: Call, outcome: Exchange | ExchangeFailure) -> None:
        """`outcome` is the raw exchange, or the (redacted) reason why there is none."""
