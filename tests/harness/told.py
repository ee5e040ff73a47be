"""What the harness tells of calls to an Allure result, as a report would show it."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import allure_commons
from allure_commons.model2 import TestResult

from harness.evidence import Evidence
from harness.report_steps import Subject, tell
from harness.run import Run

NODEID = "tests/test_some.py::test_it"


@dataclass
class Told:
    """Takes the place of whatever writes the results."""

    run: Run
    written: dict[str, bytes] = field(default_factory=dict)

    @allure_commons.hookimpl
    def report_attached_data(self, body: bytes, file_name: str) -> None:
        self.written[file_name] = body

    def tell(self, evidence: Evidence, *, failed: bool = True) -> TestResult:
        result = TestResult(name="x")
        tell(evidence, result, Subject(NODEID, None, None, self.run), failed=failed)
        return result

    def texts(self, item: Any) -> dict[str, str]:
        """The attachments of a result or step, by name."""
        return {one.name: self.written[one.source].decode() for one in item.attachments}


@contextmanager
def telling(run: Run) -> Iterator[Told]:
    told = Told(run)
    allure_commons.plugin_manager.register(told)
    try:
        yield told
    finally:
        allure_commons.plugin_manager.unregister(told)


def attached(folder: Path, item: dict[str, Any]) -> dict[str, str]:
    """The same of a result or step that was written to a folder."""
    return {one["name"]: (folder / one["source"]).read_text("utf-8") for one in item.get("attachments", [])}
