"""Each seeded defect stores something wrong, and nobody is answered anything else for it."""

from collections.abc import Iterator

import pytest

from sandbox import Sandbox, running
from sandbox.faults.registry import KNOWN
from tests.sandbox import trials_of_activities, trials_of_orders
from tests.sandbox.databases import scratch_database
from tests.sandbox.spoiled import play

TRIALS = trials_of_activities.TRIALS | trials_of_orders.TRIALS


@pytest.fixture(scope="module", params=["sqlite", "mariadb"])
def tried(request: pytest.FixtureRequest) -> Iterator[Sandbox]:
    with scratch_database(request.param) as database, running(database) as app:
        yield app


def test_every_fault_is_tried() -> None:
    assert TRIALS.keys() == KNOWN.keys()


@pytest.mark.parametrize("name", sorted(TRIALS))
def test_fault_spoils_rows_and_no_answer(tried: Sandbox, name: str) -> None:
    trial = TRIALS[name]
    heard, told, rows = play(tried, trial)
    heard_with_it, told_with_it, rows_with_it = play(tried, trial, name)
    assert (heard_with_it, told_with_it) == (heard, told)
    assert rows == trial.right
    assert rows_with_it == trial.wrong
