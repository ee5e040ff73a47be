"""Conventions (rules C) for the calls of group-buys: envelope, transport errors, wire types and names."""

import pytest

from clients import AdminClient
from harness.cases import Area, Case, case, cases
from harness.checks import check_http
from harness.kinds.group_buy import GroupBuyWorkshop
from tests.activities import conventions, life

pytestmark = [pytest.mark.group_buy, pytest.mark.contract]

CONVENTIONS = Area("管理后台", "接口约定")


@case(
    "group-buy-envelope-success",
    "C-01",
    "新建拼课团的答复是 HTTP 200，code 为文字 0",
    area=CONVENTIONS,
    story="拼课团的信封",
)
def test_success_has_the_envelope(group_buys: GroupBuyWorkshop) -> None:
    conventions.success_has_the_envelope(group_buys)


@case(
    "group-buy-envelope-refusal",
    "C-03",
    "拼课团的拒绝是 HTTP 200，五位 code，data 为 null",
    area=CONVENTIONS,
    story="拼课团的信封",
)
def test_refusal_has_the_envelope(group_buys: GroupBuyWorkshop) -> None:
    conventions.refusal_has_the_envelope(group_buys)


@case(
    "group-buy-envelope-list",
    "C-02",
    "拼课团列表带 total、page、size 三个整数",
    area=CONVENTIONS,
    story="拼课团的信封",
)
def test_list_has_its_figures(group_buys: GroupBuyWorkshop) -> None:
    conventions.list_has_its_figures(group_buys)


@case(
    "group-buy-envelope-empty-list",
    "C-02",
    "没找到拼课团时 data 是空数组",
    area=CONVENTIONS,
    story="拼课团的信封",
)
def test_empty_list_is_an_array(group_buys: GroupBuyWorkshop) -> None:
    conventions.empty_list_is_an_array(group_buys)


@cases("group_buy_raw_body")
def test_raw_body(case: Case, group_buys: GroupBuyWorkshop) -> None:
    conventions.raw_body(case, group_buys)


@case(
    "group-buy-raw-body-not-utf-8",
    "C-04",
    "请求体不是 UTF-8，HTTP 400",
    area=CONVENTIONS,
    story="拼课团请求体",
)
def test_body_that_is_not_utf_8_is_400(group_buys: GroupBuyWorkshop) -> None:
    conventions.body_that_is_not_utf_8_is_400(group_buys)


@case("group-buy-body-one-mebibyte", "C-04", "请求体正好 1 MiB 可以", area=CONVENTIONS, story="拼课团请求体")
def test_body_of_one_mebibyte_is_taken(group_buys: GroupBuyWorkshop) -> None:
    conventions.body_of_one_mebibyte_is_taken(group_buys)


@case(
    "group-buy-body-over-one-mebibyte",
    "C-04",
    "请求体超过 1 MiB 一个字节，HTTP 413",
    area=CONVENTIONS,
    story="拼课团请求体",
)
def test_body_over_one_mebibyte_is_413(group_buys: GroupBuyWorkshop) -> None:
    conventions.body_over_one_mebibyte_is_413(group_buys)


@case("group-buy-method-wrong", "C-04", "不带 id 的删除，HTTP 405", area=CONVENTIONS, story="拼课团请求体")
def test_wrong_method_is_405(admin: AdminClient) -> None:
    answer = admin.transport.call("admin.group_buys.delete", "DELETE", "group_buy_event")

    check_http(answer, 405)


@case(
    "group-buy-form-for-json",
    "C-16",
    "新建拼课团用表单而不是 JSON，不被接受",
    area=CONVENTIONS,
    story="拼课团请求体",
)
def test_create_takes_no_form(group_buys: GroupBuyWorkshop) -> None:
    conventions.create_takes_no_form(group_buys)


@case(
    "group-buy-enable-as-json",
    "C-16",
    "enable 用 JSON 传不算数，拼课团不变",
    area=CONVENTIONS,
    story="拼课团请求体",
)
def test_enable_takes_no_json(group_buys: GroupBuyWorkshop) -> None:
    conventions.switch_takes_no_json(group_buys, "enable")


@case(
    "group-buy-ids-are-strings",
    "C-06",
    "拼课团的 id 是十进制文字，后建的更大",
    area=CONVENTIONS,
    story="拼课团的类型",
)
def test_ids_are_decimal_strings_in_time_order(group_buys: GroupBuyWorkshop) -> None:
    conventions.ids_are_decimal_strings_in_time_order(group_buys, "robotRules")


@case(
    "group-buy-times-are-milliseconds",
    "C-07",
    "拼课团的时间是整秒的毫秒整数",
    area=CONVENTIONS,
    story="拼课团的类型",
)
def test_times_are_whole_seconds_in_milliseconds(group_buys: GroupBuyWorkshop) -> None:
    made = group_buys.make()

    conventions.times_are_whole_seconds_in_milliseconds(made, "effectiveBeginTime", "effectiveEndTime")


@case(
    "group-buy-flags-are-booleans",
    "C-08",
    "拼课团的开关读回是布尔，价格读回是整数分",
    area=CONVENTIONS,
    story="拼课团的类型",
)
def test_flags_are_booleans_and_prices_integers(group_buys: GroupBuyWorkshop) -> None:
    made = group_buys.make({"groupBuyEventTeamRules.0.leaderPrice": 1})

    flags = [made["enable"], made["recommend"], made["repeatJoin"], made["studentCanJoin"]]
    prices = [made["price"], made["groupBuyEventTeamRules"][0]["leaderPrice"]]

    assert all(type(flag) is bool for flag in flags)
    assert all(type(price) is int for price in prices)


@case(
    "group-buy-names-are-camel-case",
    "C-09",
    "拼课团的字段名都是驼峰，titile 和 begintNumber 照旧拼错",
    area=CONVENTIONS,
    story="拼课团的类型",
)
def test_wire_names_are_camel_case(group_buys: GroupBuyWorkshop) -> None:
    conventions.names_are_camel_case(group_buys.make(), {"titile", "begintNumber", "descr"})


@case(
    "group-buy-text-nothing-lost",
    "C-03",
    "拼课团的中文、表情、换行、零宽字符原样往返",
    area=CONVENTIONS,
    story="拼课团的类型",
)
def test_text_goes_round_unharmed(group_buys: GroupBuyWorkshop) -> None:
    conventions.text_goes_round_unharmed(group_buys)


@case(
    "group-buy-refusal-changes-nothing",
    "C-03",
    "拼课团多处错误的修改被拒绝后，一处也没有保存",
    area=CONVENTIONS,
    story="拼课团的信封",
)
def test_refused_update_saves_nothing(group_buys: GroupBuyWorkshop) -> None:
    life.refused_update_saves_nothing(group_buys, {"price": "文字"})
