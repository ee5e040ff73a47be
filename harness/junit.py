"""JUnit XML as the ledger holds it to the rest: names that are cases, and tests that never ran."""

from collections import Counter
from collections.abc import Generator, Iterable
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from _pytest.junitxml import xml_key  # pytest gives no other way to its own writer

from clients import Redactor
from harness.run import RUN


def xml_of(config: pytest.Config) -> Any:
    """pytest's writer of JUnit XML, or None where none is asked for."""
    return config.stash.get(xml_key, None)


def name_of(nodeid: str, case: str | None) -> str:
    """A case's id, which no rename of a function or title changes; else the test's own name."""
    place, bracket, parameters = nodeid.partition("[")  # parameters may hold `::` themselves
    return case or place.rpartition("::")[2] + bracket + parameters


def add(config: pytest.Config, nodeid: str, case: str | None, error: str | None) -> None:
    """Ends a test whose reports never came, or not all of them: with an error, or without one as passed."""
    if (xml := xml_of(config)) is None:
        return
    place = (nodeid.partition("::")[0], None, nodeid)
    outcome, when = ("passed", "teardown") if error is None else ("failed", "setup")
    report: Any = pytest.TestReport(nodeid, place, {}, outcome, error, when)  # type: ignore[arg-type]  # of Literals
    begun = [worker for known, worker in xml.node_reporters if known == report.id]
    report.node = begun[0] if begun else None
    xml.node_reporter(report).add_attribute("name", name_of(nodeid, case))
    xml.pytest_runtest_logreport(report)


def _mask(config: pytest.Config, redactor: Redactor) -> None:
    """pytest writes what it knows, names and all; masked before the file is left to others."""
    if (xml := xml_of(config)) is None or not (path := Path(xml.logfile)).is_file():
        return
    text = path.read_text("utf-8")
    if (masked := redactor.text(text)) != text:
        path.write_text(masked, "utf-8")


def names_in(path: Path) -> Counter[str]:
    """The names of the tests of a file, as often as they stand there."""
    root = ET.parse(path).getroot()  # noqa: S314 - what this run has just written itself
    return Counter(str(one.get("name")) for one in root.iter("testcase"))


def missing_from(path: Path, names: Iterable[str]) -> list[str]:
    """The names that the file lacks; all of them where there is none."""
    missing = Counter(names)
    if path.is_file():
        missing.subtract(names_in(path))
    return sorted((+missing).elements())


class JUnit:
    """Gives each test of a case the case's id for its name, and masks the file."""

    def __init__(self, config: pytest.Config) -> None:
        self._config = config

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        case = dict(report.user_properties).get("case")
        if case is not None and (xml := xml_of(self._config)) is not None:
            xml.node_reporter(report).add_attribute("name", str(case))

    @pytest.hookimpl(wrapper=True, trylast=True)
    def pytest_sessionfinish(self) -> Generator[None]:
        """The first moment after the file is written; the summary, where others read it, comes after."""
        yield
        _mask(self._config, self._config.stash[RUN].redactor)


def pytest_configure(config: pytest.Config) -> None:
    if not hasattr(config, "workerinput"):
        config.pluginmanager.register(JUnit(config), "junit-of-cases")
