"""Exported files are read cell by cell as text; what cannot be read, or is not one table, is told."""

import io
import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from clients import PlatformFailure
from harness.workbooks import sheet_of, workbook_document
from tests.harness.exports import XLSX, Rows, export, workbook

ROWS: Rows = [["storeName", "qrcodeUrl"], ["虹口校区", "https://q.test/1"], ["徐汇😀", None]]
SHEET = "xl/worksheets/sheet1.xml"


def rezipped(change: Callable[[str, bytes], bytes | None]) -> bytes:
    """A good file with its parts changed, or left out where `change` says None."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(workbook(ROWS))) as old, zipfile.ZipFile(made, "w") as new:
        for name in old.namelist():
            content = change(name, old.read(name))
            if content is not None:
                new.writestr(name, content)
    return made.getvalue()


def with_part(part: str, content: bytes | None) -> bytes:
    return rezipped(lambda name, old: content if name == part else old)


def garbled(offset: int) -> bytes:
    """A good file whose packed sheet has one byte changed."""
    content = bytearray(workbook(ROWS))
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        start = archive.getinfo(SHEET).header_offset + len(SHEET) + 30
    content[start + offset] ^= 0x5A
    return bytes(content)


def test_sheet_has_headings_and_rows() -> None:
    sheet = sheet_of(workbook(ROWS))

    assert sheet.headings == ["storeName", "qrcodeUrl"]
    assert sheet.rows == [["虹口校区", "https://q.test/1"], ["徐汇😀", ""]]


def test_sheet_may_have_headings_alone() -> None:
    sheet = sheet_of(workbook(ROWS[:1]))

    assert (sheet.headings, sheet.rows, sheet.cells) == (["storeName", "qrcodeUrl"], [], [])


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (None, ""),
        ("", ""),
        (" 一 ", " 一 "),
        ("0010", "0010"),
        (0, "0"),
        (7, "7"),
        (123456789012345, "123456789012345"),
        (2.5, "2.5"),
        (True, "True"),
        (date(2026, 1, 2), "2026-01-02 00:00:00"),
        (datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC).replace(tzinfo=None), "2026-01-02 03:04:05"),
    ],
)
def test_cell_is_text(cell: Any, text: str) -> None:
    sheet = sheet_of(workbook([["heading", "last"], [cell, "x"]]))

    assert sheet.rows == [[text, "x"]]


def test_short_row_is_filled_up_with_empty_cells() -> None:
    sheet = sheet_of(workbook([["a", "b", "c"], ["1"], ["1", "2", "3"]]))

    assert sheet.rows == [["1", "", ""], ["1", "2", "3"]]


def test_cells_of_a_row_have_no_order() -> None:
    one, other = (sheet_of(workbook([["a", "b"], row])) for row in (["x", "y"], ["y", "x"]))

    assert one.cells == other.cells == [{"x", "y"}]


def test_two_sheets_are_told() -> None:
    with pytest.raises(PlatformFailure, match=r"^导出的 \.xlsx 应恰有一张带表头的工作表，实有 2 张$"):
        sheet_of(workbook(ROWS, ROWS))


def test_empty_sheet_is_told() -> None:
    with pytest.raises(PlatformFailure, match="应恰有一张带表头的工作表"):
        sheet_of(workbook([]))


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"<html>",
        workbook(ROWS)[:200],
        with_part("[Content_Types].xml", None),
        with_part("xl/workbook.xml", None),
        with_part("[Content_Types].xml", b"<other/>"),
        with_part(SHEET, b"<broken"),
        with_part("xl/workbook.xml", b"\xff\xfe"),
        garbled(20),
        garbled(60),
    ],
    ids=[
        "empty",
        "not a zip",
        "cut",
        "a zip that is no workbook",
        "no workbook part",
        "no types",
        "broken sheet",
        "broken workbook",
        "garbled early",
        "garbled late",
    ],
)
def test_file_that_cannot_be_opened_is_told_with_its_size(content: bytes) -> None:
    with pytest.raises(PlatformFailure, match=rf"^导出的文件不是能打开的 \.xlsx：.+（{len(content)} 字节）$"):
        sheet_of(content)


def test_parts_that_other_writers_leave_out_are_not_missed() -> None:
    bare = rezipped(lambda name, old: None if "docProps" in name or "theme" in name else old)

    assert sheet_of(bare).headings == ROWS[0]


def test_document_of_a_file_has_what_its_schema_judges() -> None:
    assert workbook_document(export(workbook(ROWS))) == {
        "contentType": XLSX,
        "fileName": "launches.xlsx",
        "headings": ["storeName", "qrcodeUrl"],
        "rows": [["虹口校区", "https://q.test/1"], ["徐汇😀", ""]],
    }


@pytest.mark.parametrize(
    ("disposition", "name"),
    [
        ("attachment; filename=teams.xlsx", "teams.xlsx"),
        ('attachment; filename="teams of 7.xlsx"', "teams of 7.xlsx"),
        ('attachment; filename="teams; all.xlsx"', "teams; all.xlsx"),
        ('attachment; FileName="teams.xlsx"; size=9', "teams.xlsx"),
        ("attachment;filename=%E6%8A%95%E6%94%BE.xlsx", "投放.xlsx"),
        ("attachment; filename*=UTF-8''%E6%8A%95%E6%94%BE.xlsx", "投放.xlsx"),
        ("attachment; filename*=utf-8'zh'%E6%8A%95%E6%94%BE.xlsx", "投放.xlsx"),
        ("attachment; filename=\"a.xlsx\"; filename*=UTF-8''%E6%8A%95.xlsx", "a.xlsx"),
        ('attachment; filename="æ\x8a\x95.xlsx"', "æ\x8a\x95.xlsx"),
        ("attachment", ""),
        ("inline; name=teams.xlsx", ""),
        ("", ""),
    ],
)
def test_file_name_is_read_however_it_is_written(disposition: str, name: str) -> None:
    exchange = export(workbook(ROWS), Content_Disposition=disposition)

    assert workbook_document(exchange)["fileName"] == name


def test_file_may_lack_every_header() -> None:
    exchange = export(workbook(ROWS))
    bare = replace(exchange, response_headers={})

    document = workbook_document(bare)

    assert (document["contentType"], document["fileName"]) == ("", "")


def test_headers_are_read_whatever_their_case() -> None:
    headers = {
        "content-TYPE": f"{XLSX}; charset=binary",
        "CONTENT-disposition": "attachment; filename=a.xlsx",
    }
    exchange = replace(export(workbook(ROWS)), response_headers=headers)

    document = workbook_document(exchange)

    assert (document["contentType"], document["fileName"]) == (XLSX, "a.xlsx")
