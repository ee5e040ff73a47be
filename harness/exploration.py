"""How far Hypothesis explores, by the run's seed: bounded, or for nights `--hypothesis-profile=long`."""

from tempfile import TemporaryDirectory
from typing import Final

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.configuration import set_hypothesis_home_dir
from hypothesis.errors import InvalidArgument

OPTION: Final = "--hypothesis-profile"
LONG: Final = "long"
_COMMON: Final = {
    "deadline": None,
    "database": None,  # the run's seed repeats a failure; nothing is left behind in the project
    "suppress_health_check": list(HealthCheck),
    "phases": (Phase.generate, Phase.shrink),
    "print_blob": False,
}
BOUNDED: Final = settings(max_examples=12, stateful_step_count=40, **_COMMON)  # type: ignore[arg-type]  # typed one by one


@pytest.hookimpl(tryfirst=True)
def pytest_configure(config: pytest.Config) -> None:
    """Before Hypothesis's own plugin looks for the profile that was asked for."""
    settings.register_profile(LONG, max_examples=400, stateful_step_count=60, **_COMMON)  # type: ignore[arg-type]  # likewise
    _keep_files_away(config)
    try:
        exploration(config)
    except InvalidArgument:
        raise pytest.UsageError(
            f"{OPTION}={config.getoption(OPTION)}: there is no such profile; "
            f"write {OPTION}={LONG}, or leave it out for a bounded exploration"
        ) from None


def exploration(config: pytest.Config) -> settings:
    """The settings of this run's state machines."""
    chosen = config.getoption(OPTION, default=None)
    return settings.get_profile(chosen) if chosen else BOUNDED


def _keep_files_away(config: pytest.Config) -> None:
    """Hypothesis writes what it finds in the modules under test; not into the project, whatever it finds."""
    folder = TemporaryDirectory(prefix="hypothesis-", ignore_cleanup_errors=True)
    set_hypothesis_home_dir(folder.name)
    config.add_cleanup(folder.cleanup)
