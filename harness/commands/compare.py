"""`python -m harness compare`: what changed between two releases, from a recording of each.

Exit codes: 0 compared, 1 a breaking change with --fail-on breaking, 4 wrong use.
"""

import argparse
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

from clients import DataError, HarnessError
from harness.comparing.comparison import Comparison, compare
from harness.comparing.findings import Rating
from harness.comparing.markdown import as_markdown
from harness.comparing.page import as_page
from harness.comparing.recordings import Recording
from harness.comparing.text import as_json, as_text
from harness.written import write_whole

BROKEN: Final = 1
WRONG_USE: Final = 4
WRITERS: Final[Mapping[str, Callable[[Comparison], str]]] = {
    "json": as_json,
    "markdown": as_markdown,
    "page": as_page,
}


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = commands.add_parser(
        "compare", help="tell what changed between the releases of two recordings", description=__doc__
    )
    parser.add_argument("old", type=Path, metavar="OLD", help="the old release, of pytest --record=FILE")
    parser.add_argument("new", type=Path, metavar="NEW", help="the new release, recorded by the same tests")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write all that is known of each finding")
    parser.add_argument("--markdown", type=Path, metavar="FILE", help="write it for a pull request")
    parser.add_argument("--page", type=Path, metavar="FILE", help="write one HTML page")
    parser.add_argument(
        "--fail-on",
        choices=[Rating.BREAKING.value],
        help="exit with 1 where there is a finding of this rating",
    )
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    try:
        outputs = {name: path for name in WRITERS if (path := getattr(arguments, name)) is not None}
        _check_outputs(outputs, (arguments.old, arguments.new))
        comparison = compare(Recording(arguments.old), Recording(arguments.new))
        for name, path in outputs.items():
            write_whole(path, WRITERS[name](comparison))
    except HarnessError as error:
        sys.stderr.write(f"{error}\n")
        return WRONG_USE
    sys.stdout.write(as_text(comparison))
    return BROKEN if arguments.fail_on and comparison.is_broken else 0


def _check_outputs(outputs: Mapping[str, Path], recordings: tuple[Path, Path]) -> None:
    """Before anything is read: an output must not take the place of a recording, nor of another output."""
    taken = {path.resolve(): str(path) for path in recordings}
    for name, path in outputs.items():
        if path.resolve() in taken:
            raise DataError(f"--{name} {path}: is {taken[path.resolve()]} as well; name another file")
        if not path.resolve().parent.is_dir():
            raise DataError(f"--{name} {path}: there is no such folder; make it, or name another file")
        taken[path.resolve()] = f"--{name}"
