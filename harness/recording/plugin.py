"""`--record FILE`: keeps every exchange of the run, whatever becomes of it."""

import secrets
import shutil
import tempfile
import time
from collections import Counter
from collections.abc import Generator
from pathlib import Path
from typing import Any, Final

import pytest

from clients import Observer
from harness.clock import Clock, SystemClock
from harness.ledger_keeping import UNTRUSTED
from harness.recording.clocks import RecordedClock, ReplayedClock
from harness.recording.facts import facts_of
from harness.recording.files import parts_in, write_recording
from harness.recording.masking import KEY_BYTES, Masker
from harness.recording.recorder import Recorder
from harness.recording.replaying import REPLAY
from harness.run import RUN, Run
from harness.selection import CASE_OF_ITEM

OPTION: Final = "--record"
OF_WORKER: Final = "recording"
RECORDER = pytest.StashKey[Recorder]()


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.getgroup("regression").addoption(
        OPTION,
        metavar="FILE",
        help="keep every call of the run with its answer, secrets masked, for `python -m harness replay` "
        "and for comparing two runs; a file that is there is replaced once the new one is complete",
    )


def pytest_configure(config: pytest.Config) -> None:
    given = config.getoption(OPTION)
    if given is None or config.getoption("collectonly"):
        return
    run: Run = config.stash[RUN]
    shared = getattr(config, "workerinput", {}).get(OF_WORKER)
    if shared is None:
        keeper = Keeper(config, Path(given).absolute())
        config.pluginmanager.register(keeper, "keeper-of-the-recording")
        folder, key, name = keeper.folder, keeper.key, "main"
    else:
        folder, key = Path(shared["folder"]), bytes.fromhex(shared["key"])
        name = str(config.workerinput["workerid"])  # type: ignore[attr-defined]  # a worker's alone
    recorder = Recorder(run.redactor, key, folder / f"{name}.part")
    config.stash[RECORDER] = recorder
    config.pluginmanager.register(Tests(recorder), "recorder-of-tests")


@pytest.fixture(scope="session")
def onlookers(pytestconfig: pytest.Config) -> tuple[Observer, ...]:
    """Who looks on at the calls of every platform that the run opens, whatever its purpose."""
    recorder, replay = pytestconfig.stash.get(RECORDER, None), pytestconfig.stash.get(REPLAY, None)
    return (*((recorder,) if recorder else ()), *((replay.replayer,) if replay else ()))


@pytest.fixture(scope="session")
def real_clock(pytestconfig: pytest.Config) -> Clock:
    """This machine's time, as it is, kept, or as it was."""
    recorder, replay = pytestconfig.stash.get(RECORDER, None), pytestconfig.stash.get(REPLAY, None)
    if replay is not None:
        return ReplayedClock(replay.reading)
    return SystemClock() if recorder is None else RecordedClock(recorder.clock_read)


class Tests:
    """Tells the recorder of the process which test is going on."""

    def __init__(self, recorder: Recorder) -> None:
        self._recorder = recorder

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Generator[None, object, object]:
        found = item.stash.get(CASE_OF_ITEM, None)
        case, rule = (found.id, found.rule) if found is not None else (None, None)
        with self._recorder.test(item.nodeid, case, rule):
            return (yield)

    @pytest.hookimpl(trylast=True)
    def pytest_sessionfinish(self) -> None:
        self._recorder.close()


class Keeper:
    """On the controller: takes the parts together at the end; `folder` lies beside the file, until then."""

    def __init__(self, config: pytest.Config, path: Path) -> None:
        self.key = secrets.token_bytes(KEY_BYTES)
        self._config = config
        self._path = path
        self._started = time.time()
        self._outcomes: dict[str, str] = {}
        self._reasons: dict[str, str] = {}
        self._problem: str | None = None
        self.folder = self._made_folder()
        config.add_cleanup(lambda: shutil.rmtree(self.folder, ignore_errors=True))

    @pytest.hookimpl(optionalhook=True)
    def pytest_configure_node(self, node: Any) -> None:
        node.workerinput[OF_WORKER] = {"folder": str(self.folder), "key": self.key.hex()}

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        nodeid, outcome = report.nodeid, str(report.outcome)
        known = self._outcomes.get(nodeid, "passed")
        if outcome in ("failed", "skipped") and known != "failed":
            self._outcomes[nodeid] = outcome
        elif report.when == "call" and outcome == "passed":
            self._outcomes[nodeid] = "passed"  # also where it was run again
        if report.skipped and isinstance(report.longrepr, tuple):
            self._reasons[nodeid] = report.longrepr[2].removeprefix("Skipped: ")

    @pytest.hookimpl(trylast=True)
    def pytest_sessionfinish(self, session: pytest.Session, exitstatus: int) -> None:
        """Once no worker writes any more."""
        workers: Any = self._config.pluginmanager.getplugin("dsession")
        if workers is not None and getattr(workers, "nodemanager", None) is not None:
            workers.nodemanager.teardown_nodes()
        try:
            self._write(interrupted=exitstatus == pytest.ExitCode.INTERRUPTED)
        except OSError as error:
            self._problem = f"the recording could not be written to {self._path}: {error.strerror or error}"
            if session.exitstatus in (0, 1):
                session.exitstatus = UNTRUSTED

    def pytest_terminal_summary(self, terminalreporter: Any) -> None:
        terminalreporter.section("recording")
        terminalreporter.write_line(self._problem or f"{self._path}: {self._told}")

    def _write(self, *, interrupted: bool) -> None:
        run: Run = self._config.stash[RUN]
        masker = Masker(run.redactor, self.key)
        parts = parts_in(self.folder)
        for nodeid, outcome in self._outcomes.items():
            about = parts.tests.setdefault(masker.text(nodeid), {})
            about["outcome"] = outcome
            if outcome == "skipped":
                about["reason"] = masker.text(self._reasons.get(nodeid, ""))
        header = {
            "started": int(self._started * 1000),
            "title": masker.text(run.profile.title),
            "profile": facts_of(run.profile, masker),
            "seed": run.seed,
            "run": run.id,
            "stamp": run.stamp.text,
            "outcomes": dict(Counter(self._outcomes.values())),
            "interrupted": interrupted,
            "tests": {
                nodeid: {name: value for name, value in about.items() if value}
                for nodeid, about in parts.tests.items()
            },
        }
        write_recording(self._path, header, parts, self.folder)
        exchanges = sum(map(len, parts.exchanges.values()))
        self._told = f"{exchanges} exchanges of {len(parts.exchanges)} tests"

    def _made_folder(self) -> Path:
        """Beside the file, to be put in place at once; made before the run, which cannot do without."""
        if self._path.is_dir():
            raise pytest.UsageError(f"{OPTION}={self._path}: is a folder; name a file")
        try:
            return Path(tempfile.mkdtemp(prefix=f".{self._path.name}.", dir=self._path.parent))
        except OSError as error:
            reason = error.strerror or error
            raise pytest.UsageError(
                f"{OPTION}={self._path}: cannot be written there: {reason}; name a file in a folder "
                "that is there and that you may write to"
            ) from None
