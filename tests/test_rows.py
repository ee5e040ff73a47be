"""What calls leave in the database where no answer shows it: marks of deletion, forms, copies, emoji."""

from typing import Final

import pytest

from clients import AdminClient
from harness.cases import Area, case
from harness.clock import SandboxClock
from harness.kinds.event import EventWorkshop
from harness.kinds.event_orders import EventBookings
from harness.kinds.group_buy import GroupBuyWorkshop
from harness.material import Material
from harness.people import People
from harness.rows.table_rows import TableRows

pytestmark = pytest.mark.rows

ROWS = Area("数据库", "数据行")
EMOJI: Final = "拼😀团👩‍👩‍👧𠮷"


@case(
    "rows-event-emoji",
    "T-02",
    "活动名里的表情与生僻字原样入库",
    area=ROWS,
    story="字符集",
    severity="critical",
)
def test_emoji_of_an_event_survives(events: EventWorkshop, rows: TableRows) -> None:
    event = events.make({"name": EMOJI})

    assert rows.one("event", "id", event["id"])["name"] == EMOJI


@case(
    "rows-group-buy-emoji",
    "T-02",
    "拼课团标题里的表情与生僻字原样入库",
    area=ROWS,
    story="字符集",
    severity="critical",
)
def test_emoji_of_a_group_buy_survives(group_buys: GroupBuyWorkshop, rows: TableRows) -> None:
    group_buy = group_buys.make({"titile": EMOJI})

    assert rows.one("group_buy_event", "id", group_buy["id"])["titile"] == EMOJI


@case(
    "rows-event-deleted",
    "C-10",
    "删除的活动仍在库里，只是标记为已删除",
    area=ROWS,
    story="软删除",
    severity="blocker",
)
def test_deleted_event_stays_as_a_row(events: EventWorkshop, rows: TableRows) -> None:
    event = events.make()

    events.calls().delete(event["id"]).require_ok()

    assert rows.one("event", "id", event["id"])["deleted"] == 1


@case(
    "rows-group-buy-deleted",
    "C-10",
    "删除的拼课团仍在库里，只是标记为已删除",
    area=ROWS,
    story="软删除",
    severity="blocker",
)
def test_deleted_group_buy_stays_as_a_row(group_buys: GroupBuyWorkshop, rows: TableRows) -> None:
    group_buy = group_buys.make()

    group_buys.calls().delete(group_buy["id"]).require_ok()

    assert rows.one("group_buy_event", "id", group_buy["id"])["deleted"] == 1


@case(
    "rows-worker-deleted",
    "C-10",
    "删除的员工仍在库里，只是标记为已删除",
    area=ROWS,
    story="软删除",
    severity="blocker",
)
def test_deleted_worker_stays_as_a_row(admin: AdminClient, material: Material, rows: TableRows) -> None:
    body = {"name": f"员工{material.randomness.mark}", "workerNo": f"R{material.randomness.serial}"}
    key = admin.workers.create(body).require_data()

    admin.workers.delete(key).require_ok()

    assert rows.one("worker", "id", key)["deleted"] == 1


@case("rows-event-live", "C-10", "没有删除的活动不带删除标记", area=ROWS, story="软删除")
def test_live_event_is_not_marked(events: EventWorkshop, rows: TableRows) -> None:
    event = events.make()

    assert rows.one("event", "id", event["id"])["deleted"] == 0


@case(
    "rows-event-copy",
    "E-05",
    "活动副本的行：资源 id、场次都是新的，组织不变",
    area=ROWS,
    story="复制",
    severity="critical",
)
def test_copy_of_an_event_is_made_of_new_rows(events: EventWorkshop, rows: TableRows) -> None:
    event = events.make()

    events.calls().copy(event["id"]).require_ok()

    original, copied = (rows.one("event", "id", one["id"]) for one in (event, events.copy_of(event)))
    sessions = [
        {row["id"] for row in rows.where("event_session", "event_id", one["id"])}
        for one in (original, copied)
    ]
    assert copied["resource_id"] != original["resource_id"]
    assert copied["organization_id"] == original["organization_id"]
    assert len(sessions[0]) == len(sessions[1])
    assert not sessions[0] & sessions[1]


@case(
    "rows-order-canceled",
    "C-10",
    "取消的订单仍是有效的行，不带删除标记",
    area=ROWS,
    story="软删除",
    severity="critical",
)
def test_canceled_order_is_not_deleted(
    event_bookings: EventBookings, people: People, rows: TableRows
) -> None:
    event = event_bookings.activity()
    order = event_bookings.booked(event, people("a"))

    event_bookings.desk().cancel(order["id"]).require_ok()

    assert rows.one("event_order", "id", order["id"])["deleted"] == 0


@case("rows-group-buy-status", "G-05", "拼课团的状态列与它的起止时间一致", area=ROWS, story="状态列")
def test_status_of_a_group_buy_is_kept_in_step(
    group_buys: GroupBuyWorkshop, rows: TableRows, movable_clock: SandboxClock
) -> None:
    group_buy = group_buys.make()
    seen = [rows.one("group_buy_event", "id", group_buy["id"])["status"]]

    for moment in (group_buy["beginTime"], group_buy["endTime"]):
        movable_clock.set(moment)
        group_buys.read(group_buy)
        seen.append(rows.one("group_buy_event", "id", group_buy["id"])["status"])

    assert seen == ["NOTOPEN", "OPEN", "CLOSED"]


@case(
    "rows-checkin-qrcodes-off",
    "C-10",
    "关掉核销二维码，已有的码只是标记为已删除",
    area=ROWS,
    story="软删除",
    severity="critical",
)
def test_checkin_qrcodes_that_are_off_stay_as_rows(
    event_bookings: EventBookings, events: EventWorkshop, rows: TableRows
) -> None:
    event = events.calls().get(event_bookings.activity({"checkinQrcodeToggle": True})["id"]).require_data()
    codes = [row["id"] for row in rows.where("event_checkin_qrcode", "event_id", event["id"])]

    off = {**events.writable(event), "checkinQrcodeToggle": False}
    events.calls().update(event["id"], off).require_ok()

    kept = rows.where("event_checkin_qrcode", "event_id", event["id"])
    assert codes
    assert [(row["id"], row["deleted"]) for row in kept] == [(code, 1) for code in codes]
