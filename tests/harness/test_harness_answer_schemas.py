"""Each answer is judged by its call's schema: every error with its path, fields beyond it apart."""

import json
from dataclasses import replace
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from clients import DataError, Exchange
from harness.answer_schemas import Verdict, judge, title, validator, verdict
from tests.harness.calls.launches import WORKBOOKS
from tests.harness.exports import Rows, export, workbook
from tests.harness.projects import PROJECT

LAUNCHES: Rows = [["storeName", "qrcodeUrl"], ["虹口校区", "https://q.test/1"], ["徐汇校区", None]]
STORE = {
    "organizationId": "9007199254740993",
    "name": "虹口校区",
    "address": None,
    "tel": None,
    "longitude": None,
    "latitude": None,
}
PAGE = {"code": "0", "message": "ok", "total": 1, "page": 1, "size": 10}
SMALL = Draft202012Validator(
    {
        "type": "object",
        "required": ["id"],
        "properties": {"id": {"type": "string"}, "rows": {"items": {"$ref": "#/$defs/row"}}},
        "additionalProperties": False,
        "$defs": {"row": {"properties": {"n": {"type": "integer"}}, "additionalProperties": False}},
    }
)


def exchange(body: Any, *, call: str = "admin.stores.list", status: int = 200) -> Exchange:
    return Exchange(
        call=call,
        actor="admin",
        method="GET",
        url="http://platform.test/dab",
        request_headers={},
        request_body="",
        status=status,
        response_headers={},
        response_body=json.dumps(body),
        attempts=(),
    )


def stores(**changes: Any) -> dict[str, Any]:
    return {**PAGE, "data": [{**STORE, **changes}]}


def test_answer_in_order_is_told_so() -> None:
    found = judge(exchange(stores()))

    assert found == Verdict()
    assert found.told() == "符合"


@pytest.mark.parametrize(
    ("body", "path"),
    [
        (stores(name=7), "data[0].name"),
        (stores(organizationId=9007199254740993), "data[0].organizationId"),
        ({**stores(), "total": "1"}, "total"),
        ({**stores(), "total": True}, "total"),
        ({**stores(), "data": None}, "data"),
        ({**stores(), "data": {}}, "data"),
        ({**PAGE, "data": [{key: value for key, value in STORE.items() if key != "name"}]}, "data[0]"),
        ({"code": "0", "message": "ok", "data": []}, "答复"),
    ],
)
def test_broken_answer_is_told_with_its_path(body: dict[str, Any], path: str) -> None:
    found = judge(exchange(body))

    assert found.errors
    assert all(error.startswith(f"{path}: ") for error in found.errors)
    assert found.told().startswith(f"不符：{path}: ")


def test_id_with_a_line_break_behind_it_is_no_id() -> None:
    body = {"code": "0", "message": "ok", "data": "7\n"}

    found = judge(exchange(body, call="admin.workers.create"))

    assert [error.partition(":")[0] for error in found.errors] == ["data"]


def test_every_error_is_told() -> None:
    found = verdict(SMALL, {"rows": [{"n": "1"}, {"n": 2}, {"n": None}]})

    assert sorted(found.errors) == [
        "rows[0].n: '1' is not of type 'integer'",
        "rows[2].n: None is not of type 'integer'",
        "答复: 'id' is a required property",
    ]


def test_fields_beyond_the_schema_are_no_errors() -> None:
    found = verdict(SMALL, {"id": "1", "new": 1, "rows": [{"n": 1, "deep": 2}]})

    assert found.errors == ()
    assert sorted(found.extras) == [
        "rows[0]: Additional properties are not allowed ('deep' was unexpected)",
        "答复: Additional properties are not allowed ('new' was unexpected)",
    ]
    assert found.told().count("多出：") == 2


def test_fields_beyond_the_schema_hide_no_error() -> None:
    found = verdict(SMALL, {"id": 1, "new": 1})

    assert found == Verdict(errors=("id: 1 is not of type 'string'",))


def test_new_field_of_an_answer_is_told_as_one() -> None:
    found = judge(exchange(stores(colour="red")))

    assert found.errors == ()
    assert "'colour' was unexpected" in found.extras[0]


@pytest.mark.parametrize(
    ("body", "status", "fine"),
    [
        ({"code": "40001", "message": "name", "data": None}, 200, True),
        ({"code": "401", "message": "token", "data": None}, 401, True),
        ({"code": "40001", "message": "name", "data": []}, 200, False),
        ({"code": "40001", "message": "", "data": None}, 200, False),
        ({"code": "49999", "message": "name", "data": None}, 200, False),
        (stores(), 401, False),
        ({"code": "00", "message": "ok", "data": None}, 200, False),
    ],
)
def test_refusal_has_a_schema_of_its_own(body: dict[str, Any], status: int, fine: bool) -> None:
    assert (judge(exchange(body, status=status)).errors == ()) is fine


@pytest.mark.parametrize("call", sorted(WORKBOOKS))
def test_file_in_order_is_told_so(call: str) -> None:
    found = judge(replace(export(workbook(LAUNCHES)), call=call))

    assert found == Verdict()
    assert found.told() == "符合"


@pytest.mark.parametrize(
    ("sheet", "headers", "error"),
    [
        (LAUNCHES, {"Content_Type": "application/octet-stream"}, "contentType: "),
        (LAUNCHES, {"Content_Type": ""}, "contentType: "),
        (LAUNCHES, {"Content_Disposition": "attachment"}, "fileName: '' does not match"),
        (LAUNCHES, {"Content_Disposition": "attachment; filename=a.csv"}, "fileName: 'a.csv' "),
        (LAUNCHES, {"Content_Disposition": "attachment; filename=a.xlsx.zip"}, "fileName: "),
        ([["storeName", "storeName"]], {}, "headings: "),
        ([["storeName", None, "qrcodeUrl"]], {}, "headings[1]: '' should be non-empty"),
    ],
)
def test_broken_file_is_told_with_its_path(sheet: Rows, headers: dict[str, str], error: str) -> None:
    found = judge(export(workbook(sheet), **headers))

    (told,) = found.errors
    assert told.startswith(error)
    assert found.extras == ()


def test_every_error_of_a_file_is_told() -> None:
    found = judge(export(workbook([["a", "a"]]), Content_Type="text/plain", Content_Disposition=""))

    assert [error.partition(":")[0] for error in sorted(found.errors)] == [
        "contentType",
        "fileName",
        "headings",
    ]


def test_file_without_rows_is_in_order() -> None:
    assert judge(export(workbook(LAUNCHES[:1]))) == Verdict()


@pytest.mark.parametrize("file", [b"", b"<html>", workbook([]), workbook(LAUNCHES, LAUNCHES)])
def test_file_that_is_no_table_is_told(file: bytes) -> None:
    found = judge(export(file))

    (error,) = found.errors
    assert error.startswith("导出的")
    assert found.told() == f"不符：{error}"


def test_call_of_a_file_has_no_envelope_for_a_success() -> None:
    found = judge(exchange({"code": "0", "message": "", "data": None}, call="admin.group_buys.launches_file"))

    assert {"答复: 'headings' is a required property", "答复: 'rows' is a required property"} <= {
        *found.errors
    }


def test_file_where_the_envelope_was_due_breaks_the_schema() -> None:
    found = judge(replace(export(workbook(LAUNCHES)), call="admin.stores.list"))

    assert any("'code' is a required property" in error for error in found.errors)


def test_long_value_is_cut_in_an_error() -> None:
    (error,) = verdict(SMALL, {"id": ["x" * 5000]}).errors

    assert error.startswith("id: ['xxx")
    assert len(error) < 200


def test_schema_is_compiled_once() -> None:
    assert validator("admin.stores.list") is validator("admin.stores.list")


def test_call_without_a_schema_is_told_with_the_file_to_write() -> None:
    with pytest.raises(
        DataError, match=r"the call admin\.nothing has no answer schema: write .*admin\.nothing\.json"
    ):
        judge(exchange(stores(), call="admin.nothing"))


@pytest.mark.parametrize(
    "call", sorted(path.stem for path in (PROJECT / "schemas" / "answers").glob("*.json"))
)
def test_call_has_a_chinese_title(call: str) -> None:
    assert any("\u4e00" <= letter <= "\u9fff" for letter in title(call))
