"""All of a comparison: both recordings are read twice, first who met whom, then what those exchanges say."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain
from typing import Final

from harness.comparing.fields import compare_fields
from harness.comparing.findings import Finding, Rating, Witness, in_order
from harness.comparing.latency import Times, compare_times, factor_of, unknown_calls
from harness.comparing.orders import Met, Orders, lists
from harness.comparing.outcomes import Answered, compare_outcomes
from harness.comparing.recordings import Exchange, Recording
from harness.comparing.shapes import Place, Shape
from harness.comparing.stories import Matched, Story, match_all, read_stories

NOTABLE_FACTOR: Final = 1.5
"""How much slower or faster a run as a whole must be to be worth a word."""
_MOST_OF_A_TEST: Final = 1_000_000


@dataclass(frozen=True)
class NotSeen:
    """What only one of the recordings tells of: no finding, but nothing is known of it either."""

    calls_only_in_old: Sequence[str]
    calls_only_in_new: Sequence[str]
    tests_only_in_old: Sequence[str]
    tests_only_in_new: Sequence[str]
    apart: Sequence[str]
    unmatched: int
    transient: int
    untimed: Sequence[str]


@dataclass(frozen=True)
class Comparison:
    """What changed from `old` to `new`; `compared` exchanges of `tests` tests told it."""

    old: str
    new: str
    findings: Sequence[Finding]
    not_seen: NotSeen
    compared: int
    tests: int
    factor: float

    @property
    def counts(self) -> Mapping[Rating, int]:
        return {rating: sum(one.rating is rating for one in self.findings) for rating in Rating}

    @property
    def is_broken(self) -> bool:
        return self.counts[Rating.BREAKING] > 0


@dataclass
class _Side:
    """What the exchanges of one recording add up to, by call; refusals apart from the rest."""

    shapes: dict[tuple[str, bool], Shape] = field(default_factory=dict)
    times: dict[str, Times] = field(default_factory=dict)

    def add_shape(self, one: Exchange, place: Place) -> None:
        shape = self.shapes.setdefault((one.call, one.outcome.is_accepted), Shape())
        if one.kind == "json":
            shape.add(one.value, place)
        else:
            shape.add_other(one.kind, place)

    def add_time(self, one: Exchange) -> None:
        if one.outcome.is_accepted and one.tries == 1:
            self.times.setdefault(one.call, Times()).add(one.test, one.milliseconds)


@dataclass(frozen=True)
class _Looked:
    """An exchange of a test that both have; `pair` is its place in the old story, if it has a counterpart."""

    exchange: Exchange
    met: Met
    place: Place
    pair: int | None
    is_shuffled: bool


@dataclass(frozen=True)
class _Stories:
    old: Mapping[str, Story]
    new: Mapping[str, Story]
    matches: Mapping[str, Matched]

    def counterparts(self, test: str, side: int) -> dict[int, int]:
        """Where a place of this side is in the old story, if the exchange there ended in the same way."""
        old, new = self.old[test].outcomes, self.new[test].outcomes
        return {pair[side]: pair[0] for pair in self.matches[test].pairs if old[pair[0]] == new[pair[1]]}


def compare(old: Recording, new: Recording) -> Comparison:
    """Raises `DataError` for a recording that cannot be read to its end."""
    before, after = read_stories(old), read_stories(new)
    stories = _Stories(before, after, dict(match_all(before, after)))
    orders, sides = Orders(), (_Side(), _Side())
    for side, recording in enumerate((old, new)):
        for looked in _looked_at(recording, stories, side):
            _add(sides[side], looked, orders, is_old=side == 0)
    witnesses = {test: story.witness for test, story in before.items()}
    findings = chain(
        compare_outcomes(before, after, stories.matches),
        _fields(*sides),
        orders.findings(),
        compare_times(sides[0].times, sides[1].times, witnesses),
    )
    return Comparison(
        old=old.name,
        new=new.name,
        findings=in_order(findings),
        not_seen=_not_seen(stories, sides),
        compared=sum(len(match.pairs) for match in stories.matches.values()),
        tests=len(stories.matches),
        factor=factor_of(sides[0].times, sides[1].times),
    )


def _looked_at(recording: Recording, stories: _Stories, side: int) -> Iterator[_Looked]:
    number, test, met, at = 0, "", Met(), 0
    pairs: Mapping[int, int] = {}
    for one in recording.exchanges():
        if one.test not in stories.matches:
            continue
        if one.test != test:
            number, test, met, at = number + 1, one.test, Met(), 0
            pairs = stories.counterparts(test, side)
        place = Place(number * _MOST_OF_A_TEST + at, number, _witness(one))
        yield _Looked(one, met, place, pairs.get(at), stories.matches[test].is_shuffled)
        at += 1
        met.meet(one.sent)
        met.meet(one.path.split("/"))
        met.meet(one.value)


def _witness(one: Exchange) -> Witness:
    return Witness(one.case or one.test, one.rule)


def _add(side: _Side, looked: _Looked, orders: Orders, *, is_old: bool) -> None:
    one = looked.exchange
    side.add_time(one)
    if looked.pair is None:
        return
    side.add_shape(one, looked.place)
    if looked.is_shuffled:
        return
    for found in lists(one.value, looked.met):
        if is_old:
            orders.keep(one.test, looked.pair, found)
        else:
            orders.compare(one.call, one.test, looked.pair, found, looked.place)


def _fields(old: _Side, new: _Side) -> Iterator[Finding]:
    for key, shape in old.shapes.items():
        if key in new.shapes:
            yield from compare_fields(key[0], shape, new.shapes[key])


def _not_seen(stories: _Stories, sides: tuple[_Side, _Side]) -> NotSeen:
    calls = Answered(stories.old).calls, Answered(stories.new).calls
    matches = stories.matches
    outcomes = [
        one for side in (stories.old, stories.new) for story in side.values() for one in story.outcomes
    ]
    pairs = sum(len(match.pairs) for match in matches.values())
    return NotSeen(
        calls_only_in_old=sorted(calls[0] - calls[1]),
        calls_only_in_new=sorted(calls[1] - calls[0]),
        tests_only_in_old=sorted(stories.old.keys() - stories.new.keys()),
        tests_only_in_new=sorted(stories.new.keys() - stories.old.keys()),
        apart=sorted(test for test, match in matches.items() if not match.is_whole),
        unmatched=sum(len(stories.old[test].steps) for test in matches) - pairs,
        transient=sum(one.is_transient for one in outcomes),
        untimed=unknown_calls(sides[0].times, sides[1].times),
    )
