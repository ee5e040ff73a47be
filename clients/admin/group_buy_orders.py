"""Orders and teams of group-buys on the admin console."""

from clients.bodies import GroupBuyOrder, Paging, Team, TeamSizeCount
from clients.response import Answer
from clients.transport import Resource

Teams = list[Team]
Counts = list[TeamSizeCount]
Orders = list[GroupBuyOrder]
PATH = "group_buy_event_order"


class GroupBuyOrders(Resource):
    def teams(self, group_buy_id: str | None, *, page: Paging = None, size: Paging = None) -> Answer[Teams]:
        params = {"groupBuyEventId": group_buy_id, "page": page, "size": size}
        return self._transport.call("admin.group_buy_orders.teams", "GET", f"{PATH}/teams", params=params)

    def numbers(self, group_buy_id: str | None) -> Answer[Counts]:
        """The team sizes on offer with their counts (G-16)."""
        params = {"groupBuyEventId": group_buy_id}
        path = f"{PATH}/event_rule/numbers"
        return self._transport.call("admin.group_buy_orders.numbers", "GET", path, params=params)

    def teams_file(
        self, group_buy_id: str | None, *, status: str | None = None, team_size: int | str | None = None
    ) -> Answer[bytes]:
        """The teams as an .xlsx file (G-15)."""
        params = {"groupBuyEventId": group_buy_id, "status": status, "teamSize": team_size}
        path = f"{PATH}/excel_teams"
        return self._transport.call(
            "admin.group_buy_orders.teams_file", "GET", path, params=params, file=True
        )

    def orders(
        self,
        group_buy_id: str | None,
        *,
        key_word: str | None = None,
        team_status: str | None = None,
        order_status: str | None = None,
        payment_status: str | None = None,
        page: Paging = None,
        size: Paging = None,
    ) -> Answer[Orders]:
        """Orders of a group-buy; `team_status` travels as `status`, `payment_status` as `pamentStatus`."""
        params = {
            "groupBuyEventId": group_buy_id,
            "keyWord": key_word,
            "status": team_status,
            "orderStatus": order_status,
            "pamentStatus": payment_status,
            "page": page,
            "size": size,
        }
        return self._transport.call("admin.group_buy_orders.orders", "GET", f"{PATH}/orders", params=params)

    def search(
        self,
        group_buy_id: str | None,
        *,
        key_word: str | None = None,
        status: str | None = None,
        page: Paging = None,
        size: Paging = None,
    ) -> Answer[Orders]:
        """The check-in desk's search; `status` is UNUSED or USED."""
        params = {
            "groupBuyEventId": group_buy_id,
            "keyWord": key_word,
            "status": status,
            "page": page,
            "size": size,
        }
        return self._transport.call("admin.group_buy_orders.search", "GET", f"{PATH}/search", params=params)
