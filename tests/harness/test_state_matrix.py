"""The matrices of states: no pair of a state and an action without a case, and how a run prints it."""

import json
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

import pytest

from harness.bookings import Bookings
from harness.cases import Case, load_catalogue
from harness.kinds.event_orders import EventBookings
from harness.kinds.group_buy_orders import GroupBuyBookings
from harness.one_yuan import ACTIONS as GROUP_ACTIONS
from harness.one_yuan import STATES as GROUP_STATES
from harness.order_states import ACTIONS, WAYS
from harness.rules import load_rules
from harness.state_matrix import HEADINGS, LEGEND, OF_MATRICES, StateMatrices, matrix, missing_pairs
from tests.harness.projects import PROJECT, Project, case_entry

KINDS: dict[str, type[Bookings]] = {
    "event_order_state": EventBookings,
    "group_buy_order_state": GroupBuyBookings,
}
"""The case file of the orders' matrix of each kind."""
MATRICES: dict[str, tuple[Iterable[str], tuple[str, ...]]] = {
    **{file: (kind.states, ACTIONS) for file, kind in KINDS.items()},
    "one_yuan_group_state": (GROUP_STATES.values(), GROUP_ACTIONS),
}
"""By case file: the states and actions of its matrix."""
DATA = PROJECT / "data"


def state_case(name: str, status: str, action: str, expect: dict[str, str], payment: str = "NONE") -> Case:
    return Case(
        id=name,
        title="用例",
        rule="P-05",
        epic="管理后台",
        feature="订单",
        story="状态",
        place="some.yaml:1",
        before={"status": status, "payment": payment},
        action=action,
        expect=expect,
    )


REFUSED = state_case("some-refused", "USED", "check_in", {"code": "40901"})
MOVED = state_case("some-moved", "UNUSED", "check_in", {"status": "USED", "payment": "NONE"})
UNMOVED = state_case("some-unmoved", "UNUSED", "payment_time_ends", {"status": "UNUSED", "payment": "NONE"})


@pytest.mark.parametrize("file", MATRICES)
def test_every_state_and_action_has_a_case(file: str) -> None:
    catalogue = load_catalogue(DATA, load_rules(DATA))

    missing = missing_pairs(catalogue.files[file], *MATRICES[file])

    assert missing == [], f"data/cases/{file}.yaml has no case for {missing}"


@pytest.mark.parametrize("kind", KINDS.values())
def test_every_state_of_a_kind_can_be_reached(kind: type[Bookings]) -> None:
    assert set(kind.states) <= {status for status, _ in WAYS}


def test_missing_pairs_are_named() -> None:
    missing = missing_pairs([REFUSED, MOVED], ["USED", "UNUSED"], ACTIONS)

    assert len(missing) == 2 * len(ACTIONS) - 2
    assert {"USED × check_in", "UNUSED × check_in"}.isdisjoint(missing)
    assert {"USED × approve", "UNUSED × effect_ends"} <= set(missing)


def test_actions_of_the_schema_are_those_of_the_engines() -> None:
    schema = json.loads((DATA / "case.schema.json").read_text("utf-8"))

    assert schema["$defs"]["case"]["properties"]["action"]["enum"] == [*ACTIONS, *GROUP_ACTIONS]


def test_every_action_has_a_column() -> None:
    assert list(HEADINGS) == [*ACTIONS, *GROUP_ACTIONS]


def test_every_matrix_is_held_to_its_pairs() -> None:
    catalogue = load_catalogue(DATA, load_rules(DATA))

    assert {name for name in catalogue.files if name.endswith(OF_MATRICES)} == set(MATRICES)


def test_row_of_a_group_is_what_the_group_is() -> None:
    filled = replace(MOVED, before={"group": "open"}, action="member_fills", expect={"group": "full"})
    idle = replace(MOVED, id="some-idle", before={"group": "open"}, action="read_in_time")
    idle = replace(idle, expect={"group": "open", "told": ["open"]})

    heads, row, _ = matrix([filled, idle], {filled.id: "passed", idle.id: "passed"})

    assert heads.split() == ["fills", "read"]
    assert row.split() == ["open", ">", "."]


@pytest.mark.parametrize(
    ("shown", "outcome", "sign"),
    [
        (REFUSED, "passed", "."),
        (MOVED, "passed", ">"),
        (UNMOVED, "passed", "."),
        (MOVED, "failed", "F"),
        (REFUSED, "skipped", "s"),
        (MOVED, "flaky", "~"),
    ],
)
def test_cell_shows_what_became_of_its_case(shown: Case, outcome: str, sign: str) -> None:
    heads, row, legend = matrix([shown], {shown.id: outcome})

    assert shown.before is not None
    assert shown.action is not None
    assert row.split() == [shown.before["status"], sign]
    assert row.index(sign, len(shown.before["status"])) == heads.index(HEADINGS[shown.action])
    assert legend == LEGEND


def test_cases_of_one_pair_share_a_cell() -> None:
    paid = state_case("some-paid", "USED", "check_in", {"code": "40901"}, payment="PAY_SUCCESS")

    _, row, _ = matrix([REFUSED, paid], {REFUSED.id: "passed", paid.id: "failed"})

    assert row.split() == ["USED", ".F"]


def test_matrix_of_cases_that_did_not_run_is_empty() -> None:
    assert matrix([REFUSED, MOVED], {"another-case": "passed"}) == []


def test_case_is_as_good_as_its_worst_phase() -> None:
    collected = StateMatrices()

    for outcome in ("passed", "failed", "passed"):
        collected.pytest_runtest_logreport(_report(outcome))

    assert collected.outcomes == {"some-case": "failed"}


@pytest.mark.parametrize(("last", "outcome"), [("passed", "flaky"), ("failed", "failed")])
def test_case_of_a_rerun_is_flaky_or_failed(last: str, outcome: str) -> None:
    collected = StateMatrices()

    for number, reported in enumerate(("rerun", last)):
        report = _report(reported)
        vars(report).update(rerun=number)
        collected.pytest_runtest_logreport(report)

    assert collected.outcomes == {"some-case": outcome}


@pytest.mark.parametrize("workers", [(), ("-n", "2")])
def test_run_prints_the_matrix_of_what_it_ran(project: Project, workers: tuple[str, ...]) -> None:
    before = {"status": "UNUSED", "payment": "NONE"}
    moved = {"status": "USED", "payment": "NONE"}
    project.cases(
        "some_order_state",
        case_entry("some-good", before=before, action="check_in", expect=moved),
        case_entry("some-bad", before=before, action="approve", expect={"code": "40901"}),
    )
    project.tests(
        "state", '@cases("some_order_state")\ndef test(case: Case): assert case.action == "check_in"'
    )

    result = project.run(*workers)

    (row,) = [line for line in result.outlines if line.startswith("UNUSED ")]
    assert row.split() == ["UNUSED", "F", ">"]
    assert any("states: 试写" in line for line in result.outlines)


def test_run_without_such_cases_prints_no_matrix(project: Project) -> None:
    project.tests("plain", "def test(): pass")

    result = project.run()

    assert result.ret == 0
    assert not any(" states: " in line for line in result.outlines)


@pytest.fixture
def project(tmp_path: Any) -> Project:
    return Project(tmp_path)


def _report(outcome: Any) -> pytest.TestReport:
    properties: list[tuple[str, object]] = [("case", "some-case")]
    return pytest.TestReport(
        "test_it", ("test_it.py", 1, "test_it"), {}, outcome, None, "call", user_properties=properties
    )
