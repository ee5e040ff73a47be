"""The file of a recording: made of the parts of a run's processes, complete or not there at all; and read."""

import json
import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from clients import HarnessError
from harness.recording.exchanges import line_of
from harness.recording.masking import numbered
from harness.recording.recorder import PART

VERSION: Final = 1
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
    """One that was read whole: its first line, and its exchanges in their order."""

    path: Path
    header: Mapping[str, Any]
    exchanges: tuple[dict[str, Any], ...]


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
            exchanges = tuple(_exchanges(path, file))
    except OSError as error:
        raise RecordingProblem(f"{path}: cannot be read: {error.strerror or error}") from None
    except UnicodeDecodeError:
        raise RecordingProblem(f"{path}: not a recording: it is not UTF-8; {MEND}") from None
    if len(exchanges) != header.get("exchanges"):
        told = f"{len(exchanges)} of {header.get('exchanges')} exchanges are there"
        raise RecordingProblem(f"{path}: the recording is cut off: {told}; {MEND}")
    return Recording(path, header, exchanges)


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
    return header


def _exchanges(path: Path, lines: Iterable[str]) -> Iterator[dict[str, Any]]:
    for number, line in enumerate(lines, 2):
        try:
            exchange = json.loads(line)
        except ValueError:
            raise RecordingProblem(f"{path}:{number}: the recording is cut off here; {MEND}") from None
        if not isinstance(exchange, dict) or "test" not in exchange:
            raise RecordingProblem(f"{path}:{number}: not an exchange of a recording; {MEND}")
        yield exchange
