"""What pytest-rerunfailures (`--reruns N`) does to the reports of a test.

An attempt that failed and is tried again has the outcome "rerun" in place of "failed": in the phase that
failed, or in phase "???" where an xdist worker crashed. Each report of a later attempt carries in `rerun` its
number, from 1. Without reruns the attribute is not there.
"""

import pytest


def is_rerun(report: pytest.TestReport) -> bool:
    """Whether this attempt failed and is tried again: no outcome of the test yet."""
    return str(report.outcome) == "rerun"


def is_second_try(report: pytest.TestReport) -> bool:
    """Whether a test that passes in this report is flaky, not passed."""
    return getattr(report, "rerun", None) not in {None, 0}
