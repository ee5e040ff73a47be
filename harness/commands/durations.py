"""`python -m harness durations`: records how long tests took, so that shards come to be equally long.

Exit codes: 0 written, 4 wrong use.
"""

import argparse
import sys
from pathlib import Path

from clients import HarnessError
from harness.durations import durations_of, write_durations
from harness.gate.results import find_ledgers
from harness.ledger import read_ledger
from harness.run import PROJECT

WRONG_USE = 4


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = commands.add_parser("durations", help="record how long tests took", description=__doc__)
    parser.add_argument(
        "results", type=Path, nargs="+", metavar="RESULTS", help="folders of --alluredir, one for each shard"
    )
    parser.add_argument("--data", type=Path, default=PROJECT / "data", metavar="DIR", help="(default: data)")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    try:
        durations = durations_of(read_ledger(path) for path in find_ledgers(arguments.results))
        path = write_durations(durations, arguments.data)
    except HarnessError as error:
        sys.stderr.write(f"{error}\n")
        return WRONG_USE
    sys.stdout.write(f"{path}: {len(durations)} tests, {sum(durations.values()):.0f} seconds\n")
    return 0
