"""Before anything runs on a real environment: one sign-in, so that a platform that is down is one message.

Exit code 10 says that the platform cannot be reached, or that what answers is not the platform; also when it
went away half-way, and tests failed for it or the run stopped.
"""

import sys
from collections.abc import Generator

import pytest

from clients import ExchangeFailure, Redactor, Refused
from harness.platform import opened
from harness.run import RUN, Run
from harness.traffic import PLATFORM_UNREACHABLE, stop_of

_ENDED = (pytest.ExitCode.OK, pytest.ExitCode.TESTS_FAILED)
UNREACHABLE = "platform_unreachable"
"""The property of a test that failed because no connection stood."""
DOWN_AT_START = pytest.StashKey[bool]()


class Departures:
    """On the controller: whether the platform went away half-way."""

    def __init__(self) -> None:
        self.seen = False

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        self.seen = self.seen or any(name == UNREACHABLE for name, _ in report.user_properties)

    @pytest.hookimpl(tryfirst=True)
    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        failed = self.seen and session.exitstatus == pytest.ExitCode.TESTS_FAILED
        stopped = session.exitstatus in _ENDED and stop_of(session.config) is not None
        if failed or stopped:
            session.exitstatus = PLATFORM_UNREACHABLE


def pytest_configure(config: pytest.Config) -> None:
    if not hasattr(config, "workerinput"):
        config.pluginmanager.register(Departures(), "departures-of-the-platform")


@pytest.hookimpl(wrapper=True)
def pytest_cmdline_main(config: pytest.Config) -> Generator[None, object, object]:
    """A platform that is down ends the run before it starts, as wrong use does, by another exit code."""
    try:
        return (yield)
    except pytest.UsageError as problem:
        if not config.stash.get(DOWN_AT_START, False):
            raise
        print(f"ERROR: {problem}\n", file=sys.stderr)  # noqa: T201 - as pytest tells wrong use
        return PLATFORM_UNREACHABLE


def pytest_sessionstart(session: pytest.Session) -> None:
    config = session.config
    run = config.stash[RUN]
    if (
        run.profile.sandbox
        or run.profile.recording
        or hasattr(config, "workerinput")
        or config.getoption("collectonly")
    ):
        return
    if (problem := sign_in_problem(run)) is not None:
        config.stash[DOWN_AT_START] = True
        raise pytest.UsageError(problem)


def sign_in_problem(run: Run) -> str | None:
    """Why the main tenant cannot sign in, or None; raises `UsageError` when its password is refused."""
    with opened(run.profile, run.sandbox_mode, Redactor(run.profile.secrets())) as platform:
        try:
            platform.tenant().events.list(page=1, size=1).require_ok()
        except Refused as refusal:
            raise pytest.UsageError(
                f"profile {run.profile.name}: the main sign-in (tenants.admin) was refused, "
                f"check its environment variables: {refusal}"
            ) from None
        except ExchangeFailure as failure:
            return f"profile {run.profile.name}: the platform cannot be used (check urls.admin): {failure}"
    return None
