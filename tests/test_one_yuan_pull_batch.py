"""Batches of the order pull: lines of many groups, some of them bad, and very many at once."""

import json
from collections import Counter
from typing import Any

import pytest

from clients import AdminClient, Answer
from harness.cases import Area, case
from harness.checks import check_http
from harness.one_yuan import LEADER, NORMAL, REFUNDED, OneYuanGroups
from tests.one_yuan.groups import check_coherent, state_of

pytestmark = pytest.mark.one_yuan

PULL = Area("管理后台", "一元购订单拉取")
ONE_MEBIBYTE = 1024 * 1024


@case(
    "one-yuan-pull-batch-good-and-bad",
    "Y-12",
    "坏的行夹在好的行之间，好的照常，结果一行一条，次序不变",
    area=PULL,
    story="一批订单",
    severity="blocker",
    smoke=True,
)
def test_bad_lines_stop_no_other(one_yuan_groups: OneYuanGroups) -> None:
    groups, product = one_yuan_groups, one_yuan_groups.products.make()
    good = [groups.to_open(product, who) for who in ("first", "second", "third")]
    absent = {**groups.to_open(product, "fourth"), "paramId": groups.products.words.id_of("absent")}
    foreign = {**groups.to_open(product, "fifth"), "userId": groups.people("first").id}

    results = groups.pull(good[0], absent, good[1], {**foreign, "payTime": "x"}, foreign, good[2])

    assert [result["code"] for result in results] == ["0", "40401", "0", "40001", "40001", "0"]
    sent = [good[0], absent, good[1], foreign, foreign, good[2]]
    assert [result["orderSn"] for result in results] == [line["orderSn"] for line in sent]
    assert [result["groupId"] is not None for result in results] == [code["code"] == "0" for code in results]


@case(
    "one-yuan-pull-batch-interleaved",
    "Y-12",
    "几个团、几个商品、几种状态的行交错而来，各归各的团",
    area=PULL,
    story="一批订单",
    severity="blocker",
)
def test_lines_of_several_groups(one_yuan_groups: OneYuanGroups) -> None:
    groups = one_yuan_groups
    ones, twos = groups.products.make({"needNum": 1}), groups.products.make()
    filled, kept, failed = groups.open(ones), groups.open(twos, "second"), groups.open(twos, "third")
    joins = {group.id: groups.order(group, who) for group, who in ((filled, "a"), (kept, "b"), (failed, "c"))}
    opens = groups.to_open(ones, "fourth")
    refund = {**failed.orders[LEADER], "orderStatus": REFUNDED}
    lines = [joins[failed.id], opens, joins[filled.id], refund, opens, joins[kept.id], joins[filled.id]]

    results = groups.take_in(*lines, {**joins[kept.id], "orderStatus": REFUNDED})

    opened = results[1]["groupId"]
    told = [failed.id, opened, filled.id, failed.id, opened, kept.id, filled.id, kept.id]
    assert [result["groupId"] for result in results] == told
    assert [groups.state(group) for group in (filled, kept, failed)] == ["full", "open", "invalid"]
    assert [groups.members(group) for group in (filled, kept, failed)] == [["a"], [], ["c"]]


@case(
    "one-yuan-pull-batch-one-open-parameter",
    "Y-12",
    "同一开团参数由两笔订单带来，开两个团",
    area=PULL,
    story="一批订单",
    severity="critical",
)
def test_one_parameter_of_two_leader_s_orders(one_yuan_groups: OneYuanGroups) -> None:
    groups, product = one_yuan_groups, one_yuan_groups.products.make()
    parameter = groups.place(groups.people(LEADER), product).require_data()
    lines = [groups.line(groups.people(LEADER), product, parameter) for _ in range(2)]

    opened = [result["groupId"] for result in groups.take_in(*lines)]

    rows = groups.mini(LEADER).list().require_data()
    assert {row["id"] for row in rows} == {*opened}
    assert len({*opened}) == 2


@case(
    "one-yuan-pull-batch-one-join-parameter",
    "Y-12",
    "同一入团参数由两笔订单带来，只占一个名额；无名额的一笔退款，名额仍在",
    area=PULL,
    story="一批订单",
    severity="critical",
)
def test_one_parameter_of_two_member_s_orders(one_yuan_groups: OneYuanGroups) -> None:
    groups = one_yuan_groups
    group = groups.open(groups.products.make())
    first = groups.order(group, "first")
    again = {**first, "orderSn": f"SN{groups.products.number()}"}

    results = groups.take_in(first, again, {**again, "orderStatus": REFUNDED})

    assert [result["groupId"] for result in results] == [group.id, None, None]
    assert groups.members(group) == ["first"]
    assert groups.read(group)["members"][0]["orderSn"] == first["orderSn"]


@case(
    "one-yuan-pull-batch-refund-of-its-own",
    "Y-12",
    "团长第二个团退款，第一个团不变",
    area=PULL,
    story="一批订单",
    severity="critical",
)
def test_a_refund_is_of_its_own_group(one_yuan_groups: OneYuanGroups) -> None:
    groups, product = one_yuan_groups, one_yuan_groups.products.make()
    parameter = groups.place(groups.people(LEADER), product).require_data()
    kept, refunded = (groups.line(groups.people(LEADER), product, parameter) for _ in range(2))

    groups.take_in(kept, refunded, {**refunded, "orderStatus": REFUNDED})

    rows = {row["id"]: state_of(row) for row in groups.mini(LEADER).list().require_data()}
    assert sorted(rows.values()) == ["invalid", "open"]
    (told,) = groups.take_in(kept)
    assert rows[told["groupId"] or ""] == "open"


@case(
    "one-yuan-pull-batch-thousand",
    "Y-12",
    "一次拉取一千行：新的、重复的、退款的、先退款的、坏的，各得各的结果",
    area=PULL,
    story="一批订单",
    severity="critical",
)
def test_a_thousand_lines(one_yuan_groups: OneYuanGroups) -> None:
    groups, product = one_yuan_groups, one_yuan_groups.products.make()
    parameter = groups.place(groups.people(LEADER), product).require_data()
    orders = [groups.line(groups.people(LEADER), product, parameter) for _ in range(200)]
    refunded, unopened = orders[:50], [{**order, "orderSn": f"{order['orderSn']}R"} for order in orders[:100]]
    lines = [*orders, *orders, *({**order, "orderStatus": REFUNDED} for order in refunded)]
    lines += [{**order, "orderStatus": status} for status in (REFUNDED, NORMAL) for order in unopened]
    lines += [{**order, "orderSn": f"{order['orderSn']}B", "orderAmount": -1} for order in orders]
    lines += [{**order, "orderSn": None} for order in orders[:150]]

    results = groups.pull(*lines)

    assert len(results) == len(lines) == 1000
    assert [result["orderSn"] for result in results] == [line["orderSn"] for line in lines]
    assert [result["code"] for result in results] == ["0"] * 650 + ["40001"] * 350
    opened = [result["groupId"] for result in results]
    assert opened[200:450] == opened[:200] + opened[:50]
    assert opened[450:] == [None] * 550
    rows = groups.mini(LEADER).list(size=1000).require_data()
    assert {row["id"] for row in rows} == {*opened[:200]}
    assert Counter(map(state_of, rows)) == {"open": 150, "invalid": 50}


@case(
    "one-yuan-pull-batch-fills-many",
    "Y-12",
    "一批里许多团各来两名新人和一名多余的，每个团都恰好满员",
    area=PULL,
    story="一批订单",
    severity="critical",
)
def test_a_batch_fills_many_groups(one_yuan_groups: OneYuanGroups) -> None:
    groups, product = one_yuan_groups, one_yuan_groups.products.make({"needNum": 1})
    led = [groups.open(product, f"leader{number}") for number in range(5)]
    lines = [groups.order(group, f"{who}{number}") for number, group in enumerate(led) for who in "ab"]

    results = groups.take_in(*reversed(lines))

    seated, left = results[::2], results[1::2]
    assert [result["groupId"] for result in seated] == [group.id for group in reversed(led)]
    assert {result["groupId"] for result in left} == {None}
    for number, group in enumerate(led):
        row = groups.read(group)
        check_coherent(row)
        assert (state_of(row), groups.members(group)) == ("full", [f"b{number}"])


@case(
    "one-yuan-pull-body-one-mebibyte",
    "C-04",
    "拉取的请求体正好 1 MiB，可以",
    area=PULL,
    story="拉取的请求体",
)
def test_body_of_one_mebibyte_is_taken(admin: AdminClient, one_yuan_groups: OneYuanGroups) -> None:
    line = one_yuan_groups.to_open(one_yuan_groups.products.make())

    answer = pull_raw(admin, padded({"orders": [line]}, ONE_MEBIBYTE))

    (result,) = answer.require_data()
    assert result["code"] == "0"


@case(
    "one-yuan-pull-body-over-one-mebibyte",
    "C-04",
    "拉取的请求体超过 1 MiB 一个字节，HTTP 413，一行也不收",
    area=PULL,
    story="拉取的请求体",
    severity="critical",
)
def test_body_over_one_mebibyte_is_413(admin: AdminClient, one_yuan_groups: OneYuanGroups) -> None:
    line = one_yuan_groups.to_open(one_yuan_groups.products.make())

    answer = pull_raw(admin, padded({"orders": [line]}, ONE_MEBIBYTE + 1))

    check_http(answer, 413)
    assert one_yuan_groups.mini(LEADER).list().require_data() == []


def padded(body: dict[str, Any], size: int) -> bytes:
    """The body as JSON of exactly so many bytes, filled up by a field that nobody knows."""
    bare = json.dumps({**body, "note": ""}).encode()
    return json.dumps({**body, "note": "x" * (size - len(bare))}).encode()


def pull_raw(admin: AdminClient, body: bytes) -> Answer[Any]:
    return admin.transport.call("admin.one_yuan_orders.pull", "POST", "one_yuan_orders/pull", raw_body=body)
