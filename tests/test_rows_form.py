"""The form of an activity and the answers to it, as rows (E-12)."""

import json
from collections.abc import Mapping
from typing import Any, Final

import pytest

from harness.cases import Area, case
from harness.checks import check_refused
from harness.clock import SECOND, SandboxClock
from harness.kinds.event import EventWorkshop
from harness.kinds.event_orders import EventBookings
from harness.kinds.group_buy_orders import GroupBuyBookings
from harness.people import People
from harness.rows.table_rows import TableRows
from tests.rows.deeds import FORM

pytestmark = pytest.mark.rows

FORMS = Area("数据库", "数据行")
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
    "rows-event-form-data",
    "E-12",
    "报名表单的答案逐条入库：题、类型、答案、所属订单",
    area=FORMS,
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
    area=FORMS,
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


@case("rows-form-data-of-others", "T-03", "新的报名不碰别人的表单答案", area=FORMS, story="报名表单")
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
    area=FORMS,
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


@case("rows-event-form", "E-12", "活动表单存成一行，改表单不改它的创建时间", area=FORMS, story="报名表单")
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
