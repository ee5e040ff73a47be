"""The file of a recording: made of the parts of a run's processes, complete or not there at all; and read."""

import json
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any, Final

from clients import HarnessError
from harness.recording.exchanges import line_of
from harness.recording.masking import numbered
from harness.recording.recorder import PART

VERSION: Final = 1
NEEDED: Final = ("exchanges", "profile", "run", "seed", "stamp", "started", "tests", "title", "tokens")
MEND: Final = "record again: pytest --record=FILE"


class RecordingProblem(HarnessError):
    """A recording that cannot be written or read; names the file and the mend."""


@dataclass
class Parts:
    """What the processes of a run have written, until it is put together."""

    exchanges: dict[str, list[str]] = field(default_factory=dict)
    tests: dict[str, dict[str, Any]] = field(default_factory=dict)
    tokens: dict[str, Any] = field(default_factory=dict)

    def take(self, line: str) -> None:
        document = json.loads(line)
        if "token_of" in document:
            self.tokens[document["token_of"]] = document["claims"]
        elif "ran" in document:
            self.tests[document.pop("ran")] = document
        else:
            of_test = self.exchanges.setdefault(document["test"], [])
            of_test.append(line_of({**document, "n": len(of_test)}))


@dataclass(frozen=True)
class Recording:
    """One that is whole; of its exchanges, only those that are asked for are parsed."""

    path: Path
    header: Mapping[str, Any]
    lines: tuple[str, ...]

    def of_test(self, test: str) -> list[dict[str, Any]]:
        """The exchanges of a test, in their order."""
        return [self._parsed(self.lines[index]) for index in self._by_test.get(test, ())]

    def of_call(self, call: str) -> list[dict[str, Any]]:
        """The exchanges of a call, in all tests."""
        named = json.dumps(call, ensure_ascii=False)
        found = (self._parsed(line) for line in self.lines if named in line)
        return [exchange for exchange in found if exchange["call"] == call]

    @cached_property
    def _by_test(self) -> Mapping[str, list[int]]:
        places: dict[str, list[int]] = {}
        for index, line in enumerate(self.lines):
            places.setdefault(self._test_of(line), []).append(index)
        return places

    def _test_of(self, line: str) -> str:
        """Read from the end of the line, where the sorted keys have it; by parsing, should more follow."""
        _, _, behind = line.rpartition(',"test":')
        try:
            return str(json.loads(behind.rstrip()[:-1]))
        except ValueError:
            return str(self._parsed(line)["test"])

    def _parsed(self, line: str) -> dict[str, Any]:
        try:
            exchange = json.loads(line)
            if isinstance(exchange, dict) and "test" in exchange:
                return exchange
        except ValueError:
            pass
        number = self.lines.index(line) + 2
        raise RecordingProblem(f"{self.path}:{number}: not an exchange of a recording; {MEND}")


def parts_in(folder: Path) -> Parts:
    """All parts; a last line that was cut off, when its process was killed, is left out."""
    parts = Parts()
    for path in sorted(folder.glob(PART)):
        for line in path.read_text("utf-8").splitlines(keepends=True):
            if line.endswith("\n"):
                parts.take(line)
    return parts


def write_recording(path: Path, header: Mapping[str, Any], parts: Parts, beside: Path) -> None:
    """Into a folder `beside` first, and then at once in place of what stood there; raises `OSError`."""
    whole = beside / "whole"
    with whole.open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(f"{line}\n" for line in _lines(header, parts))
        file.flush()
        os.fsync(file.fileno())
    whole.replace(path)


def _lines(header: Mapping[str, Any], parts: Parts) -> Iterator[str]:
    """Numbers are given in the order of the exchanges; what the first line alone has comes after them."""
    in_order = [line for test in sorted(parts.exchanges) for line in parts.exchanges[test]]
    first = {"recording": VERSION, **header, "exchanges": len(in_order), "tokens": parts.tokens}
    *exchanges, first_line = numbered([*in_order, line_of(first)])
    yield first_line
    yield from exchanges


def read_recording(path: Path) -> Recording:
    """Raises `RecordingProblem` for what is no recording, of another version, or cut off."""
    try:
        with path.open(encoding="utf-8", newline="\n") as file:
            header = _header(path, file.readline())
            lines = tuple(file)
    except OSError as error:
        reason = error.strerror or error
        raise RecordingProblem(
            f"{path}: cannot be read: {reason}; give a file of pytest --record=FILE"
        ) from None
    except UnicodeDecodeError:
        raise RecordingProblem(f"{path}: not a recording: it is not UTF-8; {MEND}") from None
    if len(lines) != header["exchanges"] or not (lines or ("\n",))[-1].endswith("\n"):
        told = f"{len(lines)} of {header['exchanges']} exchanges are there"
        raise RecordingProblem(f"{path}: the recording is cut off: {told}; {MEND}")
    return Recording(path, header, lines)


def _header(path: Path, line: str) -> dict[str, Any]:
    try:
        header = json.loads(line)
    except ValueError:
        header = None
    if not isinstance(header, dict) or "recording" not in header:
        raise RecordingProblem(f"{path}: not a recording: its first line does not say so; {MEND}")
    if header["recording"] != VERSION:
        version = header["recording"]
        raise RecordingProblem(
            f"{path}: a recording of version {version!r}, this is for version {VERSION}; {MEND}"
        )
    if missing := [key for key in NEEDED if key not in header]:
        lacks = f"its first line lacks {', '.join(missing)}"
        raise RecordingProblem(f"{path}: not a whole recording: {lacks}; {MEND}")
    return header
