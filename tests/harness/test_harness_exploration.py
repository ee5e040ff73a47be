"""How far Hypothesis explores: bounded unless asked otherwise, by the run's seed, and nothing is kept."""

import json
from pathlib import Path
from typing import Any

import pytest

from harness.exploration import BOUNDED
from tests.harness.projects import Project, output, ran

SUITE = """
from hypothesis import given, seed, strategies as st
from harness.exploration import exploration

def test_look(run, pytestconfig, request) -> None:
    seen: list[int] = []
    chosen = exploration(pytestconfig)

    @seed(run.seed)
    @chosen
    @given(st.integers(-9999, 9999))  # of no mobile's length, which would be masked
    def look(number: int) -> None:
        seen.append(number)

    look()
    bounds = [chosen.max_examples, chosen.stateful_step_count]
    request.node.user_properties += [("seen", seen), ("bounds", bounds)]
"""


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    made = Project(tmp_path_factory.mktemp("exploration"))
    made.tests("look", SUITE)
    return made


@pytest.fixture(scope="module")
def seen(project: Project) -> list[int]:
    """What a run with the seed 7 looks at."""
    numbers: list[int] = explored(project, "--seed=7")["seen"]
    return numbers


def explored(project: Project, *arguments: str) -> dict[str, Any]:
    report = project.root / "junit.xml"
    result = project.run(f"--junitxml={report}", "-p", "no:cacheprovider", *arguments)
    assert result.ret == 0, output(result)
    (test,) = ran(report)
    return {name: json.loads(value) for name, value in test.properties.items() if name in {"seen", "bounds"}}


def test_exploration_is_bounded_by_default(seen: list[int]) -> None:
    assert 0 < len(seen) <= BOUNDED.max_examples <= 50


def test_same_seed_explores_the_same(project: Project, seen: list[int]) -> None:
    assert explored(project, "--seed=7")["seen"] == seen


def test_another_seed_explores_otherwise(project: Project, seen: list[int]) -> None:
    assert explored(project, "--seed=8")["seen"] != seen


def test_long_exploration_can_be_asked_for(project: Project) -> None:
    found = explored(project, "--seed=7", "--hypothesis-profile=long")

    examples, steps = found["bounds"]
    assert examples > BOUNDED.max_examples
    assert steps > BOUNDED.stateful_step_count
    assert len(found["seen"]) > BOUNDED.max_examples


@pytest.mark.usefixtures("seen")
def test_exploration_writes_nothing_into_the_project(project: Project) -> None:
    written = {Path(file).parts[0] for file in project.files() if "__pycache__" not in file}

    assert written == {"conftest.py", "data", "junit.xml", "pytest.ini", "tests"}


def test_bounded_exploration_keeps_no_examples() -> None:
    assert BOUNDED.database is None
    assert BOUNDED.deadline is None
