"""Writes the Allure results in place of allure-pytest's own writer: redacted, told apart by case, few files.

Each file of a run begins with the run's id: the ledger finds what this run has written, and nothing else.
"""

import hashlib
import json
import re
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any, Final

import allure_commons
import pytest
from allure_commons.model2 import Label, TestResult, TestResultContainer
from attr import asdict

from clients import MASK, Redactor
from harness.run import RUN
from harness.selection import CASE_LABEL, NODE_LABEL

BAD: Final = frozenset({"failed", "broken"})
CLASS_OF_FAILURE: Final = re.compile(r"^(?:(?:clients|harness)(?:\.\w+)+|AssertionError): (?=\S)")
"""What allure-pytest puts before the first line of a failure, which is Chinese; the trace still has it."""
MADE_HERE: Final = frozenset({"uuid", "historyId", "testCaseId", "children", "source"})
CONCEALED: Final = frozenset({"masked", "hidden"})
PREFIX: Final = 12


class ResultsWriter:
    """Takes no part in cleaning (`--clean-alluredir`): each worker would remove what another has written.

    A test's identity is its case, or else its node id: a title may change, and no two tests collapse.
    """

    def __init__(
        self, folder: str, _clean: bool = False, *, redactor: Redactor, run_id: str, unwritten: list[str]
    ) -> None:
        self._folder = Path(folder).absolute()
        self._redactor = redactor
        self._prefix = run_id[:PREFIX]
        self._unwritten = unwritten
        self._try("the folder of the results", lambda: self._folder.mkdir(parents=True, exist_ok=True))

    @allure_commons.hookimpl
    def report_result(self, result: TestResult) -> None:
        """One that was cut off before its labels came has no identity: the ledger gives it another result."""
        if not identify(result):
            return
        if result.statusDetails is not None and result.statusDetails.message:
            result.statusDetails.message = CLASS_OF_FAILURE.sub("", result.statusDetails.message)
        for parameter in result.parameters:
            if parameter.mode in CONCEALED:
                parameter.value = MASK
        self._write_json(f"{self._prefix}-{result.uuid}-result.json", result, str(result.fullName))

    @allure_commons.hookimpl
    def report_container(self, container: TestResultContainer) -> None:
        """Fixtures are shown where one failed; of the others a test would have a dozen files."""
        if any(fixture.status in BAD for fixture in (*container.befores, *container.afters)):
            self._write_json(f"{self._prefix}-{container.uuid}-container.json", container, "a fixture")

    @allure_commons.hookimpl
    def report_attached_data(self, body: Any, file_name: str) -> None:
        text = body.decode("utf-8", "backslashreplace") if isinstance(body, bytes) else str(body)
        self._write(file_name, self._redactor.text(text))

    @allure_commons.hookimpl
    def report_attached_file(self, source: str, file_name: str) -> None:
        content = Path(source).read_bytes()
        self.report_attached_data(content, file_name)

    @allure_commons.hookimpl
    def report_globals(self, globals_item: Any) -> None:
        self._write_json(f"{self._prefix}-{id(globals_item)}-globals.json", globals_item, "a global")

    def _write_json(self, name: str, item: Any, what: str) -> None:
        data = asdict(item, filter=lambda _, value: bool(value) or value is False)
        self._write(name, json.dumps(self._redacted(data), ensure_ascii=False), what)

    def _redacted(self, value: Any) -> Any:
        """Every text inside by itself, but for the ids that are made here: a hash may look like a mobile."""
        if isinstance(value, dict):
            return {key: item if key in MADE_HERE else self._redacted(item) for key, item in value.items()}
        if isinstance(value, list):
            return [self._redacted(item) for item in value]
        return self._redactor.text(value) if isinstance(value, str) else value

    def _write(self, name: str, text: str, what: str = "an attachment") -> None:
        """Complete or not there at all: a reader may come at any time."""

        def write() -> None:
            part = self._folder / f"{name}.tmp"
            part.write_bytes(text.encode("utf-8", "backslashreplace"))
            part.replace(self._folder / name)

        self._try(what, write)

    def _try(self, what: str, action: Callable[[], None]) -> None:
        """A full disk costs the report, not the run; the run ends untrusted."""
        try:
            action()
        except OSError as error:
            self._unwritten.append(
                f"{what} could not be written to {self._folder}: {error.strerror or error}"
            )


def pytest_configure(config: pytest.Config) -> None:
    """Before allure-pytest makes its writer: plugins of a conftest.py come first."""
    run = config.stash[RUN]
    writer = partial(ResultsWriter, redactor=run.redactor, run_id=run.id, unwritten=run.unwritten)
    plugin: Any = config.pluginmanager.getplugin("allure_pytest")
    if plugin is not None:
        plugin.AllureFileLogger = writer


def identify(result: TestResult) -> bool:
    """From its labels: the full name is the node id, the history that of the case; False without any."""
    labels = {label.name: str(label.value) for label in result.labels}
    if (nodeid := labels.get(NODE_LABEL)) is None:
        return False
    result.fullName = nodeid
    result.testCaseId = result.historyId = identity_of(nodeid, labels.get(CASE_LABEL))
    result.labels = sorted((one for one in result.labels if one.name != NODE_LABEL), key=_order_of)
    return True


def identity_of(nodeid: str, case: str | None) -> str:
    return hashlib.sha256((case or nodeid).encode()).hexdigest()[:32]


def results_of(
    folder: Path, run_id: str, read: dict[Path, dict[str, Any]] | None = None
) -> list[dict[str, Any]]:
    """The results that stand there now, the last attempt of a test last.

    A file is written once and whole: what `read` has of one from an earlier look is not read again.
    """
    read = {} if read is None else read
    there = list(folder.glob(f"{run_id[:PREFIX]}-*-result.json"))
    read.update((path, json.loads(path.read_text("utf-8"))) for path in there if path not in read)
    return sorted((read[path] for path in there), key=lambda one: (one.get("stop", 0), one["uuid"]))


def _order_of(label: Label) -> tuple[str, str]:
    return str(label.name), str(label.value)
