"""`--replay FILE`, what `python -m harness replay FILE` runs: a recording in place of a platform."""

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from typing import Any, Final

import pytest
import responses
from requests import PreparedRequest

from clients import HarnessError
from harness.recording.files import Recording, read_recording
from harness.recording.masking import PLACEHOLDER
from harness.recording.profiles import profile_of
from harness.recording.replayer import Replayer
from harness.run import REPLAYED

OPTION: Final = "--replay"
REFUSED: Final = ("--profile", "--sandbox", "--seed", "--record", "--require-services")
"""What the recording says, or a replay cannot have; `--sandbox` stands for `--sandbox-…` too."""
METHODS: Final = ("GET", "POST", "PUT", "DELETE", "PATCH", "HEAD", "OPTIONS")
REPLAY = pytest.StashKey["Replay"]()


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.getgroup("regression").addoption(
        OPTION,
        metavar="FILE",
        help="answer all calls from a recording, without a platform: `python -m harness replay FILE`",
    )


@pytest.hookimpl(tryfirst=True)
def pytest_configure(config: pytest.Config) -> None:
    """Before the run is made of the options: it has the recording's profile, seed and stamp."""
    given = config.getoption(OPTION)
    if given is None:
        return
    if not hasattr(config, "workerinput"):
        _check_options(config.invocation_params.args)
    config.option.replay = str(Path(given).absolute())
    try:
        recording = read_recording(Path(config.option.replay))
        config.stash[REPLAYED] = profile_of(recording)
    except HarnessError as problem:
        raise pytest.UsageError(str(problem)) from None
    config.option.seed = recording.header["seed"]
    config.option.run_stamp = recording.header["stamp"]
    config.option.rows = "off"
    replay = config.stash[REPLAY] = Replay(recording)
    config.pluginmanager.register(replay, "replay-of-a-recording")


def pytest_report_header(config: pytest.Config) -> list[str]:
    profile = config.stash.get(REPLAYED, None)
    return [] if profile is None else [f"replay: {profile.recording}; no platform is called"]


def _check_options(given: tuple[str, ...]) -> None:
    for option in given:
        name = option.partition("=")[0]
        if name in REFUSED or name.startswith("--sandbox-"):
            raise pytest.UsageError(
                f"{name}: a replay has the profile, seed and answers of its recording, and no platform; "
                f"leave {name} out, or run pytest without {OPTION}"
            )


class Replay:
    """Sets the tape to each test, and lets no test run that the recording cannot answer."""

    def __init__(self, recording: Recording) -> None:
        self.replayer = Replayer(recording)
        self._tests: Mapping[str, Any] = recording.header["tests"]
        self._readings: list[int] = []

    def reading(self) -> int:
        """The next reading of real time that the test took when it was recorded."""
        if not self._readings:
            raise HarnessError("录制中没有这条用例的时钟读数\n  mend: record again: pytest --record=FILE")
        return self._readings.pop(0) if len(self._readings) > 1 else self._readings[0]

    @pytest.hookimpl(wrapper=True)
    def pytest_runtestloop(self, session: pytest.Session) -> Iterator[Any]:
        with _answering(self.replayer):
            return (yield)

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_setup(self, item: pytest.Item) -> None:
        name = self._recorded_name(item.nodeid)
        about = self._tests.get(name)
        if (reason := _not_replayable(about)) is not None:
            pytest.skip(reason)
        self._readings = list((about or {}).get("clock", ()))
        self.replayer.begin(name)

    def _recorded_name(self, nodeid: str) -> str:
        """A name that holds a secret has a placeholder in the recording."""
        if nodeid in self._tests:
            return nodeid
        return next((name for pattern, name in self._patterns if pattern.fullmatch(nodeid)), nodeid)

    @cached_property
    def _patterns(self) -> list[tuple[re.Pattern[str], str]]:
        masked = [name for name in self._tests if PLACEHOLDER.search(name)]
        parts = [(PLACEHOLDER.split(name)[::3], name) for name in masked]
        return [(re.compile("(.+)".join(map(re.escape, fixed))), name) for fixed, name in parts]


def _not_replayable(about: Mapping[str, Any] | None) -> str | None:
    if about is None:
        return "录制中没有这条用例，不能回放"
    if "outcome" not in about:
        return "录制时这条用例没有做完，不能回放"
    if about["outcome"] == "skipped":
        return f"录制时跳过：{about.get('reason', '')}"
    if about.get("threads"):
        return "录制时这条用例由多个线程同时调用，次序不可重现，不能回放"
    return None


@contextmanager
def _answering(replayer: Replayer) -> Iterator[None]:
    """No adapter of `requests` opens a socket while it lasts."""

    def answer(request: PreparedRequest) -> Any:
        return replayer.answer(request)

    with responses.RequestsMock(assert_all_requests_are_fired=False) as mock:
        for method in METHODS:
            mock.add_callback(method, re.compile(""), callback=answer, content_type=None)
        yield
