"""One seed and one stamp for all workers of a run: what its header printed repeats it."""

import re
from pathlib import Path

import pytest

from tests.harness.projects import Project

NOTING = """
from pathlib import Path

@pytest.mark.parametrize("number", range(8))
def test_notes(run, mark: str, worker_id: str, number: int) -> None:
    with Path(f"{worker_id}.txt").open("a", encoding="utf-8") as file:
        file.write(f"{run.seed} {run.stamp.text} {number} {mark}\\n")
"""


def noted(project: Project, *options: str) -> tuple[str, list[list[str]]]:
    """The printed seed, and what each test noted: seed, stamp, number, mark."""
    for file in project.root.glob("gw*.txt"):
        file.unlink()
    result = project.run("-n2", *options)
    printed = re.search(r"^seed: (\d+) ", "\n".join(result.outlines), re.MULTILINE)
    assert printed is not None
    lines = [
        line.split() for file in project.root.glob("gw*.txt") for line in file.read_text("utf-8").splitlines()
    ]
    return printed[1], sorted(lines, key=lambda line: line[2])


@pytest.fixture
def project(tmp_path: Path) -> Project:
    made = Project(tmp_path)
    made.tests("some", NOTING)
    return made


def test_workers_have_the_seed_that_the_run_prints(project: Project) -> None:
    seed, lines = noted(project)

    assert len(lines) == 8
    assert len(list(project.root.glob("gw*.txt"))) == 2
    assert {line[0] for line in lines} == {seed}
    assert len({line[1] for line in lines}) == 1


def test_printed_seed_repeats_a_run_with_workers(project: Project) -> None:
    seed, first = noted(project)

    _, again = noted(project, f"--seed={seed}")

    assert again == first
