"""A file that the platform answered with, as a recording keeps it: whatever can be masked; else its size.

A workbook is kept as its cells alone, since what lies packed within a zip cannot be seen to hold no secret.
"""

import base64
import hashlib
import io
import warnings
from typing import Any, Final

from openpyxl import Workbook, load_workbook

from harness.recording.masking import Masker

PICTURES: Final = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"GIF8")
ZIP: Final = b"PK\x03\x04"


def kept_file(content: bytes, masker: Masker) -> dict[str, Any]:
    """`{bytes}` and, of a workbook, its `sheets`; of text, its `text`; of a picture, its `sha256, base64`."""
    return {"bytes": len(content), **_kept(content, masker)}


def file_of(kept: dict[str, Any]) -> bytes | None:
    """A file that says the same; None where only the size was kept."""
    if "sheets" in kept:
        return _workbook(kept["sheets"])
    if "text" in kept:
        return str(kept["text"]).encode()
    return base64.b64decode(kept["base64"]) if "base64" in kept else None


def _kept(content: bytes, masker: Masker) -> dict[str, Any]:
    if content.startswith(ZIP):
        sheets = _sheets(content)
        return {} if sheets is None else {"sheets": masker.value(sheets)}
    if content.startswith(PICTURES):
        return {} if masker.sees_in(content) else _as_it_is(content)
    try:
        return {"text": masker.text(content.decode())}
    except UnicodeDecodeError:
        return {}


def _as_it_is(content: bytes) -> dict[str, Any]:
    return {"sha256": hashlib.sha256(content).hexdigest(), "base64": base64.b64encode(content).decode()}


def _sheets(content: bytes) -> list[dict[str, Any]] | None:
    """Its sheets, a title and rows of cells each; None for a zip that is no workbook."""
    try:
        with warnings.catch_warnings(action="ignore"):
            book = load_workbook(io.BytesIO(content), data_only=True)
        return [
            {"title": one.title, "rows": [[_cell(cell) for cell in row] for row in one.values]}
            for one in book.worksheets
        ]
    except Exception:  # whatever zip, XML and styles break with, it is no workbook
        return None


def _cell(value: object) -> object:
    return value if value is None or isinstance(value, bool | int | float | str) else str(value)


def _workbook(sheets: list[dict[str, Any]]) -> bytes:
    book = Workbook()
    book.remove(book.worksheets[0])
    for kept in sheets:
        sheet = book.create_sheet()
        sheet.title = kept["title"]
        for row, cells in enumerate(kept["rows"], 1):
            for column, value in enumerate(cells, 1):
                cell = sheet.cell(row, column, value)
                if isinstance(value, str):
                    cell.data_type = "s"  # also where it looks like a formula
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()
