"""`python -m harness sweep`: finds what killed runs have left on an environment, shows it, and takes it away.

Exit codes: 0 nothing is left, 1 something is, 4 wrong use, 10 the platform cannot be reached.
"""

import argparse
import os
import re
import sys
import time
from pathlib import Path
from typing import Final

from clients import ExchangeFailure, HarnessError, PlatformFailure, Redactor
from harness.case_words import MILLISECONDS
from harness.marks import Stamp
from harness.platform import Platform, opened
from harness.profile_files import load_profile
from harness.run import PROJECT
from harness.sweeping.leftovers import leftovers
from harness.sweeping.removal import swept
from harness.sweeping.telling import reasons, table
from harness.traffic import PLATFORM_UNREACHABLE

LEFT, WRONG_USE = 1, 4
AGE: Final = "2h"


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = commands.add_parser("sweep", help="take away what killed runs have left", description=__doc__)
    parser.add_argument(
        "--profile", required=True, metavar="NAME|PATH", help="the environment, by its profile"
    )
    parser.add_argument(
        "--older-than",
        type=_age,
        default=AGE,
        metavar="AGE",
        help="leave alone what runs made that began later, and may still be going on: 30m, 2h, 1d "
        "(default: %(default)s)",
    )
    parser.add_argument("--yes", action="store_true", help="take it away without asking")
    parser.add_argument("--data", type=Path, default=PROJECT / "data", metavar="DIR", help="(default: data)")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    try:
        profile = load_profile(arguments.profile, arguments.data / "profiles", os.environ)
        if profile.sandbox:
            return _complain(
                f"profile {profile.name}: a sandbox ends with its run and leaves nothing", WRONG_USE
            )
        redactor = Redactor(profile.secrets())
        with opened(profile, None, redactor) as platform:
            return _sweep(platform, time.time() * 1000 - arguments.older_than, ask=not arguments.yes)
    except HarnessError as error:
        return _complain(str(error), WRONG_USE)
    except ExchangeFailure as failure:
        return _complain(str(failure), PLATFORM_UNREACHABLE)
    except PlatformFailure as failure:
        return _complain(str(failure), LEFT)


def _sweep(platform: Platform, before: float, *, ask: bool) -> int:
    def wanted(stamp: Stamp) -> bool:
        return stamp.started < before

    mask, title = platform.redactor.text, platform.profile.title
    found = leftovers(platform, wanted)
    if not found:
        sys.stdout.write(f"{title}: nothing is left\n")
        return 0
    _tell(table(found, mask))
    if not platform.profile.allowed.write:
        name = platform.profile.name
        return _complain(f"profile {name} does not allow writing (allow_write): nothing was done", LEFT)
    if ask and not _agreed(f"take away these {len(found)} rows of {title}?"):
        return _complain("nothing was done (--yes takes them away without asking)", LEFT)
    gone, left = swept(platform, wanted)
    sys.stdout.write(f"{title}: {len(gone)} rows taken away, {len(left)} left\n")
    _tell(reasons(left, mask))
    return LEFT if left else 0


def _agreed(question: str) -> bool:
    """Never without a person at the other end."""
    if not sys.stdin.isatty():
        return False
    sys.stdout.write(f"{question} [y/N] ")
    sys.stdout.flush()
    return sys.stdin.readline().strip().lower() in {"y", "yes"}


def _age(text: str) -> int:
    """In milliseconds."""
    match = re.fullmatch(r"([0-9]{1,6})([smhd])", text)
    if match is None:
        raise argparse.ArgumentTypeError(f"{text!r} is no age; write it as 30m, 2h or 1d")
    return int(match[1]) * MILLISECONDS[match[2]]


def _tell(lines: list[str]) -> None:
    sys.stdout.writelines(f"{line}\n" for line in lines)


def _complain(problem: str, code: int) -> int:
    sys.stderr.write(f"{problem}\n")
    return code
