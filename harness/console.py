"""What is said on the terminal passes the redactor too: names, summaries, logs, uncaptured prints."""

import sys
from collections.abc import Callable
from typing import Any, TextIO

import pytest

from harness.run import RUN


class RedactedStream:
    """A stream whose texts are masked on their way; everything else is the stream's own."""

    def __init__(self, stream: TextIO, mask: Callable[[str], str]) -> None:
        self._stream = stream
        self._mask = mask

    def write(self, text: str) -> int:
        return self._stream.write(self._mask(text))

    def writelines(self, lines: list[str]) -> None:
        for line in lines:
            self.write(line)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)


@pytest.hookimpl(trylast=True)
def pytest_configure(config: pytest.Config) -> None:
    """Once pytest's own reporter is there; without capturing, prints go past it."""
    mask = config.stash[RUN].redactor.text
    reporter: Any = config.pluginmanager.get_plugin("terminalreporter")
    if reporter is not None:
        writer = reporter._tw  # noqa: SLF001 - what is written passes here and nowhere else
        writer._file = RedactedStream(writer._file, mask)  # noqa: SLF001 - likewise
    if config.getoption("capture") == "no":
        config.add_cleanup(_restored(sys.stdout, sys.stderr))
        sys.stdout = RedactedStream(sys.stdout, mask)
        sys.stderr = RedactedStream(sys.stderr, mask)


def _restored(out: TextIO, errors: TextIO) -> Callable[[], None]:
    def restore() -> None:
        sys.stdout, sys.stderr = out, errors

    return restore
