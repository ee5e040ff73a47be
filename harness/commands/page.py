"""`python -m harness page`: makes one page of results, those of shards together, as `--report` does."""

import argparse
import sys
from pathlib import Path

from clients import HarnessError
from harness.page.making import make_page
from harness.page.tools import NoPage
from harness.rules import load_rules
from harness.run import PROJECT

NO_PAGE = 1
WRONG_USE = 4


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = commands.add_parser("page", help="make one HTML page of results", description=__doc__)
    parser.add_argument(
        "results", type=Path, nargs="+", metavar="RESULTS", help="folders of --alluredir, one for each shard"
    )
    parser.add_argument(
        "--output",
        type=Path,
        default=Path("allure-report.html"),
        metavar="FILE",
        help="the page (default: %(default)s)",
    )
    parser.add_argument("--data", type=Path, default=PROJECT / "data", metavar="DIR", help="(default: data)")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    missing = [str(folder) for folder in arguments.results if not folder.is_dir()]
    if missing:
        sys.stderr.write(f"{', '.join(missing)}: there is no such folder of results\n")
        return WRONG_USE
    try:
        make_page(arguments.results, arguments.output, load_rules(arguments.data))
    except NoPage as problem:
        sys.stderr.write(f"{problem}\n")
        return NO_PAGE
    except HarnessError as error:
        sys.stderr.write(f"{error}\n")
        return WRONG_USE
    sys.stdout.write(f"报告页 page: {arguments.output}\n")
    return 0
