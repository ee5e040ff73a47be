"""A report shows a file by its rows, redacted as every body is; never by its bytes."""

import json
from collections.abc import Iterator
from dataclasses import replace

import pytest

from clients import Call, Exchange, Redactor, SchemaBroken
from harness.evidence import Evidence
from harness.run import Run
from tests.harness.exports import Rows, export, workbook
from tests.harness.told import Told, telling

MOBILE = "13912345678"
TOKEN = "token-canary-0123456789"
TEAMS: Rows = [["id", "memberMobile"], ["7", f"{MOBILE}、13812345678"], ["8", int(MOBILE)], ["9", None]]


class Report:
    """Evidence in a report, whose attachments are kept by name."""

    def __init__(self, told: Told, *secrets: str) -> None:
        self._told = told
        self.attached: dict[str, str] = {}
        self.evidence = Evidence(Redactor(secrets), in_report=True, strict_schema=False)

    def tell(self, exchange: Exchange) -> None:
        call = Call(exchange.call, exchange.actor, exchange.method, "x", file=True)
        self.evidence.call_started(call)
        try:
            self.evidence.call_finished(call, exchange)
        finally:
            (step,) = self._told.tell(self.evidence).steps
            self.attached = self._told.texts(step)

    def body(self) -> str:
        return self.attached["响应"].partition("\n\n")[2]


@pytest.fixture
def report(run: Run) -> Iterator[Report]:
    with telling(run) as told:
        yield Report(told, TOKEN)


def test_rows_of_a_file_are_shown_as_text(report: Report) -> None:
    report.tell(export(workbook([["门店", "数量"], ["虹口校区", 7], [None, 0]])))

    assert json.loads(report.body()) == [["门店", "数量"], ["虹口校区", "7"], ["", "0"]]
    assert "虹口校区" in report.body()
    assert report.attached["JSON Schema 结论"] == "符合"


def test_status_and_headers_of_a_file_stand_above_its_rows(report: Report) -> None:
    report.tell(export(workbook([["门店"]])))

    first, *headers = report.attached["响应"].partition("\n\n")[0].splitlines()
    assert first == "HTTP 200，1.0 ms（第 1 次：200，1.0 ms）"
    assert 'Content-Disposition: attachment; filename="launches.xlsx"' in headers


def test_mobiles_in_cells_are_masked(report: Report) -> None:
    report.tell(export(workbook(TEAMS)))

    assert json.loads(report.body()) == [["id", "memberMobile"], ["7", "***、***"], ["8", "***"], ["9", ""]]


def test_known_secrets_in_cells_are_masked(report: Report) -> None:
    report.tell(
        export(workbook([["qrcodeUrl"], [f"https://q.test/?t={TOKEN}"], ["https://q.test/?token=x"]]))
    )

    assert json.loads(report.body())[1:] == [["https://q.test/?t=***"], ["https://q.test/?token=***"]]


@pytest.mark.parametrize(
    ("file", "told"),
    [
        (b"<html>", "导出的文件不是能打开的 .xlsx："),
        (b"", "（0 字节）"),
        (workbook([["a"]], [["b"]]), "实有 2 张"),
    ],
    ids=["not a zip", "empty", "two sheets"],
)
def test_file_that_cannot_be_shown_is_told(report: Report, file: bytes, told: str) -> None:
    with pytest.raises(SchemaBroken, match=r"admin\.group_buys\.launches_file"):
        report.tell(export(file))

    assert told in report.body()
    assert told in report.attached["JSON Schema 结论"]


def test_errors_of_a_file_are_redacted(report: Report) -> None:
    named = f"attachment; filename={TOKEN}.csv"

    with pytest.raises(SchemaBroken, match="fileName: ") as broken:
        report.tell(export(workbook(TEAMS), Content_Disposition=named))

    assert TOKEN not in str(broken.value) + "".join(report.attached.values())


def test_file_is_among_the_last_calls_by_its_size(report: Report) -> None:
    file = workbook(TEAMS)
    exchange = replace(export(file), url=f"http://platform.test/dab/x?token={TOKEN}")

    report.tell(exchange)

    shown = "admin: POST http://platform.test/dab/x?token=*** -> 200 a file of"
    assert report.evidence.last_calls() == f"{shown} {len(file)} bytes"


def test_refusal_of_a_file_is_shown_as_every_refusal(report: Report) -> None:
    body = json.dumps({"code": "40401", "message": f"no {MOBILE}", "data": None})

    report.tell(replace(export(b""), file=None, response_body=body))

    assert json.loads(report.body())["message"] == "no ***"
    assert report.evidence.last_calls().endswith("-> 200 code 40401 no ***")
