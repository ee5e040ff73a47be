"""A one-yuan group as the wire has it: to operators whole, to members without anyone's order (A-04)."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from sqlalchemy import select

from sandbox.db import Transaction
from sandbox.models import MemberBenefits, OneYuanGroup, OneYuanGroupDetail, PlatformOrder
from sandbox.rules.one_yuan_states import NORMAL
from sandbox.rules.wire import wire, wire_decimal

ORDER_FIELDS: Final = ("platformOrderId", "orderSn", "orderAmount")
OWN_GROUP: Final = "oneYuanShoppingGroupId"


@dataclass(frozen=True)
class Parts:
    """What the views of some groups are made of."""

    seats: dict[int, list[OneYuanGroupDetail]]
    orders: dict[str, PlatformOrder]
    red_packets: frozenset[int | None]

    def cashback(self, row: OneYuanGroup | OneYuanGroupDetail) -> str | None:
        """Y-09: of an order that stands, to who does not have the red packet instead (Y-10)."""
        order = self.orders[row.order_sn]
        has_packet = order.was_new and row.user_id in self.red_packets
        due = order.order_status == NORMAL and not has_packet
        return wire_decimal(row.reappearance if due else Decimal(0))


def console_views(tx: Transaction, groups: Sequence[OneYuanGroup]) -> list[dict[str, Any]]:
    parts = _parts(tx, groups)
    return [_view(group, parts) for group in groups]


def member_views(tx: Transaction, groups: Sequence[OneYuanGroup]) -> list[dict[str, Any]]:
    views = console_views(tx, groups)
    for view in views:
        for part in (view, *view["members"]):
            for name in (*ORDER_FIELDS, OWN_GROUP):
                part.pop(name, None)
    return views


def _parts(tx: Transaction, groups: Sequence[OneYuanGroup]) -> Parts:
    order = PlatformOrder
    orders = tx.scalars(select(order).where(order.group_id.in_([group.id for group in groups]))).all()
    detail = OneYuanGroupDetail
    taken = select(detail).where(detail.id.in_([order.seat_id for order in orders if order.seat_id]))
    seats = defaultdict(list)
    for seat in tx.scalars(taken.order_by(detail.ctime, detail.id)):
        seats[seat.one_yuan_shopping_group_id].append(seat)
    packets = _red_packets(tx, [order.user_id for order in orders])
    return Parts(seats, {order.order_sn: order for order in orders}, packets)


def _red_packets(tx: Transaction, member_ids: Iterable[int | None]) -> frozenset[int | None]:
    benefits = MemberBenefits
    taken = select(benefits.member_id).where(benefits.member_id.in_(member_ids))
    return frozenset(tx.scalars(taken.where(benefits.red_packet_taken.is_(True))))


def _view(group: OneYuanGroup, parts: Parts) -> dict[str, Any]:
    seats = parts.seats.get(group.id, [])
    return {
        **wire(group),
        "seatsLeft": group.need_num - len(seats),
        "cashbackDue": parts.cashback(group) if group.is_enough else wire_decimal(Decimal(0)),
        "members": [{**wire(seat), "cashbackDue": parts.cashback(seat)} for seat in seats],
    }
