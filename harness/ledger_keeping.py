"""Keeps the ledger on the controller: every test that was collected gets a result, whatever became of it.

A worker that dies takes its result along, a file that cannot be collected has none, an interrupted run stops
short: each gets one here, broken and with its reason, in the Allure results and in JUnit.
"""

import json
import time
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final
from uuid import uuid4

import allure_commons
import pytest
from allure_commons.model2 import Label, StatusDetails, TestResult

from harness import junit
from harness.ledger import CollectionError, Entry, Ledger, write_ledger
from harness.results import identity_of, results_of
from harness.run import RUN, Run
from harness.selection import CASE_LABEL, CASE_OF_ITEM, NODE_LABEL
from harness.traffic import PLATFORM_UNREACHABLE, stop_of

UNTRUSTED: Final = 11
LOST_OF_WORKER: Final = "results_lost"
OUTCOMES: Final = frozenset({"passed", "failed", "broken", "skipped"})
NEVER_RAN: Final = "用例未执行"
Described = dict[str, dict[str, Any]]


@dataclass
class Seen:
    """What the reports of one test said."""

    seconds: float = 0.0
    attempts: int = 1
    reason: str = ""
    whole: bool = False


class LedgerKeeper:
    def __init__(self, config: pytest.Config, folder: Path) -> None:
        self._config = config
        self._folder = folder
        self._run: Run = config.stash[RUN]
        self._started = time.time()
        self._described: Described = {}
        self._deselected = 0
        self._errors: list[CollectionError] = []
        self._seen: dict[str, Seen] = {}
        self._interrupted = False
        self._read: dict[Path, dict[str, Any]] = {}
        self.ledger: Ledger | None = None

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        known = {error.place for error in self._errors}  # each worker tells of it
        if report.failed and report.nodeid not in known:
            place, reason = report.nodeid or "收集", self._first_line(report.longrepr)
            self._errors.append(CollectionError(place, reason))
            self._report(f"收集失败：{place}", f"收集失败：{reason}", {NODE_LABEL: place})

    def pytest_deselected(self, items: Iterable[pytest.Item]) -> None:
        self._deselected += len(list(items))

    def pytest_collection_finish(self, session: pytest.Session) -> None:
        self._described.update(described(session.items))

    def pytest_testnodedown(self, node: Any, error: object) -> None:
        self._run.unwritten.extend(getattr(node, "workeroutput", {}).get(LOST_OF_WORKER, []))

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        seen = self._seen.setdefault(report.nodeid, Seen())
        seen.seconds += getattr(report, "duration", 0.0)
        seen.attempts = max(seen.attempts, 1 + (getattr(report, "rerun", None) or 0))
        if report.failed and report.when not in ("setup", "call", "teardown"):
            seen.reason = self._first_line(report.longrepr)
        seen.whole = seen.whole or report.when == "teardown" or bool(seen.reason)

    def pytest_keyboard_interrupt(self) -> None:
        self._interrupted = True

    @pytest.hookimpl(tryfirst=True)
    def pytest_sessionfinish(self, session: pytest.Session, exitstatus: int) -> None:
        """Before JUnit is written, and once no worker writes any more."""
        workers: Any = self._config.pluginmanager.getplugin("dsession")
        if workers is not None and getattr(workers, "nodemanager", None) is not None:
            workers.nodemanager.teardown_nodes()
        collected = file_of(self._folder, self._run.id)
        if collected.is_file():
            known = json.loads(collected.read_text("utf-8"))
            self._described.update(known["tests"])
            self._deselected = max(self._deselected, known["deselected"])
            collected.unlink()
        there = self._results()
        for nodeid in self._described:
            self._complete(nodeid, there.get(self._identity(nodeid)), int(exitstatus))

    def _results(self) -> dict[str, dict[str, Any]]:
        """By identity, since a name may hold a secret and then be masked; of several attempts the last."""
        results = results_of(self._folder, self._run.id, self._read)
        return {one["testCaseId"]: one for one in results}

    def _identity(self, nodeid: str) -> str:
        return identity_of(nodeid, self._described[nodeid]["labels"].get(CASE_LABEL))

    @pytest.hookimpl(tryfirst=True)
    def pytest_terminal_summary(self, terminalreporter: Any, exitstatus: int) -> None:
        """After JUnit is written and masked; with a gap, neither success (0) nor failures (1) is trusted."""
        session = terminalreporter._session  # noqa: SLF001 - the only way from here to the exit code
        self.ledger = self._ledger(int(exitstatus))
        gaps = list(self.ledger.gaps)
        try:
            write_ledger(self.ledger, self._folder)
        except OSError as error:
            gaps.append(f"the ledger could not be written to {self._folder}: {error.strerror or error}")
            self.ledger = replace(self.ledger, gaps=tuple(gaps))
        for title, lines in (("gaps in the reports", gaps), ("leaks in the reports", self.ledger.leaks)):
            if lines:
                terminalreporter.section(title)
                for line in lines:
                    terminalreporter.write_line(line)
        if (gaps or self.ledger.leaks) and session.exitstatus in (0, 1):
            session.exitstatus = UNTRUSTED

    def _complete(self, nodeid: str, result: Mapping[str, Any] | None, exitstatus: int) -> None:
        """A result for a test that has none, and an end in JUnit for one whose reports did not all come."""
        seen, about = self._seen.setdefault(nodeid, Seen()), self._described[nodeid]
        if result is None:
            seen.reason = seen.reason or self._why_not(exitstatus, begun=seen.seconds > 0)
            self._report(about["title"] or nodeid, seen.reason, about["labels"])
        if not seen.whole:
            passed = result is not None and result["status"] in ("passed", "skipped")
            error = None if passed else seen.reason or "报告没有送达"
            junit.add(self._config, nodeid, about["labels"].get(CASE_LABEL), error)

    def _why_not(self, exitstatus: int, *, begun: bool) -> str:
        how_far = "用例没有做完" if begun else NEVER_RAN
        if self._interrupted or exitstatus == pytest.ExitCode.INTERRUPTED:
            return f"运行被中断，{how_far}"
        return f"运行提前结束，或执行它的进程已退出，{how_far}"

    def _report(self, title: str, reason: str, labels: Mapping[str, str]) -> None:
        now = int(time.time() * 1000)
        result = TestResult(
            uuid=str(uuid4()),
            name=title,
            status="broken",
            statusDetails=StatusDetails(message=reason),
            start=now,
            stop=now,
            labels=[Label(name, value) for name, value in labels.items()],
        )
        allure_commons.plugin_manager.hook.report_result(result=result)

    def _ledger(self, exitstatus: int) -> Ledger:
        results, text = self._results(), self._run.redactor.text
        tests = tuple(
            self._entry(nodeid, results.get(self._identity(nodeid), {})) for nodeid in self._described
        )
        return Ledger(
            run=self._run.id,
            started=int(self._started * 1000),
            seconds=round(time.time() - self._started, 3),
            profile=self._run.profile.name,
            seed=self._run.seed,
            exit=PLATFORM_UNREACHABLE if stop_of(self._config) else exitstatus,
            interrupted=self._interrupted or exitstatus == pytest.ExitCode.INTERRUPTED,
            selection=self._run.redactor.text(" ".join(self._config.invocation_params.args)),
            collected=tuple(map(text, self._described)),
            deselected=self._deselected,
            collection_errors=tuple(self._errors),
            tests=tests,
            gaps=tuple(self._gaps(results)),
            leaks=tuple(self._leaks()),
        )

    def _entry(self, nodeid: str, result: Mapping[str, Any]) -> Entry:
        seen, about = self._seen.get(nodeid, Seen()), self._described[nodeid]
        status = str(result.get("status"))
        outcome = status if status in OUTCOMES else "broken"
        message = str(result.get("statusDetails", {}).get("message", "")) or seen.reason
        return Entry(
            nodeid=self._run.redactor.text(nodeid),
            case=about["labels"].get(CASE_LABEL),
            rule=about["labels"].get("rule"),
            severity=about["labels"].get("severity", "normal"),
            smoke=about["smoke"],
            outcome=outcome,
            flaky=outcome == "passed" and seen.attempts > 1,
            attempts=seen.attempts,
            seconds=round(seen.seconds, 3),
            reason="" if outcome == "passed" else self._run.redactor.text(message.partition("\n")[0]),
        )

    def _gaps(self, results: Mapping[str, Any]) -> list[str]:
        identities = {self._identity(nodeid): nodeid for nodeid in self._described}
        missing = identities.keys() - results.keys()
        strange = results.keys() - identities.keys()
        strange -= {identity_of(error.place, None) for error in self._errors}
        gaps = [f"{identities[one]}: 已收集，Allure 结果中没有" for one in sorted(missing)]
        gaps += [f"{results[one]['fullName']}: Allure 结果中有，未曾收集" for one in sorted(strange)]
        if (xml := junit.xml_of(self._config)) is not None:
            cases = {nodeid: about["labels"].get(CASE_LABEL) for nodeid, about in self._described.items()}
            names = [self._run.redactor.text(junit.name_of(*one)) for one in cases.items()]
            path = Path(xml.logfile)
            gaps += [f"{name}: 已收集，{path.name} 中没有" for name in junit.missing_from(path, names)]
        gaps += Counter(self._run.unwritten)
        return [self._run.redactor.text(gap) for gap in gaps]

    def _leaks(self) -> list[str]:
        """Where a secret of the profile stands in what the run has written."""
        if not self._run.profile.secrets():
            return []
        files = [path for path in self._folder.iterdir() if path.is_file()]
        if (xml := junit.xml_of(self._config)) is not None:
            files.append(Path(xml.logfile))
        holds = self._run.redactor.holds
        return [f"{path.name}: 含有环境的密钥或密码" for path in sorted(files) if holds(_text_of(path))]

    def _first_line(self, longrepr: object) -> str:
        text = self._run.redactor.text(str(longrepr)).strip()
        lines = [line.removeprefix("E").strip() for line in text.splitlines() if line.startswith("E ")]
        return (lines or text.splitlines() or [""])[-1]


def pytest_configure(config: pytest.Config) -> None:
    folder = config.getoption("allure_report_dir", default=None)
    if folder is None:
        return
    if hasattr(config, "workerinput"):
        config.pluginmanager.register(WorkersPart(config, Path(folder).absolute()), "ledger-of-a-worker")
    else:
        config.pluginmanager.register(LedgerKeeper(config, Path(folder).absolute()), "ledger")


class WorkersPart:
    """A worker collects for all: it writes down what; and it takes along what it could not write."""

    def __init__(self, config: pytest.Config, folder: Path) -> None:
        self._config = config
        self._folder = folder
        self._deselected = 0

    def pytest_deselected(self, items: Iterable[pytest.Item]) -> None:
        self._deselected += len(list(items))

    def pytest_collection_finish(self, session: pytest.Session) -> None:
        path = file_of(self._folder, self._config.stash[RUN].id)
        part = path.with_name(f"{path.name}.{uuid4().hex}")
        known = {"tests": described(session.items), "deselected": self._deselected}
        try:
            part.write_text(json.dumps(known, ensure_ascii=False), encoding="utf-8")
            part.replace(path)
        except OSError as error:
            self._config.stash[RUN].unwritten.append(
                f"what was collected could not be written down: {error.strerror}"
            )

    def pytest_sessionfinish(self) -> None:
        output: dict[str, Any] = getattr(self._config, "workeroutput", {})
        output[LOST_OF_WORKER] = self._config.stash[RUN].unwritten


def file_of(folder: Path, run_id: str) -> Path:
    """Where workers write down what they have collected."""
    return folder / f".collected-{run_id}.json"


def described(items: Iterable[pytest.Item]) -> Described:
    """What a result of each test needs, should the test not come to write its own."""
    told = {}
    for item in items:
        found = item.stash.get(CASE_OF_ITEM, None)
        labels = {
            str(mark.kwargs["label_type"]): str(mark.args[0]) for mark in item.iter_markers("allure_label")
        }
        smoke = item.get_closest_marker("smoke") is not None
        told[item.nodeid] = {"title": found.title if found else None, "labels": labels, "smoke": smoke}
    return told


def _text_of(path: Path) -> str:
    return path.read_bytes().decode("utf-8", "backslashreplace")
