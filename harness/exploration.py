"""How far Hypothesis explores, by the run's seed: bounded, or for nights `--hypothesis-profile=long`."""

from typing import Final

import pytest
from hypothesis import HealthCheck, Phase, settings

from harness.run import RUN

LONG: Final = "long"
_COMMON: Final = {
    "deadline": None,
    "database": None,  # the run's seed repeats a failure; nothing is left behind in the project
    "suppress_health_check": list(HealthCheck),
    "phases": (Phase.generate, Phase.shrink),
    "print_blob": False,
}
BOUNDED: Final = settings(max_examples=12, stateful_step_count=20, **_COMMON)  # type: ignore[arg-type]  # typed one by one


@pytest.hookimpl(tryfirst=True)
def pytest_configure() -> None:
    """Before Hypothesis's own plugin looks for the profile that was asked for."""
    settings.register_profile(LONG, max_examples=400, stateful_step_count=60, **_COMMON)  # type: ignore[arg-type]  # likewise


def exploration(config: pytest.Config) -> settings:
    """The settings of this run's state machines."""
    chosen = config.getoption("--hypothesis-profile", default=None)
    return settings.get_profile(chosen) if chosen else BOUNDED


def seed_of(config: pytest.Config) -> int:
    return config.stash[RUN].seed
