"""Cashback of one-yuan groups: to whom it is due, and how much."""

import pytest

from harness.cases import Area, Case, case, cases
from harness.one_yuan import LEADER, NOTHING_DUE, OneYuanGroups
from tests.one_yuan.groups import check_group, check_open_view

pytestmark = pytest.mark.one_yuan

CASHBACK = Area("小程序", "一元购团")


@cases("one_yuan_cashback")
def test_cashback(case: Case, one_yuan_groups: OneYuanGroups) -> None:
    group = one_yuan_groups.told(case)

    check_group(one_yuan_groups, group, case)


@case(
    "one-yuan-cashback-old-leader-packet",
    "Y-10",
    "开团时已不是新人的团长，之后领了红包，满员仍返现",
    area=CASHBACK,
    story="一元购返现",
    severity="blocker",
)
def test_packet_of_an_old_leader(one_yuan_groups: OneYuanGroups) -> None:
    groups, product = one_yuan_groups, one_yuan_groups.products.make()
    groups.make_old(LEADER, groups.products.make())
    group = groups.open(product)

    groups.happen(group, "first_joins", "second_joins", "leader_takes_packet")

    assert groups.cashback(group) == dict.fromkeys((LEADER, "first", "second"), product["reappearance"])


@case(
    "one-yuan-cashback-old-leader-refunded",
    "Y-09",
    "老会员团长满员后退款，不返现",
    area=CASHBACK,
    story="一元购返现",
    severity="critical",
)
def test_refund_of_an_old_leader(one_yuan_groups: OneYuanGroups) -> None:
    groups = one_yuan_groups
    groups.make_old(LEADER, groups.products.make())
    group = groups.open(groups.products.make())

    groups.happen(group, "first_joins", "second_joins", "leader_refunded")

    assert groups.cashback(group)[LEADER] == NOTHING_DUE


@case(
    "one-yuan-cashback-groups-of-one-leader",
    "Y-09",
    "同一团长的两个团，一个退款，另一个照常返现",
    area=CASHBACK,
    story="一元购返现",
    severity="critical",
)
def test_refund_in_one_of_two_groups(one_yuan_groups: OneYuanGroups) -> None:
    groups, product = one_yuan_groups, one_yuan_groups.products.make({"needNum": 1})
    refunded, other = groups.open(product), groups.open(groups.products.make({"needNum": 1}))
    groups.join(refunded, "first")
    groups.join(other, "second")

    groups.refund(refunded, LEADER)

    assert [groups.cashback(group)[LEADER] for group in (refunded, other)] == [
        NOTHING_DUE,
        product["reappearance"],
    ]


@case(
    "one-yuan-cashback-mini-program",
    "Y-09",
    "返现在小程序的详情、列表与后台的详情里都一样",
    area=CASHBACK,
    story="一元购返现",
    severity="critical",
)
def test_cashback_on_both_fronts(one_yuan_groups: OneYuanGroups) -> None:
    groups = one_yuan_groups
    group = groups.open(groups.products.make({"needNum": 1}))
    groups.join(group, "first")

    detail, (row,) = (
        groups.mini(LEADER).get(group.id).require_data(),
        groups.mini("first").list().require_data(),
    )

    assert detail["cashbackDue"] == groups.read(group)["reappearance"]
    check_open_view(groups.read(group), detail)
    check_open_view(groups.read(group), row)


@case(
    "one-yuan-cashback-of-the-parameter",
    "Y-12",
    "入团参数的返现是团开团时的金额，开团参数的返现是商品此刻的金额",
    area=CASHBACK,
    story="一元购返现",
    severity="critical",
)
def test_cashback_of_the_parameters(one_yuan_groups: OneYuanGroups) -> None:
    groups = one_yuan_groups
    group = groups.open(groups.products.make())
    groups.happen(group, "product_changed")

    joining = groups.place(groups.people("first"), group.product, group.id).require_data()
    opening = groups.place(groups.people("second"), group.product).require_data()

    assert (joining["cashback"], opening["cashback"]) == ("6.80", "7.50")
