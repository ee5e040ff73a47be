"""pytest's options, and the run that they describe. Bad ones are one message and exit code 4."""

import difflib
import os
import random
import time
import uuid
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import pytest

from clients import HarnessError, Redactor
from harness.brokers import broker_url
from harness.cases import Catalogue, load_catalogue
from harness.marks import Stamp, stamp_of_run, stamp_of_seed
from harness.platform import check_changes, check_faults
from harness.profile import Profile
from harness.profile_files import load_profile
from harness.rows.effects import load_row_rules
from harness.rules import load_rules
from harness.run import PROJECT, REPLAYED, RUN, Run
from harness.services import database_url
from harness.suites import named_in, suite_files

T = TypeVar("T")
SANDBOX_MODES = ("inprocess", "http")
ROWS = ("watch", "off")
OF_RUN = ("seed", "run_stamp")
"""Options that are one for the controller and its workers, also where nobody has given them."""
MARIADB = "mysql+pymysql://root@127.0.0.1:3306/regression"
RABBITMQ = "amqp://guest:guest@127.0.0.1:5672/"


def pytest_addoption(parser: pytest.Parser) -> None:
    group = parser.getgroup("regression", "regression of the marketing platform")
    group.addoption(
        "--profile",
        default="sandbox",
        metavar="NAME|PATH",
        help="where to run: a profile of data/profiles/, or the path of one (default: sandbox)",
    )
    group.addoption(
        "--sandbox",
        choices=SANDBOX_MODES,
        help="how to reach the sandbox: in this process, or on a real socket (default: inprocess)",
    )
    group.addoption(
        "--sandbox-database",
        metavar="URL",
        help="where the sandbox keeps its rows: a scratch database for each process, made beside the one "
        "that this SQLAlchemy URL names and dropped afterwards (default: a temporary SQLite file)",
    )
    group.addoption(
        "--sandbox-messages",
        metavar="URL",
        help="the RabbitMQ to which the sandbox publishes, amqp://…: an exchange for each process, deleted "
        "afterwards (default: kept in memory)",
    )
    group.addoption(
        "--sandbox-fault",
        action="append",
        default=[],
        metavar="NAME",
        help="run against a sandbox with this seeded defect, to see it caught; may be repeated",
    )
    group.addoption(
        "--sandbox-change",
        action="append",
        default=[],
        metavar="NAME",
        help="run against a sandbox with this seeded difference of a release, or all; may be repeated",
    )
    group.addoption(
        "--mariadb",
        metavar="URL",
        default=MARIADB,
        help="where the journeys that need a MariaDB find one (default: %(default)s)",
    )
    group.addoption(
        "--rabbitmq",
        metavar="URL",
        default=RABBITMQ,
        help="where the tests that need a RabbitMQ find one (default: %(default)s)",
    )
    group.addoption(
        "--require-services",
        action="store_true",
        help="fail, instead of skipping, what needs a database or broker that does not answer",
    )
    group.addoption(
        "--rows",
        choices=ROWS,
        default=ROWS[0],
        help="whether the rows that each call leaves are judged, where the database is known: the "
        "sandbox's, or that of a profile's [database] (default: %(default)s)",
    )
    group.addoption("--seed", type=int, metavar="N", help="repeat the run that printed this seed")
    group.addoption(
        "--case", action="append", default=[], metavar="ID", help="run only this case; may be repeated"
    )
    group.addoption(
        "--rule", action="append", default=[], metavar="ID", help="run only the cases of this rule; likewise"
    )
    group.addoption(
        "--strict-schema", action="store_true", help="fail on a field that an answer has beyond its schema"
    )
    group.addoption(
        "--report",
        nargs="?",
        const="allure-report.html",
        metavar="FILE",
        help="after the run, make one HTML page of it, by Allure 3 (default: %(const)s); without --alluredir "
        "the results go to allure-results, which is emptied of earlier ones",
    )
    parser.addini(
        "harness_data",
        "the folder of rules, cases and profiles",
        type="string",
        default=str(PROJECT / "data"),
    )


@pytest.hookimpl(tryfirst=True)
def pytest_configure(config: pytest.Config) -> None:
    _check_root(config)
    for name in OF_RUN:
        if (known := getattr(config, "workerinput", {}).get(name)) is not None:
            setattr(config.option, name, known)
    try:
        config.stash[RUN] = _run(config)
    except HarnessError as error:
        raise pytest.UsageError(str(error)) from None


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node: Any) -> None:
    """A worker is given the controller's arguments, and what these do not say here."""
    node.workerinput.update({name: getattr(node.config.option, name, None) for name in OF_RUN})


def pytest_report_header(config: pytest.Config) -> list[str]:
    run = config.stash[RUN]
    where = f"{run.profile.title} ({run.sandbox_mode})" if run.sandbox_mode else run.profile.title
    return [
        f"profile: {run.profile.name}, {where}",
        f"seed: {run.seed} (the same run again: --seed {run.seed})",
    ]


def _check_root(config: pytest.Config) -> None:
    """pytest takes an existing path after `--option ` for the root of the project, and loses pytest.ini.

    `--alluredir FOLDER` is worse: the workers meet the folder that the controller has just made.
    """
    spaced = "--alluredir" in config.invocation_params.args
    if config.inipath is None or spaced:
        raise pytest.UsageError(
            "write options that name a path with an equals sign, --alluredir=FOLDER or --profile=FILE: "
            f"after a space, pytest takes the path for the root of the project (now {config.rootpath})"
        )


def _run(config: pytest.Config) -> Run:
    data = _data_folder(config)
    rules = load_rules(data)
    catalogue = load_catalogue(data, rules)
    profile = config.stash.get(REPLAYED, None) or load_profile(
        config.getoption("profile"), data / "profiles", os.environ
    )
    mode = config.getoption("sandbox")
    if mode and not profile.sandbox:
        raise pytest.UsageError(
            f"--sandbox={mode} is for the sandbox; profile {profile.name} is a real environment"
        )
    for option in ("--sandbox-database", "--sandbox-messages", "--sandbox-fault", "--sandbox-change"):
        if config.getoption(option) and not profile.sandbox:
            raise pytest.UsageError(
                f"{option} is for the sandbox; profile {profile.name} is a real environment"
            )
    check_faults(config.getoption("sandbox_fault"))
    check_changes(config.getoption("sandbox_change"))
    _known("--rule", config.getoption("rule"), set(rules))
    _known("--case", config.getoption("case"), _case_ids(config, catalogue))
    return Run(
        id=_run_id(config),
        profile=profile,
        redactor=Redactor(profile.secrets()),
        sandbox_mode=(mode or SANDBOX_MODES[0]) if profile.sandbox and not profile.recording else None,
        sandbox_database=_checked("--sandbox-database", config, database_url),
        sandbox_faults=tuple(config.getoption("sandbox_fault")),
        sandbox_changes=tuple(config.getoption("sandbox_change")),
        sandbox_messages=_checked("--sandbox-messages", config, broker_url),
        mariadb=_url("--mariadb", config.getoption("mariadb"), database_url),
        rabbitmq=_url("--rabbitmq", config.getoption("rabbitmq"), broker_url),
        require_services=config.getoption("require_services"),
        seed=_seed(config),
        stamp=_stamp(config, profile),
        strict_schema=config.getoption("strict_schema"),
        watch_rows=config.getoption("rows") == ROWS[0],
        row_rules=load_row_rules(data),
        rules=rules,
        catalogue=catalogue,
    )


def _checked(option: str, config: pytest.Config, check: Callable[[str], T]) -> T | None:
    given = config.getoption(option)
    return _url(option, given, check) if given else None


def _url(option: str, given: str, check: Callable[[str], T]) -> T:
    try:
        return check(given)
    except HarnessError as error:
        raise pytest.UsageError(f"{option}: {error}") from None


def _data_folder(config: pytest.Config) -> Path:
    return config.rootpath / str(config.getini("harness_data"))


def _seed(config: pytest.Config) -> int:
    """One seed for the values and the order of tests; workers get the controller's."""
    given = config.getoption("seed")
    shuffled = config.getoption("randomly_seed", default=None)
    if given is None:
        given = shuffled if isinstance(shuffled, int) else random.SystemRandom().getrandbits(32)
        config.option.seed = given
    if shuffled == "default":
        config.option.randomly_seed = given
    return int(given)


def _stamp(config: pytest.Config, profile: Profile) -> Stamp:
    """One for the controller and its workers, which get it by the options, too."""
    if profile.sandbox:
        return stamp_of_seed(_seed(config))
    known = getattr(config.option, "run_stamp", None)
    if known is None:
        known = stamp_of_run(int(time.time() * 1000), _run_id(config)).text
    config.option.run_stamp = known
    return Stamp(str(known))


def _run_id(config: pytest.Config) -> str:
    """One for the controller and its workers: pytest-xdist hands its own on, and takes one that is given."""
    known = getattr(config, "workerinput", {}).get("testrunuid") or getattr(config.option, "testrunuid", None)
    config.option.testrunuid = known or uuid.uuid4().hex
    return str(config.option.testrunuid)


def _case_ids(config: pytest.Config, catalogue: Catalogue) -> set[str]:
    if not config.getoption("case"):
        return set()
    named, _ = named_in(suite_files(config.rootpath, config.getini("testpaths")))
    return catalogue.ids() | {found.texts["case_id"] for found in named if found.mark == "case"}


def _known(option: str, asked: list[str], known: set[str]) -> None:
    for name in asked:
        if name not in known:
            near = difflib.get_close_matches(name, sorted(known), n=3)
            hint = f"; did you mean {', '.join(near)}?" if near else ""
            raise pytest.UsageError(f"{option} {name}: there is no such id{hint}")
