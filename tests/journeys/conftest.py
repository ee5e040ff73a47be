"""What journeys stand on: sandboxes of their own, which no other test meets."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from typing import Any

import pytest
from sqlalchemy import URL

from clients import Observer, Redactor
from harness.cases import Case
from harness.evidence import Evidence
from harness.platform import Unavailable, opened
from harness.profile import Profile
from harness.randomness import Randomness
from harness.run import Run
from tests.journeys.scenes import CALLERS, Scene, scene_on

Stage = Callable[[str], Scene]


@pytest.fixture(scope="session")
def stage(
    run: Run, profile: Profile, redactor: Redactor, evidence: Evidence, onlookers: tuple[Observer, ...]
) -> Iterator[Stage]:
    """The scene on a sandbox that is served on a real socket and keeps its rows in `sqlite` or `mariadb`."""
    databases: Mapping[str, URL | None] = {"sqlite": None, "mariadb": run.mariadb}
    scenes: dict[str, Scene] = {}
    observers = (*onlookers, evidence)
    if not profile.sandbox:
        raise Unavailable(f"环境 {profile.title} 不是沙箱，不在其上做并发旅程")
    with ExitStack() as stack:

        def scene(database: str) -> Scene:
            if database not in scenes:
                kept_in, faults = databases[database], run.sandbox_faults
                served = opened(profile, "http", redactor, observers, database=kept_in, faults=faults)
                platform = stack.enter_context(served)
                randomness = Randomness(run.seed, f"journeys on {database}")
                scenes[database] = scene_on(platform, randomness, CALLERS)
            return scenes[database]

        yield scene


@pytest.fixture
def scene(case: Case, stage: Stage) -> Any:
    """The scene on the case's database."""
    return stage(case.query["database"])
