"""The matrix of order states: no pair of a state and an action without a case, and how a run prints it."""

import json
from typing import Any

import pytest

from harness.bookings import Bookings
from harness.cases import Case, load_catalogue
from harness.kinds.event_orders import EventBookings
from harness.kinds.group_buy_orders import GroupBuyBookings
from harness.order_matrix import HEADINGS, LEGEND, OrderMatrix, matrix
from harness.order_states import ACTIONS, WAYS, missing_pairs
from harness.rules import load_rules
from tests.harness.projects import PROJECT, Project, case_entry

KINDS: dict[str, type[Bookings]] = {
    "event_order_state": EventBookings,
    "group_buy_order_state": GroupBuyBookings,
}
"""The case file of each kind's matrix."""
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


@pytest.mark.parametrize("file", KINDS)
def test_every_state_and_action_has_a_case(file: str) -> None:
    catalogue = load_catalogue(DATA, load_rules(DATA))

    missing = missing_pairs(catalogue.files[file], KINDS[file].states)

    assert missing == [], f"data/cases/{file}.yaml has no case for {missing}"


@pytest.mark.parametrize("kind", KINDS.values())
def test_every_state_of_a_kind_can_be_reached(kind: type[Bookings]) -> None:
    assert set(kind.states) <= {status for status, _ in WAYS}


def test_missing_pairs_are_named() -> None:
    missing = missing_pairs([REFUSED, MOVED], ["USED", "UNUSED"])

    assert len(missing) == 2 * len(ACTIONS) - 2
    assert {"USED × check_in", "UNUSED × check_in"}.isdisjoint(missing)
    assert {"USED × approve", "UNUSED × effect_ends"} <= set(missing)


def test_actions_of_the_schema_are_those_of_the_engine() -> None:
    schema = json.loads((DATA / "case.schema.json").read_text("utf-8"))

    assert schema["$defs"]["case"]["properties"]["action"]["enum"] == list(ACTIONS)


@pytest.mark.parametrize(
    ("shown", "outcome", "sign"),
    [
        (REFUSED, "passed", "."),
        (MOVED, "passed", ">"),
        (UNMOVED, "passed", "."),
        (MOVED, "failed", "F"),
        (REFUSED, "skipped", "s"),
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
    collected = OrderMatrix()

    for outcome in ("passed", "failed", "passed"):
        collected.pytest_runtest_logreport(_report(outcome))

    assert collected.outcomes == {"some-case": "failed"}


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
    assert any("order states: 试写" in line for line in result.outlines)


def test_run_without_such_cases_prints_no_matrix(project: Project) -> None:
    project.tests("plain", "def test(): pass")

    result = project.run()

    assert result.ret == 0
    assert not any("order states" in line for line in result.outlines)


@pytest.fixture
def project(tmp_path: Any) -> Project:
    return Project(tmp_path)


def _report(outcome: Any) -> pytest.TestReport:
    properties: list[tuple[str, object]] = [("case", "some-case")]
    return pytest.TestReport(
        "test_it", ("test_it.py", 1, "test_it"), {}, outcome, None, "call", user_properties=properties
    )
