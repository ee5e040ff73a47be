"""The oracles: each sees what it should see, says so in Chinese, and passes otherwise."""

import json
import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest

from clients import Answer, Exchange, Refused
from harness.case_words import WordContext
from harness.cases import Case
from harness.checks import (
    check_http,
    check_kept,
    check_outcome,
    check_page,
    check_refused,
    check_same,
    ids_of,
)

WORDS = WordContext(now=1000, mark="q1", id_of=str, session=dict, serial="1")
EVENT: dict[str, Any] = {
    "id": "1",
    "name": "活动",
    "published": False,
    "chargedAmount": 1,
    "brief": None,
    "tags": ["一", "二"],
    "eventSessionList": [{"quota": 20, "stores": [{"id": "7", "open": True}]}],
}


def answer(code: str, *, message: str = "name: 必填", data: Any = None, status: int = 200) -> Answer[Any]:
    exchange = Exchange(
        call="admin.events.create",
        actor="admin",
        method="POST",
        url="http://platform.test/dab/event",
        request_headers={},
        request_body="",
        status=status,
        response_headers={},
        response_body=json.dumps({"code": code, "message": message, "data": data}),
        attempts=(),
    )
    return Answer(code=code, message=message, data=data, http_status=status, exchange=exchange)


def case(**expect: Any) -> Case:
    return Case("some-case", "用例", "E-01", "管理后台", "活动", "试写", "here", expect=expect)


def begins_chinese(message: str) -> bool:
    return re.match("[\u4e00-\u9fff]", message) is not None


def set_at(body: Any, path: str, value: Any) -> Any:
    """A deep copy with one value set; the value `...` takes the key out."""
    copy = json.loads(json.dumps(body))
    *parents, last = (int(part) if part.isdecimal() else part for part in path.split("."))
    place = copy
    for part in parents:
        place = place[part]
    if value is ...:
        del place[last]
    else:
        place[last] = value
    return copy


OK = answer("0", data="1")
REFUSED = answer("40001")
FORBIDDEN = answer("403", status=403)


@pytest.mark.parametrize(
    ("expect", "given"),
    [
        ({"ok": True}, OK),
        ({"finds": True}, OK),
        ({"code": "40001"}, REFUSED),
        ({"code": "40001", "names": "name"}, REFUSED),
        ({"http": 403}, FORBIDDEN),
    ],
)
def test_outcome_passes_what_the_case_expects(expect: dict[str, Any], given: Answer[Any]) -> None:
    check_outcome(given, case(**expect))


@pytest.mark.parametrize(
    ("expect", "given", "told"),
    [
        ({"ok": True}, REFUSED, "平台拒绝了应当成功的调用：admin.events.create"),
        ({"ok": True}, FORBIDDEN, "平台拒绝了应当成功的调用"),
        ({"code": "40001"}, OK, "应以 40001 拒绝，实为 HTTP 200, code 0"),
        ({"code": "40401"}, REFUSED, "应以 40401 拒绝，实为 HTTP 200, code 40001: name: 必填"),
        ({"code": "40001"}, answer("40001", status=400), "应以 40001 拒绝，实为 HTTP 400, code 40001"),
        ({"code": "40001"}, answer("40001", data={}), "被拒绝的答复不应带数据，实为 {}"),
        ({"code": "40001", "names": "brief"}, REFUSED, "拒绝信息应指出 brief，实为 'name: 必填'"),
        ({"http": 403}, OK, "应答 HTTP 403，实为 HTTP 200, code 0"),
        ({"http": 403}, answer("401", status=401), "应答 HTTP 403，实为 HTTP 401, code 401"),
        ({"http": 403}, answer("40301", status=403), "应答 HTTP 403，实为 HTTP 403, code 40301"),
        ({"http": 403}, answer("403", status=403, data=[1]), "HTTP 403 的答复不应带数据，实为 \\[1\\]"),
    ],
)
def test_outcome_sees_what_differs(expect: dict[str, Any], given: Answer[Any], told: str) -> None:
    with pytest.raises(AssertionError, match=f"^{told}") as failure:
        check_outcome(given, case(**expect))

    assert begins_chinese(str(failure.value)) or str(failure.value).startswith("HTTP")


def test_refused_without_a_name_takes_any_message() -> None:
    check_refused(answer("40901", message=""), "40901")


def test_http_takes_the_status_it_is_told() -> None:
    check_http(answer("413", status=413), 413)


def test_refusal_is_an_assertion_so_that_the_test_fails() -> None:
    assert issubclass(Refused, AssertionError)


@pytest.mark.parametrize("path", ["id", "published", "createdTime", "organizationId"])
def test_kept_lets_more_be_read_than_was_sent(path: str) -> None:
    check_kept({"name": "活动"}, {**EVENT, path: "anything"}, case(ok=True), WORDS)


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("name", "活动 "),
        ("name", None),
        ("name", ...),
        ("chargedAmount", True),
        ("chargedAmount", 1.0),
        ("chargedAmount", "1"),
        ("brief", ""),
        ("tags", ["二", "一"]),
        ("tags", ["一"]),
        ("tags", ["一", "二", "三"]),
        ("tags", None),
        ("tags.1", "贰"),
        ("eventSessionList", []),
        ("eventSessionList.0.quota", 21),
        ("eventSessionList.0.quota", ...),
        ("eventSessionList.0.stores.0.id", 7),
        ("eventSessionList.0.stores.0.open", 1),
        ("eventSessionList.0.stores.0.open", False),
    ],
)
def test_kept_sees_a_change_however_deep(path: str, value: Any) -> None:
    with pytest.raises(AssertionError, match=rf"^读回的内容与写入的不同：\n +{path}") as failure:
        check_kept(EVENT, set_at(EVENT, path, value), case(ok=True), WORDS)

    assert begins_chinese(str(failure.value))


def test_kept_tells_every_difference() -> None:
    read = set_at(set_at(EVENT, "name", "别的"), "eventSessionList.0.stores.0.id", "8")

    with pytest.raises(AssertionError) as failure:
        check_kept(EVENT, read, case(ok=True), WORDS)

    assert [line.strip() for line in str(failure.value).splitlines()[1:3]] == [
        "name: 写入 '活动'，读回 '别的'",
        "eventSessionList.0.stores.0.id: 写入 '7'，读回 '8'",
    ]


@pytest.mark.parametrize(
    ("kept", "read"),
    [
        ({"brief": None, "name": "切短"}, {"name": "切短"}),
        (
            {"eventSessionList.0.quota": 5},
            {"eventSessionList": [{**EVENT["eventSessionList"][0], "quota": 5}]},
        ),
        ({"extra": "$left_out"}, {}),
        ({"createdTime": {"$clock": "+1s"}}, {"createdTime": 2000}),
        ({"published": True}, {"published": True}),
    ],
)
def test_kept_takes_what_the_case_says_it_becomes(kept: dict[str, Any], read: Mapping[str, Any]) -> None:
    check_kept(EVENT, {**EVENT, **read}, case(ok=True, kept=kept), WORDS)


@pytest.mark.parametrize(
    ("kept", "read", "told"),
    [
        ({"name": "切短"}, {}, "name: 应为 '切短'，实为 '活动'"),
        ({"name": "$left_out"}, {}, "name: 应为 没有这个字段，实为 '活动'"),
        ({"extra": None}, {}, "extra: 应为 None，实为 没有这个字段"),
        ({"published": 0}, {}, "published: 应为 0，实为 False"),
        ({"chargedAmount": True}, {}, "chargedAmount: 应为 True，实为 1"),
        ({"tags.5": "一"}, {}, "tags.5: 应为 '一'，实为 没有这个字段"),
        ({"brief.title": "一"}, {}, "brief.title: 应为 '一'，实为 没有这个字段"),
        ({"name.title": "一"}, {}, "name.title: 应为 '一'，实为 没有这个字段"),
        ({"eventSessionList.0.stores": [{"id": "7", "open": 1}]}, {}, "eventSessionList.0.stores: 应为"),
    ],
)
def test_kept_sees_what_did_not_become_as_said(
    kept: dict[str, Any], read: Mapping[str, Any], told: str
) -> None:
    with pytest.raises(AssertionError, match=re.escape(told)):
        check_kept(EVENT, {**EVENT, **read}, case(ok=True, kept=kept), WORDS)


def test_same_passes_the_same() -> None:
    check_same(EVENT, json.loads(json.dumps(EVENT)))


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("name", "别的"),
        ("brief", ...),
        ("added", None),
        ("chargedAmount", True),
        ("published", 0),
        ("tags.0", "壹"),
        ("eventSessionList.0.stores.0.open", 1),
    ],
)
def test_same_sees_any_change(path: str, value: Any) -> None:
    with pytest.raises(AssertionError, match=rf"^被拒绝的调用改变了数据：\n +{path.partition('.')[0]}: "):
        check_same(EVENT, set_at(EVENT, path, value))


@pytest.mark.parametrize(("rows", "ids"), [(None, []), ([], []), ([{"id": "2"}, {"id": "1"}], ["2", "1"])])
def test_ids_come_in_the_list_s_order(rows: list[dict[str, str]] | None, ids: list[str]) -> None:
    assert ids_of(rows) == ids


def test_page_with_the_figures_of_its_case_passes() -> None:
    page = replace(answer("0", data=[{"id": "1"}]), total=3, page=2, size=2)

    check_page(page, case(page=2, size=2, rows=1), 3)


@pytest.mark.parametrize(
    "wrong", [{"total": 4}, {"total": None}, {"page": 1}, {"size": 3}, {"data": []}, {"data": None}]
)
def test_page_with_another_figure_is_told(wrong: dict[str, Any]) -> None:
    right: dict[str, Any] = {"data": [{"id": "1"}], "total": 3, "page": 2, "size": 2}

    with pytest.raises(AssertionError) as told:
        check_page(replace(answer("0"), **{**right, **wrong}), case(page=2, size=2, rows=1), 3)

    assert begins_chinese(str(told.value))
