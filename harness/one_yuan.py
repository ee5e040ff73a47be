"""One-yuan groups (一元购团) as cases tell of them: who ordered, what was pulled, and what then happens."""

from collections.abc import Iterable, Mapping
from typing import Any, Final

from harness.cases import Case
from harness.one_yuan_deeds import DEEDS, EVENTS, LINES, PEOPLE
from harness.one_yuan_pulls import LEADER, NORMAL, NOTHING_DUE, REFUNDED, STATES, Group, OneYuanPulls

__all__ = [
    "ACTIONS",
    "LEADER",
    "NORMAL",
    "NOTHING_DUE",
    "REFUNDED",
    "STATES",
    "WAYS",
    "Group",
    "OneYuanGroups",
]

WAYS: Final[Mapping[str, tuple[str, ...]]] = {
    "open": (),
    "full": ("first_joins", "second_joins"),
    "expired": ("time_ends", "leader_reads"),
    "invalid": ("leader_refunded",),
    "taken_down": ("taken_down", "leader_reads"),
}
"""What is done to a new group of 1 + 2 to bring it into a state."""

ACTIONS: Final = (
    "leader_pulled_again",
    "leader_refunded",
    "member_joins",
    "member_fills",
    "member_refunded",
    "old_member_pulled",
    "read_in_time",
    "read_after_expiry",
    "read_when_taken_down",
    "read_by_console",
    "tick_after_expiry",
)
"""The columns of the matrix of groups."""

Happening = str | list[str]
"""A deed or event, or the deeds that are the lines of one batch."""


class OneYuanGroups(OneYuanPulls):
    """Lets things happen to groups."""

    def told(self, case: Case) -> Group:
        """The group that a case tells of: of a product that `given` changes, after all of `query.then`."""
        group = self.open(self.products.make(case.given))
        self.happen(group, *case.query.get("then", []))
        return group

    def happen(self, group: Group, *happenings: Happening) -> Any:
        """Let things happen in turn; what the last of them answered, the results of a batch's lines."""
        answer: Any = None
        for happening in happenings:
            answer = self._happen(group, happening)
        return answer

    def bring(self, state: str, before: Iterable[str] = ()) -> Group:
        """A group of 1 + 2 in a state; what happens `before` that may be a part of the way."""
        group = self.open(self.products.make())
        first = list(before)
        self.happen(group, *first, *(step for step in WAYS[state] if step not in first))
        return group

    def _happen(self, group: Group, happening: Happening) -> Any:
        if isinstance(happening, list):
            lines = [(LINES[deed], who) for who, deed in map(_deed, happening)]
            return self.take_in(*[line(self, group, who) for line, who in lines])
        if happening in EVENTS:
            return EVENTS[happening](self, group)
        who, deed = _deed(happening)
        return DEEDS[deed](self, group, who) if deed in DEEDS else self._happen(group, [happening])


def _deed(happening: str) -> tuple[str, str]:
    who, _, deed = happening.partition("_")
    if who not in PEOPLE or deed not in DEEDS.keys() | LINES.keys():
        raise ValueError(f"{happening!r} is neither an event nor somebody's deed (harness/one_yuan_deeds.py)")
    return who, deed
