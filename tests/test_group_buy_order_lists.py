"""Orders of group-buys in the console's list and the check-in desk's search, and the pages of every list."""

from collections.abc import Callable, Mapping
from typing import Any

import pytest

from clients import AdminClient, Answer
from harness.case_words import query
from harness.cases import Area, Case, case, cases
from harness.checks import check_outcome, check_page, check_refused, ids_of
from harness.kinds.group_buy_orders import RULE, GroupBuyBookings
from harness.people import People, Person
from harness.teams import Teams

pytestmark = pytest.mark.order

LISTS = Area("管理后台", "拼课团订单")


@cases("group_buy_order_search")
def test_search(case: Case, admin: AdminClient, teams: Teams, customer: Person) -> None:
    group_buy, leaders = teams.one_in_each_status(customer)
    own = leaders["SUCCESS"]
    if case.before is not None:
        teams.bookings.check_in(group_buy, own).require_ok()
    asked = query(case.query, teams.bookings.words)
    wanted = leaders[asked.pop("of", "SUCCESS")]
    if "by" in asked:
        asked["key_word"] = wanted[asked.pop("by")]
    if "part_of" in asked:
        asked["key_word"] = wanted[asked.pop("part_of")][:-1]
    call = admin.group_buy_orders.orders if case.call == "orders" else admin.group_buy_orders.search

    answer = call(group_buy["id"], **asked)

    found = ids_of(answer.require_data())
    assert (own["id"] in found, len(found)) == (case.expect["finds"], case.expect["rows"])
    assert answer.total == len(found)


@cases("group_buy_order_paging")
def test_paging(case: Case, admin: AdminClient, group_buy_bookings: GroupBuyBookings, people: People) -> None:
    bookings, person = group_buy_bookings, people("a")
    group_buy = bookings.activity({f"{RULE}.size": 1})
    for _ in range(3 if "rows" in case.expect else 0):
        bookings.book(group_buy, person)
    paging = query(case.query, bookings.words)
    calls: Mapping[str, Callable[[], Answer[Any]]] = {
        "teams": lambda: admin.group_buy_orders.teams(group_buy["id"], **paging),
        "orders": lambda: admin.group_buy_orders.orders(group_buy["id"], **paging),
        "search": lambda: admin.group_buy_orders.search(group_buy["id"], **paging),
        "mine": lambda: person.calls.group_buy_orders.list(**paging),
    }

    answer = calls[case.call or ""]()

    check_outcome(answer, case)
    if answer.ok:
        check_page(answer, case, 3)


@case(
    "group-buy-order-lists-without-id",
    "C-03",
    "团队、订单、核销搜索、参团数不传拼课团 id，以 40001 拒绝",
    area=LISTS,
    story="订单列表与核销搜索",
)
def test_lists_need_the_group_buy(admin: AdminClient) -> None:
    orders = admin.group_buy_orders

    for call in (orders.teams, orders.orders, orders.search, orders.numbers):
        check_refused(call(None), "40001", "groupBuyEventId")
