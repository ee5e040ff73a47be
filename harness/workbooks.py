"""Reads the .xlsx files that the platform exports, so that they can be judged and compared like lists."""

import io
import warnings
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from openpyxl import load_workbook

from clients import Exchange, PlatformFailure
from harness.headers import content_type, file_name


@dataclass(frozen=True)
class Sheet:
    """The one sheet of an export: a row of headings, then the rows; each cell as text, "" when empty."""

    headings: list[str]
    rows: list[list[str]]

    @cached_property
    def cells(self) -> list[set[str]]:
        """Each row's cells without their order, which the contract leaves open."""
        return [set(row) for row in self.rows]


def sheet_of(content: bytes) -> Sheet:
    """The content of an .xlsx file; raises `PlatformFailure` for what is none, or has not just one sheet."""
    try:
        with warnings.catch_warnings(action="ignore"):  # other writers leave out styles; that is no fault
            book = load_workbook(io.BytesIO(content), data_only=True)
        sheets = [[[_text(cell) for cell in row] for row in one.iter_rows(values_only=True)] for one in book]
    except Exception as error:  # whatever zip, XML and styles break with, they break by the file
        raise PlatformFailure(f"导出的文件不是能打开的 .xlsx：{error!r}（{len(content)} 字节）") from None
    if len(sheets) != 1 or not sheets[0]:
        raise PlatformFailure(f"导出的 .xlsx 应恰有一张带表头的工作表，实有 {len(sheets)} 张")
    headings, *rows = sheets[0]
    return Sheet(headings, rows)


def workbook_document(exchange: Exchange) -> dict[str, Any]:
    """A file's answer as a schema judges it: `{contentType, fileName, headings, rows}`."""
    sheet = sheet_of(exchange.file or b"")
    return {
        "contentType": content_type(exchange),
        "fileName": file_name(exchange),
        "headings": sheet.headings,
        "rows": sheet.rows,
    }


def _text(cell: object) -> str:
    return "" if cell is None else str(cell)
