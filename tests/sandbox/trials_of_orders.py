"""Trials of the defects in what is stored of orders, payments and referrals."""

import json
from collections.abc import Callable
from typing import Any, Final

from tests.sandbox.actors import Actor
from tests.sandbox.bodies import read_event, session_body
from tests.sandbox.orders import PRICE, book, booking, my_order, notify, open_event, order_in, refund_notify
from tests.sandbox.spoiled import Scene, Trial

FORM: Final = json.dumps([{"key": "班级", "type": "text"}], ensure_ascii=False)
ANSWER: Final = "三年级二班王小明同学"
OF_THE_FIELD: Final = "FROM form_data WHERE `key` = '班级' ORDER BY id"
OF_THE_EVENT: Final = (
    "FROM event_order o JOIN event e ON e.id = o.event_id AND e.resource_id = 'hd_1001' "
    "LEFT JOIN payment_order p ON p.id = o.payment_order_id "
    "LEFT JOIN refund_order r ON r.id = o.refund_order_id "
    "LEFT JOIN pay_notify_log n ON n.order_id = o.id"
)
OF_THE_RESOURCE: Final = "WHERE resource_id = 'hd_1001'"
REFERRALS: Final = f"FROM member_child_info {OF_THE_RESOURCE}"
SHARES: Final = f"FROM share_tracking {OF_THE_RESOURCE}"
COUNTS: Final = f"FROM resource_use_info {OF_THE_RESOURCE}"


def answering(value: str = ANSWER) -> dict[str, Any]:
    return {"formDataList": [{"key": "班级", "value": value}]}


def book_with_an_answer(scene: Scene) -> None:
    admin = scene.admin
    book(admin, scene.plain, open_event(admin, form=FORM), **answering())


def book_one_after_another(scene: Scene) -> None:
    admin = scene.admin
    event_id = open_event(admin, form=FORM)
    book(admin, scene.plain, event_id, **answering())
    scene.later()
    book(admin, scene.member("second"), event_id, **answering())


def book_what_is_sold_out(scene: Scene) -> None:
    admin = scene.admin
    event_id = open_event(admin, form=FORM, eventSessionList=[session_body(quota=0)])
    answer = scene.plain.post("/event_orders", booking(admin, event_id, **answering()))
    assert answer.code == "40902"


def reach(state: str, *, priced: bool = False) -> Callable[[Scene], None]:
    return lambda scene: void(order_in(state, scene.admin, scene.plain, priced=priced))


def void(_made: object) -> None: ...


def refund(scene: Scene) -> None:
    plain = scene.plain
    _, order_id = order_in("CANCELED", scene.admin, plain, priced=True)
    assert refund_notify(plain, my_order(plain, order_id)["refundOrderId"]).code == "0"


def notify_of(code: str, **changes: Any) -> Callable[[Scene], None]:
    def calls(scene: Scene) -> None:
        _, order_id = order_in("PAY_PROCESSING", scene.admin, scene.plain)
        assert notify(scene.plain, order_id, **changes).code == code

    return calls


def share_down_a_chain(scene: Scene) -> tuple[str, Actor]:
    """plain shares to first, first to second, second to leader: the event, and the last one."""
    event_id = open_event(scene.admin)
    resource_id = read_event(scene.admin, event_id)["resourceId"]
    came_by = None
    who = scene.plain
    for code in ("plain", "first", "second", "leader"):
        who = scene.member(code)
        for type_ in ("REACH", "SHARE") if came_by else ("SHARE",):
            body = {"resourceId": resource_id, "type": type_, "fromId": came_by, "channel": "线下"}
            answer = who.post("/shares", body)
            assert answer.code == "0"
        came_by = answer.data
    return event_id, who


def share(scene: Scene) -> None:
    share_down_a_chain(scene)


def book_and_cancel_as_brought(scene: Scene) -> None:
    event_id, last = share_down_a_chain(scene)
    order_id = book(scene.admin, last, event_id)
    scene.later()
    assert last.put(f"/event_orders/{order_id}").code == "0"


TRIALS: Final = {
    "form-answer-type-undocumented": Trial(
        book_with_an_answer, f"SELECT type {OF_THE_FIELD}", [("text",)], [("TEXT",)]
    ),
    "form-answer-cut-short": Trial(
        book_with_an_answer, f"SELECT value {OF_THE_FIELD}", [(ANSWER,)], [(ANSWER[:8],)]
    ),
    "form-answer-without-its-order": Trial(
        book_with_an_answer, f"SELECT event_order_id IS NULL {OF_THE_FIELD}", [(0,)], [(1,)]
    ),
    "form-answer-stamps-others": Trial(
        book_one_after_another,
        f"SELECT created_time < updated_time {OF_THE_FIELD}",
        [(0,), (0,)],
        [(1,), (0,)],
    ),
    "refused-booking-leaves-answers": Trial(
        book_what_is_sold_out, f"SELECT value {OF_THE_FIELD}", [], [(ANSWER,)]
    ),
    "cancelled-booking-marked-deleted": Trial(
        reach("CANCELED"), f"SELECT o.deleted {OF_THE_EVENT}", [(0,)], [(1,)]
    ),
    "payment-row-stays-in-processing": Trial(
        reach("UNUSED", priced=True),
        f"SELECT p.status {OF_THE_EVENT}",
        [("PAY_SUCCESS",)],
        [("PAY_PROCESSING",)],
    ),
    "refund-of-nothing": Trial(
        reach("CANCELED", priced=True), f"SELECT r.amount {OF_THE_EVENT}", [(PRICE,)], [(0,)]
    ),
    "refund-row-stays-in-refunding": Trial(
        refund, f"SELECT DISTINCT r.status {OF_THE_EVENT}", [("REFUNDED",)], [("REFUNDING",)]
    ),
    "only-taken-notifies-kept": Trial(
        notify_of("40906", amount=1), f"SELECT n.amount {OF_THE_EVENT}", [(1,)], [(None,)]
    ),
    "failed-notify-kept-as-success": Trial(
        notify_of("0", result="FAILED"), f"SELECT n.result {OF_THE_EVENT}", [("FAILED",)], [("SUCCESS",)]
    ),
    "refused-notify-changes-payment": Trial(
        notify_of("40906", amount=1, transactionId="t-1"),
        f"SELECT p.transaction_id {OF_THE_EVENT}",
        [(None,)],
        [("t-1",)],
    ),
    "referrer-chain-furthest-first": Trial(
        share,
        f"SELECT instr(from_member_ids, member_id) = 1 {REFERRALS} ORDER BY id",
        [(1,), (1,), (1,)],
        [(1,), (0,), (0,)],
    ),
    "referral-kept-twice": Trial(share, f"SELECT count(*) {REFERRALS}", [(3,)], [(6,)]),
    "referral-root-is-its-referrer": Trial(
        share, f"SELECT count(DISTINCT root_member_id) {REFERRALS}", [(1,)], [(3,)]
    ),
    "share-type-undocumented": Trial(
        share,
        f"SELECT DISTINCT type {SHARES} ORDER BY type",
        [("REACH",), ("SHARE",)],
        [("reach",), ("share",)],
    ),
    "share-root-is-its-parent": Trial(share, f"SELECT count(DISTINCT root_id) {SHARES}", [(1,)], [(3,)]),
    "share-depth-never-counted": Trial(
        share,
        f"SELECT DISTINCT depth {SHARES} ORDER BY depth",
        [(1,), (2,), (3,), (4,)],
        [(1,)],
    ),
    "share-channel-lost": Trial(share, f"SELECT DISTINCT channel {SHARES}", [("线下",)], [(None,)]),
    "reach-time-in-utc": Trial(
        share,
        f"SELECT DISTINCT browse_time = created_time {SHARES} AND type = 'REACH'",
        [(1,)],
        [(0,)],
    ),
    "count-comes-from-whom-it-counts-for": Trial(
        book_and_cancel_as_brought,
        f"SELECT count(DISTINCT from_id) {COUNTS}",
        [(1,)],
        [(2,)],
    ),
    "reversal-not-stamped": Trial(
        book_and_cancel_as_brought,
        f"SELECT DISTINCT created_time < updated_time {COUNTS}",
        [(1,)],
        [(0,)],
    ),
}
