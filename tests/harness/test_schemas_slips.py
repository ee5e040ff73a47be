"""Each slip of the documents is mended by an entry of corrections.yaml, and by nothing else."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest

from schemas.corrections import Corrections, MergedTable, read_corrections
from schemas.documents import read_documents
from schemas.generate import build_tables
from schemas.problems import SourceProblem
from schemas.row_schema import row_schema

if TYPE_CHECKING:
    from collections.abc import Sequence

    from schemas.columns import Table
    from schemas.documents import Document

SCHEMAS = Path(__file__).parents[2] / "schemas"


class Slip(NamedTuple):
    """Where the written schema shows a slip mended, and the entry that mends it: its kind, a text in it."""

    table: str
    path: str
    mended: Any
    kind: str
    entry: str
    without: Any


FAILING = [
    Slip("form", "title", "form", "not_tables", "支付状态说明", "'支付状态说明' begins with no table's name"),
    Slip(
        "form",
        "title",
        "form",
        "not_tables",
        "拼课团状态说明",
        "'拼课团状态说明' begins with no table's name",
    ),
    Slip("event_order", "title", "活动排名表", "stray_lines", "test_group_buy", "is no row of a table"),
    Slip(
        "wx_pay_config", "x-knowledge", "named", "stray_lines", "wx_pay_config", "'wx_pay_config' is no row"
    ),
    Slip(
        "event",
        "properties.banner.x-column-type",
        "varchar(200)",
        "repaired_rows",
        "table='event', cells=['banner'",
        "type '' is",
    ),
    Slip("goods", "properties.banner.description", "头图", "repaired_rows", "'goods'", "type '' is unknown"),
    Slip(
        "group_buy_event",
        "properties.banner.description",
        "头图",
        "repaired_rows",
        "'group_buy",
        "type '' is",
    ),
    Slip(
        "event",
        "properties.reservation_review_toggle.description",
        "预约审核开关",
        "repaired_rows",
        "review_toggle",
        "event.reservation: the type 'review_toggle' is unknown",
    ),
    Slip(
        "discount_coupon_send_rule",
        "title",
        "优惠券发送规则表",
        "renamed_tables",
        "",
        "the table 'discount_coupon_code' stands at",
    ),
    Slip("form_data", "title", "表单数据", "repeated_tables", "form_data", "the table 'form_data' stands at"),
    Slip(
        "resource_share_info",
        "x-knowledge",
        "named",
        "repeated_tables",
        "resource_share_info",
        "the table 'resource_share_info' stands at",
    ),
    Slip(
        "resource_static_tag_group_map",
        "x-knowledge",
        "named",
        "repeated_tables",
        "resource_static",
        "the table 'resource_static_tag_group_map' stands at",
    ),
    Slip(
        "event",
        "properties.name.maxLength",
        100,
        "merged_tables",
        "event",
        "the table 'event_order' stands at",
    ),
    Slip(
        "goods",
        "properties.organization_id.description",
        "归属组织",
        "repeated_columns",
        "goods",
        "the column 'goods.organization_id' stands at",
    ),
    Slip(
        "group_buy_event",
        "properties.guide_image.x-column-type",
        "varchar(255)",
        "retyped_columns",
        "guide_image",
        "the bigint 'group_buy_event.guide_image' is not named as an id",
    ),
    Slip(
        "dab_privilege_role_map",
        "properties.privilege_int.x-column-type",
        "bigint",
        "identifiers",
        "privilege_int",
        "the bigint 'dab_privilege_role_map.privilege_int' is not named as an id",
    ),
]
DIFFERENT = [
    Slip(
        "group_buy_event",
        "properties.event_category_second_id.x-column-type",
        "bigint",
        "retyped_columns",
        "second_id",
        "varchar",
    ),
    Slip(
        "group_buy_event",
        "properties.event_category_first_id.x-column-type",
        "bigint",
        "retyped_columns",
        "first_id",
        "int",
    ),
    Slip(
        "group_buy_event",
        "properties.event_category_second_id.description",
        "活动二级分类",
        "renoted_columns",
        "second_id",
        "名称",
    ),
    Slip(
        "group_buy_event",
        "properties.event_category_first_id.description",
        "活动一级分类",
        "renoted_columns",
        "first_id",
        "价格",
    ),
    Slip(
        "goods",
        "properties.type.description",
        None,
        "renoted_columns",
        "goods.type",
        "字段类型，文本：text、单选：radio、图片：image",
    ),
    Slip("family_members", "properties.sex.enum", [0, 1, None], "enumerations", "family_members.sex", None),
    Slip("feeder_school", "properties.status.maximum", 127, "numbers", "feeder_school.status", 1),
    Slip("store", "x-knowledge", "partial", "known_columns", "'store'", "named"),
]
KEPT = [
    ("dab_tenant_upmember_record", "to_pint", "int", "toPint"),
    ("dab_privilege_role_map", "privilege_int", "bigint", "privilegeInt"),
    ("discount_coupon_code", "dicount_coupon_name", "varchar", "dicountCouponName"),
    ("event_order", "event_tile", "varchar", "eventTile"),
    ("event_order", "pament_status", "varchar", "pamentStatus"),
    ("event_order", "charged_mount", "int", "chargedMount"),
    ("family_members", "brithday", "date", "brithday"),
    ("goods_code", "selled", "tinyint", "selled"),
    ("group_buy_event", "titile", "varchar", "titile"),
    ("group_buy_event_order", "pament_status", "varchar", "pamentStatus"),
    ("event_session", "member_id", "bigint", "memberId"),
    ("event_session", "place_type", "varchar", "placeType"),
    ("goods_order", "goods_ids", "varchar", "goodsIds"),
    ("goods_code", "goods_ids", "bigint", "goodsIds"),
    ("group_buy_event", "effective_hours", "int", "effectiveHours"),
]


@cache
def documents() -> Sequence[Document]:
    return read_documents(SCHEMAS)


def corrections_without(kind: str, text: str) -> Corrections:
    """The corrections, less the entries of a kind that have a text in them."""
    corrections = read_corrections(SCHEMAS)
    entries = getattr(corrections, kind)
    left = [entry for entry in entries if text not in repr(entry)]
    assert len(left) == len(entries) - 1
    setattr(corrections, kind, left)
    return corrections


def written(folder: str, table: str) -> dict[str, Any]:
    schema: dict[str, Any] = json.loads((SCHEMAS / folder / f"{table}.json").read_bytes())
    return schema


def at(schema: Any, path: str) -> Any:
    """The value at a dotted path, None where there is none."""
    for key in path.split("."):
        schema = schema.get(key, {})
    return None if schema == {} else schema


def row_of(tables: Sequence[Table], name: str) -> dict[str, Any]:
    return row_schema(next(table for table in tables if table.name == name))


@pytest.mark.parametrize(
    "slip", [*FAILING, *DIFFERENT], ids=lambda slip: f"{slip.kind}-{slip.table}-{slip.path}"
)
def test_slip_is_mended_in_the_written_schema(slip: Slip) -> None:
    schema = written("tables", slip.table)

    assert at(schema, slip.path) == slip.mended


@pytest.mark.parametrize("slip", FAILING, ids=lambda slip: f"{slip.kind}-{slip.table}-{slip.path}")
def test_slip_without_its_correction_is_an_error(slip: Slip) -> None:
    corrections = corrections_without(slip.kind, slip.entry)

    with pytest.raises(SourceProblem) as problem:
        build_tables(documents(), corrections)

    assert slip.without in str(problem.value)


@pytest.mark.parametrize("slip", DIFFERENT, ids=lambda slip: f"{slip.kind}-{slip.table}-{slip.path}")
def test_slip_without_its_correction_shows(slip: Slip) -> None:
    corrections = corrections_without(slip.kind, slip.entry)

    schema = row_of(build_tables(documents(), corrections), slip.table)

    assert at(schema, slip.path) == slip.without


def test_guide_image_of_event_is_mended_by_name() -> None:
    corrections = read_corrections(SCHEMAS)
    merged = corrections.merged_tables[0]
    corrections.merged_tables = [MergedTable(merged.place, merged.table, merged.title, merged.into)]

    with pytest.raises(SourceProblem) as problem:
        build_tables(documents(), corrections)

    assert "event.guide_image is varchar(255) here and bigint at" in str(problem.value)
    assert at(written("tables", "event"), "properties.guide_image.maxLength") == 255


@pytest.mark.parametrize(("table", "column", "column_type", "wire_name"), KEPT)
def test_odd_column_is_kept_as_written(table: str, column: str, column_type: str, wire_name: str) -> None:
    row, wire = written("tables", table), written("wire", table)

    assert at(row, f"properties.{column}.x-column-type") == column_type
    assert "null" in at(row, f"properties.{column}.type")
    assert at(wire, f"properties.{wire_name}.x-column") == column


def test_status_lists_and_headings_without_columns_are_no_tables() -> None:
    names = {path.stem for path in (SCHEMAS / "tables").iterdir()}

    assert not names & {"支付状态说明", "拼课团状态说明", "test_group_buy_event"}
    assert {"wx_pay_config", "member_resource_info", "event_checkin_qrcode"} <= names


def test_markdown_escapes_are_read() -> None:
    columns = written("tables", "member_child_info")["properties"]

    chain = columns["from_member_ids"]

    assert chain["description"] == r"推荐人链路 在前面添加 A->B,A->C,B,A"
    assert (chain["maxLength"], chain["x-column-type"]) == (1000, "varchar(1000)")


def test_event_keeps_its_title_and_its_notes() -> None:
    event = written("tables", "event")

    assert event["title"] == "活动表"
    assert at(event, "properties.deleted.description") == "删除标记"
    assert at(event, "properties.charged_amount.description") == "收费金额"
