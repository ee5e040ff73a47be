"""`python -m harness`: what can be done without running the suites."""

import argparse
import sys
from collections.abc import Sequence
from io import TextIOWrapper
from typing import NoReturn

from harness.commands import cases, compare, doctor, durations, gate, page, replay, sweep

COMMANDS = (cases, compare, doctor, durations, gate, page, replay, sweep)
WRONG_USE = 4


class _Parser(argparse.ArgumentParser):
    """Wrong use has pytest's exit code for it; argparse's own, 2, would be read as an interrupted run."""

    def error(self, message: str) -> NoReturn:
        self.print_usage(sys.stderr)
        self.exit(WRONG_USE, f"{self.prog}: error: {message}\n")


def main(arguments: Sequence[str] | None = None) -> int:
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding="utf-8")  # titles are Chinese, whatever the console was set to
    parser = _Parser(prog="python -m harness", description=__doc__)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    for command in COMMANDS:
        command.add(commands)
    given = parser.parse_args(arguments)
    return int(given.run(given))


if __name__ == "__main__":
    sys.exit(main())
