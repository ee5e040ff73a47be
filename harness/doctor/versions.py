"""Python and the packages beside it, against what the project is pinned to."""

import platform
import re
import sys
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Final

from harness.doctor.findings import Finding, State, Subject
from harness.run import PROJECT

LEAST: Final = (3, 11)
REQUIREMENTS: Final = PROJECT / "requirements.txt"
_PIN: Final = re.compile(r"^([\w.-]+)==(\S+)", re.MULTILINE)


def versions(_: Subject) -> Iterator[Finding]:
    yield _python(sys.version_info[:2])
    yield packages(REQUIREMENTS)


def _python(running: tuple[int, int]) -> Finding:
    found = f"{platform.python_version()} on {platform.system()}"
    if running < LEAST:
        return Finding("Python", State.FAILED, found, f"Python {LEAST[0]}.{LEAST[1]} or newer is needed")
    return Finding("Python", State.OK, found)


def packages(requirements: Path) -> Finding:
    pins = _PIN.findall(requirements.read_text("utf-8"))
    other = [f"{name} {has} (pinned: {pin})" for name, pin in pins if (has := _installed(name)) != pin]
    if other:
        mend = "python -m pip install -r requirements.txt"
        return Finding(
            "packages", State.WARN, f"{len(other)} of {len(pins)} differ: {', '.join(other)}", mend
        )
    return Finding("packages", State.OK, f"all {len(pins)} as pinned")


def _installed(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "is missing"
