"""What the processes of one run share about its calls: their pace, and whether connections still stand."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import pytest

from clients import Breaker, Limits, SharedPace, Stop, Traffic
from harness.run import RUN

SHARED = pytest.StashKey[Path]()
"""The folder; a run on the sandbox has none."""
PLATFORM_UNREACHABLE: Final = 10
"""The exit code of a run whose platform cannot be reached, is none, or has gone."""
PREFIX: Final = "regression-"


@contextmanager
def traffic_of(limits: Limits, shared: Path | None = None) -> Iterator[Traffic]:
    """As the limits say, with all that use the folder; without one by itself."""
    if limits.requests_per_second is None and limits.stop_after is None:
        yield Traffic()
    elif shared is not None:
        yield _traffic(limits, shared)
    else:
        with tempfile.TemporaryDirectory(prefix=PREFIX) as own:
            yield _traffic(limits, Path(own))


def _traffic(limits: Limits, folder: Path) -> Traffic:
    return Traffic(
        pace=None if limits.requests_per_second is None else SharedPace(folder, limits.requests_per_second),
        breaker=None if limits.stop_after is None else Breaker(folder, limits.stop_after),
    )


def stop_of(config: pytest.Config) -> Stop | None:
    """Why the run has stopped, in whichever of its processes."""
    limits, shared = config.stash[RUN].profile.limits, config.stash.get(SHARED, None)
    if shared is None or limits.stop_after is None:
        return None
    return Breaker(shared, limits.stop_after).stop()
