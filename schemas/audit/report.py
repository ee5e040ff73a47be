"""What an audit says on stdout: a line for each violation, and the summary; as text or as JSON lines."""

import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from typing import Any, Literal

from harness.showing import json_line, shown_name
from schemas.audit.plan import Plan
from schemas.audit.state import Tally, Violation

Format = Literal["text", "jsonl"]


class Report:
    """Writes to stdout as it is at the time: a progress bar may have put itself before it."""

    def __init__(self, form: Format) -> None:
        self._form = form

    def violations(self, found: Sequence[Violation]) -> None:
        _say([json_line(asdict(one)) if self._form == "jsonl" else _line(one) for one in found])

    def summary(self, plan: Plan, tallies: Mapping[str, Tally], *, is_whole: bool) -> None:
        if self._form == "jsonl":
            _say(json_line({"summary": summary}) for summary in _summaries(plan, tallies, is_whole))
        else:
            _say(_table(plan, tallies, is_whole))


def _summaries(plan: Plan, tallies: Mapping[str, Tally], is_whole: bool) -> list[dict[str, Any]]:
    rest = {"unknown": plan.unknown, "absent": plan.absent, "strange": plan.strange}
    counted = {"named_and_absent": plan.named_and_absent}
    return [
        *(
            {
                "table": name,
                "rows": tally.rows,
                "violations": tally.violations,
                "shown": len(tally.shown),
                "rows_per_second": _speed(tally),
                "read": _read_how(plan, name),
                "done": tally.is_done,
            }
            for name, tally in tallies.items()
        ),
        {"whole": is_whole, **rest, **counted},
    ]


def _table(plan: Plan, tallies: Mapping[str, Tally], is_whole: bool) -> list[str]:
    width = max(map(len, ["table", *tallies]))
    lines = [f"{'table':<{width}} {'rows':>12} {'violations':>11} {'rows/s':>9}"]
    for name, tally in tallies.items():
        unfinished = "" if tally.is_done else "  not finished"
        read = f"  {how}" if (how := _read_how(plan, name)) else ""
        figures = f"{tally.rows:>12,} {tally.violations:>11,} {_speed(tally):>9,}"
        lines.append(f"{name:<{width}} {figures}{read}{unfinished}")
    return [*lines, _total(plan, tallies, is_whole), *_rest(plan)]


def _total(plan: Plan, tallies: Mapping[str, Tally], is_whole: bool) -> str:
    rows = sum(tally.rows for tally in tallies.values())
    violations = sum(tally.violations for tally in tallies.values())
    hidden = violations - sum(len(tally.shown) for tally in tallies.values())
    said = f"{len(tallies)} tables, {rows:,} rows, {violations:,} violations"
    said += f" ({hidden:,} not shown)" if hidden else ""
    return said if is_whole else f"{said}; interrupted, {len(plan.tables)} tables were to be read"


def _rest(plan: Plan) -> list[str]:
    told = {
        "skipped, their columns are in no document": plan.unknown,
        "not in the database": plan.absent,
        "in no document": plan.strange,
    }
    lines = [
        f"{what} ({len(names)}): {', '.join(map(shown_name, names))}" for what, names in told.items() if names
    ]
    if plan.named_and_absent:
        lines.append(f"not in the database, and but named in the documents: {plan.named_and_absent} more")
    return lines


def _read_how(plan: Plan, name: str) -> str:
    """What the reader should know of how a table was read."""
    key = next(table.key for table in plan.tables if table.name == name)
    if not key.order:
        return "one long read: it has no key"
    return "" if key.is_number or not plan.is_sample else "its first rows: its key is no number"


def _speed(tally: Tally) -> int:
    return round(tally.rows / tally.seconds) if tally.seconds else 0


def _line(found: Violation) -> str:
    if found.key is None:
        return f"{found.table} {shown_name(found.column)}: {found.reason}"
    key = ", ".join(f"{shown_name(name)}={json_line(value)}" for name, value in found.key.items())
    return f"{found.table} {key} {shown_name(found.column)}: {json_line(found.value)} {found.reason}"


def _say(lines: Iterable[str]) -> None:
    sys.stdout.writelines(f"{line}\n" for line in lines)
    sys.stdout.flush()
