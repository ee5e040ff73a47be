"""What an audit has done so far, table by table, and the file from which a later one goes on.

The file holds no secret: the violations in it are redacted as they are told, and a key that the redactor
would mask is not written, so that the next attempt goes on from the last one that is.
"""

import json
import time
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from textwrap import shorten
from typing import Any, Final

from clients import HarnessError, Redactor
from harness.written import write_whole

SECONDS_BETWEEN_WRITES: Final = 2.0
VERSION: Final = 1


@dataclass(frozen=True)
class Violation:
    """One, as it may be told: redacted. `key` is None where the whole table is meant."""

    table: str
    key: Mapping[str, Any] | None
    column: str
    value: Any
    reason: str


@dataclass(frozen=True)
class Tally:
    """What is known of a table; `after` is the key of the last row read, None before the first."""

    rows: int = 0
    violations: int = 0
    seconds: float = 0.0
    shown: tuple[Violation, ...] = ()
    after: tuple[Any, ...] | None = None
    is_done: bool = False


class State:
    """Tallies by table; `of` says of which audit, and a file of another one is refused."""

    def __init__(self, of: Mapping[str, Any], path: Path | None, redactor: Redactor) -> None:
        self._of = {"version": VERSION, **of}
        self._path = path
        self._redactor = redactor
        self.tallies = _read(path, self._of) if path is not None and path.exists() else {}
        self._written = dict(self.tallies)
        self._next_write = 0.0

    def record(self, table: str, tally: Tally, names: tuple[str, ...]) -> None:
        """Take a table's new tally; `names` are those of the key columns."""
        self.tallies[table] = tally
        if tally.is_done or self._may_be_written(tally.after, names):
            self._written[table] = tally
            if time.monotonic() >= self._next_write:
                self.keep()

    def keep(self) -> None:
        """Write the file, where there is one."""
        if self._path is not None:
            tables = {name: asdict(tally) for name, tally in self._written.items()}
            write_whole(self._path, json.dumps({"of": self._of, "tables": tables}, ensure_ascii=False))
            self._next_write = time.monotonic() + SECONDS_BETWEEN_WRITES

    def drop(self) -> None:
        """Remove the file: the audit has come to its end, and the next one begins anew."""
        if self._path is not None:
            self._path.unlink(missing_ok=True)

    def _may_be_written(self, after: tuple[Any, ...] | None, names: tuple[str, ...]) -> bool:
        if after is None or not all(isinstance(value, int | str) for value in after):
            return False
        key = dict(zip(names, after, strict=False))
        return bool(self._redactor.value(key) == key)


def _read(path: Path, of: Mapping[str, Any]) -> dict[str, Tally]:
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        was, tables = content["of"], {name: _tally(found) for name, found in content["tables"].items()}
    except OSError as error:
        raise HarnessError(f"{path}: cannot be read: {error.strerror}") from None
    except (ValueError, TypeError, KeyError, AttributeError):
        raise HarnessError(f"{path}: not the state of an audit; give another --resume file") from None
    for name, value in of.items():
        if was.get(name) != value:
            raise HarnessError(
                f"{path}: the state of another audit ({name}: {_short(was.get(name))}, now {_short(value)});"
                " give another --resume file, or delete this one to begin anew"
            )
    return tables


def _short(value: Any) -> str:
    return shorten(str(value), 60, placeholder=" …")


def _tally(found: Mapping[str, Any]) -> Tally:
    shown = tuple(Violation(**violation) for violation in found["shown"])
    after = found["after"]
    return Tally(**{**found, "shown": shown, "after": None if after is None else tuple(after)})
