"""Teams of group-buys as cases tell of them: who is in one, how far each has paid, and what then happens."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from clients import PlatformFailure
from clients.bodies import Booking
from harness.bookings import PRICE
from harness.cases import Case
from harness.clock import HOUR, MINUTE, SECOND, SandboxClock
from harness.kinds.group_buy_orders import RULE, GroupBuyBookings
from harness.people import FAILED, SUCCESS, Cashier, People, Person

LEADER_PRICE: Final = PRICE
MEMBER_PRICE: Final = PRICE + 3000
MEMBERS: Final = ("first", "second")
"""Who may stand in a case beside the `leader`."""

DEAR_RULE: Final = {
    "groupBuyEventTeamRules.1": {
        "size": 3,
        "leaderPrice": PRICE,
        "memberPrice": 0,
        "maxNumber": 30,
        "begintNumber": 0,
    }
}
"""A second rule, for teams of three whose leader has to pay."""
OWN_MOBILE: Final = "19900005678"
"""The mobile that one order alone has, where there is a team in each status."""

Seen = dict[str, str]
Row = Mapping[str, Any]


@dataclass
class Team:
    """A team, with the orders that the test knows of by their members' names."""

    bookings: GroupBuyBookings
    group_buy: Mapping[str, Any]
    id: str
    size: int
    orders: dict[str, str] = field(default_factory=dict)

    def row(self) -> Mapping[str, Any]:
        """As the console lists it."""
        rows = self.bookings.admin.group_buy_orders.teams(self.group_buy["id"], size=100).require_data()
        return next(row for row in rows if row["id"] == self.id)

    def number(self) -> int:
        """How many live orders there are under its rule, as `event_rule/numbers` counts them (G-16)."""
        numbers = self.bookings.admin.group_buy_orders.numbers(self.group_buy["id"]).require_data()
        return next(one["number"] for one in numbers if one["size"] == self.size)

    def seen(self) -> tuple[str, Seen]:
        """Its status, and `order/payment` of each; robots together, in the order of their coming."""
        listed = self.bookings.listed(self.group_buy["id"])
        orders = {order["id"]: order for order in listed if order["groupBuyEventTeamId"] == self.id}
        status = self.row()["status"]
        seen = {name: _state(orders.pop(order_id)) for name, order_id in self.orders.items()}
        if unknown := [order["id"] for order in orders.values() if not order["robot"]]:
            raise PlatformFailure(f"团里有不认识的订单：{unknown}")
        robots = [_state(order) for order in orders.values()]
        return status, seen | ({"robots": " ".join(robots)} if robots else {})


class Teams:
    """Makes teams, each of new members, and lets things happen to them."""

    def __init__(
        self,
        bookings: GroupBuyBookings,
        people: People,
        cashier: Cashier,
        clock: Callable[[], SandboxClock],
    ) -> None:
        self.bookings = bookings
        self.people = people
        self.clock = clock
        self._cashier = cashier

    def open(
        self,
        group_buy: Mapping[str, Any],
        far: str = "paid",
        changes: Mapping[str, Any] | None = None,
        *,
        who: str = "leader",
    ) -> Team:
        """A new team; how `far` its leader gets in paying does not matter where it is free."""
        body = self.bookings.body(group_buy, changes)
        booked = self.bookings.send(self.people(who), body).require_data()
        team = Team(self.bookings, group_buy, booked["groupBuyEventTeamId"], body["size"])
        self._seat(team, who, booked, far)
        return team

    def join(self, team: Team, name: str, far: str = "paid") -> None:
        body = {"groupBuyEventTeamId": team.id, "size": team.size}
        self._seat(team, name, self.bookings.book(team.group_buy, self.people(name), body), far)

    def told(self, case: Case) -> Team:
        """The team that a case tells of: its size and members, then what happens to it, then its clock."""
        asked = case.query
        priced = {
            f"{RULE}.size": asked.get("size", 2),
            f"{RULE}.leaderPrice": 0 if asked["leader"] == "free" else LEADER_PRICE,
            f"{RULE}.memberPrice": 0 if asked.get("first", "free") == "free" else MEMBER_PRICE,
        }
        team = self.open(self.bookings.activity({**priced, **case.given}), asked["leader"])
        for name in MEMBERS:
            if name in asked:
                self.join(team, name, asked[name])
        for happening in asked.get("then", []):
            HAPPENINGS[happening](self, team)
        if case.clock is not None:
            leader = self.bookings.read(team.group_buy, team.orders["leader"])
            self.clock().go(case.clock, {**team.group_buy, **leader})
        return team

    def one_in_each_status(self, person: Person) -> tuple[Row, dict[str, Row]]:
        """A group-buy with a team in each status, all led by one person; their orders by the status."""
        group_buy = self.bookings.activity(DEAR_RULE)
        success = self.bookings.book(group_buy, person, {"mobile": OWN_MOBILE})
        into = {"groupBuyEventTeamId": success["groupBuyEventTeamId"]}
        self.bookings.book(group_buy, self.people("first"), into)
        failed = self.bookings.book(group_buy, person)
        self.bookings.cancel(person, failed["orderId"]).require_ok()
        led = {
            "SUCCESS": success,
            "FAILED": failed,
            "PENDING": self.bookings.book(group_buy, person),
            "UNPAID": self.bookings.book(group_buy, person, {"size": 3}),
        }
        orders = {order["id"]: order for order in self.bookings.listed(group_buy["id"])}
        return group_buy, {status: orders[booked["orderId"]] for status, booked in led.items()}

    def cancel(self, team: Team, name: str) -> None:
        self.bookings.cancel(self.people(name), team.orders[name]).require_ok()

    def cancel_by_console(self, team: Team, name: str) -> None:
        self.bookings.desk().cancel(team.orders[name]).require_ok()

    def review(self, team: Team, name: str, *, approved: bool) -> None:
        self.bookings.desk().review(team.orders[name], {"approved": approved}).require_ok()

    def settle(self, team: Team, name: str, *, started: bool = True) -> None:
        """The provider's word that the payment succeeded."""
        if not started:
            self._cashier.start(self.people(name), team.orders[name])
        price = LEADER_PRICE if name == "leader" else MEMBER_PRICE
        self._cashier.settle(team.orders[name], price).require_ok()

    def _seat(self, team: Team, name: str, booked: Booking, far: str) -> None:
        order_id = team.orders[name] = booked["orderId"]
        if booked["pamentStatus"] == "NONE" or far == "unpaid":
            return
        amount = self._cashier.start(self.people(name), order_id)["amount"]
        if far != "paying":
            result = FAILED if far == "failed" else SUCCESS
            self._cashier.settle(order_id, amount, result).require_ok()


Happening = Callable[[Teams, Team], None]


def _time_ends(plus: int) -> Happening:
    def happens(teams: Teams, team: Team) -> None:
        leader = teams.bookings.read(team.group_buy, team.orders["leader"])
        teams.clock().set(teams.bookings.team_ends(team.group_buy, leader) + plus)

    return happens


def _effect_ends(teams: Teams, team: Team) -> None:
    leader = teams.bookings.read(team.group_buy, team.orders["leader"])
    teams.clock().set(teams.bookings.effect_ends(team.group_buy, leader))


HAPPENINGS: Final[Mapping[str, Happening]] = {
    "leader_cancels": lambda teams, team: teams.cancel(team, "leader"),
    "first_cancels": lambda teams, team: teams.cancel(team, "first"),
    "console_cancels_leader": lambda teams, team: teams.cancel_by_console(team, "leader"),
    "console_cancels_first": lambda teams, team: teams.cancel_by_console(team, "first"),
    "leader_cancel_approved": lambda teams, team: teams.review(team, "leader", approved=True),
    "leader_cancel_refused": lambda teams, team: teams.review(team, "leader", approved=False),
    "leader_pays": lambda teams, team: teams.settle(team, "leader", started=False),
    "leader_paid": lambda teams, team: teams.settle(team, "leader"),
    "first_paid": lambda teams, team: teams.settle(team, "first"),
    "second_joins": lambda teams, team: teams.join(team, "second"),
    "six_minutes_pass": lambda teams, team: teams.clock().advance(6 * MINUTE),
    "payment_time_ends": lambda teams, team: teams.clock().advance(15 * MINUTE),
    "two_hours_pass": lambda teams, team: teams.clock().advance(2 * HOUR),
    "team_time_nearly_ends": _time_ends(-SECOND),
    "team_time_ends": _time_ends(0),
    "effect_ends": _effect_ends,
}


def _state(order: Mapping[str, Any]) -> str:
    return f"{order['status']}/{order['pamentStatus']}"
