"""What can happen to a one-yuan group in a case: `first_joins`, `stranger_reads`, `time_ends`.

A happening is somebody's deed, `WHO_DEED` with a name of `PEOPLE`, or nobody's, one of `EVENTS`.
"""

from collections.abc import Callable, Mapping
from typing import Any, Final

from clients import PlatformFailure
from clients.bodies import PulledOrder
from harness.clock import DAY, MINUTE, SECOND
from harness.one_yuan_pulls import LEADER, REFUNDED, Group, OneYuanPulls

PEOPLE: Final = (LEADER, "first", "second", "third", "fourth", "fifth", "late", "stranger")
"""Who may stand in a case: the leader, members by their turn, one who comes late, one who never ordered."""

Line = Callable[[OneYuanPulls, Group, str], PulledOrder]
Deed = Callable[[OneYuanPulls, Group, str], object]
Event = Callable[[OneYuanPulls, Group], object]


def _other(groups: OneYuanPulls, group: Group, who: str, group_id: str | None) -> None:
    parameter = groups.place(groups.people(who), group.product, group_id).require_data()
    group.others[who] = groups.line(groups.people(who), group.product, parameter)


def _cannot_order(groups: OneYuanPulls, group: Group, who: str) -> None:
    if groups.place(groups.people(who), group.product, group.id).ok:
        raise PlatformFailure(f"{who} 不应能下单")


def _joins(groups: OneYuanPulls, group: Group, who: str) -> PulledOrder:
    return group.orders[who] if who in group.orders else groups.order(group, who)


LINES: Final[Mapping[str, Line]] = {
    "joins": _joins,
    "pulled_again": lambda groups, group, who: group.orders[who],
    "refunded": lambda groups, group, who: {**group.orders[who], "orderStatus": REFUNDED},
    "other_pulled": lambda groups, group, who: group.others[who],
    "other_refunded": lambda groups, group, who: {**group.others[who], "orderStatus": REFUNDED},
}
"""Deeds that are a pulled line, so that several may come in one batch; `joins` orders first, if need be."""

DEEDS: Final[Mapping[str, Deed]] = {
    "orders": lambda groups, group, who: groups.order(group, who),
    "orders_twice": lambda groups, group, who: _other(groups, group, who, group.id),
    "opens_other": lambda groups, group, who: _other(groups, group, who, None),
    "cannot_order": _cannot_order,
    "becomes_old": lambda groups, group, who: groups.make_old(who, group.product),
    "is_new_again": lambda groups, group, who: groups.people.change(who, isNew=True),
    "takes_packet": lambda groups, group, who: groups.take_packet(who),
    "reads": lambda groups, group, who: groups.mini(who).get(group.id).require_data(),
    "lists": lambda groups, group, who: groups.mini(who).list().require_data(),
    "draws_poster": lambda groups, group, who: groups.mini(who).poster(group.id).require_data(),
    "sees_page": lambda groups, group, who: (
        groups.people(who).calls.one_yuan_products.get(group.product["id"], group_id=group.id).require_data()
    ),
    "sees_products": lambda groups, group, who: (
        groups.people(who).calls.one_yuan_products.list().require_data()
    ),
}


def _time(plus: int) -> Event:
    return lambda groups, group: groups.clock().set(groups.read(group)["expireTime"] + plus)


def _product(changes: Mapping[str, Any]) -> Event:
    return lambda groups, group: groups.products.change(group.product, changes)


OTHER_PRICES: Final = {
    "needNum": 1,
    "disPrice": "13.50",
    "reappearance": "7.50",
    "subsidyAmount": "5.00",
    "productName": "换了名字的商品",
    "productImg": "https://img.example.test/changed.png",
}
"""A product after an update that touches all that a group copies."""

EVENTS: Final[Mapping[str, Event]] = {
    "minute_passes": lambda groups, group: groups.clock().advance(MINUTE),
    "time_nearly_ends": _time(-SECOND),
    "time_ends": _time(0),
    "time_is_over": _time(SECOND),
    "day_after": _time(DAY),
    "taken_down": _product({"pddTakenDown": 1}),
    "put_back": _product({"pddTakenDown": 0}),
    "hidden": _product({"isShow": 0}),
    "product_changed": _product(OTHER_PRICES),
    "product_needs_five": _product({"needNum": 5}),
    "product_ends": _product({"startTime": 1_600_000_000_000, "endTime": 1_600_000_001_000}),
    "console_reads": lambda groups, group: groups.read(group),
    "console_lists": lambda groups, group: groups.products.admin.one_yuan_groups.list(size=50).require_data(),
    "tick": lambda groups, group: groups.clock().tick(),
}
