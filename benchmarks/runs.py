"""Runs of the suites, each in a process of its own: how they ended and what they took.

POSIX only: Windows keeps no such figures of a process.
"""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree as ET

PROJECT = Path(__file__).resolve().parent.parent
KIBIBYTES = 1024 * (1024 if sys.platform == "darwin" else 1)
PASSED, FAILED, NO_TEST_SELECTED = 0, 1, 5
NOTICED = ("failure", "error")


@dataclass(frozen=True)
class Ran:
    """Seconds by the clock and of the CPU, workers included; the peak MiB of the largest process."""

    seconds: float
    cpu_seconds: float
    mebibytes: float


@dataclass(frozen=True)
class Outcomes:
    """The tests of a run in its order, a case by its id, those of them that failed, and the files of all."""

    tests: tuple[str, ...]
    failed: tuple[str, ...]
    files: tuple[str, ...]


def run_suites(options: Sequence[str], *, may_end: Collection[int] = (PASSED, NO_TEST_SELECTED)) -> Ran:
    """As a user would; an exit code that it may not end with ends the benchmark. `{folder}`: an empty one."""
    with (
        tempfile.TemporaryDirectory() as folder,
        (Path(folder) / "output").open("w+", encoding="utf-8") as output,
    ):
        given = [option.replace("{folder}", folder) for option in options]
        command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *given]
        started = time.perf_counter()
        process = subprocess.Popen(command, cwd=PROJECT, stdout=output, stderr=output)  # noqa: S603 - our own
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - started
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode not in may_end:
            output.seek(0)
            raise SystemExit(f"the run failed: {' '.join(command)}\n{output.read()}")
    return Ran(seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / KIBIBYTES)


def outcomes(options: Sequence[str], *, may_end: Collection[int] = (PASSED, FAILED)) -> Outcomes:
    """Of a run that selects some tests, by its JUnit XML."""
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "junit.xml"
        run_suites([*options, f"--junitxml={report}"], may_end=may_end)
        nodes = list(ET.parse(report).iter("testcase"))  # noqa: S314 - what the run has just written
    failed = [node for node in nodes if any(node.find(kind) is not None for kind in NOTICED)]
    files = {f"{node.get('classname', '').replace('.', '/')}.py" for node in nodes}
    return Outcomes(_names(nodes), _names(failed), tuple(sorted(files)))


def _names(nodes: Sequence[ET.Element]) -> tuple[str, ...]:
    """Each test once: one that fails and is not cleaned up either stands there twice."""
    known = dict.fromkeys((node.get("classname", ""), node.get("name", "")) for node in nodes)
    return tuple(name for _, name in known)
