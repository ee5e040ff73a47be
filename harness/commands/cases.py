"""`python -m harness cases`: lists the cases, or judges their files without running anything."""

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path

from clients import HarnessError
from harness.cases import Catalogue, load_catalogue, named_in_code
from harness.profile import check_profile
from harness.rules import load_rules
from harness.run import PROJECT

MISTAKES = 1


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = commands.add_parser("cases", help="list the cases, or judge their files", description=__doc__)
    parser.add_argument("--check", action="store_true", help="judge cases, rules and profiles; list nothing")
    parser.add_argument("--data", type=Path, default=PROJECT / "data", metavar="DIR", help="(default: data)")
    parser.add_argument(
        "--tests", type=Path, default=PROJECT / "tests", metavar="DIR", help="(default: tests)"
    )
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    try:
        catalogue = load_catalogue(arguments.data, load_rules(arguments.data))
    except HarnessError as error:
        return _told(str(error).splitlines())
    if arguments.check:
        return _check(catalogue, arguments.data, arguments.tests)
    for case in catalogue:
        print(f"{case.id:<44} {case.rule}  {case.title}")  # noqa: T201
    return 0


def _check(catalogue: Catalogue, data: Path, tests: Path) -> int:
    found = [*_cross_checks(catalogue, tests), *_profile_mistakes(data)]
    if found:
        return _told(found)
    in_code, _ = named_in_code([tests])
    print(  # noqa: T201
        f"{len(list(catalogue))} cases in {len(catalogue.files)} files, {len(in_code)} in Python: fine"
    )
    return 0


def _cross_checks(catalogue: Catalogue, tests: Path) -> Iterator[str]:
    """Between case files and tests: ids taken twice, files that no test runs, files that are not there."""
    in_code, files = named_in_code([tests])
    places = {case.id: [case.place] for case in catalogue}
    for case_id, found in sorted(in_code.items()):
        first, *others = places.get(case_id, []) + found
        yield from (f"{other}: the case id {case_id!r} is taken by {first}" for other in others)
    for file in sorted(catalogue.files.keys() - files):
        yield f"data/cases/{file}.yaml: no test runs these cases; name it by @cases({file!r})"
    for file in sorted(files - catalogue.files.keys()):
        yield f"{tests}: a test names @cases({file!r}), but there is no data/cases/{file}.yaml"


def _profile_mistakes(data: Path) -> Iterator[str]:
    for path in sorted((data / "profiles").glob("*.toml")):
        try:
            check_profile(path, data / "profile.schema.json")
        except HarnessError as error:
            yield str(error)


def _told(mistakes: list[str]) -> int:
    for mistake in mistakes:
        print(mistake, file=sys.stderr)  # noqa: T201
    return MISTAKES
