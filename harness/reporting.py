"""pytest's hooks around a test: skips for what a platform lacks, evidence of failures, figures to sum up."""

from collections.abc import Generator

import pytest

from harness.evidence import Evidence
from harness.platform import Unavailable
from harness.run import RUN
from harness.selection import CASE_OF_ITEM

EVIDENCE = pytest.StashKey[Evidence]()


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> Generator[None, None, None]:
    if (evidence := item.config.stash.get(EVIDENCE, None)) is not None:
        evidence.begin_test()
    yield from _skipping_what_is_unavailable(item)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Generator[None, None, None]:
    yield from _skipping_what_is_unavailable(item)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    evidence = item.config.stash.get(EVIDENCE, None)
    if call.when == "setup" and (found := item.stash.get(CASE_OF_ITEM, None)) is not None:
        item.user_properties += [("case", found.id), ("rule", found.rule)]
    if call.when == "teardown" and evidence is not None:
        item.user_properties.append(("calls", evidence.calls))
        item.user_properties += [("field_beyond_schema", extra) for extra in sorted(evidence.extras)]
    report = yield
    if report.failed and evidence is not None and evidence.last_calls():
        report.sections.append(("last calls", evidence.last_calls()))
    return report


def _skipping_what_is_unavailable(item: pytest.Item) -> Generator[None, None, None]:
    """A real environment may lack a caller or a clock; the sandbox lacks nothing: there it is a failure."""
    try:
        yield
    except Unavailable as reason:
        if item.config.stash[RUN].profile.sandbox:
            raise
        pytest.skip(str(reason))
