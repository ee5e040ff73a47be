"""`python -m harness replay FILE`: runs the suites against a recording, without a platform."""

import argparse
import subprocess
import sys
from pathlib import Path

from clients import HarnessError
from harness.recording.files import read_recording

WRONG_USE = 4


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = commands.add_parser(
        "replay", help="run the suites against a recording, without a platform", description=__doc__
    )
    parser.add_argument("recording", type=Path, metavar="FILE", help="what `pytest --record=FILE` has kept")
    parser.add_argument(
        "arguments",
        nargs=argparse.REMAINDER,
        metavar="PYTEST ARGUMENT",
        help="what pytest takes: -n auto, --case ID, -m MARKS, --alluredir=FOLDER, --gate…",
    )
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """As pytest ends; 4 for a file that is no recording."""
    path = arguments.recording
    try:
        read_recording(path)
    except HarnessError as problem:
        sys.stderr.write(f"{problem}\n")
        return WRONG_USE
    command = [sys.executable, "-m", "pytest", f"--replay={path}", *arguments.arguments]
    return subprocess.call(command)  # noqa: S603 - pytest, by a process of its own that rewrites its asserts
