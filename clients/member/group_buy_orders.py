"""A member's own group-buy orders."""

from typing import Any

from clients.bodies import AnyBody, Booking, GroupBuyOrder, Paging
from clients.response import Answer
from clients.transport import Resource, segment

MyGroupBuyOrders = list[GroupBuyOrder]
PATH = "group_buy_event/orders"


class MemberGroupBuyOrders(Resource):
    def join(self, body: AnyBody) -> Answer[Booking]:
        """Open a team or join one by a `TeamBody`."""
        return self._transport.call(
            "member.group_buy_orders.join", "POST", "group_buy_event/teams", json=body
        )

    def list(
        self,
        *,
        type_: str | None = None,
        begin_time: int | str | None = None,
        end_time: int | str | None = None,
        min_amount: int | str | None = None,
        max_amount: int | str | None = None,
        key_word: str | None = None,
        page: Paging = None,
        size: Paging = None,
    ) -> Answer[MyGroupBuyOrders]:
        params = {
            "page": page,
            "size": size,
            "type": type_,
            "beginTime": begin_time,
            "endTime": end_time,
            "minAmount": min_amount,
            "maxAmount": max_amount,
            "keyWord": key_word,
        }
        return self._transport.call("member.group_buy_orders.list", "GET", PATH, params=params)

    def cancel(self, order_id: str) -> Answer[Any]:
        """Cancel mine, or ask for it where cancels are reviewed (E-10)."""
        path = f"{PATH}/{segment(order_id)}"
        return self._transport.call("member.group_buy_orders.cancel", "PUT", path, repeatable=False)
