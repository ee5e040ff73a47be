"""What calls leave in the database where no answer shows it: marks of deletion, forms, copies, emoji."""

import json
from collections.abc import Mapping
from typing import Any, Final

import pytest

from clients import AdminClient
from harness.cases import Area, case
from harness.checks import check_refused
from harness.clock import SECOND, SandboxClock
from harness.kinds.event import EventWorkshop
from harness.kinds.event_orders import EventBookings
from harness.kinds.group_buy import GroupBuyWorkshop
from harness.kinds.group_buy_orders import GroupBuyBookings
from harness.material import Material
from harness.people import People
from harness.rows.table_rows import TableRows
from tests.rows.deeds import FORM

pytestmark = pytest.mark.rows

ROWS = Area("数据库", "数据行")
EMOJI: Final = "拼😀团👩‍👩‍👧𠮷"
FIELDS: Final = (
    {"key": "所在学校", "type": "text", "options": [], "isRequire": True},
    {"key": "年级", "type": "radio", "options": ["一年级", "二年级"], "isRequire": False},
    {"key": "照片", "type": "image", "options": [], "isRequire": False},
)
ANSWERS: Final = {
    "所在学校": "虹口区第三中心小学东校区",
    "年级": "二年级",
    "照片": "https://cdn.example.test/photo.png",
}


def form_data() -> list[dict[str, Any]]:
    """An answer to each of the fields."""
    return [{**field, "value": ANSWERS[str(field["key"])]} for field in FIELDS]


def kept_answers(found: list[dict[str, Any]]) -> list[tuple[str, str, str]]:
    return sorted((str(row["key"]), str(row["type"]), str(row["value"])) for row in found)


def all_answers() -> list[tuple[str, str, str]]:
    return sorted((str(field["key"]), str(field["type"]), ANSWERS[str(field["key"])]) for field in FIELDS)


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
    "rows-event-form-data",
    "E-12",
    "报名表单的答案逐条入库：题、类型、答案、所属订单",
    area=ROWS,
    story="报名表单",
    severity="critical",
)
def test_form_of_an_event_order_is_kept(
    event_bookings: EventBookings, people: People, rows: TableRows
) -> None:
    event = event_bookings.activity({"form": json.dumps(FIELDS, ensure_ascii=False)})

    order = event_bookings.read(
        event, event_bookings.book(event, people("a"), {"formDataList": form_data()})["orderId"]
    )

    check_form(order, rows)


@case(
    "rows-group-buy-form-data",
    "E-12",
    "拼课团报名表单的答案逐条入库",
    area=ROWS,
    story="报名表单",
    severity="critical",
)
def test_form_of_a_group_buy_order_is_kept(
    group_buy_bookings: GroupBuyBookings, people: People, rows: TableRows
) -> None:
    bookings = group_buy_bookings
    group_buy = bookings.activity({"form": json.dumps(FIELDS, ensure_ascii=False)})

    order = bookings.read(
        group_buy, bookings.book(group_buy, people("a"), {"formDataList": form_data()})["orderId"]
    )

    check_form(order, rows)


def check_form(order: Mapping[str, Any], rows: TableRows) -> None:
    """The answers of an order: those that it names, and no other names it."""
    found = rows.where("form_data", "event_order_id", order["id"])
    assert {str(row["id"]) for row in found} == set(order["formDataIds"].split(","))
    assert kept_answers(found) == all_answers()


@case("rows-form-data-of-others", "T-03", "新的报名不碰别人的表单答案", area=ROWS, story="报名表单")
def test_answers_of_others_are_left_alone(
    event_bookings: EventBookings, people: People, rows: TableRows, movable_clock: SandboxClock
) -> None:
    event = event_bookings.activity({"form": json.dumps(FIELDS, ensure_ascii=False)})
    first = event_bookings.book(event, people("a"), {"formDataList": form_data()})["orderId"]
    before = rows.where("form_data", "event_order_id", first)
    movable_clock.advance(5 * SECOND)

    event_bookings.book(event, people("b"), {"formDataList": form_data()})

    assert rows.where("form_data", "event_order_id", first) == before


@case(
    "rows-refused-booking",
    "T-04",
    "名额已满而被拒绝的报名，不留订单也不留表单答案",
    area=ROWS,
    story="报名表单",
    severity="critical",
)
def test_refused_booking_leaves_no_answers(
    event_bookings: EventBookings, people: People, rows: TableRows
) -> None:
    event = event_bookings.activity(
        {"form": json.dumps(FIELDS, ensure_ascii=False), "eventSessionList.0.quota": 1}
    )
    event_bookings.book(event, people("a"), {"formDataList": form_data()})
    body = event_bookings.body(event, {"formDataList": form_data()})

    check_refused(event_bookings.send(people("b"), body), "40902")

    assert len(rows.where("event_order", "event_id", event["id"])) == 1


@case("rows-event-form", "E-12", "活动表单存成一行，改表单不改它的创建时间", area=ROWS, story="报名表单")
def test_form_of_an_event_is_one_row(
    events: EventWorkshop, rows: TableRows, movable_clock: SandboxClock
) -> None:
    event = events.make({"form": FORM})
    form_id = rows.one("event", "id", event["id"])["form_id"]
    before = rows.one("form", "id", form_id)
    movable_clock.advance(5 * SECOND)

    other = json.dumps(FIELDS, ensure_ascii=False)
    events.calls().update(event["id"], {**events.writable(event), "form": other}).require_ok()

    after = rows.one("form", "id", rows.one("event", "id", event["id"])["form_id"])
    assert json.loads(after["fields"]) == list(FIELDS)
    assert after["id"] != before["id"] or after["created_time"] == before["created_time"]


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
