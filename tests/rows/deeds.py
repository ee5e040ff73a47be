"""What changes a row, and which one (T-03): a deed is prepared, time goes on, it is done."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from clients import AdminClient
from harness.kinds.event import EventWorkshop
from harness.kinds.group_buy import GroupBuyWorkshop
from harness.kinds.one_yuan import OneYuanWorkshop
from harness.material import Material
from harness.one_yuan import OneYuanGroups
from harness.order_states import OrderStates
from harness.teams import Teams
from harness.workshop import AnyWorkshop

Act = Callable[[], object]
FORM: Final = '[{"key": "所在学校", "type": "text", "options": [], "isRequire": false}]'
OTHER_FORM: Final = '[{"key": "年级", "type": "text", "options": [], "isRequire": false}]'


@dataclass(frozen=True)
class Deed:
    """`act` changes the row of `table` with this key."""

    table: str
    key: str
    act: Act


@dataclass(frozen=True)
class Desk:
    """Who makes and changes what."""

    admin: AdminClient
    material: Material
    events: EventWorkshop
    group_buys: GroupBuyWorkshop
    products: OneYuanWorkshop
    groups: OneYuanGroups
    event_orders: OrderStates
    group_buy_orders: OrderStates
    teams: Teams

    def worker(self) -> str:
        """The id of a new worker."""
        return self.admin.workers.create(self.worker_body("R")).require_data()

    def worker_body(self, number: str) -> dict[str, str]:
        randomness = self.material.randomness
        return {"name": f"员工{randomness.mark}", "workerNo": f"{number}{randomness.serial}"}


def _on_event(act: Callable[[EventWorkshop, Any], Any]) -> Callable[[Desk], Deed]:
    def prepared(desk: Desk) -> Deed:
        event = desk.events.make({"form": FORM})
        return Deed("event", event["id"], lambda: act(desk.events, event).require_ok())

    return prepared


def _on_group_buy(act: Callable[[GroupBuyWorkshop, Any], Any]) -> Callable[[Desk], Deed]:
    def prepared(desk: Desk) -> Deed:
        group_buy = desk.group_buys.make({"form": FORM})
        return Deed("group_buy_event", group_buy["id"], lambda: act(desk.group_buys, group_buy).require_ok())

    return prepared


def _edited(workshop: AnyWorkshop, row: Mapping[str, Any], changes: Mapping[str, Any]) -> Any:
    return workshop.calls().update(row["id"], {**workshop.writable(row), **changes})


def _on_worker(act: Callable[[Desk, str], Any]) -> Callable[[Desk], Deed]:
    def prepared(desk: Desk) -> Deed:
        key = desk.worker()
        return Deed("worker", key, lambda: act(desk, key).require_ok())

    return prepared


def _on_product(desk: Desk) -> Deed:
    product = desk.products.make()
    return Deed("one_yuan_products", product["id"], lambda: desk.products.change(product, {"sort": 7}))


def _on_order(table: str, status: str, payment: str, action: str) -> Callable[[Desk], Deed]:
    """An order of a table in a state, and what is done to it."""

    def prepared(desk: Desk) -> Deed:
        states = desk.event_orders if table == "event_order" else desk.group_buy_orders
        placed = states.bring(status, payment)
        return Deed(table, placed.order["id"], lambda: states.act(placed, action))

    return prepared


def _on_payment(table: str, column: str, status: str, payment: str, action: str) -> Callable[[Desk], Deed]:
    """The row that an event order in a state names, and what moves it on."""

    def prepared(desk: Desk) -> Deed:
        placed = desk.event_orders.bring(status, payment)
        return Deed(table, placed.order[column], lambda: desk.event_orders.act(placed, action))

    return prepared


def _on_team(desk: Desk) -> Deed:
    team = desk.teams.open(desk.teams.bookings.activity())
    return Deed("group_buy_event_team", team.id, lambda: desk.teams.join(team, "first"))


def _on_one_yuan_group(desk: Desk) -> Deed:
    group = desk.groups.open(desk.products.make())
    desk.groups.happen(group, "first_joins")
    return Deed("one_yuan_shopping_group", group.id, lambda: desk.groups.happen(group, "second_joins"))


_PAYING: Final = ("PAY_PROCESSING", "PAY_PROCESSING")
_FREE: Final = ("UNUSED", "NONE")
_REFUNDING: Final = ("CANCELED", "REFUNDING")
_EVENT_ORDER: Final = "event_order"
_GROUP_BUY_ORDER: Final = "group_buy_event_order"

DEEDS: Final[Mapping[str, Callable[[Desk], Deed]]] = {
    "event_updated": _on_event(
        lambda events, row: _edited(events, row, {"brief": "改过的简介", "form": OTHER_FORM})
    ),
    "event_published": _on_event(lambda events, row: events.turn(row["id"], on=True)),
    "event_recommended": _on_event(lambda events, row: events.calls().recommend(row["id"], recommend=True)),
    "event_deleted": _on_event(lambda events, row: events.calls().delete(row["id"])),
    "group_buy_updated": _on_group_buy(
        lambda buys, row: _edited(
            buys, row, {"descr": "改过的说明", "form": OTHER_FORM, "groupBuyEventTeamRules": _dearer(row)}
        )
    ),
    "group_buy_enabled": _on_group_buy(lambda buys, row: buys.turn(row["id"], on=True)),
    "group_buy_recommended": _on_group_buy(
        lambda buys, row: buys.calls().recommend(row["id"], recommend=True)
    ),
    "group_buy_deleted": _on_group_buy(lambda buys, row: buys.calls().delete(row["id"])),
    "worker_updated": _on_worker(lambda desk, key: desk.admin.workers.update(key, desk.worker_body("S"))),
    "worker_deleted": _on_worker(lambda desk, key: desk.admin.workers.delete(key)),
    "product_updated": _on_product,
    "event_order_paying": _on_order(_EVENT_ORDER, "UNPAID", "UNPAID", "start_paying"),
    "event_order_paid": _on_order(_EVENT_ORDER, *_PAYING, "notify_success"),
    "event_order_canceled": _on_order(_EVENT_ORDER, *_FREE, "cancel_by_console"),
    "event_order_canceled_by_member": _on_order(_EVENT_ORDER, "UNUSED", "PAY_SUCCESS", "cancel_by_member"),
    "event_order_approved": _on_order(_EVENT_ORDER, "RESERVATION_REVIEW_PENDING", "NONE", "approve"),
    "event_order_checked_in": _on_order(_EVENT_ORDER, *_FREE, "check_in"),
    "event_order_refunded": _on_order(_EVENT_ORDER, *_REFUNDING, "refund_success"),
    "group_buy_order_paid": _on_order(_GROUP_BUY_ORDER, *_PAYING, "notify_success"),
    "group_buy_order_canceled": _on_order(_GROUP_BUY_ORDER, *_FREE, "cancel_by_console"),
    "group_buy_order_checked_in": _on_order(_GROUP_BUY_ORDER, *_FREE, "check_in"),
    "payment_settled": _on_payment("payment_order", "paymentOrderId", *_PAYING, "notify_success"),
    "refund_settled": _on_payment("refund_order", "refundOrderId", *_REFUNDING, "refund_success"),
    "team_filled": _on_team,
    "one_yuan_group_filled": _on_one_yuan_group,
}


def _dearer(row: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The team rules of a group-buy, each member's price a yuan higher."""
    return [{**rule, "memberPrice": rule["memberPrice"] + 100} for rule in row["groupBuyEventTeamRules"]]
