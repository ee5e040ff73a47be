"""Exports: one sheet of an .xlsx, a row of headings above the rows."""

import io
import re
from collections.abc import Iterable, Sequence
from typing import Final

from openpyxl import Workbook
from openpyxl.cell.cell import TYPE_STRING

UNWRITABLE: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")  # in XML 1.0


def sheet(headings: Sequence[str], rows: Iterable[Sequence[str | int | None]]) -> bytes:
    book = Workbook()
    page = book.worksheets[0]
    for row_number, row in enumerate((headings, *rows), start=1):
        for column_number, value in enumerate(row, start=1):
            cell = page.cell(row_number, column_number)
            if isinstance(value, str):
                cell.value = UNWRITABLE.sub("", value)
                cell.data_type = TYPE_STRING  # also what begins with "=": a member's name is no formula
            else:
                cell.value = value
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()
