"""The same rows as they travel in JSON: rules C-06 to C-09."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from schemas.wire_schema import wire_name

SCHEMAS = Path(__file__).parents[2] / "schemas"
VALUES = {
    # C-06: ids
    "event.id": (["1", "0", "9" * 19], [None, 1, "", "9" * 20, "-1", "1a", "１", " 1"]),
    "event.organizationId": ([None, "12"], [12, "x"]),
    "dab_privilege_role_map.privilegeInt": ([None, "12"], [12]),
    "goods_code.goodsIds": ([None, "12"], [12, "1,2"]),
    "goods_order.goodsIds": ([None, "1,2"], [12]),
    "event.resourceId": (["hd_1"], ["x" * 31, 1]),
    "coupons_record.id": ([1], ["1", None]),
    # C-06 does not speak of these bigints: a number, a choice, an amount in fen
    "flyway_schema_history.installedRank": ([1, None], ["1"]),
    "article.urlType": ([1, 2, 3, None], [0, 4, "1"]),
    "discount_coupon_code.discountAmount": ([100, None], ["100", 1.5]),
    # C-07: milliseconds of whole seconds; a date is none
    "event.beginTime": ([None, 0, 1767196800000], [1767196800001, "2026-01-01 00:00:00", 1.5]),
    "one_yuan_products.ctime": ([1767196800000], [None, 1767196800500]),
    "family_members.brithday": ([None, "2016-02-29"], [1767196800000, "2016-13-01"]),
    # C-08: flags, numbers, amounts, decimals
    "event.published": ([None, True, False], [0, 1, "true"]),
    "family_members.sex": ([None, 0, 1], [2, True, False]),
    "feeder_school.status": ([None, -128, 127], [True, 128]),
    "event.chargedAmount": ([None, 0, 990], ["990", 9.9, 2**31]),
    "one_yuan_products.disPrice": ([None, "8.99", "8.990000"], ["8.9", "8", "8.9900000", 8.99]),
    "one_yuan_products.isShow": ([None, 0, 1], [True, 2]),
    "one_yuan_products.pddTakenDown": ([None, 0, 1], [False, -1]),
    "one_yuan_shopping_group.isEnough": ([0, 1], [None, True]),
    "one_yuan_shopping_group.status": ([0, 1, 2, 3], [None, 4, "0"]),
    # texts and choices as in the row
    "event.name": ([None, "动" * 100], ["动" * 101]),
    "event_order.pamentStatus": ([None, "PAY_SUCCESS"], ["SUCCESS", 1]),
    "group_buy_event_robot.offsetTime": ([None, -3600000, 3600000], ["3600000"]),
    "group_buy_event_specification_detail.trainingClassId": ([None, "7"], [7]),
}


@cache
def schema_of(folder: str, table: str) -> dict[str, Any]:
    schema: dict[str, Any] = json.loads((SCHEMAS / folder / f"{table}.json").read_bytes())
    return schema


def is_valid(name: str, value: Any) -> bool:
    table, key = name.split(".")
    return Draft202012Validator(schema_of("wire", table)["properties"][key]).is_valid(value)


@pytest.mark.parametrize(("name", "values"), VALUES.items(), ids=VALUES)
def test_wire_value_is_taken(name: str, values: tuple[list[Any], list[Any]]) -> None:
    refused = [value for value in values[0] if not is_valid(name, value)]

    assert refused == []


@pytest.mark.parametrize(("name", "values"), VALUES.items(), ids=VALUES)
def test_wire_value_is_refused(name: str, values: tuple[list[Any], list[Any]]) -> None:
    taken = [value for value in values[1] if is_valid(name, value)]

    assert taken == []


@pytest.mark.parametrize(
    ("column", "name"),
    [
        ("id", "id"),
        ("titile", "titile"),
        ("begint_number", "begintNumber"),
        ("pament_status", "pamentStatus"),
        ("charged_mount", "chargedMount"),
        ("event_tile", "eventTile"),
        ("zy_member_info", "zyMemberInfo"),
    ],
)
def test_wire_name_is_camel_case_with_its_misspelling(column: str, name: str) -> None:
    assert wire_name(column) == name


@pytest.mark.parametrize("path", sorted((SCHEMAS / "wire").iterdir()), ids=lambda path: path.stem)
def test_wire_has_each_column_of_its_row(path: Path) -> None:
    row, wire = schema_of("tables", path.stem), schema_of("wire", path.stem)

    assert [key["x-column"] for key in wire["properties"].values()] == list(row["properties"])
    for key in wire["properties"].values():
        column = row["properties"][key["x-column"]]
        assert ("null" in key["type"]) == ("null" in column["type"])
        assert (key.get("description"), key.get("enum")) == (column.get("description"), column.get("enum"))
        assert key["x-source"] == column["x-source"]


def test_wire_requires_the_id_alone_and_closes_nothing() -> None:
    event, role_map = schema_of("wire", "event"), schema_of("wire", "dab_tenant_role_map")

    assert event["required"] == ["id"]
    assert role_map["required"] == []
    assert "additionalProperties" not in event


def test_wire_combines_with_the_keys_of_an_answer() -> None:
    answer = {
        "allOf": [schema_of("wire", "event")],
        "properties": {"seatsLeft": {"type": "integer"}},
        "unevaluatedProperties": False,
    }

    validator = Draft202012Validator(answer)

    assert validator.is_valid({"id": "1", "name": "开学典礼", "seatsLeft": 3})
    assert not validator.is_valid({"id": "1", "naem": "开学典礼"})
    assert not validator.is_valid({"name": "开学典礼"})
