"""Conventions that hold for every call: envelope, transport errors, wire types and names (rules C)."""

import json
import re
from typing import Any

import pytest

from clients import AdminClient
from harness.cases import Area, Case, case, cases
from harness.checks import check_http, check_outcome, check_refused, check_same, ids_of
from harness.platform import Platform
from harness.workshop import EventWorkshop

pytestmark = pytest.mark.contract

CONVENTIONS = Area("管理后台", "接口约定")
MEMBER_CONVENTIONS = Area("小程序", "接口约定")
ONE_MEBIBYTE = 1024 * 1024
LARGEST_EXACT_FLOAT = 2**53


@case(
    "envelope-success",
    "C-01",
    "成功的答复是 HTTP 200，code 为文字 0",
    area=CONVENTIONS,
    story="信封",
    smoke=True,
)
def test_success_has_the_envelope(admin: AdminClient, events: EventWorkshop) -> None:
    answer = admin.events.create(events.body())

    body = answer.exchange.json()
    assert (answer.http_status, body["code"]) == (200, "0")
    assert isinstance(body["message"], str)
    assert body.keys() == {"code", "message", "data"}


@case(
    "envelope-refusal",
    "C-03",
    "拒绝的答复是 HTTP 200，五位 code，data 为 null",
    area=CONVENTIONS,
    story="信封",
)
def test_refusal_has_the_envelope(admin: AdminClient, events: EventWorkshop) -> None:
    answer = admin.events.create(events.body({"name": None}))

    check_refused(answer, "40001", "name")
    assert answer.exchange.json().keys() == {"code", "message", "data"}


@case("envelope-list", "C-02", "列表在 data 旁带 total、page、size 三个整数", area=CONVENTIONS, story="信封")
def test_list_has_its_figures(admin: AdminClient, events: EventWorkshop, mark: str) -> None:
    made = [events.make()["id"] for _ in range(2)]

    answer = admin.events.list(search_word=mark, page=1, size=1)

    assert (answer.total, answer.page, answer.size) == (2, 1, 1)
    assert ids_of(answer.data)[0] in made


@case(
    "envelope-empty-list", "C-02", "什么也没找到时 data 是空数组，total 为零", area=CONVENTIONS, story="信封"
)
def test_empty_list_is_an_array(admin: AdminClient, mark: str) -> None:
    answer = admin.events.list(search_word=f"没有这样的活动{mark}")

    assert (answer.data, answer.total) == ([], 0)


@cases("raw_body")
def test_raw_body(case: Case, admin: AdminClient) -> None:
    answer = admin.events.create_raw(str(case.query["body"]).encode())

    check_outcome(answer, case)


@case("raw-body-not-utf-8", "C-04", "请求体不是 UTF-8，HTTP 400", area=CONVENTIONS, story="传输层错误")
def test_body_that_is_not_utf_8_is_400(admin: AdminClient) -> None:
    answer = admin.events.create_raw('{"name": "活动"}'.encode("gb18030"))

    check_http(answer, 400)


@case("body-one-mebibyte", "C-04", "请求体正好 1 MiB 可以", area=CONVENTIONS, story="传输层错误")
def test_body_of_one_mebibyte_is_taken(admin: AdminClient, events: EventWorkshop) -> None:
    body = _padded(events.body({"detail": ""}), ONE_MEBIBYTE)

    answer = admin.events.create_raw(body)

    assert admin.events.get(answer.require_data()).require_data()["detail"] == json.loads(body)["detail"]


@case(
    "body-over-one-mebibyte",
    "C-04",
    "请求体超过 1 MiB 一个字节，HTTP 413",
    area=CONVENTIONS,
    story="传输层错误",
)
def test_body_over_one_mebibyte_is_413(admin: AdminClient, events: EventWorkshop, mark: str) -> None:
    answer = admin.events.create_raw(_padded(events.body({"detail": ""}), ONE_MEBIBYTE + 1))

    check_http(answer, 413)
    assert admin.events.list(search_word=mark).require_ok().total == 0


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
def test_create_takes_no_form(admin: AdminClient, events: EventWorkshop, mark: str) -> None:
    body = {key: str(value) for key, value in events.body().items()}

    answer = admin.transport.call("admin.events.create", "POST", "event", form=body)

    assert not answer.ok
    assert admin.events.list(search_word=mark).require_ok().total == 0


@case("ids-are-strings", "C-06", "id 是超过 2^53 的十进制文字，后建的更大", area=CONVENTIONS, story="类型")
def test_ids_are_decimal_strings_in_time_order(events: EventWorkshop) -> None:
    first, second = events.make(), events.make()

    ids = [first["id"], first["eventSessionList"][0]["id"], second["id"]]

    assert all(type(one) is str and one.isdecimal() for one in ids)
    assert int(second["id"]) > int(first["id"]) > LARGEST_EXACT_FLOAT


@case("times-are-milliseconds", "C-07", "时间是整秒的毫秒整数", area=CONVENTIONS, story="类型")
def test_times_are_whole_seconds_in_milliseconds(events: EventWorkshop) -> None:
    made = events.make()

    times = [
        made["beginTime"],
        made["endTime"],
        made["createdTime"],
        made["eventSessionList"][0]["startTime"],
    ]

    assert all(type(time) is int and time % 1000 == 0 for time in times)


@case("flags-are-booleans", "C-08", "开关读回是布尔，金额读回是整数分", area=CONVENTIONS, story="类型")
def test_flags_are_booleans_and_amounts_integers(events: EventWorkshop) -> None:
    made = events.make({"chargeToggle": True, "chargedAmount": 1})

    flags = [made["chargeToggle"], made["published"], made["cancelReviewToggle"], made["recommend"]]

    assert all(type(flag) is bool for flag in flags)
    assert (type(made["chargedAmount"]), made["chargedAmount"]) == (int, 1)


@case("names-are-camel-case", "C-09", "答复的字段名都是驼峰，没有下划线", area=CONVENTIONS, story="名称")
def test_wire_names_are_camel_case(admin: AdminClient, events: EventWorkshop) -> None:
    made = events.make()
    category = admin.event_categories.list().require_data()[0]
    store = admin.stores.list(page=1, size=1).require_data()[0]

    names = _keys(made) | _keys(category) | _keys(store)

    assert {name for name in names if not re.fullmatch("[a-z]+[A-Za-z]*", name)} == set()
    assert {
        "eventCategoryFirstId",
        "checkinQrcodeToggle",
        "smsTemplateId",
        "parentId",
        "organizationId",
    } <= names


@case(
    "text-nothing-lost",
    "C-03",
    "中文、表情、换行、零宽字符在各字段里原样往返",
    area=CONVENTIONS,
    story="类型",
)
def test_text_goes_round_unharmed(events: EventWorkshop) -> None:
    text = "一\n二\t三 👩‍👩‍👧 𠮷 \u200b é ẞ"

    made = events.make(
        {"brief": text, "detail": text, "tags": [text], "customerServerShowVO": {"title": text}}
    )

    shown = made["customerServerShowVO"] or {}
    assert [made["brief"], made["detail"], made["tags"], shown["title"]] == [text, text, [text], text]


@case(
    "refusal-changes-nothing",
    "C-03",
    "多处错误的修改被拒绝后，一处也没有保存",
    area=CONVENTIONS,
    story="信封",
)
def test_refused_update_saves_nothing(admin: AdminClient, events: EventWorkshop) -> None:
    made = events.make()
    body = {**events.writable(made), "brief": "不应保存", "tags": ["不应保存"], "chargedAmount": "文字"}

    check_refused(admin.events.update(made["id"], body), "40001", "chargedAmount")

    check_same(made, admin.events.get(made["id"]).require_data())


def _padded(body: dict[str, Any], size: int) -> bytes:
    """The body as JSON of exactly so many bytes, its `detail` filled up."""
    bare = json.dumps(body, ensure_ascii=False).encode()
    return json.dumps({**body, "detail": "x" * (size - len(bare))}, ensure_ascii=False).encode()


def _keys(value: Any) -> set[str]:
    """All keys at every depth."""
    if isinstance(value, list):
        return {key for item in value for key in _keys(item)}
    if isinstance(value, dict):
        return set(value) | {key for item in value.values() for key in _keys(item)}
    return set()
