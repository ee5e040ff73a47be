"""A one-yuan product's page on the mini-program, and what its button does (Y-11)."""

from collections.abc import Callable
from typing import Final

import pytest

from clients import MemberClient
from harness.cases import Area, Case, case, cases
from harness.checks import check_outcome, check_refused, check_same, same
from harness.clock import SECOND, SandboxClock
from harness.kinds.one_yuan import OneYuanWorkshop
from harness.one_yuan import Group, OneYuanGroups

pytestmark = pytest.mark.one_yuan

MINI_PROGRAM = Area("小程序", "一元购")
BUTTON: Final = {"action", "groupId"}
"""What a page tells beside the product."""


@cases("one_yuan_button")
def test_button(case: Case, one_yuan_groups: OneYuanGroups) -> None:
    group = one_yuan_groups.told(case)
    caller = one_yuan_groups.people(case.query["who"]).calls
    linked = group.id if case.query["from"] == "link" else None
    before = one_yuan_groups.read(group)

    page = caller.one_yuan_products.get(group.product["id"], group_id=linked).require_data()

    wanted = case.expect["button"]
    told = (page["action"], page["groupId"])
    assert told == (wanted, None if wanted == "OPEN" else group.id), f"按钮应为 {wanted}，实为 {told}"
    check_same(before, one_yuan_groups.read(group))


@case(
    "one-yuan-page-product",
    "Y-11",
    "商品页就是商品，另有按钮和团",
    story="商品页",
    severity="critical",
    area=MINI_PROGRAM,
)
def test_page_is_the_product(member: MemberClient, one_yuan_products: OneYuanWorkshop) -> None:
    made = one_yuan_products.make()

    page = member.one_yuan_products.get(made["id"]).require_data()

    assert same({key: value for key, value in page.items() if key not in BUTTON}, made)
    assert page.keys() >= BUTTON


@cases("one_yuan_button_page")
def test_page_without_a_link(
    case: Case,
    member: MemberClient,
    one_yuan_products: OneYuanWorkshop,
    clock_when_needed: Callable[[], SandboxClock],
) -> None:
    made = one_yuan_products.make(case.given)
    if case.clock is not None:
        clock_when_needed().go(case.clock, made)

    answer = member.one_yuan_products.get(made["id"])

    check_outcome(answer, case)
    if answer.data is not None:
        assert (answer.data["id"], answer.data["action"]) == (made["id"], case.expect["button"])


@case(
    "one-yuan-page-linked-product",
    "Y-11",
    "分享链接的商品页是改后的商品",
    story="商品页",
    area=MINI_PROGRAM,
)
def test_linked_page_is_the_product_as_it_is_now(one_yuan_groups: OneYuanGroups) -> None:
    group = one_yuan_groups.open(one_yuan_groups.products.make())
    one_yuan_groups.happen(group, "product_changed", "hidden")
    caller = one_yuan_groups.people("stranger").calls

    page = caller.one_yuan_products.get(group.product["id"], group_id=group.id).require_data()

    product = one_yuan_groups.products.read(group.product["id"])
    assert same({key: value for key, value in page.items() if key not in BUTTON}, product)


@case(
    "one-yuan-page-group-of-other-product",
    "Y-11",
    "链接里的团是别的商品的，以 40401 拒绝",
    story="商品页",
    severity="critical",
    area=MINI_PROGRAM,
)
def test_group_of_another_product_is_absent(member: MemberClient, one_yuan_groups: OneYuanGroups) -> None:
    group = one_yuan_groups.open(one_yuan_groups.products.make())
    other = one_yuan_groups.products.make()

    answer = member.one_yuan_products.get(other["id"], group_id=group.id)

    check_refused(answer, "40401")


@case(
    "one-yuan-page-newest-group",
    "Y-11",
    "列表进入，团长有几个开着的团：给最新的",
    story="商品页的按钮",
    severity="critical",
    area=MINI_PROGRAM,
)
def test_leader_meets_the_newest_open_group(
    one_yuan_groups: OneYuanGroups, movable_clock: SandboxClock
) -> None:
    product = one_yuan_groups.products.make()
    leader = one_yuan_groups.people("leader")
    lines = [one_yuan_groups.to_open(product, "leader") for _ in range(2)]
    one_yuan_groups.pull(lines[0])
    movable_clock.advance(SECOND)
    (newer,) = one_yuan_groups.pull(lines[1])

    page = leader.calls.one_yuan_products.get(product["id"]).require_data()

    assert (page["action"], page["groupId"]) == ("GROUP_DETAIL", newer["groupId"])


@case(
    "one-yuan-page-older-still-open",
    "Y-11",
    "列表进入，最新的团满了、旧的还开着：给旧的",
    story="商品页的按钮",
    area=MINI_PROGRAM,
)
def test_leader_meets_the_older_group_where_the_newer_is_full(
    one_yuan_groups: OneYuanGroups, movable_clock: SandboxClock
) -> None:
    groups, product = one_yuan_groups, one_yuan_groups.products.make({"needNum": 1})
    lines = [groups.to_open(product, "leader") for _ in range(2)]
    (older,) = groups.pull(lines[0])
    movable_clock.advance(SECOND)
    (newer,) = groups.pull(lines[1])
    groups.join(Group(product, newer["groupId"] or ""), "first")

    page = groups.people("leader").calls.one_yuan_products.get(product["id"]).require_data()

    assert (page["action"], page["groupId"]) == ("GROUP_DETAIL", older["groupId"])


@case(
    "one-yuan-page-group-of-other-product-leader",
    "Y-11",
    "团长在别的商品有团，本商品的按钮仍是开团",
    story="商品页的按钮",
    severity="critical",
    area=MINI_PROGRAM,
)
def test_group_of_another_product_opens_no_detail(one_yuan_groups: OneYuanGroups) -> None:
    one_yuan_groups.open(one_yuan_groups.products.make())
    other = one_yuan_groups.products.make()

    page = one_yuan_groups.people("leader").calls.one_yuan_products.get(other["id"]).require_data()

    assert (page["action"], page["groupId"]) == ("OPEN", None)
