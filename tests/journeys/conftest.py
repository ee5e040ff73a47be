"""What journeys stand on: sandboxes of their own, which no other test meets."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from typing import Any

import pytest
from sqlalchemy import URL

from clients import Observer, Redactor
from harness.cases import Case
from harness.evidence import Evidence
from harness.platform import Platform, Unavailable, opened
from harness.profile import Profile
from harness.randomness import Randomness
from harness.run import Run
from tests.journeys.scenes import CALLERS, Scene, scene_on

Stage = Callable[[str], Scene]


@pytest.fixture(scope="session")
def stage(
    run: Run,
    profile: Profile,
    redactor: Redactor,
    evidence: Evidence,
    onlookers: tuple[Observer, ...],
    platform: Platform,
    worker_id: str,
) -> Iterator[Stage]:
    """The scene on a sandbox that is served on a real socket and keeps its rows in `sqlite` or `mariadb`.

    A real environment is one stage, whatever its database, on which each worker has a crowd of its own.
    """
    databases: Mapping[str, URL | None] = {"sqlite": None, "mariadb": run.mariadb}
    scenes: dict[str, Scene] = {}
    observers = (*onlookers, evidence)
    defects: Any = {"faults": run.sandbox_faults, "changes": run.sandbox_changes}
    with ExitStack() as stack:

        def served(database: URL | None) -> Platform:
            opening = opened(profile, "http", redactor, observers, database=database, **defects)
            return stack.enter_context(opening)

        def scene(database: str) -> Scene:
            kept_in = databases[database]
            if kept_in is not None and not profile.sandbox:
                raise Unavailable(f"环境 {profile.title} 的数据库只有一种，不再重复")
            if database not in scenes:
                found = served(kept_in) if profile.sandbox else platform
                where = database if profile.sandbox else worker_id
                randomness = Randomness(run.seed, f"journeys on {where}", run.stamp)
                scenes[database] = scene_on(found, randomness, CALLERS)
            return scenes[database]

        yield scene


@pytest.fixture
def scene(case: Case, stage: Stage) -> Any:
    """The scene on the case's database."""
    return stage(case.query["database"])
