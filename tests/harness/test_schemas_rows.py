"""What the row schemas take and refuse, on both sides of each bound."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

TABLES = Path(__file__).parents[2] / "schemas" / "tables"

ORDER_STATES = [
    "UNPAID",
    "PAY_PROCESSING",
    "RESERVATION_REVIEW_PENDING",
    "UNUSED",
    "USED",
    "CANCEL_REVIEW_PENDING",
    "CANCELED",
    "TIME_OUT",
    "TEAM_FAIL",
]
PAYMENT_STATES = [
    "NONE",
    "UNPAID",
    "PAY_PROCESSING",
    "PAY_SUCCESS",
    "PAY_FAILED",
    "REFUNDING",
    "REFUNDED",
    "REFUND_FAILED",
]
ENUMERATIONS = [
    ("event_order", "status", ORDER_STATES, "seen"),
    ("group_buy_event_order", "status", ORDER_STATES, "seen"),
    ("event_order", "pament_status", PAYMENT_STATES, "doc"),
    ("group_buy_event_order", "pament_status", PAYMENT_STATES, "doc"),
    ("group_buy_event", "status", ["NOTOPEN", "OPEN", "CLOSED"], "doc"),
    ("group_buy_event", "effective_type", ["RELATIVE_DATE", "ABSOLUTE_DATE"], "set"),
    ("group_buy_event", "remind_time_type", ["BEGIN", "END"], "doc"),
    ("group_buy_event", "team_last_time_type", ["LIMITLESS", "LIMITED"], "doc"),
    ("group_buy_event_team", "status", ["PENDING", "SUCCESS", "FAILED", "UNPAID"], "seen"),
    ("group_buy_event_robot", "type", ["BEGIN", "END"], "seen"),
    ("discount_coupon_code", "status", ["UNSEND", "UNOPEN", "UNUSED", "USED", "TIME_OUT"], "doc"),
    ("discount_coupon_send_rule", "send_type", ["OPEN_GET", "CLOSE_GIVE"], "doc"),
    ("discount_coupon_send_rule", "get_type", ["NO_MAX_GET", "MAX_GET"], "doc"),
    ("article", "url_type", [1, 2, 3], "doc"),
    ("event_category", "type", ["FIRST", "SECOND"], "doc"),
    ("family_members", "build_type", ["PARENTID", "MOBILE"], "doc"),
    ("family_members", "sex", [0, 1], "doc"),
    ("form_data", "type", ["text", "radio", "image"], "doc"),
    ("member", "source", ["SELF", "THIRD"], "doc"),
    ("share_tracking", "type", ["SHARE", "REACH"], "doc"),
    ("one_yuan_products", "is_show", [0, 1], "ddl"),
    ("one_yuan_products", "pdd_taken_down", [0, 1], "ddl"),
    ("resource_use_info", "type", ["CREATE_ORDER", "PAID_ORDER"], "seen"),
    ("pay_notify_log", "result", ["SUCCESS", "FAILED"], "set"),
]
NOT_NULL_ENUMERATIONS = [
    ("one_yuan_shopping_group", "status", [0, 1, 2, 3], "ddl"),
    ("one_yuan_shopping_group", "is_enough", [0, 1], "ddl"),
]
VALUES = {
    # column: values that it takes, values that it refuses
    "event.id": ([1, 2**63 - 1, -(2**63)], [None, 2**63, -(2**63) - 1, "1", True, 1.5]),
    "event.organization_id": ([None, 0, 2**63 - 1], [2**63, "1"]),
    "event.order_no": ([None, 2**31 - 1, -(2**31), 10**9], [2**31, -(2**31) - 1, "1"]),
    "event.published": ([None, 0, 1], [2, -1, True, False, "1"]),
    "family_members.sex": ([None, 0, 1], [2, True]),
    "feeder_school.status": ([None, -128, 0, 127], [-129, 128, False]),
    "event.name": ([None, "", "动" * 100, "🎉" * 100], ["动" * 101, 1]),
    "event.resource_id": (["hd_" + "1" * 27], ["hd_" + "1" * 28]),
    "event.guide_image": ([None, "x" * 255], ["x" * 256, 5]),
    "event.coupon_batch": (["x" * 1000], ["x" * 1001]),
    "event.detail": ([None, "x" * (2**24 - 1)], ["x" * 2**24]),
    "goods.descr": (["x" * (2**16 - 1)], ["x" * 2**16]),
    "goods.type": ([None, "anything"], [1]),
    "member.sex": ([None, "女"], ["x" * 46]),
    "event.begin_time": (
        [
            None,
            "2026-01-31 00:00:00",
            "2026-12-01 23:59:59",
            "2026-06-15 12:00:00.5",
            "2026-06-15 12:00:00.000001",
        ],
        [
            "2026-00-01 00:00:00",
            "2026-13-01 00:00:00",
            "2026-01-00 00:00:00",
            "2026-01-32 00:00:00",
            "2026-01-01 24:00:00",
            "2026-01-01 00:60:00",
            "2026-01-01 00:00:60",
            "2026-01-01 00:00:00.",
            "2026-01-01 00:00:00.0000001",
            "2026-01-01T00:00:00",
            "2026-01-01",
            " 2026-01-01 00:00:00",
            "٢٠٢٦-01-01 00:00:00",
            1767196800000,
        ],
    ),
    "flyway_schema_history.installed_on": (["2026-01-01 00:00:00"], ["2026-01-01"]),
    "family_members.brithday": ([None, "2016-02-29"], ["2016-2-29", "2016-02-29 00:00:00", "16-02-29"]),
    "one_yuan_products.dis_price": (
        [None, "0", "8.99", "8.990000", "-1.5", "9" * 14 + ".999999"],
        ["9" * 15, "8.9900001", "8.", ".5", "1e3", "+1", "８.99", 8.99, 8],
    ),
    "one_yuan_products.start_time": (["2026-01-01 00:00:00"], [None]),
    "one_yuan_products.product_name": (["", "x" * 255], ["x" * 256, None]),
    "one_yuan_products.need_num": ([0, 100, 2**31 - 1], [None, 2**31]),
}


@cache
def schema_of(table: str) -> dict[str, Any]:
    schema: dict[str, Any] = json.loads((TABLES / f"{table}.json").read_bytes())
    return schema


def is_valid(column: str, value: Any) -> bool:
    table, name = column.split(".")
    return Draft202012Validator(schema_of(table)["properties"][name]).is_valid(value)


def row(table: str) -> dict[str, Any]:
    """A row of a table with every column: an id, and null elsewhere."""
    return dict.fromkeys(schema_of(table)["properties"]) | {"id": 1}


@pytest.mark.parametrize(("column", "values"), VALUES.items(), ids=VALUES)
def test_column_takes_what_its_type_can_hold(column: str, values: tuple[list[Any], list[Any]]) -> None:
    refused = [value for value in values[0] if not is_valid(column, value)]

    assert refused == []


@pytest.mark.parametrize(("column", "values"), VALUES.items(), ids=VALUES)
def test_column_refuses_what_its_type_cannot_hold(column: str, values: tuple[list[Any], list[Any]]) -> None:
    taken = [value for value in values[1] if is_valid(column, value)]

    assert taken == []


def test_datetime_knows_no_calendar() -> None:
    assert is_valid("event.begin_time", "2026-02-30 00:00:00")


@pytest.mark.parametrize(("table", "column", "values", "source"), ENUMERATIONS)
def test_nullable_enumeration_admits_its_values_and_null(
    table: str, column: str, values: list[Any], source: str
) -> None:
    schema = schema_of(table)["properties"][column]

    assert schema["enum"] == [*values, None]
    assert schema["x-enum-source"] == source
    assert all(is_valid(f"{table}.{column}", value) for value in [*values, None])
    assert not is_valid(f"{table}.{column}", "OTHER")
    assert not is_valid(f"{table}.{column}", 4)


@pytest.mark.parametrize(("table", "column", "values", "source"), NOT_NULL_ENUMERATIONS)
def test_enumeration_that_is_not_null_refuses_null(
    table: str, column: str, values: list[Any], source: str
) -> None:
    schema = schema_of(table)["properties"][column]

    assert schema["enum"] == values
    assert schema["x-enum-source"] == source
    assert not is_valid(f"{table}.{column}", None)


def test_no_other_column_has_an_enumeration() -> None:
    listed = {(table, column) for table, column, *_ in [*ENUMERATIONS, *NOT_NULL_ENUMERATIONS]}

    found = {
        (path.stem, column)
        for path in TABLES.iterdir()
        for column, schema in schema_of(path.stem)["properties"].items()
        if "enum" in schema
    }

    assert found == listed


@pytest.mark.parametrize("table", ["event", "member", "one_yuan_shopping_group"])
def test_row_of_a_listed_table_needs_every_column_and_no_other(table: str) -> None:
    validator = Draft202012Validator(schema_of(table))
    whole = row(table)
    shorter = {column: value for column, value in whole.items() if column != "id"}

    required = [error.message for error in validator.iter_errors(shorter) if error.validator == "required"]
    unknown = [error.validator for error in validator.iter_errors(whole | {"new_column": 1})]

    assert required == ["'id' is a required property"]
    assert "additionalProperties" in unknown


def test_row_of_nulls_is_valid_where_only_the_id_is_not_null() -> None:
    documented = [
        path.stem for path in TABLES.iterdir() if schema_of(path.stem)["x-knowledge"] == "documented"
    ]

    refused = [
        table
        for table in documented
        if "id" in schema_of(table)["properties"]
        and not Draft202012Validator(schema_of(table)).is_valid(row(table))
    ]

    assert len(documented) == 31
    assert refused == []


def test_row_of_a_partly_known_table_may_have_and_lack_columns() -> None:
    validator = Draft202012Validator(schema_of("store"))

    assert validator.is_valid({"id": 1, "name": "虹口校区", "anything": "else"})
    assert not validator.is_valid({"id": 1, "organization_id": "虹口校区"})


def test_row_of_a_named_table_is_any_object_and_the_schema_says_so() -> None:
    schema = schema_of("mall_order")

    assert schema["properties"] == {}
    assert "各列未知" in schema["description"]
    assert Draft202012Validator(schema).is_valid({"anything": ["at", "all"]})
    assert not Draft202012Validator(schema).is_valid([])


@pytest.mark.parametrize("table", ["dab_tenant_role_map", "dab_privilege_role_map", "flyway_schema_history"])
def test_table_without_id_is_nullable_throughout(table: str) -> None:
    columns = schema_of(table)["properties"].values()

    assert all("null" in column["type"] for column in columns)


def test_each_column_tells_its_source_and_its_type() -> None:
    sources = {"documented": "doc", "ddl": "ddl", "partial": "set"}

    for path in TABLES.iterdir():
        schema = schema_of(path.stem)
        for column in schema["properties"].values():
            assert column["x-source"] == sources[schema["x-knowledge"]], path.stem
            assert column["x-column-type"], path.stem


def test_ddl_gives_defaults_and_what_an_update_sets() -> None:
    columns = schema_of("one_yuan_products")["properties"]

    assert columns["need_num"]["default"] == 1
    assert columns["end_time"]["default"] is None
    assert columns["mtime"]["x-default"] == columns["mtime"]["x-on-update"] == "current_timestamp()"
    assert "default" not in columns["product_id"]


def test_ddl_gives_the_character_set_of_texts() -> None:
    columns = schema_of("one_yuan_shopping_group")["properties"]

    assert columns["nick_name"]["x-charset"] == "utf8mb4"  # its own
    assert columns["avatar"]["x-charset"] == "utf8"  # the table's
    assert "x-charset" not in columns["status"]


@pytest.mark.parametrize(
    ("table", "title"),
    [
        ("event", "活动表"),
        ("group_buy_event_specification_conf", "拼课团 表"),
        ("notice", "notice"),
        ("event_checkin_qrcode", "event_checkin_qrcode"),
        ("one_yuan_products", "一元购物，商品库表"),
    ],
)
def test_title_is_the_documents_or_the_name(table: str, title: str) -> None:
    assert schema_of(table)["title"] == title
