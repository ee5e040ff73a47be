"""The list of group-buys: search, filters, paging, order, computed status."""

import pytest

from harness.cases import Area, Case, case, cases
from harness.clock import SandboxClock
from harness.kinds.group_buy import GroupBuyWorkshop
from tests.activities import lists

pytestmark = pytest.mark.group_buy

GROUP_BUY = Area("管理后台", "拼课团")


@cases("group_buy_search")
def test_search(case: Case, group_buys: GroupBuyWorkshop) -> None:
    lists.search(case, group_buys)


@cases("group_buy_filter")
def test_filter(case: Case, group_buys: GroupBuyWorkshop) -> None:
    lists.search_filter(case, group_buys)


@cases("group_buy_paging")
def test_paging(case: Case, group_buys: GroupBuyWorkshop) -> None:
    lists.paging(case, group_buys)


@case(
    "group-buy-pages-add-up",
    "C-05",
    "逐页翻完，每个拼课团恰好出现一次，次序与整列相同",
    story="拼课团列表",
    area=GROUP_BUY,
)
def test_pages_add_up_to_the_whole_list(group_buys: GroupBuyWorkshop) -> None:
    lists.pages_add_up_to_the_whole_list(group_buys)


@case("group-buy-list-whole-rows", "C-02", "列表的每一行就是详情", story="拼课团列表", area=GROUP_BUY)
def test_list_row_is_what_is_read(group_buys: GroupBuyWorkshop) -> None:
    lists.row_is_what_is_read(group_buys)


@cases("group_buy_status")
def test_status(case: Case, group_buys: GroupBuyWorkshop, movable_clock: SandboxClock) -> None:
    lists.status(case, group_buys, movable_clock)


@case(
    "group-buy-list-newest-first",
    "C-12",
    "先建的排在后建的后面",
    story="拼课团列表",
    severity="critical",
    area=GROUP_BUY,
)
def test_list_has_the_newest_first(group_buys: GroupBuyWorkshop, movable_clock: SandboxClock) -> None:
    lists.newest_comes_first(group_buys, movable_clock)


@case("group-buy-list-same-second", "C-12", "同一秒建的按 id 升序", story="拼课团列表", area=GROUP_BUY)
def test_list_of_one_second_goes_by_id(group_buys: GroupBuyWorkshop) -> None:
    lists.one_second_s_rows_go_by_id(group_buys)


@case(
    "group-buy-list-whole-order",
    "C-12",
    "整个列表依次按置顶、orderNo、新旧、id 排列",
    story="拼课团列表",
    area=GROUP_BUY,
)
def test_whole_list_is_in_order(group_buys: GroupBuyWorkshop) -> None:
    lists.whole_list_is_in_order(group_buys)


@case(
    "group-buy-recommend-first",
    "C-12",
    "置顶的拼课团排到最前，取消后回到原位",
    story="启用与置顶",
    severity="critical",
    area=GROUP_BUY,
)
def test_recommended_group_buy_comes_first(group_buys: GroupBuyWorkshop, movable_clock: SandboxClock) -> None:
    lists.recommended_comes_first(group_buys, movable_clock)
