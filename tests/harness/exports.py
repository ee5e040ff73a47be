"""Exported .xlsx files, and the exchanges that bring them."""

import io
from collections.abc import Sequence
from typing import Any

from openpyxl import Workbook

from clients import Attempt, Exchange

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
NAMED = {"Content-Type": XLSX, "Content-Disposition": 'attachment; filename="launches.xlsx"'}
Rows = Sequence[Sequence[Any]]


def workbook(*sheets: Rows) -> bytes:
    """A file of these sheets, each a list of rows; None is an empty cell."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for number, rows in enumerate(sheets, 1):
        sheet = book.create_sheet(f"Sheet{number}")
        for row in rows:
            sheet.append(row)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def export(file: bytes, **headers: str) -> Exchange:
    """The answer to a call of an export; a header such as `Content_Type` replaces the one in order."""
    changed = {name.replace("_", "-"): value for name, value in headers.items()}
    return Exchange(
        call="admin.group_buys.launches_file",
        actor="admin",
        method="POST",
        url="http://platform.test/dab/group_buy_event/url_list_excel",
        request_headers={},
        request_body="{}",
        status=200,
        response_headers={**NAMED, **changed},
        response_body="",
        attempts=(Attempt(1, "200", 1.0),),
        file=file,
    )
