"""Findings of how calls ended: the first answer of a test that is another, from which the rest may follow."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from harness.comparing.chance import FEWEST
from harness.comparing.findings import Finding, Kind, Sighting, merged, seen
from harness.comparing.recordings import Outcome
from harness.comparing.stories import Matched, Story

NO_ROUTE = frozenset({404, 405, 410, 501})
NO_ACCESS = frozenset({401, 403})


@dataclass(frozen=True)
class _Change:
    call: str
    old: Outcome
    new: Outcome


class Answered:
    """How all exchanges of each call ended in one recording."""

    def __init__(self, stories: Mapping[str, Story]) -> None:
        self._by_call: dict[str, Counter[Outcome]] = {}
        for story in stories.values():
            for (call, _), outcome in zip(story.steps, story.outcomes, strict=True):
                self._by_call.setdefault(call, Counter())[outcome] += 1

    @property
    def calls(self) -> frozenset[str]:
        return frozenset(self._by_call)

    def outcomes(self, call: str) -> Counter[Outcome]:
        return self._by_call.get(call, Counter())

    def has_no_route(self, call: str) -> bool:
        """Whether "no such route" came often enough, and beside it no answer but a lack of access."""
        found = {one: count for one, count in self.outcomes(call).items() if not one.is_transient}
        missing = sum(count for one, count in found.items() if one.status in NO_ROUTE)
        return missing >= FEWEST and all(one.status in NO_ROUTE | NO_ACCESS for one in found)


def compare_outcomes(
    old: Mapping[str, Story], new: Mapping[str, Story], matches: Mapping[str, Matched]
) -> Iterator[Finding]:
    before, after = Answered(old), Answered(new)
    gone = {call for call in before.calls if after.has_no_route(call) and not before.has_no_route(call)}
    added = {call for call in after.calls if before.has_no_route(call) and not after.has_no_route(call)}
    changes: dict[_Change, Sighting] = {}
    for number, (test, match) in enumerate(matches.items()):
        for at, there, is_first in _changes(old[test], new[test], match):
            change = _Change(old[test].steps[at][0], old[test].outcomes[at], new[test].outcomes[there])
            if is_first or change.call in gone | added:
                changes.setdefault(change, Sighting()).add(number * 100_000 + at, number, old[test].witness)
    yield from _calls(Kind.CALL_GONE, gone, changes)
    yield from _calls(Kind.CALL_ADDED, added, changes)
    for change, sighting in changes.items():
        if change.call not in gone | added:
            told = str(change.old), str(change.new)
            yield seen(_kind(change), change.call, None, *told, sighting)


def _calls(kind: Kind, calls: set[str], changes: Mapping[_Change, Sighting]) -> Iterator[Finding]:
    for call in sorted(calls):
        of_call = {change: sighting for change, sighting in changes.items() if change.call == call}
        if not of_call:
            continue
        change = max(of_call, key=lambda one: of_call[one].exchanges)
        yield seen(kind, call, None, str(change.old), str(change.new), merged(of_call.values()))


def _kind(change: _Change) -> Kind:
    old, new = change.old, change.new
    if old.is_accepted and not new.is_accepted:
        return Kind.NEWLY_REFUSED
    if new.is_accepted and not old.is_accepted:
        return Kind.ACCESS_OPENED if old.status in NO_ACCESS else Kind.NEWLY_ACCEPTED
    return Kind.STATUS if old.status != new.status else Kind.REFUSAL_CODE


def _changes(old: Story, new: Story, match: Matched) -> Iterator[tuple[int, int, bool]]:
    """The places of a test whose answer is another, and whether it is the first that tells of a change.

    Of callers at the same time one is refused, in each run another; of random steps each run meets others.
    """
    pairs = match.pairs
    if match.is_shuffled or _ended(old, [at for at, _ in pairs]) == _ended(
        new, [there for _, there in pairs]
    ):
        return
    is_first = True
    for at, there in pairs:
        before, after = old.outcomes[at], new.outcomes[there]
        if old.sent[at] != new.sent[there]:
            is_first = False  # another question: what an earlier answer said was sent back
            continue
        if before == after or before.is_transient or after.is_transient:
            continue
        call = old.steps[at][0]
        if after in _of_call(old, call) and before in _of_call(new, call):
            continue
        yield at, there, is_first
        is_first = False


def _ended(story: Story, places: Iterable[int]) -> Counter[Outcome]:
    return Counter(story.outcomes[at] for at in places)


def _of_call(story: Story, call: str) -> set[Outcome]:
    return {outcome for (name, _), outcome in zip(story.steps, story.outcomes, strict=True) if name == call}
