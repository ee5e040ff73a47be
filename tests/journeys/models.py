"""What orders must do, in plain words: written from the rules for the state machines, and simple on purpose.

A model knows no platform. Each action answers the code that the platform must answer, and changes the model.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

from harness.bookings import PRICE
from harness.clock import HOUR, MINUTE

OK: Final = "0"
STATE, FULL, JOINED, TIME, AMOUNT = "40901", "40902", "40903", "40904", "40906"
DEAD: Final = frozenset({"CANCELED", "TIME_OUT", "TEAM_FAIL"})
CANCELABLE: Final = frozenset(
    {"UNPAID", "PAY_PROCESSING", "RESERVATION_REVIEW_PENDING", "UNUSED", "CANCEL_REVIEW_PENDING"}
)
WAITS_FOR_MONEY: Final = frozenset({"UNPAID", "PAY_PROCESSING", "PAY_FAILED"})


@dataclass
class Order:
    """One order; `signed_up` and `paid` are what it counts for in the report (F-01 to F-04)."""

    person: int
    price: int
    created: int
    status: str
    payment: str
    signed_up: int = 1
    paid: int = 0

    @property
    def live(self) -> bool:
        return self.status not in DEAD

    @property
    def settled(self) -> bool:
        """Free, or paid (G-07)."""
        return self.live and self.payment in {"NONE", "PAY_SUCCESS"}

    def die(self, status: str, *, reversed_too: bool) -> None:
        """P-06: what was paid goes back. F-04: what was counted is taken back."""
        self.status = status
        if self.payment == "PAY_SUCCESS" and reversed_too:
            self.payment = "REFUNDING"
        if reversed_too:
            self.signed_up = self.paid = 0


@dataclass
class OrdersModel:
    """What holds for orders of either kind."""

    now: int
    price: int
    cancel_reviewed: bool
    orders: list[Order] = field(default_factory=list)

    def start_paying(self, order: Order) -> str:
        if order.status != "UNPAID":
            return STATE
        order.status = order.payment = "PAY_PROCESSING"
        return OK

    def notify(self, order: Order, *, success: bool, amount: int) -> str:
        """P-02 to P-04: by a transaction that is new each time."""
        waits = order.payment == "PAY_PROCESSING" if order.live else order.payment in WAITS_FOR_MONEY
        if not waits:
            return STATE
        if amount != order.price:
            return AMOUNT
        if not success:
            order.payment = "PAY_FAILED"
            order.status = "UNPAID" if order.live else order.status
        elif order.live:
            order.payment, order.paid = "PAY_SUCCESS", 1
            self._paid(order)
        else:
            order.payment = "REFUNDING"
        return OK

    def notify_refund(self, order: Order, *, success: bool) -> str:
        if order.payment != "REFUNDING":
            return STATE
        order.payment = "REFUNDED" if success else "REFUND_FAILED"
        return OK

    def cancel_by_member(self, order: Order) -> str:
        if order.status == "UNUSED" and self.cancel_reviewed:
            order.status = "CANCEL_REVIEW_PENDING"
            return OK
        return self.cancel_by_console(order)

    def cancel_by_console(self, order: Order) -> str:
        if order.status not in CANCELABLE:
            return STATE
        self._dies(order, "CANCELED")
        return OK

    def review(self, order: Order, *, approved: bool) -> str:
        """E-09, E-10."""
        if order.status == "RESERVATION_REVIEW_PENDING":
            stays = approved
        elif order.status == "CANCEL_REVIEW_PENDING":
            stays = not approved
        else:
            return STATE
        if stays:
            order.status = "UNUSED"
        else:
            self._dies(order, "CANCELED")
        return OK

    def check_in(self, order: Order) -> str:
        if order.status != "UNUSED":
            return STATE
        order.status = "USED"
        return OK

    def advance(self, milliseconds: int) -> None:
        """Whatever falls due on the way happens in the order of its time."""
        until = self.now + milliseconds
        while due := [at for at in self._due() if at <= until]:
            self.now = max(self.now, min(due))
            self._fall_due()
        self.now = until

    def live_orders(self) -> list[Order]:
        return [order for order in self.orders if order.live]

    def _paid(self, order: Order) -> None:
        order.status = "UNUSED"

    def _dies(self, order: Order, status: str) -> None:
        order.die(status, reversed_too=True)

    def _effect_ends(self, order: Order) -> int:
        raise NotImplementedError

    def _due(self) -> Iterable[int]:
        for order in self.orders:
            if order.status in {"UNPAID", "PAY_PROCESSING"}:
                yield order.created + 15 * MINUTE
            if order.status == "UNUSED":
                yield self._effect_ends(order)

    def _fall_due(self) -> None:
        for order in self.orders:
            if order.status in {"UNPAID", "PAY_PROCESSING"} and self.now >= order.created + 15 * MINUTE:
                self._dies(order, "TIME_OUT")
            elif order.status == "UNUSED" and self.now >= self._effect_ends(order):
                order.die("TIME_OUT", reversed_too=False)


@dataclass
class EventModel(OrdersModel):
    """One event with one session (E-03, E-07 to E-10)."""

    quota: int = 2
    reserved: bool = False
    session_starts: int = 0
    session_ends: int = 0
    published: bool = True

    def book(self, person: int) -> str:
        if not self.published or self.now >= self.session_starts:
            return TIME
        if any(order.person == person for order in self.live_orders()):
            return JOINED
        if len(self.live_orders()) >= self.quota:
            return FULL
        status, payment = ("UNPAID", "UNPAID") if self.price else (self._accepted(), "NONE")
        self.orders.append(Order(person, self.price, self.now, status, payment))
        return OK

    def _accepted(self) -> str:
        return "RESERVATION_REVIEW_PENDING" if self.reserved else "UNUSED"

    def _paid(self, order: Order) -> None:
        order.status = self._accepted()

    def _effect_ends(self, order: Order) -> int:
        return self.session_ends


@dataclass
class Team:
    orders: list[Order]
    opened: int
    status: str

    @property
    def leader(self) -> Order:
        return self.orders[0]

    def live_orders(self) -> list[Order]:
        return [order for order in self.orders if order.live]


@dataclass
class GroupBuyModel(OrdersModel):
    """One group-buy with one rule (G-05 to G-09)."""

    size: int = 2
    largest: int = 4
    repeat: bool = True
    team_hours: int = 24
    effective_hours: int = 48
    ends: int = 0
    enabled: bool = True
    teams: list[Team] = field(default_factory=list)

    def join(self, person: int, team: Team | None) -> str:
        """Open a team (None), or join one."""
        if not self.enabled or (team is not None and team.status in {"UNPAID", "FAILED"}):
            return STATE
        if self.now >= self.ends:
            return TIME
        theirs = team.live_orders() if team is not None else []
        if any(order.person == person for order in (theirs if self.repeat else self.live_orders())):
            return JOINED
        taken = team is not None and (team.status == "SUCCESS" or len(theirs) >= self.size)
        if taken or len(self.live_orders()) >= self.largest:
            return FULL
        self._seat(person, team)
        return OK

    def check_in(self, order: Order) -> str:
        return super().check_in(order) if self._team_of(order).status == "SUCCESS" else STATE

    def _seat(self, person: int, team: Team | None) -> None:
        status, payment = ("UNPAID", "UNPAID") if self.price else ("UNUSED", "NONE")
        order = Order(person, self.price, self.now, status, payment)
        self.orders.append(order)
        if team is None:
            team = Team([], self.now, "UNPAID" if self.price else "PENDING")
            self.teams.append(team)
        team.orders.append(order)
        self._fill(team)

    def _fill(self, team: Team) -> None:
        if team.status == "PENDING" and sum(order.settled for order in team.orders) >= self.size:
            team.status = "SUCCESS"

    def _paid(self, order: Order) -> None:
        order.status = "UNUSED"
        team = self._team_of(order)
        if order is team.leader and team.status == "UNPAID":
            team.status = "PENDING"
        self._fill(team)

    def _dies(self, order: Order, status: str) -> None:
        order.die(status, reversed_too=True)
        team = self._team_of(order)
        if order is team.leader and team.status in {"UNPAID", "PENDING"}:
            self._fail(team)

    def _fail(self, team: Team) -> None:
        team.status = "FAILED"
        for order in team.live_orders():
            order.die("TEAM_FAIL", reversed_too=True)

    def _effect_ends(self, order: Order) -> int:
        return order.created + self.effective_hours * HOUR

    def _due(self) -> Iterable[int]:
        yield from super()._due()
        yield from (team.opened + self.team_hours * HOUR for team in self.teams if team.status == "PENDING")

    def _fall_due(self) -> None:
        super()._fall_due()
        for team in self.teams:
            if team.status == "PENDING" and self.now >= team.opened + self.team_hours * HOUR:
                self._fail(team)

    def _team_of(self, order: Order) -> Team:
        return next(team for team in self.teams if any(one is order for one in team.orders))


def priced(price: bool) -> int:
    return PRICE if price else 0
