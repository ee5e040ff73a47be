"""Who brought whom and who shared what, as the database has it (F-01 to F-05)."""

from collections.abc import Mapping
from typing import Any

import pytest

from harness.cases import Area, case
from harness.clock import SECOND, SandboxClock
from harness.kinds.event_orders import EventBookings
from harness.people import Cashier, People, Person
from harness.rows.table_rows import TableRows
from tests.orders.referral import record, refer

pytestmark = pytest.mark.rows

REFERRAL = Area("数据库", "数据行")


def brought(rows: TableRows, activity: Mapping[str, Any], person: Person) -> dict[str, Any]:
    """The row of who brought this member to the activity."""
    found = rows.where("member_child_info", "child_member_id", person.id)
    (row,) = [row for row in found if row["resource_id"] == activity["resourceId"]]
    return row


@case(
    "rows-referral-chain",
    "F-05",
    "推荐链：推荐人、根推荐人、由近及远的链 A；B,A；C,B,A",
    area=REFERRAL,
    story="推荐关系表",
    severity="blocker",
)
def test_chain_of_referrers(event_bookings: EventBookings, people: People, rows: TableRows) -> None:
    event = event_bookings.activity()
    a, b, c, d = (people(name) for name in "abcd")

    refer(event, [a, b, c, d])

    kept = [brought(rows, event, person) for person in (b, c, d)]
    assert [str(row["member_id"]) for row in kept] == [a.id, b.id, c.id]
    assert [str(row["root_member_id"]) for row in kept] == [a.id] * 3
    assert [row["from_member_ids"] for row in kept] == [a.id, f"{b.id},{a.id}", f"{c.id},{b.id},{a.id}"]


@case(
    "rows-referral-once",
    "F-05",
    "再次触达不再添一行推荐关系",
    area=REFERRAL,
    story="推荐关系表",
    severity="critical",
)
def test_referral_is_one_row(event_bookings: EventBookings, people: People, rows: TableRows) -> None:
    event, a, b = event_bookings.activity(), people("a"), people("b")

    for _ in range(2):
        refer(event, [a, b])

    assert brought(rows, event, b)["child_member_open_count"] is not None


@case(
    "rows-referral-counts",
    "F-05",
    "推荐关系里的次数：分享、触达、带来的人数",
    area=REFERRAL,
    story="推荐关系表",
)
def test_counts_of_a_child(event_bookings: EventBookings, people: People, rows: TableRows) -> None:
    event, a, b, c = event_bookings.activity(), people("a"), people("b"), people("c")

    refer(event, [a, b, c])
    record(b, event, "SHARE")

    kept = brought(rows, event, b)
    counts = ("child_member_share_count", "child_member_open_count", "child_member_count")
    assert [kept[name] for name in counts] == [2, 1, 1]


@case(
    "rows-share-tree",
    "F-05",
    "分享树：父分享、深度、根分享，类型与渠道照传",
    area=REFERRAL,
    story="分享记录表",
    severity="blocker",
)
def test_tree_of_shares(event_bookings: EventBookings, people: People, rows: TableRows) -> None:
    event, a, b = event_bookings.activity(), people("a"), people("b")

    shared = record(a, event, "SHARE")
    reached = record(b, event, "REACH", shared)
    again = record(b, event, "SHARE", reached)

    kept = [rows.one("share_tracking", "id", one) for one in (shared, reached, again)]
    assert [row["from_id"] for row in kept] == [None, int(shared), int(reached)]
    assert [row["depth"] for row in kept] == [1, 2, 3]
    assert [str(row["root_id"]) for row in kept] == [shared] * 3
    assert [row["type"] for row in kept] == ["SHARE", "REACH", "SHARE"]
    assert {row["channel"] for row in kept} == {"线上-微信"}
    assert [str(row["member_id"]) for row in kept] == [a.id, b.id, b.id]


@case("rows-share-browsed", "C-07", "触达时间按东八区入库", area=REFERRAL, story="分享记录表")
def test_time_of_a_reach(event_bookings: EventBookings, people: People, rows: TableRows) -> None:
    event, a, b = event_bookings.activity(), people("a"), people("b")
    shared = record(a, event, "SHARE")

    reached = record(b, event, "REACH", shared)

    kept = [rows.one("share_tracking", "id", one) for one in (shared, reached)]
    at = kept[1]["created_time"]
    assert {row["browse_time"] for row in kept} <= {None, at}


@case(
    "rows-sign-up-counted",
    "F-01",
    "报名计数：本人与推荐人各一行，来自那个会员",
    area=REFERRAL,
    story="计数明细表",
    severity="critical",
)
def test_sign_up_is_counted_in_rows(event_bookings: EventBookings, people: People, rows: TableRows) -> None:
    event, referrer, buyer = event_bookings.activity(), people("referrer"), people("buyer")
    refer(event, [referrer, buyer])

    event_bookings.book(event, buyer)

    kept = rows.where("resource_use_info", "resource_id", event["resourceId"])
    assert {row["type"] for row in kept} == {"CREATE_ORDER"}
    assert sorted(str(row["member_id"]) for row in kept) == sorted([referrer.id, buyer.id])
    assert {str(row["from_id"]) for row in kept} == {buyer.id}


@case(
    "rows-payment-counted",
    "F-03",
    "支付计数：本人与推荐人各一行 PAID_ORDER",
    area=REFERRAL,
    story="计数明细表",
    severity="critical",
)
def test_payment_is_counted_in_rows(
    event_bookings: EventBookings, people: People, cashier: Cashier, rows: TableRows
) -> None:
    event, referrer, buyer = event_bookings.activity(price=9900), people("referrer"), people("buyer")
    refer(event, [referrer, buyer])

    cashier.pay(buyer, event_bookings.book(event, buyer)["orderId"])

    kept = rows.where("resource_use_info", "resource_id", event["resourceId"])
    paid = [str(row["member_id"]) for row in kept if row["type"] == "PAID_ORDER"]
    assert sorted(paid) == sorted([referrer.id, buyer.id])


@case("rows-reversal-time", "T-03", "红冲改动计数明细，修改时间是当时", area=REFERRAL, story="计数明细表")
def test_reversal_moves_the_rows(
    event_bookings: EventBookings, people: People, rows: TableRows, movable_clock: SandboxClock
) -> None:
    event, buyer = event_bookings.activity(), people("buyer")
    order = event_bookings.booked(event, buyer)
    before = rows.where("resource_use_info", "resource_id", event["resourceId"])
    movable_clock.advance(5 * SECOND)

    event_bookings.desk().cancel(order["id"]).require_ok()

    after = rows.where("resource_use_info", "resource_id", event["resourceId"])
    assert [row["created_time"] for row in after[: len(before)]] == [row["created_time"] for row in before]
    assert [row["updated_time"] for row in after] != [row["updated_time"] for row in before]
