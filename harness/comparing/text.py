"""A comparison for a terminal, and as JSON."""

from collections.abc import Iterator, Sequence
from typing import Any

from harness.comparing.comparison import NOTABLE_FACTOR, Comparison
from harness.comparing.findings import Finding, Rating
from harness.gate.table import shown
from harness.showing import printable, readable_json, shown_words

CASES_SHOWN = 3


def as_text(comparison: Comparison) -> str:
    """By rating, two lines for each finding, then what is not known, and the counts at the end."""
    return "".join(f"{printable(line)}\n" for line in _lines(comparison))


def as_json(comparison: Comparison) -> str:
    """All that is known of each finding, with names and values as the recordings have them."""
    return readable_json(document(comparison))


def document(comparison: Comparison) -> dict[str, Any]:
    not_seen = comparison.not_seen
    return {
        "old": comparison.old,
        "new": comparison.new,
        "counts": comparison.counts,
        "findings": [_entry(one) for one in comparison.findings],
        "compared": {"tests": comparison.tests, "exchanges": comparison.compared},
        "time_of_all_calls": round(comparison.factor, 2),
        "not_seen": {
            "calls_only_in_old": not_seen.calls_only_in_old,
            "calls_only_in_new": not_seen.calls_only_in_new,
            "tests_only_in_old": not_seen.tests_only_in_old,
            "tests_only_in_new": not_seen.tests_only_in_new,
            "tests_that_went_another_way": not_seen.apart,
            "exchanges_without_counterpart": not_seen.unmatched,
            "transient_failures": not_seen.transient,
            "latency_not_known": not_seen.untimed,
        },
    }


def summary(comparison: Comparison) -> str:
    """The counts, on one line."""
    counts = ", ".join(f"{rating}: {count}" for rating, count in comparison.counts.items())
    return f"{counts}; {comparison.compared} exchanges of {comparison.tests} tests compared"


def where(finding: Finding) -> str:
    return finding.call if finding.path is None else f"{finding.call} {finding.path}"


def seen_by(finding: Finding) -> str:
    """How many exchanges, and the first cases with their rules."""
    cases = ", ".join(finding.cases[:CASES_SHOWN])
    more = ", …" if finding.tests > min(len(finding.cases), CASES_SHOWN) else ""
    rules = f"; rules {', '.join(finding.rules)}" if finding.rules else ""
    return f"{finding.exchanges} exchanges of {finding.tests} tests: {cases}{more}{rules}"


def notes(comparison: Comparison) -> Iterator[str]:
    """What the comparison does not know, a line each."""
    not_seen = comparison.not_seen
    yield from _named("calls seen in the old recording alone", not_seen.calls_only_in_old)
    yield from _named("calls seen in the new recording alone", not_seen.calls_only_in_new)
    for side, tests in (("old", not_seen.tests_only_in_old), ("new", not_seen.tests_only_in_new)):
        if tests:
            yield f"tests in the {side} recording alone: {len(tests)}"
    if not_seen.unmatched:
        yield (
            f"exchanges of the old recording without a counterpart in the new: {not_seen.unmatched} "
            "(a test that failed early, steps of its own)"
        )
    if not_seen.transient:
        yield f"exchanges that the network or a gateway failed, not compared: {not_seen.transient}"
    yield from _named("latency not known, too few samples", not_seen.untimed)
    if not 1 / NOTABLE_FACTOR < comparison.factor < NOTABLE_FACTOR:
        yield (
            f"all calls together take {comparison.factor:.2f} times as long: another machine or load does "
            "that as well, so it is no finding, and is taken out of the latency of each call"
        )


def _named(words: str, names: Sequence[str]) -> Iterator[str]:
    if names:
        yield f"{words}: {', '.join(shown(names))}"


def _entry(finding: Finding) -> dict[str, Any]:
    return {
        "kind": finding.kind,
        "rating": finding.rating,
        "reason": finding.reason,
        "call": finding.call,
        "path": finding.path,
        "old": finding.old,
        "new": finding.new,
        "exchanges": finding.exchanges,
        "tests": finding.tests,
        "cases": finding.cases,
        "rules": finding.rules,
    }


def _lines(comparison: Comparison) -> Iterator[str]:
    yield f"old: {comparison.old}"
    yield f"new: {comparison.new}"
    for rating in Rating:
        found = [one for one in comparison.findings if one.rating is rating]
        if found:
            yield ""
            yield f"{rating} ({len(found)})"
        for one in found:
            yield f"  {where(one)}: {one.kind}: {shown_words(one.old)} -> {shown_words(one.new)}"
            yield f"      {one.reason}; {seen_by(one)}"
    said = list(notes(comparison))
    if said:
        yield ""
        yield "not seen, or not known"
        yield from (f"  {line}" for line in said)
    yield ""
    yield summary(comparison)
