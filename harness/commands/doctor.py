"""`python -m harness doctor`: looks an environment over before anything runs there; only reading calls leave.

Exit codes: 0 nothing stands in the way (warnings name what will be skipped), 1 a check failed, 4 wrong use,
10 the platform is not reachable, or what answers is not the platform.
"""

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from clients import DataError, HarnessError, ProfileError
from harness.doctor.examination import A_CHECK_FAILED, examined
from harness.doctor.findings import Finding, State
from harness.doctor.telling import document, table
from harness.profile_files import find_profile, load_profile
from harness.run import PROJECT
from harness.written import write_whole

WRONG_USE = 4


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = commands.add_parser("doctor", help="look an environment over", description=__doc__)
    parser.add_argument(
        "--profile",
        default="sandbox",
        metavar="NAME|PATH",
        help="the environment, by its profile (default: %(default)s)",
    )
    parser.add_argument(
        "--use-codes",
        action="store_true",
        help="sign in by the profile's WeChat codes, which may use them up",
    )
    parser.add_argument("--json", type=Path, metavar="FILE", help="write what was found for a machine, too")
    parser.add_argument("--data", type=Path, default=PROJECT / "data", metavar="DIR", help="(default: data)")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    folder = arguments.data / "profiles"
    try:
        find_profile(arguments.profile, folder)
        findings, code = _examined(arguments, folder)
        if arguments.json is not None:
            write_whole(arguments.json, document(arguments.profile, findings, code))
    except HarnessError as error:
        sys.stderr.write(f"{error}\n")
        return WRONG_USE
    sys.stdout.writelines(f"{line}\n" for line in table(findings, code))
    return code


def _examined(arguments: argparse.Namespace, folder: Path) -> tuple[Sequence[Finding], int]:
    """A profile of another shape is a finding, and the only one: nothing else can be looked at."""
    try:
        profile = load_profile(arguments.profile, folder, os.environ, needs_main=False)
    except (ProfileError, DataError) as error:
        mend = "data/profiles/example.toml explains every key"
        findings = [Finding("profile", State.FAILED, line, mend) for line in str(error).splitlines()]
        return findings, A_CHECK_FAILED
    return examined(profile, use_codes=arguments.use_codes)
