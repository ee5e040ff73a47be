"""Writes a file as a whole or not at all."""

import os
from pathlib import Path

from clients import DataError


def write_whole(path: Path, text: str) -> None:
    """Replace the file, or leave it as it was and raise `DataError`."""
    begun = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        try:
            begun.write_text(text, encoding="utf-8", newline="\n")
            begun.replace(path)
        finally:
            begun.unlink(missing_ok=True)
    except OSError as error:
        raise DataError(f"{path}: cannot be written: {error.strerror}") from None
