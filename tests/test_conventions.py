"""Conventions that hold for every call: envelope, transport errors, wire types and names (rules C)."""

import pytest

from clients import AdminClient
from harness.cases import Area, Case, case, cases
from harness.checks import check_http
from harness.kinds.event import EventWorkshop
from harness.platform import Platform
from tests.activities import conventions, life

pytestmark = pytest.mark.contract

CONVENTIONS = Area("管理后台", "接口约定")
MEMBER_CONVENTIONS = Area("小程序", "接口约定")


@case(
    "envelope-success",
    "C-01",
    "成功的答复是 HTTP 200，code 为文字 0",
    area=CONVENTIONS,
    story="信封",
    smoke=True,
)
def test_success_has_the_envelope(events: EventWorkshop) -> None:
    conventions.success_has_the_envelope(events)


@case(
    "envelope-refusal",
    "C-03",
    "拒绝的答复是 HTTP 200，五位 code，data 为 null",
    area=CONVENTIONS,
    story="信封",
)
def test_refusal_has_the_envelope(events: EventWorkshop) -> None:
    conventions.refusal_has_the_envelope(events)


@case("envelope-list", "C-02", "列表在 data 旁带 total、page、size 三个整数", area=CONVENTIONS, story="信封")
def test_list_has_its_figures(events: EventWorkshop) -> None:
    conventions.list_has_its_figures(events)


@case(
    "envelope-empty-list", "C-02", "什么也没找到时 data 是空数组，total 为零", area=CONVENTIONS, story="信封"
)
def test_empty_list_is_an_array(events: EventWorkshop) -> None:
    conventions.empty_list_is_an_array(events)


@cases("raw_body")
def test_raw_body(case: Case, events: EventWorkshop) -> None:
    conventions.raw_body(case, events)


@case("raw-body-not-utf-8", "C-04", "请求体不是 UTF-8，HTTP 400", area=CONVENTIONS, story="传输层错误")
def test_body_that_is_not_utf_8_is_400(events: EventWorkshop) -> None:
    conventions.body_that_is_not_utf_8_is_400(events)


@case("body-one-mebibyte", "C-04", "请求体正好 1 MiB 可以", area=CONVENTIONS, story="传输层错误")
def test_body_of_one_mebibyte_is_taken(events: EventWorkshop) -> None:
    conventions.body_of_one_mebibyte_is_taken(events)


@case(
    "body-over-one-mebibyte",
    "C-04",
    "请求体超过 1 MiB 一个字节，HTTP 413",
    area=CONVENTIONS,
    story="传输层错误",
)
def test_body_over_one_mebibyte_is_413(events: EventWorkshop) -> None:
    conventions.body_over_one_mebibyte_is_413(events)


@case("route-unknown", "C-04", "没有的路径，HTTP 404", area=CONVENTIONS, story="传输层错误")
def test_unknown_route_is_404(admin: AdminClient) -> None:
    answer = admin.transport.call("admin.events.list", "GET", "event_no_such_route")

    check_http(answer, 404)


@case(
    "route-unknown-member", "C-04", "小程序没有的路径，HTTP 404", area=MEMBER_CONVENTIONS, story="传输层错误"
)
def test_unknown_route_of_the_mini_program_is_404(platform: Platform) -> None:
    answer = platform.member().transport.call("member.members.me", "GET", "no_such_route")

    check_http(answer, 404)


@case("method-wrong", "C-04", "方法不对，HTTP 405", area=CONVENTIONS, story="传输层错误")
def test_wrong_method_is_405(admin: AdminClient) -> None:
    answer = admin.transport.call("admin.events.list", "POST", "event/list", json={})

    check_http(answer, 405)


@case("form-for-json", "C-16", "新建用表单而不是 JSON，不被接受", area=CONVENTIONS, story="请求体")
def test_create_takes_no_form(events: EventWorkshop) -> None:
    conventions.create_takes_no_form(events)


@case("ids-are-strings", "C-06", "id 是超过 2^53 的十进制文字，后建的更大", area=CONVENTIONS, story="类型")
def test_ids_are_decimal_strings_in_time_order(events: EventWorkshop) -> None:
    conventions.ids_are_decimal_strings_in_time_order(events, "eventSessionList")


@case("times-are-milliseconds", "C-07", "时间是整秒的毫秒整数", area=CONVENTIONS, story="类型")
def test_times_are_whole_seconds_in_milliseconds(events: EventWorkshop) -> None:
    made = events.make()

    conventions.times_are_whole_seconds_in_milliseconds(made, "lastTime")
    assert made["eventSessionList"][0]["startTime"] % 1000 == 0


@case("flags-are-booleans", "C-08", "开关读回是布尔，金额读回是整数分", area=CONVENTIONS, story="类型")
def test_flags_are_booleans_and_amounts_integers(events: EventWorkshop) -> None:
    made = events.make({"chargeToggle": True, "chargedAmount": 1})

    flags = [made["chargeToggle"], made["published"], made["cancelReviewToggle"], made["recommend"]]

    assert all(type(flag) is bool for flag in flags)
    assert (type(made["chargedAmount"]), made["chargedAmount"]) == (int, 1)


@case("names-are-camel-case", "C-09", "答复的字段名都是驼峰，没有下划线", area=CONVENTIONS, story="名称")
def test_wire_names_are_camel_case(admin: AdminClient, events: EventWorkshop) -> None:
    category = admin.event_categories.list().require_data()[0]
    store = admin.stores.list(page=1, size=1).require_data()[0]

    conventions.names_are_camel_case(events.make(), {"checkinQrcodeToggle", "smsTemplateId"})
    conventions.names_are_camel_case(category, {"parentId"})
    conventions.names_are_camel_case(store, {"organizationId"})


@case(
    "text-nothing-lost",
    "C-03",
    "中文、表情、换行、零宽字符在各字段里原样往返",
    area=CONVENTIONS,
    story="类型",
)
def test_text_goes_round_unharmed(events: EventWorkshop) -> None:
    conventions.text_goes_round_unharmed(events)


@case(
    "refusal-changes-nothing",
    "C-03",
    "多处错误的修改被拒绝后，一处也没有保存",
    area=CONVENTIONS,
    story="信封",
)
def test_refused_update_saves_nothing(events: EventWorkshop) -> None:
    life.refused_update_saves_nothing(events, {"chargedAmount": "文字"})
