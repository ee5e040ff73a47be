"""Every seeded defect there is, by name."""

from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from typing import Final

from sandbox.faults import events, group_buys, one_yuan, orders, payments, referrals, workers
from sandbox.faults.hook import Fault, Faults

AREAS: Final = (events, group_buys, orders, payments, referrals, workers, one_yuan)
KNOWN: Final[Mapping[str, Fault]] = {
    fault.name: fault for area in AREAS for fault in vars(area).values() if isinstance(fault, Fault)
}


class UnknownFaultError(ValueError):
    """The message is one line for the user."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.near = get_close_matches(name, KNOWN)
        known = f"did you mean {' or '.join(self.near)}?" if self.near else f"known are {', '.join(KNOWN)}"
        super().__init__(f"there is no fault {name!r}; {known}")


def faults_named(names: Iterable[str]) -> Faults:
    """Exactly these, in the order in which they are known."""
    wanted = set(names)
    for name in sorted(wanted - KNOWN.keys()):
        raise UnknownFaultError(name)
    return Faults(fault for name, fault in KNOWN.items() if name in wanted)
