"""A file that the platform answered with, as a recording keeps it: whatever can be masked, masked; else its size.

A workbook is kept as its cells alone, since what lies packed within a zip cannot be seen to hold no secret.
"""

import base64
import hashlib
import io
import warnings
import zipfile
from datetime import datetime
from typing import Any, Final

from openpyxl import Workbook, load_workbook

from harness.recording.masking import Masker

PICTURES: Final = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"GIF8")
ZIP: Final = b"PK\x03\x04"
_MADE: Final = datetime(2000, 1, 1)  # noqa: DTZ001 - a workbook's times have no zone
_ZIP_TIME: Final = (2000, 1, 1, 0, 0, 0)


def kept_file(content: bytes, masker: Masker) -> dict[str, Any]:
    """`{bytes, sha256, base64}` of what is kept; `{bytes}` alone where nothing can be."""
    kept = _kept(content, masker)
    if kept is None:
        return {"bytes": len(content)}
    return {
        "bytes": len(kept),
        "sha256": hashlib.sha256(kept).hexdigest(),
        "base64": base64.b64encode(kept).decode(),
    }


def _kept(content: bytes, masker: Masker) -> bytes | None:
    if content.startswith(ZIP):
        return _workbook(content, masker)
    if content.startswith(PICTURES):
        seen = content.decode("latin-1")
        return content if masker.text(seen) == seen else None
    try:
        return masker.text(content.decode()).encode()
    except UnicodeDecodeError:
        return None


def _workbook(content: bytes, masker: Masker) -> bytes | None:
    """The cells, in a workbook that is the same for the same cells; None for a zip that is none."""
    try:
        with warnings.catch_warnings(action="ignore"):
            read = load_workbook(io.BytesIO(content), data_only=True)
        sheets = {one.title: [list(row) for row in one.iter_rows(values_only=True)] for one in read}
    except Exception:  # whatever zip, XML and styles break with, it is no workbook
        return None
    book = Workbook()
    book.properties.created = book.properties.modified = _MADE
    for old in book.worksheets:
        book.remove(old)
    for title, rows in sheets.items():
        sheet = book.create_sheet(masker.text(title).replace(":", " ").replace("*", " "))
        for row in rows:
            sheet.append([masker.value(cell) for cell in row])
    written = io.BytesIO()
    book.save(written)
    return _dateless(written.getvalue())


def _dateless(packed: bytes) -> bytes:
    """The same zip, not compressed and its members of one time: the time of writing says nothing."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(packed)) as old, zipfile.ZipFile(made, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            if name == "docProps/core.xml":
                content = _core(content)
            new.writestr(zipfile.ZipInfo(name, _ZIP_TIME), content)
    return made.getvalue()
