"""Orders of group-buys: how a team is opened and joined, and what the console does about an order."""

from collections.abc import Mapping
from typing import Any

from clients import AdminClient, Answer
from clients.admin.order_desk import OrderDesk
from clients.bodies import Booking, TeamBody
from harness.bookings import MANY, MOBILE, Bookings
from harness.clock import HOUR
from harness.kinds.event_orders import OPEN_NOW
from harness.people import Person

RULE = "groupBuyEventTeamRules.0"


class GroupBuyBookings(Bookings):
    """Group-buys that are enabled and open, launched in the first store; teams are of one rule.

    A booking opens a team, unless its body names one. By a rule of size 1, a team is full with its leader.
    """

    amount = "chargedAmount"
    states = (
        "UNPAID",
        "PAY_PROCESSING",
        "UNUSED",
        "USED",
        "CANCEL_REVIEW_PENDING",
        "CANCELED",
        "TIME_OUT",
        "TEAM_FAIL",
    )

    def desk(self, caller: AdminClient | None = None) -> OrderDesk:
        return (caller or self.admin).group_buy_orders

    def activity(
        self, changes: Mapping[str, Any] | None = None, *, price: int = 0, cancel_reviewed: bool = False
    ) -> Mapping[str, Any]:
        made: Mapping[str, Any] = self._activities.make(
            {
                "enable": True,
                "beginTime": OPEN_NOW,
                "cancelReviewToggle": cancel_reviewed,
                f"{RULE}.leaderPrice": price,
                f"{RULE}.memberPrice": price,
                **(changes or {}),
            }
        )
        known = self._activities.words.id_of
        places = {"orgIds": [known("store")], "channelIds": [known("channel")]}
        self.admin.group_buys.launch({"groupBuyEventId": made["id"], **places}).require_ok()
        return made

    def body(self, activity: Mapping[str, Any], changes: Mapping[str, Any] | None = None) -> dict[str, Any]:
        valid: TeamBody = {
            "groupBuyEventId": activity["id"],
            "groupBuyEventTeamId": "",
            "size": activity["groupBuyEventTeamRules"][0]["size"],
            "name": f"学员{self._activities.mark}",
            "mobile": MOBILE,
            "checkCode": None,
            "childMemberId": None,
            "skuValues": None,
            "formDataList": [],
        }
        return self._activities.changed(valid, changes or {})

    def stored(self, body: Mapping[str, Any]) -> dict[str, Any]:
        """An order has no name and mobile of its own, and the team that it opens is a new one."""
        names = {"name": "memberName", "mobile": "memberMobile"}
        opens = not body.get("groupBuyEventTeamId")
        return {
            names.get(name, name): value
            for name, value in body.items()
            if not (opens and name == "groupBuyEventTeamId")
        }

    def send(self, person: Person, body: Mapping[str, Any]) -> Answer[Booking]:
        return person.calls.group_buy_orders.join(body)

    def cancel(self, person: Person, order_id: str) -> Answer[Any]:
        return person.calls.group_buy_orders.cancel(order_id)

    def listed(self, activity_id: str, key_word: str | None = None) -> list[Mapping[str, Any]]:
        orders = self.admin.group_buy_orders.orders(activity_id, key_word=key_word, page=1, size=MANY)
        return [*orders.require_data()]

    def store(self, activity: Mapping[str, Any]) -> str | None:
        return self._activities.words.id_of("store")

    def needed_for(self, state: str) -> Mapping[str, Any]:
        """A team that its leader fills: an order is checked in, or its effect ends, only then."""
        return {} if state == "TEAM_FAIL" else {f"{RULE}.size": 1}

    def team_ends(self, activity: Mapping[str, Any], order: Mapping[str, Any]) -> int:
        """For the team that the order has opened: LIMITED by hours, LIMITLESS by the event's own end."""
        if activity["teamLastTimeType"] == "LIMITLESS":
            return int(activity["endTime"])
        return int(order["createdTime"] + activity["teamLastTimeHours"] * HOUR)

    def effect_ends(self, activity: Mapping[str, Any], order: Mapping[str, Any]) -> int:
        """RELATIVE_DATE, as the workshop makes it: hours from the order's creation."""
        return int(order["createdTime"] + activity["effectiveHours"] * HOUR)
