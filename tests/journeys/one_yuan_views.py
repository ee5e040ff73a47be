"""What the platform's answers must show of the model of the one-yuan purchase."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from clients.bodies import OneYuanProduct
from harness.people import Person
from tests.journeys.one_yuan_model import OneYuanModel
from tests.journeys.one_yuan_parts import INVALID, TAKEN_DOWN, Group, Order, Parameter, Product

OF_AN_ORDER: Final = frozenset({"orderSn", "orderAmount", "oneYuanShoppingGroupId"})
"""What the console alone is shown (A-04)."""

View = dict[str, Any]


@dataclass(frozen=True)
class Shown:
    model: OneYuanModel
    crowd: Sequence[Person]
    products: Sequence[OneYuanProduct]

    def to_console(self, group: Group, group_id: str) -> View:
        product = self.row(group.product)
        return {
            "id": group_id,
            "userId": self.crowd[group.leader.person].id,
            "status": group.status,
            "isEnough": int(group.full),
            "needNum": group.needs,
            "seatsLeft": group.seats_left,
            "reappearance": group.reappearance,
            "subsidyAmount": group.subsidy,
            "oneYuanProductsId": product["id"],
            "goodsId": product["productId"],
            "goodsName": group.name,
            "goodsThumbnailUrl": product["productImg"],
            "cashbackDue": self.model.cashback_due(group.leader),
            **_order(group.leader),
            **_times(group),
            "members": [self._seat(order, group, group_id) for order in group.seats],
        }

    def to_members(self, group: Group, group_id: str) -> View:
        view = self.to_console(group, group_id)
        return {**_without_order(view), "members": [_without_order(seat) for seat in view["members"]]}

    def parameter(self, parameter: Parameter, group_id: str | None) -> View:
        group = parameter.group
        return {
            "type": "OPEN" if group is None else "JOIN",
            "inviterId": None if group is None else self.crowd[group.leader.person].id,
            "groupId": group_id,
            "cashback": parameter.cashback,
        }

    def row(self, product: Product) -> OneYuanProduct:
        """The library's, as it was made."""
        return self.products[self.model.products.index(product)]

    def _seat(self, order: Order, group: Group, group_id: str) -> View:
        return {
            "userId": self.crowd[order.person].id,
            "ctime": order.pulled,
            "reappearance": group.reappearance,
            "subsidyAmount": group.subsidy,
            "oneYuanShoppingGroupId": group_id,
            "cashbackDue": self.model.cashback_due(order),
            **_order(order),
        }


def same(rows: Sequence[Any], views: Sequence[Mapping[str, Any]]) -> None:
    """Each row shows what its view says; what a view does not speak of is free."""
    assert len(rows) == len(views), f"应有 {len(views)} 行，实为 {len(rows)}"
    for row, view in zip(rows, views, strict=True):
        shown = _as_in(view, row)
        apart = {name: (shown.get(name), view[name]) for name in view if shown.get(name, ...) != view[name]}
        assert not apart, f"平台与模型不同（平台，模型）：{apart}"


def _as_in(view: Any, row: Any) -> Any:
    if isinstance(view, Mapping) and isinstance(row, Mapping):
        return {name: _as_in(view[name], row[name]) for name in view if name in row}
    if isinstance(view, list) and isinstance(row, list) and len(view) == len(row):
        return [_as_in(one, other) for one, other in zip(view, row, strict=True)]
    return row


def _order(order: Order) -> View:
    return {"orderSn": order.sn, "orderAmount": order.amount}


def _times(group: Group) -> View:
    return {
        "ctime": group.opened,
        "expireTime": group.expires,
        "endTime": group.changed if group.full else None,
        "invalidTime": group.changed if group.status == INVALID else None,
        "pddTakenDownTime": group.changed if group.status == TAKEN_DOWN else None,
    }


def _without_order(view: Mapping[str, Any]) -> View:
    return {name: value for name, value in view.items() if name not in OF_AN_ORDER}
