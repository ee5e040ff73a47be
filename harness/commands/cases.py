"""`python -m harness cases`: lists the cases, or judges their files without running anything."""

import argparse
import sys
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from clients import DataError, HarnessError
from harness.cases import Case, Catalogue, check_python_case, read_catalogue
from harness.profile_files import check_profile
from harness.quarantine import load_quarantine
from harness.rules import Rule, load_rules
from harness.run import PROJECT
from harness.suites import Named, named_in, suite_files, suite_paths

MISTAKES = 1
LOOKALIKES = {".yaml", ".yml", ".json"}


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = commands.add_parser("cases", help="list the cases, or judge their files", description=__doc__)
    parser.add_argument(
        "--check", action="store_true", help="judge cases, rules, profiles and the quarantine; list nothing"
    )
    parser.add_argument("--data", type=Path, default=PROJECT / "data", metavar="DIR", help="(default: data)")
    parser.add_argument(
        "--tests", type=Path, metavar="DIR", help="where tests are (default: the testpaths of pytest.ini)"
    )
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    try:
        found = _Found(arguments.data, arguments.tests)
        mistakes = [*found.mistakes, *(found.cross_checks() if arguments.check else ())]
    except HarnessError as error:
        mistakes = [str(error)]
    if mistakes:
        sys.stderr.writelines(f"{mistake}\n" for mistake in mistakes)
        return MISTAKES
    sys.stdout.writelines(f"{line}\n" for line in (found.figures() if arguments.check else found.table()))
    return 0


class _Found:
    """What there is in data and tests; `mistakes` has a line for each thing that cannot be read."""

    def __init__(self, data: Path, tests: Path | None) -> None:
        if not data.is_dir():
            raise DataError(f"{data}: there is no such folder")
        self._data = data
        self._rules, mistakes = _read_rules(data)
        self._catalogue, more = read_catalogue(data, self._rules)
        files = suite_files(tests) if tests else suite_files(PROJECT, suite_paths(PROJECT))
        named, unreadable = named_in(files)
        self._in_code = [_python_case(found) for found in named if found.mark == "case"]
        self._given = [found for found in named if found.mark == "cases"]
        self.mistakes = [*mistakes, *more, *unreadable]

    def cross_checks(self) -> Iterator[str]:
        """What is wrong between case files and tests, and with profiles."""
        yield from _python_case_mistakes(self._in_code, self._catalogue, self._rules)
        folder = self._data / "cases"
        there = {path.stem: path for path in sorted(folder.glob("*.yaml"))}
        for path in sorted(folder.rglob("*.*")):
            if path.is_file() and path.suffix in LOOKALIKES and path not in there.values():
                yield f"{path}: is not read: a case file is data/cases/NAME.yaml"
        given = {found.texts["file"] for found in self._given}
        for name in sorted(there.keys() - given):
            yield f"{there[name]}: no test runs these cases; name the file by @cases({name!r})"
        for found in self._given:
            if (file := found.texts["file"]) not in there:
                yield f"{found.place}: @cases({file!r}) names no file: there is no data/cases/{file}.yaml"
        yield from _profile_mistakes(self._data)
        yield from _quarantine_mistakes(self._data, {case.id for case in (*self._catalogue, *self._in_code)})

    def figures(self) -> Iterator[str]:
        in_files, files = len(list(self._catalogue)), len(self._catalogue.files)
        yield f"{in_files} cases in {files} files, {len(self._in_code)} in Python: fine"

    def table(self) -> Iterator[str]:
        cases = [*self._catalogue, *self._in_code]
        width = max((len(case.id) for case in cases), default=0)
        yield f"{'id':<{width}} rule  title"
        for case in cases:
            yield f"{case.id:<{width}} {case.rule}  {case.title}"


def _read_rules(data: Path) -> tuple[Mapping[str, Rule] | None, list[str]]:
    try:
        return load_rules(data), []
    except HarnessError as error:
        return None, [str(error)]


def _python_case(named: Named) -> Case:
    texts = named.texts
    return Case(
        id=texts["case_id"],
        rule=texts.get("rule", ""),
        title=texts.get("title", ""),
        epic="",
        feature="",
        story="",
        place=named.place,
    )


def _python_case_mistakes(
    in_code: Iterable[Case], catalogue: Catalogue, rules: Mapping[str, Rule] | None
) -> Iterator[str]:
    known = {case.id: case.place for case in catalogue}
    for case in in_code:
        if problem := check_python_case(case, known, rules):
            yield problem
        known.setdefault(case.id, case.place)


def _profile_mistakes(data: Path) -> Iterator[str]:
    for path in sorted((data / "profiles").glob("*.toml")):
        try:
            check_profile(path, data / "profile.schema.json")
        except HarnessError as error:
            yield str(error)


def _quarantine_mistakes(data: Path, ids: set[str]) -> Iterator[str]:
    try:
        load_quarantine(data, lambda: ids)
    except HarnessError as error:
        yield str(error)
