"""Exports: one sheet of an .xlsx, a row of headings above the rows."""

import io
from collections.abc import Iterable, Sequence

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, TYPE_STRING


def sheet(headings: Sequence[str], rows: Iterable[Sequence[str | int | None]]) -> bytes:
    book = Workbook()
    page = book.worksheets[0]
    for row_number, row in enumerate((headings, *rows), start=1):
        for column_number, value in enumerate(row, start=1):
            cell = page.cell(row_number, column_number)
            if isinstance(value, str):
                cell.value = ILLEGAL_CHARACTERS_RE.sub("", value)
                cell.data_type = TYPE_STRING  # also what begins with "=": a member's name is no formula
            else:
                cell.value = value
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()
