"""A seeded defect of the sandbox's rows fails the case that is there for it, and only the rows tell of it.

`python -m benchmarks.row_faults` shows the same of every defect and every case.
"""

from pathlib import Path

import pytest

from benchmarks.row_faults import faults_on, known_faults
from tests.harness.projects import PROJECT, Project, ran, run_here, told

CAUGHT = (  # the defect, the case that catches it, and what its failure names
    # T-01: the row is valid against its table
    ("form-answer-type-undocumented", "rows-event-form-data", "T-01 form_data"),
    # T-02: the row says what was sent and answered
    ("group-buy-status-stale", "rows-group-buy-status", "T-02 group_buy_event"),
    # T-03: made once, moved with each change
    ("event-deletion-not-stamped", "rows-times-event-deleted", "T-03 event"),
    ("form-change-rewrites-created-time", "rows-times-event-updated", "T-03 form"),
    ("team-change-not-stamped", "rows-times-team-filled", "T-03 group_buy_event_team"),
    ("reversal-not-stamped", "rows-reversal-time", "T-03 resource_use_info"),
    # T-04: a refusal leaves nothing
    ("refused-booking-leaves-answers", "rows-refused-booking", "form_data：另有 +3 行"),
    # C-10: deleting is marking
    ("worker-erased", "rows-worker-deleted", "C-10"),
    ("checkin-qrcode-erased", "rows-checkin-qrcodes-off", "C-10"),
    # a row that the call has nothing to do with
    ("checkin-stamps-store", "rows-times-group-buy-order-checked-in", "这个调用不应改变 store"),
    # P-03, F-05, Y-05: a rule whose only trace is the row
    ("payment-row-stays-in-processing", "rows-payment", "'PAY_PROCESSING' != 'PAY_SUCCESS'"),
    ("failed-notify-kept-as-success", "rows-notify-failed", "'FAILED')"),
    ("share-depth-never-counted", "rows-share-tree", "[1, 1, 1] == [1, 2, 3]"),
    ("leader-kept-among-members", "rows-one-yuan-leader", "Left contains one more item"),
)
FILES = sorted(path.relative_to(PROJECT).as_posix() for path in PROJECT.glob("tests/test_rows*.py"))
USAGE_ERROR = 4
SIGN_IN = {"DAB_ADMIN_USERNAME": "admin", "DAB_ADMIN_PASSWORD": "made-up"}


@pytest.mark.parametrize(("fault", "case_id", "named"), CAUGHT, ids=[fault for fault, _, _ in CAUGHT])
def test_a_defect_fails_its_case(fault: str, case_id: str, named: str, tmp_path: Path) -> None:
    junit = tmp_path / "junit.xml"

    run_here("--case", case_id, *faults_on([fault]), f"--junitxml={junit}", "--tb=line", *FILES)

    (found,) = ran(junit)
    assert (found.name, found.outcome) == (case_id, "failure")
    assert named in found.message


def test_all_defects_pass_where_rows_are_not_watched(tmp_path: Path) -> None:
    junit = tmp_path / "junit.xml"

    run_here("-m", "smoke", "--rows", "off", *faults_on(known_faults()), f"--junitxml={junit}")

    found = ran(junit)
    assert len(found) > 30
    assert {one.outcome for one in found} == {"passed"}


def test_unknown_defect_is_one_message(tmp_path: Path) -> None:
    result = Project(tmp_path).run(*faults_on(["worker-erasd"]))

    assert result.ret == USAGE_ERROR
    (message,) = told(result)
    assert "there is no fault 'worker-erasd'" in message


def test_defect_on_a_real_environment_is_refused(tmp_path: Path) -> None:
    project = Project(tmp_path)
    project.profile("staging")

    result = project.run("--profile", "staging", *faults_on(["worker-erased"]), **SIGN_IN)

    assert result.ret == USAGE_ERROR
    (message,) = told(result)
    assert "--sandbox-fault is for the sandbox; profile staging is a real environment" in message
