"""Which exchange of one recording is which of the other.

A test tells the same story in both: the same calls by the same actors, one after the other. What only one
worker had to ask (a sign-in, a list that is read once) is stepped over; where a story goes on differently,
as one made of random steps does, or one whose test failed early, nothing after it is compared.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from harness.comparing.findings import Witness
from harness.comparing.forms import Form, form_of
from harness.comparing.recordings import Outcome, Recording

FARTHEST: Final = 12
"""How many exchanges of one side may be stepped over, in all of a test."""
LEAST_ALIKE: Final = 4
UNAUTHORIZED: Final = 401
_WORD: Final = re.compile(r"\w+")

Step = tuple[str, str]
"""Which call, by which actor."""


@dataclass
class Story:
    """The calls of one test in the order recorded, with how each ended and how what it sent was written."""

    witness: Witness
    steps: list[Step] = field(default_factory=list)
    outcomes: list[Outcome] = field(default_factory=list)
    sent: list[Form] = field(default_factory=list)

    def places(self) -> list[int]:
        """All, but a call whose sign-in was no longer good and the sign-in after it: the call comes again."""
        renewed: set[int] = set()
        for at, outcome in enumerate(self.outcomes[:-2]):
            step = self.steps[at]
            if outcome.status == UNAUTHORIZED and self.steps[at + 2] == step != self.steps[at + 1]:
                renewed |= {at, at + 1}
        return [at for at in range(len(self.steps)) if at not in renewed]


@dataclass(frozen=True)
class Matched:
    """The pairs (old place, new place) of a test.

    `is_whole` unless the stories went apart; `is_shuffled` where the same steps came in another order, as
    those of callers at the same time and of random steps do.
    """

    pairs: Sequence[tuple[int, int]]
    is_whole: bool = True
    is_shuffled: bool = False


def read_stories(recording: Recording) -> dict[str, Story]:
    """By test. Steps and outcomes are few and shared, so that this is small beside the recording."""
    stories: dict[str, Story] = {}
    steps: dict[Step, Step] = {}
    outcomes: dict[Outcome, Outcome] = {}
    forms: dict[Form, Form] = {}
    for one in recording.exchanges():
        story = stories.get(one.test)
        if story is None:
            story = stories[one.test] = Story(Witness(one.case or one.test, one.rule))
        step = (one.call, one.actor)
        story.steps.append(steps.setdefault(step, step))
        story.outcomes.append(outcomes.setdefault(one.outcome, one.outcome))
        form = form_of(one.sent)
        story.sent.append(forms.setdefault(form, form))
    return stories


def steady(old: Mapping[str, Story], new: Mapping[str, Story]) -> None:
    """Leave out of the actors the marks that a run gives to its own: words that the other run never says."""
    both = _words(old) & _words(new)
    for story in (*old.values(), *new.values()):
        story.steps = [
            (call, _WORD.sub(lambda word: word[0] if word[0] in both else "*", actor))
            for call, actor in story.steps
        ]


def _words(stories: Mapping[str, Story]) -> set[str]:
    actors = {actor for story in stories.values() for _, actor in story.steps}
    return {word for actor in actors for word in _WORD.findall(actor)}


def matched(old: Story, new: Story) -> Matched:
    """Walks both stories, stepping over a few exchanges that only one of them has."""
    places = old.places(), new.places()
    steps = [old.steps[at] for at in places[0]], [new.steps[at] for at in places[1]]
    pairs: list[tuple[int, int]] = []
    over: tuple[Counter[Step], Counter[Step]] = Counter(), Counter()
    at, other, left = 0, 0, FARTHEST
    while at < len(steps[0]) and other < len(steps[1]):
        if steps[0][at] == steps[1][other]:
            pairs.append((places[0][at], places[1][other]))
            at, other = at + 1, other + 1
            continue
        skips = _skips(steps[0][at : at + FARTHEST + 2], steps[1][other : other + FARTHEST + 2], left)
        if skips is None:
            rest = Counter(steps[0][at:]), Counter(steps[1][other:])
            return Matched(pairs, is_whole=False, is_shuffled=_are_alike(*rest) or bool(over[0] & over[1]))
        over[0].update(steps[0][at : at + skips[0]])
        over[1].update(steps[1][other : other + skips[1]])
        at, other, left = at + skips[0], other + skips[1], left - sum(skips)
    return Matched(pairs, is_shuffled=bool(over[0] & over[1]))


def _skips(old: Sequence[Step], new: Sequence[Step], left: int) -> tuple[int, int] | None:
    """How many to step over, on one side alone, to meet again: for two steps, or else for one."""
    for length in (2, 1):
        for count in range(1, left + 1):
            for here, there in ((0, count), (count, 0)):
                met = old[here : here + length]
                if met and met == new[there : there + length]:
                    return here, there
    return None


def _are_alike(old: Counter[Step], new: Counter[Step]) -> bool:
    """Whether both go on with much the same steps; a test that failed goes on with few, to clean up."""
    both = (old & new).total()
    return both >= LEAST_ALIKE and both * 2 >= max(old.total(), new.total())


def match_all(old: Mapping[str, Story], new: Mapping[str, Story]) -> Iterator[tuple[str, Matched]]:
    """By test, those that both have; the actors of both stories are `steady` from then on."""
    steady(old, new)
    for test, story in old.items():
        if test in new:
            yield test, matched(story, new[test])
