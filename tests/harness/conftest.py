"""A sandbox served by a process of its own, for runs that take it for a real environment."""

import subprocess
import sys
from collections.abc import Iterator

import pytest

from tests.harness.projects import PROJECT


@pytest.fixture(scope="session")
def served_sandbox() -> Iterator[str]:
    """Its URL. What a test leaves there, the next one meets."""
    command = [sys.executable, "-m", "sandbox", "--port", "0"]
    with subprocess.Popen(command, cwd=PROJECT, stdout=subprocess.PIPE, encoding="utf-8") as process:  # noqa: S603 - our own command
        assert process.stdout is not None
        yield process.stdout.readline().strip()
        process.terminate()
