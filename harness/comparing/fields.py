"""Findings of fields: how the answers of a call looked over the whole run, in one recording and the other.

Whether a field is there, its type and its format do not depend on data: a few exchanges on both sides are
enough where the difference is a total one. Nulls and values do: they are counted by tests, since a test
reads its own row many times, and told where chance is unlikely to have put all of them on one side.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from harness.comparing.chance import FEWEST, UNLIKELY, UNLIKELY_OF_CONSTANT, is_new
from harness.comparing.findings import Finding, Kind, Sighting, merged, seen
from harness.comparing.formats import ALIKE, places_of
from harness.comparing.shapes import EACH_KEY, Shape

BODY: Final = "(body)"
NULL: Final = "null"
NEARLY_ALL: Final = 0.95
FEWEST_TESTS: Final = 5
LEAST_KEYS_OF_MAP: Final = 12
RARE: Final = 0.2
_ABSENT: Final = "absent"


@dataclass(frozen=True)
class _Pair:
    """One place of the answers in both recordings."""

    call: str
    path: str
    old: Shape
    new: Shape

    def inside(self, name: str, old: Shape, new: Shape) -> "_Pair":
        if name == "[]":
            return _Pair(self.call, f"{self.path}[]", old, new)
        return _Pair(self.call, _joined(self.path, name), old, new)

    def found(self, kind: Kind, old: str, new: str, sighting: Sighting, path: str | None = None) -> Finding:
        return seen(kind, self.call, (self.path if path is None else path) or BODY, old, new, sighting)


def compare_fields(call: str, old: Shape, new: Shape) -> Iterator[Finding]:
    """What the fields of a call's answers show; nothing where either side was seen too seldom."""
    yield from _compare(_Pair(call, "", old, new))


def _compare(pair: _Pair) -> Iterator[Finding]:
    if min(pair.old.all.exchanges, pair.new.all.exchanges) < FEWEST:
        return
    yield from _nullability(pair)
    if types := list(_types(pair)):
        yield from types
        return
    if _are_decimals(pair):
        yield from _places(pair)
    else:
        formats = list(_formats(pair))
        yield from formats or _words(pair)
    if pair.old.fields and pair.new.fields:
        yield from _fields(pair)
    if pair.old.items is not None and pair.new.items is not None:
        yield from _compare(pair.inside("[]", pair.old.items, pair.new.items))


def _types(pair: _Pair) -> Iterator[Finding]:
    old, new = (side.types.keys() - {NULL} for side in (pair.old, pair.new))
    if not old or not new:
        return
    fresh = new - old - ({"integer"} if "number" in old else set())
    for name in sorted(fresh):
        sighting = pair.new.types[name]
        others = sum(pair.old.types[one].exchanges for one in old)
        is_total = sighting.values >= NEARLY_ALL * _filled(pair.new) and others >= FEWEST
        if (is_total and sighting.exchanges >= FEWEST) or is_new(
            sighting.tests, pair.new.all.tests, pair.old.all.tests
        ):
            yield pair.found(Kind.TYPE, " or ".join(sorted(old)), " or ".join(sorted(new)), sighting)
            return


def _nullability(pair: _Pair) -> Iterator[Finding]:
    old, new = pair.old.sighting(NULL), pair.new.sighting(NULL)
    if not old.tests and is_new(new.tests, pair.new.all.tests, pair.old.all.tests):
        yield pair.found(Kind.NULLABLE, "never null", _share("null", new, pair.new.all), new)
    if not new.tests and is_new(old.tests, pair.old.all.tests, pair.new.all.tests):
        yield pair.found(Kind.NEVER_NULL, _share("null", old, pair.old.all), "never null", pair.new.all)


def _formats(pair: _Pair) -> Iterator[Finding]:
    old, new = _main_format(pair.old), _main_format(pair.new)
    if old is None or new is None or old == new or any({old, new} <= alike for alike in ALIKE):
        return
    old_seen, new_seen = pair.old.formats[old], pair.new.formats[new]
    if (
        _rest(pair.new, old)
        and _rest(pair.old, new)
        and min(old_seen.exchanges, new_seen.exchanges) >= FEWEST
    ):
        yield pair.found(Kind.FORMAT, _written(old, old_seen), _written(new, new_seen), new_seen)


def _main_format(shape: Shape) -> str | None:
    """The one in which nearly all values are written."""
    total = sum(sighting.values for sighting in shape.formats.values())
    return next((name for name, one in shape.formats.items() if one.values >= NEARLY_ALL * total), None)


def _rest(shape: Shape, name: str) -> bool:
    """Whether a format is, at most, the exception."""
    total = sum(sighting.values for sighting in shape.formats.values())
    return name not in shape.formats or shape.formats[name].values <= (1 - NEARLY_ALL) * total


def _written(name: str, sighting: Sighting) -> str:
    return f"{name}, as {sighting.example}" if sighting.example else name


def _are_decimals(pair: _Pair) -> bool:
    """Numbers in texts on both sides, with places on one at least."""
    sides = [{places_of(name) for name in side.formats} for side in (pair.old, pair.new)]
    return all(side and None not in side for side in sides) and any(
        places for side in sides for places in side
    )


def _places(pair: _Pair) -> Iterator[Finding]:
    """Fewer places than were ever seen, more than that, or no longer the fewest: too often for chance."""
    old, new = _by_places(pair.old), _by_places(pair.new)
    told = ", ".join(map(str, sorted(old))), ", ".join(map(str, sorted(new)))
    fewer = [one for places, one in new.items() if places < min(old)]
    more = [one for places, one in new.items() if places > max(old)]
    left = [one for places, one in old.items() if places < min(new)]
    for kind, parts, part_of, other in (
        (Kind.FEWER_PLACES, fewer, pair.new, pair.old),
        (Kind.MORE_PLACES, more, pair.new, pair.old),
        (Kind.MORE_PLACES, left, pair.old, pair.new),
    ):
        together = merged(parts)
        is_total = together.values >= NEARLY_ALL * part_of.all.values and other.all.exchanges >= FEWEST
        if (is_total and together.exchanges >= FEWEST) or is_new(
            together.tests, part_of.all.tests, other.all.tests
        ):
            yield pair.found(kind, f"decimal places: {told[0]}", f"decimal places: {told[1]}", together)
            return


def _by_places(shape: Shape) -> dict[int, Sighting]:
    return {places_of(name) or 0: one for name, one in shape.formats.items()}


def _words(pair: _Pair) -> Iterator[Finding]:
    if not pair.old.words or not pair.new.words or not _is_closed(pair.old.words, pair.new.words):
        return
    known = " | ".join(sorted(pair.old.words))
    are_others = _are_others(pair.old.words, pair.new.words)
    for word in sorted(pair.new.words.keys() - pair.old.words.keys()):
        sighting = pair.new.words[word]
        tests = sighting.tests, pair.new.all.tests, pair.old.all.tests
        if are_others or is_new(*tests, unlikely=_unlikely(word)):
            yield pair.found(Kind.VALUE_ADDED, known, word, sighting)
    left = " | ".join(sorted(pair.new.words))
    for word in sorted(pair.old.words.keys() - pair.new.words.keys()):
        sighting = pair.old.words[word]
        tests = sighting.tests, pair.old.all.tests, pair.new.all.tests
        if are_others or is_new(*tests, unlikely=_unlikely(word)):
            yield pair.found(Kind.VALUE_GONE, word, left, sighting)


def _unlikely(word: str) -> float:
    return UNLIKELY_OF_CONSTANT if word.isupper() else UNLIKELY


def _are_others(old: dict[str, Sighting], new: dict[str, Sighting]) -> bool:
    """Whether no word of one side is among those of the other, in tests enough of both."""
    fewest = min(sum(one.tests for one in words.values()) for words in (old, new))
    return not old.keys() & new.keys() and fewest >= FEWEST_TESTS


def _is_closed(*sides: dict[str, Sighting]) -> bool:
    """Words that come again and again, as those of an enumeration do and random names do not."""
    return all(sum(one.tests for one in words.values()) >= 2 * len(words) for words in sides)


def _fields(pair: _Pair) -> Iterator[Finding]:
    if pair.old.is_map or pair.new.is_map or _are_values(pair.old) or _are_values(pair.new):
        pair.old.as_map()
        pair.new.as_map()
    for name in sorted(pair.old.fields.keys() | pair.new.fields.keys()):
        old, new = pair.old.fields.get(name), pair.new.fields.get(name)
        if old is not None and new is not None:
            inside = pair.inside(name, old, new)
            if name != EACH_KEY:
                yield from _presence(inside)
            yield from _compare(inside)
        elif name != EACH_KEY:
            yield from _one_sided(pair, name, old, new)


def _are_values(shape: Shape) -> bool:
    """Many keys, and hardly one of them in two objects: a map by names, marks or texts."""
    objects = shape.sighting("object").values
    rare = [field for field in shape.fields.values() if field.all.values <= RARE * objects]
    return len(shape.fields) >= LEAST_KEYS_OF_MAP and len(rare) >= NEARLY_ALL * len(shape.fields)


def _one_sided(pair: _Pair, name: str, old: Shape | None, new: Shape | None) -> Iterator[Finding]:
    """A field that one recording has never seen, though it saw the object that it belongs to."""
    field = old or new
    if field is None:
        return
    with_it, without = (pair.old, pair.new) if old is not None else (pair.new, pair.old)
    objects, others = with_it.sighting("object"), without.sighting("object")
    is_total = field.all.values >= NEARLY_ALL * objects.values and others.exchanges >= FEWEST
    if not (is_total and field.all.exchanges >= FEWEST) and not is_new(
        field.all.tests, objects.tests, others.tests
    ):
        return
    path, shape = _joined(pair.path, name), _told(field)
    if old is not None:
        yield pair.found(Kind.FIELD_GONE, shape, _ABSENT, others, path)
    else:
        yield pair.found(Kind.FIELD_ADDED, _ABSENT, shape, field.all, path)


def _presence(pair: _Pair) -> Iterator[Finding]:
    old, new = pair.old, pair.new
    old_tests, new_tests = (max(side.all.tests, side.absent.tests) for side in (old, new))
    if not old.absent.tests and is_new(new.absent.tests, new_tests, old_tests):
        yield pair.found(Kind.FIELD_OPTIONAL, "always there", _left_out(new), new.absent)
    if not new.absent.tests and is_new(old.absent.tests, old_tests, new_tests):
        yield pair.found(Kind.FIELD_ALWAYS, _left_out(old), "always there", new.all)


def _left_out(shape: Shape) -> str:
    return f"left out in {shape.absent.values} of {shape.absent.values + shape.all.values}"


def _filled(shape: Shape) -> int:
    return sum(sighting.values for name, sighting in shape.types.items() if name != NULL)


def _share(word: str, part: Sighting, whole: Sighting) -> str:
    return f"{word} in {part.values} of {whole.values}"


def _told(field: Shape) -> str:
    return " or ".join(sorted(field.types))


def _joined(path: str, name: str) -> str:
    return f"{path}.{name}" if path else name
