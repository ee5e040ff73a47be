"""Cases: inert data from `data/cases/`, and tests in Python alone that take an id in the same space.

`@cases("event_create")` runs a test over a file's cases, `@case("event-copy-twice", "E-05", …)` names one
that needs no data. Both are only marks; `harness.selection` gives them to pytest.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

import pytest

from clients import DataError
from harness.documents import lines_of, problems, read_json, read_yaml, told
from harness.rules import Rule

F = TypeVar("F", bound=Callable[..., Any])
CASE_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)+")
SEVERITIES = ("blocker", "critical", "normal", "minor", "trivial")


@dataclass(frozen=True, repr=False)
class Case:
    """One case. Its repr is its id alone: reports show it where they show the test's parameter."""

    id: str
    title: str
    rule: str
    epic: str
    feature: str
    story: str
    place: str
    severity: str = "normal"
    smoke: bool = False
    owner: str | None = None
    issue: str | None = None
    call: str | None = None
    without: str | None = None
    role: str | None = None
    row: str | None = None
    before: Mapping[str, str] | None = None
    action: str | None = None
    given: Mapping[str, Any] = field(default_factory=dict)
    change: Mapping[str, Any] = field(default_factory=dict)
    query: Mapping[str, Any] = field(default_factory=dict)
    clock: Mapping[str, Any] | None = None
    expect: Mapping[str, Any] = field(default_factory=dict)

    def __repr__(self) -> str:
        return self.id


@dataclass(frozen=True)
class Area:
    """Where a test stands in a report: Allure's epic and feature."""

    epic: str
    feature: str


@dataclass(frozen=True)
class Catalogue:
    """All case files by name (without `.yaml`)."""

    files: Mapping[str, tuple[Case, ...]]

    def __iter__(self) -> Iterator[Case]:
        for found in self.files.values():
            yield from found

    def ids(self) -> set[str]:
        return {found.id for found in self}


def cases(file: str) -> pytest.MarkDecorator:
    """Run the test once for each case of `data/cases/FILE.yaml`; it takes the case as the argument `case`."""
    return pytest.mark.cases(file)


def case(
    case_id: str,
    rule: str,
    title: str,
    *,
    area: Area,
    story: str,
    severity: str = "normal",
    smoke: bool = False,
) -> Callable[[F], F]:
    """Name a test that is Python alone; the title is Chinese, the id shares the case files' space of ids."""

    def named(function: F) -> F:
        described = Case(
            id=case_id,
            title=title,
            rule=rule,
            epic=area.epic,
            feature=area.feature,
            story=story,
            place=f"{function.__module__}.{function.__qualname__}",
            severity=severity,
            smoke=smoke,
        )
        function.__allure_display_name__ = title  # type: ignore[attr-defined]  # as allure.title does, typed
        marked: F = pytest.mark.case(described)(function)
        return marked

    return named


def load_catalogue(data: Path, rules: Mapping[str, Rule]) -> Catalogue:
    """Read and check every case file; raises `DataError` with a line for each mistake."""
    catalogue, mistakes = read_catalogue(data, rules)
    if mistakes:
        raise DataError("\n".join(mistakes))
    return catalogue


def read_catalogue(data: Path, rules: Mapping[str, Rule] | None) -> tuple[Catalogue, list[str]]:
    """The case files that can be read, and a line for each mistake; `rules` is None if unreadable."""
    schema = read_json(data / "case.schema.json")
    mistakes: list[str] = []
    files: dict[str, tuple[Case, ...]] = {}
    for path in sorted((data / "cases").glob("*.yaml")):
        try:
            files[path.stem] = _load_file(path, schema)
        except DataError as error:
            mistakes.append(str(error))
    catalogue = Catalogue(files)
    mistakes += [] if rules is None else _unknown_rules(catalogue, rules)
    return catalogue, mistakes + _duplicates(catalogue)


def check_python_case(found: Case, known: Mapping[str, str], rules: Mapping[str, Rule] | None) -> str | None:
    """What is wrong with a `@case`, or None; `known` maps the ids met so far to their places."""
    if CASE_ID.fullmatch(found.id) is None:
        return f"{found.place}: the case id {found.id!r} must be lower-case words joined by hyphens"
    if rules is not None and found.rule not in rules:
        return f"{found.place}: case {found.id}: the rule {found.rule!r} is not in data/rules.yaml"
    if known.get(found.id, found.place) != found.place:
        return f"{found.place}: the case id {found.id!r} is taken by {known[found.id]}; give it another"
    if found.severity not in SEVERITIES:
        return f"{found.place}: the severity {found.severity!r} is none of {', '.join(SEVERITIES)}"
    return None


def _load_file(path: Path, schema: dict[str, Any]) -> tuple[Case, ...]:
    document = read_yaml(path)
    if found := problems(document, schema):
        places = [list(error.absolute_path) for error in found]
        lines = zip(lines_of(path, places), places, found, strict=True)
        mistakes = (
            f"{path}:{line}: {_case_name(document, place)}{told(error)}" for line, place, error in lines
        )
        raise DataError("\n".join(mistakes))
    labels = {key: document[key] for key in ("epic", "feature", "story")}
    entries = document["cases"]
    lines_of_entries = lines_of(path, [("cases", index) for index in range(len(entries))])
    return tuple(
        Case(**entry, **labels, place=f"{path}:{line}")
        for entry, line in zip(entries, lines_of_entries, strict=True)
    )


def _case_name(document: Any, place: list[Any]) -> str:
    if len(place) > 1 and place[0] == "cases" and isinstance(entry := document["cases"][place[1]], dict):
        return f"case {entry.get('id', 'without an id')}: "
    return ""


def _unknown_rules(catalogue: Catalogue, rules: Mapping[str, Rule]) -> list[str]:
    return [
        f"{found.place}: case {found.id}: the rule {found.rule!r} is not in data/rules.yaml"
        for found in catalogue
        if found.rule not in rules
    ]


def _duplicates(catalogue: Catalogue) -> list[str]:
    first: dict[str, Case] = {}
    mistakes = []
    for found in catalogue:
        if found.id in first:
            mistakes.append(f"{found.place}: the case id {found.id!r} is taken by {first[found.id].place}")
        first.setdefault(found.id, found)
    return mistakes
