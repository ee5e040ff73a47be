"""Every row of a whole purchase is valid against the schema of its table (T-01), whoever wrote it."""

from collections.abc import Iterable

import pytest

from harness.bookings import PRICE
from harness.cases import Area, case
from harness.kinds.event_orders import EventBookings
from harness.kinds.group_buy_orders import GroupBuyBookings
from harness.one_yuan import OneYuanGroups
from harness.people import Cashier, People
from harness.rows.judging import schema_errors
from harness.rows.table_rows import TableRows
from tests.orders.referral import refer

pytestmark = pytest.mark.rows

VALID = Area("数据库", "数据行")
Place = tuple[str, str, str]
"""A table, a column of it, and the value by which its rows are found."""


def check_valid(rows: TableRows, places: Iterable[Place]) -> None:
    """There are such rows, and all of them are valid."""
    wrong, empty = [], []
    for table, column, value in places:
        found = rows.where(table, column, value)
        empty += [] if found else [table]
        wrong += [f"{table} {row['id']} {error}" for row in found for error in schema_errors(table, row)]
    assert empty == [], "这些表里没有行"
    assert wrong == [], "数据库行与 Schema 不符"


@case(
    "rows-valid-event",
    "T-01",
    "一次活动报名、支付、推荐的所有行符合各表",
    area=VALID,
    story="行的形状",
    severity="blocker",
)
def test_rows_of_an_event_s_purchase(
    event_bookings: EventBookings, people: People, cashier: Cashier, rows: TableRows
) -> None:
    event, referrer, buyer = event_bookings.activity(price=PRICE), people("referrer"), people("buyer")
    refer(event, [referrer, buyer])
    order_id = event_bookings.book(event, buyer)["orderId"]
    cashier.pay(buyer, order_id)

    check_valid(
        rows,
        [
            ("event", "id", event["id"]),
            ("event_session", "event_id", event["id"]),
            ("event_order", "id", order_id),
            ("payment_order", "order_id", order_id),
            ("pay_notify_log", "order_id", order_id),
            ("share_tracking", "resource_id", event["resourceId"]),
            ("member_child_info", "resource_id", event["resourceId"]),
            ("resource_use_info", "resource_id", event["resourceId"]),
            ("member", "id", buyer.id),
        ],
    )


@case(
    "rows-valid-group-buy",
    "T-01",
    "一次拼课团开团、支付的所有行符合各表",
    area=VALID,
    story="行的形状",
    severity="blocker",
)
def test_rows_of_a_group_buy_s_purchase(
    group_buy_bookings: GroupBuyBookings, people: People, cashier: Cashier, rows: TableRows
) -> None:
    group_buy, leader = group_buy_bookings.activity(price=PRICE), people("leader")
    booked = group_buy_bookings.book(group_buy, leader)
    cashier.pay(leader, booked["orderId"])

    check_valid(
        rows,
        [
            ("group_buy_event", "id", group_buy["id"]),
            ("group_buy_event_rule", "group_buy_event_id", group_buy["id"]),
            ("group_buy_event_team", "group_buy_event_id", group_buy["id"]),
            ("group_buy_event_order", "id", booked["orderId"]),
            ("payment_order", "order_id", booked["orderId"]),
            ("resource_use_info", "resource_id", group_buy["resourceId"]),
        ],
    )


@case(
    "rows-valid-one-yuan",
    "T-01",
    "一个满员的一元购团的所有行符合各表",
    area=VALID,
    story="行的形状",
    severity="blocker",
)
def test_rows_of_a_one_yuan_group(one_yuan_groups: OneYuanGroups, rows: TableRows) -> None:
    product = one_yuan_groups.products.make()
    group = one_yuan_groups.open(product)
    one_yuan_groups.happen(group, "first_joins", "second_joins")

    check_valid(
        rows,
        [
            ("one_yuan_products", "id", product["id"]),
            ("one_yuan_shopping_group", "id", group.id),
            ("one_yuan_shopping_group_details", "one_yuan_shopping_group_id", group.id),
        ],
    )
