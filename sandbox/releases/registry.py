"""Every seeded difference of a release there is, by name."""

from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from typing import Final

from sandbox.releases import envelopes, events, group_buys, one_yuan, orders, people, places
from sandbox.releases.hook import Change, Changes, Kind

AREAS: Final = (events, group_buys, orders, people, places, one_yuan, envelopes)
KNOWN: Final[Mapping[str, Change]] = {
    change.name: change for area in AREAS for change in vars(area).values() if isinstance(change, Change)
}
ALL: Final = "all"  # but rewordings, which make no difference to anybody


class UnknownChangeError(ValueError):
    """The message is one line for the user."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.near = get_close_matches(name, (*KNOWN, ALL))
        known = f"did you mean {' or '.join(self.near)}?" if self.near else f"known are {', '.join(KNOWN)}"
        super().__init__(f"there is no change {name!r}; {known}")


def changes_named(names: Iterable[str]) -> Changes:
    """Exactly these, in the order in which they are known; `all` is all but rewordings."""
    wanted = set(names)
    for name in sorted(wanted - KNOWN.keys() - {ALL}):
        raise UnknownChangeError(name)
    return Changes(change for name, change in KNOWN.items() if name in wanted or _is_of_all(change, wanted))


def _is_of_all(change: Change, wanted: set[str]) -> bool:
    return ALL in wanted and change.kind is not Kind.MESSAGE_REWORDED
