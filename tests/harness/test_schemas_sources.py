"""A source or a correction that cannot be used gives one clear line, and nothing is written."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from schemas.generate import main

SCHEMAS = Path(__file__).parents[2] / "schemas"
TABLES = "sources/marketing-platform-tables.md"
DDL = "sources/one-yuan-purchase.md"
CORRECTIONS = "corrections.yaml"

BAD_SOURCES = [
    (
        TABLES,
        "title |varchar|",
        "title |varchr|",
        ":41: article.title: the type 'varchr' is unknown; use one of big",
    ),
    (TABLES, "title |varchar|", "title |varchar(0)|", ":41: article.title: the type 'varchar(0)' is unknown"),
    (TABLES, "title |varchar|", "title |varchar(x)|", ":41: article.title: the type 'varchar(x)' is unknown"),
    (TABLES, "title |varchar|", "title |int not null|", "the type 'int not null' is unknown"),
    (TABLES, "title |varchar|", "title |bigint unsigned|", "the type 'bigint unsigned' is unknown"),
    (TABLES, "title |varchar|", "title |decimal(4,5)|", "the type 'decimal(4,5)' is unknown"),
    (TABLES, "title |varchar|", "标题 |varchar|", ":41: article: '标题' is no name in snake_case"),
    (TABLES, "title |varchar|", "url |varchar|", ":47: the column 'article.url' stands at"),
    (TABLES, "title |varchar|", "count |bigint|", ":41: the bigint 'article.count' is not named as an id"),
    (TABLES, "### channel 渠道表", "### article 渠道表", ":62: the table 'article' stands at"),
    (TABLES, "### channel 渠道表", "### 渠道表", ":62: the heading '渠道表' begins with no table's name"),
    (TABLES, "### channel 渠道表", "###", ":62: the heading '' begins with no table's name"),
    (TABLES, "### channel 渠道表", "## channel 渠道表", ":64: columns under no table's name"),
    (
        TABLES,
        "### channel 渠道表",
        "### channel 渠道表\n\nsee below",
        ":64: channel 渠道表: the line 'see below'",
    ),
    (TABLES, "字段名 |类型 | 备注", "字段 |类型 | 备注", ":35: article: a table headed 字段 | 类型 | 备注"),
    (DDL, "`sort` int(3)", "`sort` json", ":59: one_yuan_products.sort: the type 'json' is unknown"),
    (DDL, "`sort` int(3)", "`sort`", ":59: one_yuan_products.sort: the type '' is unknown"),
    (DDL, "`sort` int(3)", "`sort` int(3", ":59: SQL: Expecting )"),
    (DDL, "CREATE TABLE `one_yuan_products` (", "DROP TABLE a; CREATE TABLE b (", "a statement that is drop"),
    (DDL, "`one_yuan_products` (", "`form` (", "the table 'form' stands at"),
    (DDL, "`sort` int(3)", "`Sort` int(3)", ":59: one_yuan_products: 'Sort' is no name in snake_case"),
]
BAD_CORRECTIONS = [
    ("not_tables:", "no_tables:", "('no_tables' was unexpected); corrections.schema.json says"),
    ("heading: 支付状态说明", "header: 支付状态说明", "not_tables: "),
    (
        "heading: 支付状态说明",
        "heading: 支付说明",
        "matches nothing: no heading '支付说明'; take the entry out, or fit",
    ),
    (
        "text: wx_pay_config",
        "text: wx_pay",
        "matches nothing: no line 'wx_pay' under 'event_order 活动订单表'",
    ),
    ("cells: [banner,", "cells: [baner,", "matches nothing: event has no row baner | | varchar"),
    ("type: varchar, note: 头图", "type: varchr, note: 头图", "event.banner: the type 'varchr' is unknown"),
    ("title: 优惠券发送规则表", "title: 规则表", "no table 'discount_coupon_code' with the title '规则表'"),
    ("becomes: discount_coupon_send_rule", "becomes: Rule", "'Rule' does not match"),
    ("- table: form_data", "- table: form", "matches nothing: the table 'form' does not stand twice"),
    (
        "- table: form_data",
        "- table: event_order",
        "'event_order' at sources/marketing-platform-tables.md:773 differs",
    ),
    ("into: event,", "into: evnt,", "matches nothing: no table 'evnt' to merge into"),
    ("into: event,", "into: form,", "have different columns: banner, begin_time"),
    ("mends: [guide_image]", "mends: [guide_image, name]", "the type of event.name is not another one there"),
    ("mends: [guide_image]", "mends: [guide_image, nam]", "the type of event.nam is not another one there"),
    (
        "column: goods.organization_id",
        "column: goods.name",
        "matches nothing: 'goods.name' does not stand twice",
    ),
    ("column: goods.organization_id", "column: goods.org", "matches nothing: no column 'goods.org'"),
    ("column: goods.organization_id", "column: organization_id", "'organization_id' does not match"),
    ("was: bigint,", "was: int,", "the type of 'group_buy_event.guide_image' is bigint, not int"),
    (
        "becomes: varchar(255)",
        "becomes: varchar(256",
        "group_buy_event.guide_image: the type 'varchar(256' is unkn",
    ),
    (
        "was: 名称",
        "was: 名字",
        "the note of 'group_buy_event.event_category_second_id' is '名称', not '名字'",
    ),
    (
        "to_pint, type: int",
        "to_pint, type: bigint",
        "the type of 'dab_tenant_upmember_record.to_pint' is int",
    ),
    (
        "- table: group_buy_event_rule",
        "- table: group_buy_rule",
        "no table 'group_buy_rule' that a document only",
    ),
    (
        "- table: group_buy_event_rule",
        "- table: event_order",
        "no table 'event_order' that a document only names",
    ),
    (
        "{size: int, leader",
        "{size: number, leader",
        "group_buy_event_rule.size: the type 'number' is unknown",
    ),
    (
        "source: set\n",
        "source: guess\n",
        "known_columns.source: 'guess' is not one of ['seen', 'set', 'learned']",
    ),
    (
        "column: goods_code.goods_ids\n",
        "column: goods_code.code\n",
        "'goods_code.code' is varchar and needs no dec",
    ),
    ("column: feeder_school.status", "column: feeder_school.third_id", "is bigint and needs no decision"),
    ("status_list: 支付状态说明", "status_list: 状态说明", "no status list '状态说明' under not_tables"),
    ("[SELF, THIRD]", "[SELF, OTHER]", "the value 'OTHER' is not in the note of 'member.source'"),
    ("[SELF, THIRD]", "[SELF, 1]", "member.source: the value 1 does not fit varchar(255); give strs"),
    ("[SELF, THIRD]", "[]", "enumerations.values: [] should be non-empty"),
    ("values: [SELF, THIRD]", "value: [SELF, THIRD]", "enumerations: "),
    (
        "columns: [member.source]",
        "columns: [article.url_type]",
        "'article.url_type' has an enumeration already",
    ),
    ("not_tables:", "numbers: []\nnot_tables:", "the key 'numbers' stands twice; join the two"),
    ("not_tables:", "not_tables: [", ": not YAML: "),
    ("not_tables:", "? [a]\n: b\nnot_tables:", ": not YAML: found unhashable key"),
]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A schemas folder with the sources, and one generated file each that must survive a failure."""
    shutil.copytree(SCHEMAS / "sources", tmp_path / "sources")
    shutil.copy(SCHEMAS / CORRECTIONS, tmp_path)
    for folder in ("tables", "wire"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "old.json").write_text("{}", encoding="utf-8")
    return tmp_path


def everything(root: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in root.rglob("*") if path.is_file()}


def replace_once(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def refusal(root: Path, capsys: pytest.CaptureFixture[str]) -> str:
    """The one line that the command says, having written nothing."""
    before = everything(root)
    code = main(["--root", str(root)])
    said = capsys.readouterr()
    assert (code, said.out, said.err.count("\n")) == (2, "", 1)
    assert everything(root) == before
    return said.err


@pytest.mark.parametrize(("file", "old", "new", "message"), BAD_SOURCES)
def test_bad_source_is_one_line_with_its_place(
    root: Path, capsys: pytest.CaptureFixture[str], file: str, old: str, new: str, message: str
) -> None:
    replace_once(root / file, old, new)

    line = refusal(root, capsys)

    assert line.startswith(f"{file}:")
    assert message in line


@pytest.mark.parametrize(("old", "new", "message"), BAD_CORRECTIONS)
def test_bad_correction_is_one_line_with_its_place(
    root: Path, capsys: pytest.CaptureFixture[str], old: str, new: str, message: str
) -> None:
    replace_once(root / CORRECTIONS, old, new)

    line = refusal(root, capsys)

    assert line.startswith(f"{CORRECTIONS}:")
    assert message in line


def test_correction_is_named_by_its_own_line(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    replace_once(root / CORRECTIONS, "column: feeder_school.status", "column: feeder_school.state")
    lines = (root / CORRECTIONS).read_text(encoding="utf-8").splitlines()

    line = refusal(root, capsys)

    number = lines.index("  - column: feeder_school.state") + 1
    assert line.startswith(f"{CORRECTIONS}:{number}: ")


def test_document_that_was_mended_makes_its_correction_an_error(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    replace_once(root / TABLES, "reservation|review_toggle|tinyint|", "reservation_review_toggle|tinyint|")

    line = refusal(root, capsys)

    assert "matches nothing: event has no row reservation | review_toggle | tinyint" in line


@pytest.mark.parametrize("file", [TABLES, CORRECTIONS])
def test_file_that_is_not_utf8_is_one_line(root: Path, capsys: pytest.CaptureFixture[str], file: str) -> None:
    (root / file).write_bytes("### 表".encode("gbk"))

    line = refusal(root, capsys)

    assert line.startswith(f"{file}:1: byte 4 is not UTF-8; ")


def test_corrections_that_are_missing_are_one_line(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (root / CORRECTIONS).unlink()

    line = refusal(root, capsys)

    assert CORRECTIONS in line


def test_sources_that_are_missing_are_one_line(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shutil.rmtree(root / "sources")

    line = refusal(root, capsys)

    assert line == "sources:1: there is no document *.md; copy the documents there\n"


def test_check_refuses_a_bad_source_too(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    replace_once(root / TABLES, "title |varchar|", "title |varchr|")

    code = main(["--check", "--root", str(root)])

    assert code == 2
    assert "the type 'varchr' is unknown" in capsys.readouterr().err
