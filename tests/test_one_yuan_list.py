"""Lists of one-yuan products: the console's, with its search, and what the mini-program shows (Y-04)."""

from collections.abc import Callable
from typing import Final

import pytest

from clients import AdminClient, MemberClient
from harness.case_words import query
from harness.cases import Area, Case, case, cases
from harness.checks import check_outcome, check_page, ids_of
from harness.clock import SECOND, SandboxClock
from harness.kinds.one_yuan import WHOLE_LIST, OneYuanWorkshop

pytestmark = pytest.mark.one_yuan

LIBRARY = Area("管理后台", "一元购商品库")
MINI_PROGRAM = Area("小程序", "一元购")
SORTS: Final = (20, None, 3, 0, 3, None)
"""Neither their order of making nor that of their texts is that of their numbers."""
BY_SORT: Final = [3, 4, 2, 0, 5, 1]
"""The places in `SORTS` as a list has them where each is made a second later: ties go by the newest."""


@cases("one_yuan_list_search")
def test_search(case: Case, one_yuan_products: OneYuanWorkshop) -> None:
    made = one_yuan_products.make(case.given)
    asked = query(case.query, one_yuan_products.words)

    answer = one_yuan_products.admin.one_yuan_products.list(**asked, page=1, size=WHOLE_LIST)

    found = made["id"] in ids_of(answer.require_data())
    wanted = "应" if case.expect["finds"] else "不应"
    assert found == case.expect["finds"], f"搜索到 {answer.total} 条，{wanted}含它"


@cases("one_yuan_list_shown")
def test_mini_program_shows(
    case: Case,
    member: MemberClient,
    one_yuan_products: OneYuanWorkshop,
    clock_when_needed: Callable[[], SandboxClock],
) -> None:
    made = one_yuan_products.make(case.given)
    if case.clock is not None:
        clock_when_needed().go(case.clock, made)

    shown = ids_of(one_yuan_products.on_offer(member))

    assert shown == ([made["id"]] if case.expect["finds"] else []), "小程序列表不符"


@case(
    "one-yuan-list-order",
    "Y-04",
    "后台列表按 sort 升序，没有的排最后，相同的先新后旧",
    story="商品列表",
    severity="critical",
    area=LIBRARY,
)
def test_console_list_goes_by_sort(one_yuan_products: OneYuanWorkshop, movable_clock: SandboxClock) -> None:
    made = _made_in_turn(one_yuan_products, movable_clock)

    listed = ids_of(one_yuan_products.within_mark())

    assert listed == [made[place] for place in BY_SORT]


@case(
    "one-yuan-list-order-mini-program",
    "Y-04",
    "小程序列表按 sort 升序，没有的排最后，相同的先新后旧",
    story="商品列表",
    severity="critical",
    area=MINI_PROGRAM,
)
def test_mini_program_s_list_goes_by_sort(
    member: MemberClient, one_yuan_products: OneYuanWorkshop, movable_clock: SandboxClock
) -> None:
    made = _made_in_turn(one_yuan_products, movable_clock)

    listed = ids_of(one_yuan_products.on_offer(member))

    assert listed == [made[place] for place in BY_SORT]


@case("one-yuan-list-same-second", "Y-04", "同一秒建的按 id 升序", story="商品列表", area=LIBRARY)
def test_one_second_s_products_go_by_id(member: MemberClient, one_yuan_products: OneYuanWorkshop) -> None:
    made = [one_yuan_products.make({"sort": 5}) for _ in range(3)]

    lists = [one_yuan_products.within_mark(), one_yuan_products.on_offer(member)]

    by_rule = ids_of(sorted(made, key=lambda row: (-row["ctime"], int(row["id"]))))
    assert [ids_of(listed) for listed in lists] == [by_rule, by_rule]


@case("one-yuan-list-follows-update", "Y-04", "改了 sort，列表里的位置跟着变", story="商品列表", area=LIBRARY)
def test_list_follows_the_sort(member: MemberClient, one_yuan_products: OneYuanWorkshop) -> None:
    first, second = (one_yuan_products.make({"sort": sort}) for sort in (1, 2))

    one_yuan_products.change(first, {"sort": 3})

    assert ids_of(one_yuan_products.within_mark()) == [second["id"], first["id"]]
    assert ids_of(one_yuan_products.on_offer(member)) == [second["id"], first["id"]]


@case(
    "one-yuan-list-hidden-and-back",
    "Y-04",
    "隐藏后小程序看不到，再显示又看得到",
    story="商品列表",
    severity="critical",
    area=MINI_PROGRAM,
)
def test_hidden_product_comes_back(member: MemberClient, one_yuan_products: OneYuanWorkshop) -> None:
    made = one_yuan_products.make()
    seen = []
    for shown in (0, 1):
        one_yuan_products.change(made, {"isShow": shown})
        seen.append(ids_of(one_yuan_products.on_offer(member)))

    assert seen == [[], [made["id"]]]


@case("one-yuan-list-whole-rows", "C-02", "两边列表的每一行就是商品详情", story="商品列表", area=LIBRARY)
def test_row_is_what_is_read(member: MemberClient, one_yuan_products: OneYuanWorkshop) -> None:
    made = one_yuan_products.make()

    lists = [one_yuan_products.within_mark(), one_yuan_products.on_offer(member)]

    assert lists == [[made], [made]]


@case(
    "one-yuan-list-envelope",
    "C-02",
    "什么也没找到时 data 是空数组，total 为零",
    story="商品列表",
    severity="minor",
    area=LIBRARY,
)
def test_nothing_found_is_an_empty_list(admin: AdminClient, mark: str) -> None:
    answer = admin.one_yuan_products.list(search_word=f"没有这样的{mark}")

    assert (answer.require_ok().data, answer.total) == ([], 0)


@cases("one_yuan_paging")
def test_paging(case: Case, one_yuan_products: OneYuanWorkshop) -> None:
    for _ in range(3):
        one_yuan_products.make()
    asked = query(case.query, one_yuan_products.words)

    answer = one_yuan_products.admin.one_yuan_products.list(search_word=one_yuan_products.mark, **asked)

    check_outcome(answer, case)
    if answer.ok:
        check_page(answer, case, 3)


@case("one-yuan-paging-adds-up", "C-05", "逐页翻完，每个商品恰好出现一次", story="分页", area=LIBRARY)
def test_pages_add_up(one_yuan_products: OneYuanWorkshop) -> None:
    for sort in (1, None, 1, 2, None):
        one_yuan_products.make({"sort": sort})
    whole, calls = ids_of(one_yuan_products.within_mark()), one_yuan_products.admin.one_yuan_products

    pages = [calls.list(search_word=one_yuan_products.mark, page=page, size=2) for page in (1, 2, 3)]

    assert [row_id for page in pages for row_id in ids_of(page.require_data())] == whole
    assert len(set(whole)) == 5


@case(
    "one-yuan-paging-adds-up-mini-program",
    "C-05",
    "小程序商品列表逐页翻完，每个商品恰好出现一次",
    story="分页",
    area=MINI_PROGRAM,
)
def test_pages_of_the_mini_program_add_up(member: MemberClient, one_yuan_products: OneYuanWorkshop) -> None:
    for sort in (1, None, 2):
        one_yuan_products.make({"sort": sort})
    whole = member.one_yuan_products.list(page=1, size=WHOLE_LIST)
    last = ((whole.total or 0) + 1) // 2

    pages = [member.one_yuan_products.list(page=page, size=2) for page in range(1, last + 1)]

    assert [row_id for page in pages for row_id in ids_of(page.require_data())] == ids_of(whole.data)
    assert {page.total for page in pages} == {whole.total}


def _made_in_turn(products: OneYuanWorkshop, clock: SandboxClock) -> list[str]:
    """The ids of a product for each of `SORTS`, a second apart."""
    made = []
    for sort in SORTS:
        made.append(products.make({"sort": sort})["id"])
        clock.advance(SECOND)
    return made
