"""Orders and teams of group-buys on the admin console."""

from clients.admin.order_desk import OrderDesk
from clients.bodies import GroupBuyOrder, Paging, Team, TeamSizeCount
from clients.response import Answer

Teams = list[Team]
Counts = list[TeamSizeCount]
Orders = list[GroupBuyOrder]


class GroupBuyOrders(OrderDesk):
    name = "admin.group_buy_orders"
    path = "group_buy_event_order"

    def teams(
        self,
        group_buy_id: str | None,
        *,
        status: str | None = None,
        team_size: int | str | None = None,
        page: Paging = None,
        size: Paging = None,
    ) -> Answer[Teams]:
        params = {
            "groupBuyEventId": group_buy_id,
            "status": status,
            "teamSize": team_size,
            "page": page,
            "size": size,
        }
        return self._transport.call(f"{self.name}.teams", "GET", f"{self.path}/teams", params=params)

    def numbers(self, group_buy_id: str | None) -> Answer[Counts]:
        """The team sizes on offer with their counts (G-16)."""
        params = {"groupBuyEventId": group_buy_id}
        path = f"{self.path}/event_rule/numbers"
        return self._transport.call(f"{self.name}.numbers", "GET", path, params=params)

    def teams_file(
        self, group_buy_id: str | None, *, status: str | None = None, team_size: int | str | None = None
    ) -> Answer[bytes]:
        """The teams as an .xlsx file (G-15)."""
        params = {"groupBuyEventId": group_buy_id, "status": status, "teamSize": team_size}
        path = f"{self.path}/excel_teams"
        return self._transport.call(f"{self.name}.teams_file", "GET", path, params=params, file=True)

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
        return self._transport.call(f"{self.name}.orders", "GET", f"{self.path}/orders", params=params)

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
        return self._transport.call(f"{self.name}.search", "GET", f"{self.path}/search", params=params)
