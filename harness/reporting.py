"""pytest's hooks around a test: skips for what a platform lacks, evidence of failures, figures to sum up."""

from collections.abc import Callable, Generator
from typing import Any

import pytest

from clients import NotAllowed, PlatformFailure, Unreachable
from harness.evidence import Evidence
from harness.platform import Unavailable
from harness.reachability import UNREACHABLE
from harness.report_steps import Subject, tell
from harness.run import RUN
from harness.selection import CASE_OF_ITEM
from harness.services import ServiceMissing

Mask = Callable[[str], str]
EVIDENCE = pytest.StashKey[Evidence]()
FAILED = pytest.StashKey[bool]()
"""Whether a phase of the test before its teardown has failed."""


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> Generator[None, None, None]:
    if (evidence := item.config.stash.get(EVIDENCE, None)) is not None:
        evidence.begin_test()
    yield from _skipping_what_is_unavailable(item)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Generator[None, None, None]:
    try:
        yield from _skipping_what_is_unavailable(item)
    except (Exception, pytest.skip.Exception) as failure:
        if (objection := _objection(item)) is not None and objection is not failure:
            raise objection from failure  # it came first
        raise
    _object(item)


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_teardown(item: pytest.Item) -> Generator[None, None, None]:
    """The outermost, and the last that sees the test's result open: what a clean-up called is told too."""
    failed = item.stash.get(FAILED, False)
    try:
        yield
        _object(item)
    except BaseException:
        failed = True
        raise
    finally:
        _tell(item, failed=failed)


def _object(item: pytest.Item) -> None:
    if (objection := _objection(item)) is not None:
        raise objection


def _objection(item: pytest.Item) -> PlatformFailure | None:
    evidence = item.config.stash.get(EVIDENCE, None)
    return evidence.objection() if evidence is not None else None


def _tell(item: pytest.Item, *, failed: bool) -> None:
    evidence = item.config.stash.get(EVIDENCE, None)
    listener: Any = item.config.pluginmanager.getplugin("allure_listener")
    if evidence is None or listener is None:
        return
    run, found = item.config.stash[RUN], item.stash.get(CASE_OF_ITEM, None)
    rule = run.rules.get(found.rule) if found is not None else None
    result = listener.allure_logger.get_test(None)
    if result is not None:
        tell(evidence, result, Subject(item.nodeid, found, rule, run), failed=failed)


@pytest.hookimpl(wrapper=True, trylast=True)  # innermost: other reporters read what this has redacted
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    evidence = item.config.stash.get(EVIDENCE, None)
    if call.excinfo is not None and not call.excinfo.errisinstance(pytest.skip.Exception):
        item.stash[FAILED] = True
        if call.excinfo.errisinstance(Unreachable):
            item.user_properties.append((UNREACHABLE, True))
    if call.when == "setup" and (found := item.stash.get(CASE_OF_ITEM, None)) is not None:
        item.user_properties += [("case", found.id), ("rule", found.rule)]
    if call.when == "teardown" and evidence is not None:
        item.user_properties.append(("calls", evidence.calls))
        item.user_properties += [("field_beyond_schema", extra) for extra in sorted(evidence.extras)]
    if evidence is not None and call.excinfo is not None:
        _mask_error(call.excinfo.value, evidence.redacted)
    report = yield
    if evidence is not None:
        report.longrepr = _masked(report.longrepr, evidence.redacted)
        report.sections = _masked(report.sections, evidence.redacted)
    if report.failed and evidence is not None and evidence.last_calls():
        report.sections.append(("last calls", evidence.last_calls()))
    return report


def _skipping_what_is_unavailable(item: pytest.Item) -> Generator[None, None, None]:
    """A real environment may lack a caller or a clock; the sandbox lacks nothing: there it is a failure.

    A database that does not answer is a skip, unless the run requires its services.
    """
    run = item.config.stash[RUN]
    try:
        yield
    except (Unavailable, NotAllowed) as reason:
        if run.profile.sandbox and run.profile.recording is None:
            raise
        pytest.skip(str(reason))
    except ServiceMissing as reason:
        if run.require_services:
            raise
        pytest.skip(str(reason))


def _mask_error(error: BaseException, mask: Mask) -> None:
    """Allure shows the error itself beside its traceback."""
    error.args = _masked(error.args, mask)
    if isinstance(error, pytest.skip.Exception | pytest.fail.Exception):
        error.msg = _masked(error.msg, mask)


def _masked(told: Any, mask: Mask) -> Any:
    """The same with each text masked: in lists, and in the objects of which pytest makes a traceback."""
    if isinstance(told, str):
        return mask(told)
    if isinstance(told, list | tuple):
        return type(told)(_masked(part, mask) for part in told)
    if type(told).__module__ == "_pytest._code.code":
        for name, part in list(vars(told).items()):
            setattr(told, name, _masked(part, mask))
    return told
