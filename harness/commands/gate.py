"""`python -m harness gate`: judges results, those of shards together, by a gate file.

Exit codes: 0 passed, 1 a line is broken, 4 wrong use, 11 the run cannot be trusted.
"""

import argparse
import sys
from dataclasses import replace
from pathlib import Path

from clients import DataError, HarnessError
from harness.cases import load_catalogue
from harness.gate.limits import load_limits, write_baseline
from harness.gate.lines import Judgement, Subject, covered_rules, lines_of_trust
from harness.gate.markdown import markdown
from harness.gate.results import read_results
from harness.gate.table import table
from harness.gate.verdict import judged
from harness.quarantine import load_quarantine
from harness.rules import load_rules
from harness.run import PROJECT
from harness.suites import python_case_ids, suite_files, suite_paths
from harness.written import write_whole

WRONG_USE = 4


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = commands.add_parser("gate", help="judge the results of a run", description=__doc__)
    parser.add_argument("file", type=Path, metavar="FILE", help="the gate; data/gate.toml explains one")
    parser.add_argument(
        "results", type=Path, nargs="+", metavar="RESULTS", help="folders of --alluredir, one for each shard"
    )
    parser.add_argument("--markdown", type=Path, metavar="FILE", help="write the verdict for a pull request")
    parser.add_argument(
        "--baseline",
        action="store_true",
        help="write the rules that these results cover as the gate's baseline",
    )
    parser.add_argument("--data", type=Path, default=PROJECT / "data", metavar="DIR", help="(default: data)")
    parser.add_argument(
        "--tests", type=Path, metavar="DIR", help="where tests are (default: the testpaths of pytest.ini)"
    )
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    try:
        subject = _subject(arguments)
        if arguments.baseline:
            subject = _with_new_baseline(subject)
        verdict = judged(subject)
        if arguments.markdown:
            write_whole(arguments.markdown, markdown(verdict))
    except HarnessError as error:
        sys.stderr.write(f"{error}\n")
        return WRONG_USE
    sys.stdout.writelines(f"{line}\n" for line in table(verdict))
    return verdict.code


def _subject(arguments: argparse.Namespace) -> Subject:
    data = arguments.data
    rules = load_rules(data)
    limits = load_limits(arguments.file, data, rules, with_baseline=not arguments.baseline)

    def case_ids() -> set[str]:
        root = arguments.tests or PROJECT
        files = suite_files(root, () if arguments.tests else suite_paths(PROJECT))
        return load_catalogue(data, rules).ids() | python_case_ids(files)

    return Subject(limits, read_results(arguments.results), load_quarantine(data, case_ids))


def _with_new_baseline(subject: Subject) -> Subject:
    """Judged by what it covers itself; a run that cannot be trusted is no baseline."""
    limits = subject.limits
    wrong = [line.name for line in lines_of_trust(subject) if line.judgement is not Judgement.HOLDS]
    if limits.rule_baseline is None:
        raise DataError(f'{limits.source}: has no rule_baseline; add rule_baseline = "gate-baseline.toml"')
    if wrong:
        raise DataError(f"no baseline was written: the run cannot be trusted: {', '.join(wrong)}")
    if not (covered := covered_rules(subject.results)):
        raise DataError("no baseline was written: the results cover no rule")
    write_baseline(limits.rule_baseline, sorted(covered))
    return replace(subject, limits=replace(limits, rules=frozenset(covered)))
