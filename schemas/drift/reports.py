"""A comparison as text and as JSON; JUnit is in `junit`."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from harness.showing import readable_json, shown_name, shown_words
from schemas.drift.differences import Difference
from schemas.drift.ratings import Kind, Rating, rating_of


@dataclass(frozen=True, slots=True)
class Comparison:
    """What was compared and how it came out; `notes` are what could not be compared."""

    database: str
    tables: tuple[str, ...]
    differences: tuple[Difference, ...]
    notes: tuple[str, ...] = ()
    strict: bool = False

    def rating(self, difference: Difference) -> Rating:
        return rating_of(difference.kind, strict=self.strict)

    @property
    def counts(self) -> Mapping[Rating, int]:
        found = Counter(map(self.rating, self.differences))
        return {rating: found[rating] for rating in Rating}

    @property
    def is_broken(self) -> bool:
        return self.counts[Rating.BREAKING] > 0


def told(difference: Difference) -> str:
    """A difference on one line, without its table."""
    column = f"{shown_name(difference.column)}: " if difference.column is not None else ""
    sides = _side("documented", difference.documented), _side("found", difference.found)
    return f"{column}{difference.kind}: {', '.join(sides)}"


def as_text(comparison: Comparison) -> str:
    """Grouped by table, with the counts at the end."""
    return "".join(f"{line}\n" for line in _lines(comparison))


def as_json(comparison: Comparison) -> str:
    """Names and values as the database has them, in ASCII escapes where they cannot be seen."""
    return readable_json(
        {
            "database": comparison.database,
            "strict": comparison.strict,
            "tables": len(comparison.tables),
            "counts": comparison.counts,
            "notes": comparison.notes,
            "differences": [_entry(comparison, difference) for difference in comparison.differences],
        }
    )


def summary(comparison: Comparison) -> str:
    """The counts, on one line."""
    counts = ", ".join(f"{rating}: {count}" for rating, count in comparison.counts.items())
    return f"tables compared: {len(comparison.tables)}, {counts}"


def _side(word: str, said: str | None) -> str:
    return f"not {word}" if said is None else f"{word} {shown_words(said)}"


def _entry(comparison: Comparison, difference: Difference) -> dict[str, Any]:
    return {
        "table": difference.table,
        "column": difference.column,
        "kind": difference.kind,
        "rating": comparison.rating(difference),
        "documented": difference.documented,
        "database": difference.found,
    }


def _lines(comparison: Comparison) -> Iterator[str]:
    for table, differences in groupby(comparison.differences, key=lambda difference: difference.table):
        yield shown_name(table)
        for difference in differences:
            yield f"  {comparison.rating(difference):<8}  {told(difference)}"
        yield ""
    yield from (shown_words(note) for note in comparison.notes)
    yield comparison.database
    yield summary(comparison)
    by_kind = Counter(difference.kind for difference in comparison.differences)
    yield from (f"  {kind}: {by_kind[kind]}" for kind in Kind if by_kind[kind])
