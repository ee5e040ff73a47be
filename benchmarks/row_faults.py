"""Whether each seeded defect of the sandbox's rows is caught, and by the row witness alone.

`python -m benchmarks.row_faults [--fault NAME]…` runs the cases marked `rows` once for each defect, and
prints how many fail by it and the first of them by name; then all other cases with every defect on and the
rows unwatched: none may notice. The exit code is 1 where a defect is not caught, or something else notices.
"""

import argparse
import os
import sys
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial

from benchmarks.runs import PASSED, PROJECT, Outcomes, outcomes
from clients import HarnessError, Redactor
from harness.platform import check_faults, opened
from harness.profile_files import load_profile

WATCHED = ("-m", "rows")
UNWATCHED = ("-m", "not rows", "--rows", "off")
WORKERS = ("-n", "auto")


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.row_faults", description=__doc__)
    parser.add_argument(
        "--fault", action="append", default=[], metavar="NAME", help="only this one; may be repeated"
    )
    asked = parser.parse_args(arguments).fault
    try:
        check_faults(asked)
    except HarnessError as error:
        parser.error(str(error))
    names = asked or known_faults()
    files = outcomes([*WATCHED, *WORKERS], may_end=(PASSED,)).files
    uncaught = _print_each(names, files)
    noticed = _print_others(names)
    return 1 if uncaught or noticed else 0


def known_faults() -> list[str]:
    """The names of the sandbox's seeded defects."""
    profile = load_profile("sandbox", PROJECT / "data" / "profiles", {})
    with opened(profile, "inprocess", Redactor()) as platform:
        return [fault["name"] for fault in platform.sandbox.faults().require_data()]


def faults_on(names: Sequence[str]) -> list[str]:
    return [option for name in names for option in ("--sandbox-fault", name)]


def _print_each(names: Sequence[str], files: Sequence[str]) -> list[str]:
    """The defects that no case of the files has caught.

    Each runs in one process, and collects no other files: to start workers takes longer than these cases do.
    """
    uncaught = []
    print(f"{'fault':<38} {'caught by':>9}  first of them", flush=True)
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        for name, found in zip(names, pool.map(partial(_caught, files), names), strict=True):
            print(f"{name:<38} {len(found.failed):>9}  {min(found.failed, default='-')}", flush=True)
            if not found.failed:
                uncaught.append(name)
    print(f"caught: {len(names) - len(uncaught)} of {len(names)}", flush=True)
    return uncaught


def _caught(files: Sequence[str], name: str) -> Outcomes:
    return outcomes([*WATCHED, "-n0", *faults_on([name]), *files])


def _print_others(names: Sequence[str]) -> tuple[str, ...]:
    """The cases that notice a defect without the rows."""
    found = outcomes([*UNWATCHED, *WORKERS, *faults_on(names)])
    print(f"all at once, rows unwatched: noticed by {len(found.failed)} of {len(found.tests)} other cases")
    for name in found.failed:
        print(f"  {name}")
    return found.failed


if __name__ == "__main__":
    sys.exit(main())
