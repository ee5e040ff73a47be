"""The gate file: which limits hold. And the rule baseline, what the last release had covered."""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path
from typing import Any

from jsonschema.exceptions import ValidationError

from clients import DataError
from harness.documents import problems, read_json, read_toml, told
from harness.written import write_whole

_BASELINE_HEAD = (
    "# The rules that the last release covered; its gate may not cover fewer. Written by\n"
    "# `python -m harness gate FILE RESULTS… --baseline`, not by hand.\n"
)
_BASELINE_SCHEMA = {
    "type": "object",
    "required": ["rules"],
    "additionalProperties": False,
    "properties": {"rules": {"type": "array", "minItems": 1, "items": {"type": "string"}}},
}


@dataclass(frozen=True)
class Limits:
    """What a gate file says; None where it says nothing. `pass_rate` is in percent, by severity."""

    source: Path
    pass_rate: Mapping[str, Fraction] = field(default_factory=dict)
    smoke_green: bool = False
    rule_baseline: Path | None = None
    rules: frozenset[str] = frozenset()
    least_executed: int = 1
    most_skipped: int | None = None
    most_flaky: int | None = None
    most_run_seconds: float | None = None
    most_test_seconds: float | None = None


def load_limits(path: Path, data: Path, rules: Iterable[str], *, with_baseline: bool = True) -> Limits:
    """Read a gate file; `data` holds its schema, `rules` are the contract's.

    Raises `DataError` with a line for each mistake. Without its baseline where that is about to be written.
    """
    document = read_toml(path)
    found = problems(document, read_json(data / "gate.schema.json"))
    mistakes = [f"{path}: {_mistake(error)}" for error in found] or [
        f"{path}: {name}: {value} is no number that can be kept; write one of seconds or percent"
        for name, value in _numbers(document)
        if not math.isfinite(value)
    ]
    if mistakes:
        raise DataError("\n".join(mistakes))
    rates = {severity: Fraction(str(rate)) for severity, rate in document.pop("pass_rate", {}).items()}
    baseline = path.parent / document.pop("rule_baseline") if "rule_baseline" in document else None
    covered = read_baseline(baseline, rules) if baseline is not None and with_baseline else frozenset()
    document.pop("$schema", None)
    return Limits(source=path, pass_rate=rates, rule_baseline=baseline, rules=covered, **document)


def read_baseline(path: Path, rules: Iterable[str]) -> frozenset[str]:
    mend = "write it by `python -m harness gate FILE RESULTS… --baseline`"
    if not path.is_file():
        raise DataError(f"{path}: the rule baseline of the gate is not there; {mend}")
    document = read_toml(path)
    mistakes = [f"{path}: {told(error)}; {mend}" for error in problems(document, _BASELINE_SCHEMA)]
    unknown = set(document.get("rules", ())) - set(rules) if not mistakes else ()
    mistakes += [
        f"{path}: the rule {rule!r} is not in data/rules.yaml; take it out, or {mend} anew"
        for rule in sorted(unknown)
    ]
    if mistakes:
        raise DataError("\n".join(mistakes))
    return frozenset(document["rules"])


def write_baseline(path: Path, covered: Iterable[str]) -> None:
    lines = "".join(f'    "{rule}",\n' for rule in covered)
    write_whole(path, f"{_BASELINE_HEAD}rules = [\n{lines}]\n")


def _mistake(error: ValidationError) -> str:
    """As `told`, with what the place is for, in the schema's words, as the mend."""
    wanted = error.schema.get("description") if isinstance(error.schema, dict) else None
    return f"{told(error)}; wanted: {wanted or 'as data/gate.toml explains each key'}"


def _numbers(document: Mapping[str, Any]) -> Iterable[tuple[str, float]]:
    for name, value in document.items():
        if isinstance(value, dict):
            yield from ((f"{name}.{inner}", number) for inner, number in _numbers(value))
        elif isinstance(value, float):
            yield name, value
