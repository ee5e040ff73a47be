"""Before anything runs on a real environment: one sign-in, so that a platform that is down is one message.

Exit code 10 says that the platform cannot be reached, or that what answers is not the platform.
"""

import sys
from collections.abc import Generator

import pytest

from clients import ExchangeFailure, Redactor, Refused
from harness.platform import opened
from harness.run import RUN, Run

PLATFORM_UNREACHABLE = 10


UNREACHABLE = pytest.StashKey[bool]()


@pytest.hookimpl(wrapper=True)
def pytest_cmdline_main(config: pytest.Config) -> Generator[None, object, object]:
    """A platform that is down ends the run before it starts, as wrong use does, by another exit code."""
    try:
        return (yield)
    except pytest.UsageError as problem:
        if not config.stash.get(UNREACHABLE, False):
            raise
        print(f"ERROR: {problem}\n", file=sys.stderr)  # noqa: T201 - as pytest tells wrong use
        return PLATFORM_UNREACHABLE


def pytest_sessionstart(session: pytest.Session) -> None:
    config = session.config
    run = config.stash[RUN]
    if run.profile.sandbox or hasattr(config, "workerinput") or config.getoption("collectonly"):
        return
    if (problem := sign_in_problem(run)) is not None:
        config.stash[UNREACHABLE] = True
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
