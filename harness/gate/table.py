"""The gate's table for a terminal: line, figure, limit, verdict; below a line the names of what broke it."""

from collections.abc import Iterator, Sequence

from harness.gate.lines import Judgement
from harness.gate.verdict import Verdict

HEADS = ("line", "figure", "limit", "verdict")
SHOWN = 20
_SENTENCES = {
    Judgement.HOLDS: "the gate is passed",
    Judgement.BROKEN: "the gate is not passed",
    Judgement.UNTRUSTED: "the run cannot be trusted",
}


def table(verdict: Verdict) -> Iterator[str]:
    rows = [(line.name, line.figure, line.limit, line.judgement.value) for line in verdict.lines]
    widths = [max(map(len, column)) for column in zip(HEADS, *rows, strict=True)]
    yield _row(HEADS, widths)
    for line, row in zip(verdict.lines, rows, strict=True):
        yield _row(row, widths)
        yield from (f"    {name}" for name in shown(line.names))
    yield sentence(verdict)


def sentence(verdict: Verdict) -> str:
    because = f": {', '.join(verdict.broken_lines)}" if verdict.broken_lines else ""
    return f"{_SENTENCES[verdict.judgement]}{because} (exit code {verdict.code})"


def shown(names: Sequence[str]) -> list[str]:
    """Some of the names, each as one line, and how many more there are."""
    some = [" ".join(name.split()) for name in names[:SHOWN]]
    return some if len(names) <= SHOWN else [*some, f"and {len(names) - SHOWN} more"]


def _row(cells: Sequence[str], widths: Sequence[int]) -> str:
    return "  ".join(f"{cell:<{width}}" for cell, width in zip(cells, widths, strict=True)).rstrip()
