"""What a pulled order puts into a group: copied from the product, the member and the order itself."""

from typing import Any

import pytest

from harness.cases import Area, Case, case, cases
from harness.one_yuan import LEADER, OneYuanGroups

pytestmark = pytest.mark.one_yuan

PULL = Area("管理后台", "一元购订单拉取")
OF_ORDER = ("orderSn", "platformOrderId", "orderAmount", "userId")


@cases("one_yuan_pull_copied")
def test_copied_of_the_product(case: Case, one_yuan_groups: OneYuanGroups) -> None:
    groups = one_yuan_groups
    product = groups.products.make(case.given)
    wanted = groups.products.changed({**product}, case.expect["kept"])

    row: dict[str, Any] = {**groups.read(groups.open(product))}

    copied = ("needNum", "reappearance", "subsidyAmount")
    assert {name: row[name] for name in copied} == {name: wanted[name] for name in copied}
    assert (row["goodsName"], row["goodsThumbnailUrl"]) == (wanted["productName"], wanted["productImg"])
    assert (row["oneYuanProductsId"], row["goodsId"]) == (product["id"], product["productId"])


@case(
    "one-yuan-pull-copied-of-the-orders",
    "Y-12",
    "团带团长订单的编号、平台订单、金额，每个名额带其团员订单的",
    area=PULL,
    story="复制到团里的内容",
    severity="blocker",
)
def test_copied_of_the_orders(one_yuan_groups: OneYuanGroups) -> None:
    groups = one_yuan_groups
    group = groups.open(groups.products.make())
    joining = groups.order(group, "first", {"orderAmount": 980})
    groups.take_in(joining)

    row = groups.read(group)

    (seat,) = row["members"]
    assert picked(row) == picked(group.orders[LEADER])
    assert picked(seat) == picked(joining)
    assert seat["oneYuanShoppingGroupId"] == group.id
    assert [seat[name] for name in ("reappearance", "subsidyAmount")] == [
        row["reappearance"],
        row["subsidyAmount"],
    ]


@case(
    "one-yuan-pull-copied-of-the-members",
    "Y-12",
    "团带团长的昵称，每个名额带其团员的",
    area=PULL,
    story="复制到团里的内容",
    severity="critical",
)
def test_copied_of_the_members(one_yuan_groups: OneYuanGroups) -> None:
    groups = one_yuan_groups
    group = groups.open(groups.products.make())
    groups.join(group, "first")

    row = groups.read(group)

    names = [groups.people(who).calls.me().require_data()["nickName"] for who in (LEADER, "first")]
    assert [row["nickName"], row["members"][0]["nickName"]] == names


@case(
    "one-yuan-pull-copied-at-the-pull",
    "Y-12",
    "下单后、拉取前商品改了，按拉取时的商品复制",
    area=PULL,
    story="复制到团里的内容",
    severity="critical",
)
def test_copied_when_pulled(one_yuan_groups: OneYuanGroups) -> None:
    groups = one_yuan_groups
    product = groups.products.make()
    line = groups.to_open(product)
    groups.products.change(product, {"needNum": 3, "productName": "后来的名字"})

    (result,) = groups.take_in(line)

    row = groups.products.admin.one_yuan_groups.get(result["groupId"] or "").require_data()
    assert (row["needNum"], row["goodsName"]) == (3, "后来的名字")


@case(
    "one-yuan-pull-copied-for-good",
    "Y-05",
    "开团后商品的价格、名称、图片、人数都改了，团不变；后来的名额也按团的金额",
    area=PULL,
    story="复制到团里的内容",
    severity="blocker",
)
def test_a_product_s_change_touches_no_group(one_yuan_groups: OneYuanGroups) -> None:
    groups = one_yuan_groups
    group = groups.open(groups.products.make())
    before = groups.read(group)

    groups.happen(group, "product_changed")

    assert groups.read(group) == before
    groups.join(group, "first")
    (seat,) = groups.read(group)["members"]
    assert (seat["reappearance"], seat["subsidyAmount"]) == (before["reappearance"], before["subsidyAmount"])


@cases("one_yuan_pull_meanwhile")
def test_opens_whatever_became_of_the_product(case: Case, one_yuan_groups: OneYuanGroups) -> None:
    groups = one_yuan_groups
    product = groups.products.make()
    line = groups.to_open(product)
    groups.products.change(product, case.given)

    (result,) = groups.take_in(line)

    opened = groups.products.admin.one_yuan_groups.get(result["groupId"] or "").require_data()
    assert (opened["status"], opened["isEnough"], opened["oneYuanProductsId"]) == (0, 0, product["id"])


def picked(row: Any) -> dict[str, Any]:
    return {name: row[name] for name in OF_ORDER}
