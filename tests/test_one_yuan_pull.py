"""The order pull of the one-yuan purchase: lines, what they point to, and orders that come again."""

import pytest

from clients import AdminClient
from harness.cases import Area, Case, case, cases
from harness.checks import check_outcome, check_same
from harness.one_yuan import LEADER, Group, OneYuanGroups
from tests.one_yuan.groups import check_group
from tests.one_yuan.lines import bent, check_result

pytestmark = pytest.mark.one_yuan

PULL = Area("管理后台", "一元购订单拉取")


@cases("one_yuan_pull_line")
def test_line(case: Case, one_yuan_groups: OneYuanGroups) -> None:
    groups = one_yuan_groups
    right = groups.to_open(groups.products.make())
    line = groups.products.changed(right, case.change)
    order_sn = line.get("orderSn") if case.expect.get("names") != "orderSn" else None

    results = groups.pull(line, right)

    check_result(results[0], case, order_sn)
    assert (results[1]["code"], results[1]["orderSn"]) == ("0", right["orderSn"])
    opened = {result["groupId"] for result in results} - {None}
    one_each = 2 if "ok" in case.expect and "orderSn" in case.change else 1
    assert {row["id"] for row in groups.mini(LEADER).list().require_data()} == opened
    assert len(opened) == one_each, f"应开 {one_each} 个团，实为 {results}"


@cases("one_yuan_pull_shape")
def test_what_is_no_line(case: Case, one_yuan_groups: OneYuanGroups) -> None:
    groups, product = one_yuan_groups, one_yuan_groups.products.make()
    before, after = groups.to_open(product, "first"), groups.to_open(product, "second")

    results = groups.pull(before, case.query["line"], after)

    check_result(results[1], case, None)
    assert [result["code"] for result in results] == ["0", case.expect["code"], "0"]
    assert [result["groupId"] is None for result in results] == [False, True, False]


@cases("one_yuan_pull_body")
def test_body(case: Case, admin: AdminClient, one_yuan_groups: OneYuanGroups) -> None:
    body = one_yuan_groups.products.changed({"orders": []}, case.change)

    answer = admin.one_yuan_orders.pull(body)

    check_outcome(answer, case)
    assert answer.data == ([] if answer.ok else None)


@cases("one_yuan_pull_lookup")
def test_what_a_line_points_to(case: Case, one_yuan_groups: OneYuanGroups) -> None:
    groups = one_yuan_groups
    group = groups.open(groups.products.make())
    line, changed = bent(case, groups, group)
    before = groups.read(group)

    (result,) = groups.pull(changed)

    check_result(result, case, line["orderSn"])
    if "code" in case.expect:
        check_same(before, groups.read(group))
        assert groups.mini("first").list().require_data() == []
        groups.take_in(line)
    assert len(groups.mini("first").list().require_data()) == 1


@cases("one_yuan_pull_status")
def test_statuses_of_one_order(case: Case, one_yuan_groups: OneYuanGroups) -> None:
    groups, who, product = one_yuan_groups, case.query["who"], one_yuan_groups.products.make()
    group = groups.open(product) if who != LEADER else Group(product, "")
    line = groups.order(group, who) if who != LEADER else groups.to_open(product)
    lines = [{**line, "orderStatus": status} for status in case.query["statuses"]]

    batches = [lines] if case.query.get("batch") else [[one] for one in lines]
    results = [result for batch in batches for result in groups.take_in(*batch)]

    led = [row["id"] for row in groups.mini(LEADER).list().require_data()]
    told = led[0] if case.expect["finds"] and led else None
    assert [result["groupId"] for result in results] == [told] * len(lines)
    if "group" in case.expect:
        check_group(groups, Group(product, led[0], group.orders), case)
    else:
        assert led == [], "以退款先到的订单开了团"


@cases("one_yuan_pull_known")
def test_known_order(case: Case, one_yuan_groups: OneYuanGroups) -> None:
    groups = one_yuan_groups
    group = groups.open(groups.products.make())
    groups.join(group, "first")
    before = groups.read(group)

    (result,) = groups.pull(groups.products.changed(group.orders["first"], case.change))

    check_result(result, case, group.orders["first"]["orderSn"])
    assert result["groupId"] == (group.id if "ok" in case.expect else None)
    check_same(before, groups.read(group))


@case(
    "one-yuan-pull-known-refund-of-other-content",
    "Y-12",
    "已知的订单号以退款再来，其余内容都不对，照样退款",
    area=PULL,
    story="已知的订单号",
    severity="critical",
)
def test_a_known_order_is_refunded_whatever_else_it_says(one_yuan_groups: OneYuanGroups) -> None:
    groups = one_yuan_groups
    group = groups.open(groups.products.make())
    absent = groups.products.words.id_of("absent")
    line = {**group.orders[LEADER], "paramId": absent, "userId": absent, "goodsId": absent, "orderAmount": 1}

    (result,) = groups.take_in({**line, "groupId": absent, "orderStatus": "REFUNDED"})

    assert (result["groupId"], groups.state(group)) == (group.id, "invalid")


@case(
    "one-yuan-pull-known-other-leader",
    "Y-12",
    "另一会员的开团订单用了已知的订单号，不开团，答复原来的团",
    area=PULL,
    story="已知的订单号",
    severity="critical",
)
def test_a_known_order_number_of_another_member(one_yuan_groups: OneYuanGroups) -> None:
    groups, product = one_yuan_groups, one_yuan_groups.products.make()
    group = groups.open(product)
    known = {"orderSn": group.orders[LEADER]["orderSn"]}

    (result,) = groups.take_in(groups.to_open(product, "first", known))

    assert result["groupId"] == group.id
    assert groups.mini("first").list().require_data() == []


@case(
    "one-yuan-pull-known-had-a-seat",
    "Y-12",
    "名额已空出的订单再来，答复曾有名额的团；从未有名额的答复 null",
    area=PULL,
    story="已知的订单号",
    severity="critical",
)
def test_what_a_known_order_tells_of_its_group(one_yuan_groups: OneYuanGroups) -> None:
    groups = one_yuan_groups
    group = groups.open(groups.products.make())
    groups.happen(group, "late_orders", "late_becomes_old", "late_joins", "first_joins", "first_refunded")

    again = ["first_refunded", "first_pulled_again", "late_pulled_again", "late_refunded"]
    results = groups.happen(group, again)

    assert [result["groupId"] for result in results] == [group.id, group.id, None, None]


@case(
    "one-yuan-pull-refund-with-a-bad-amount",
    "Y-12",
    "退款行写坏了，以 40001 拒绝，团不变；改对后再来才退款",
    area=PULL,
    story="已知的订单号",
)
def test_a_bad_refund_is_none(one_yuan_groups: OneYuanGroups) -> None:
    groups = one_yuan_groups
    group = groups.open(groups.products.make())
    before, refund = groups.read(group), {**group.orders[LEADER], "orderStatus": "REFUNDED"}

    (refused,) = groups.pull({**refund, "payTime": None})

    assert refused["code"] == "40001"
    check_same(before, groups.read(group))
    groups.take_in(refund)
    assert groups.state(group) == "invalid"
