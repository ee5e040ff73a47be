"""A few values that the processes of a run share: a file, changed under a lock that ends with its holder."""

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from filelock import FileLock

POLL_SECONDS: Final = 0.005
_WIDTH: Final = 4096


class SharedState:
    """A dictionary of plain values. Each change is one write of one width: a process that is killed leaves
    the values before it or those after it, never half of them.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lock = FileLock(f"{path}.lock", poll_interval=POLL_SECONDS)

    @contextmanager
    def changed(self) -> Iterator[dict[str, Any]]:
        """The values, nobody else's meanwhile; what is done to them is kept, unless it raises."""
        with self._lock:
            values = self._read()
            before = dict(values)
            yield values
            if values != before:
                self._write(values)

    def values(self) -> dict[str, Any]:
        with self._lock:
            return self._read()

    def _read(self) -> dict[str, Any]:
        try:
            values: dict[str, Any] = json.loads(self._path.read_bytes())
        except FileNotFoundError:
            return {}
        return values

    def _write(self, values: dict[str, Any]) -> None:
        text = json.dumps(values).encode().ljust(_WIDTH)
        file = os.open(self._path, os.O_WRONLY | os.O_CREAT | getattr(os, "O_BINARY", 0), 0o600)
        try:
            os.write(file, text)
        finally:
            os.close(file)
