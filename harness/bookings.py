"""Orders of one kind of activity, made and changed by the calls that members and the console make.

What differs between event orders and group-buy orders is said here once, so that one table of states and
actions can be run over both.
"""

from abc import ABC, abstractmethod
from collections.abc import Mapping
from typing import Any, ClassVar

from clients import AdminClient, Answer, PlatformFailure
from clients.admin.order_desk import OrderDesk
from clients.bodies import Booking
from harness.case_words import WordContext
from harness.clock import MINUTE
from harness.people import Person
from harness.workshop import AnyWorkshop

PRICE = 9900
PAYMENT_TIME = 15 * MINUTE
MANY = 1000
MOBILE = "19900001234"


class Bookings(ABC):
    """`activities` makes what is booked; an activity may be booked at once, with `price` fen to pay.

    `amount` is the field of an order that holds what it costs (the platform misspells one of them), `states`
    are those that an order of the kind can be in.
    """

    amount: ClassVar[str]
    states: ClassVar[tuple[str, ...]]

    def __init__(self, activities: AnyWorkshop) -> None:
        self._activities = activities

    @property
    def words(self) -> WordContext:
        return self._activities.words

    @property
    def admin(self) -> AdminClient:
        return self._activities.admin

    @abstractmethod
    def desk(self, caller: AdminClient | None = None) -> OrderDesk:
        """The console's decisions about orders, as the main tenant or as another."""

    @abstractmethod
    def activity(
        self, changes: Mapping[str, Any] | None = None, *, price: int = 0, cancel_reviewed: bool = False
    ) -> Mapping[str, Any]:
        """An activity that is open to members now."""

    @abstractmethod
    def body(self, activity: Mapping[str, Any], changes: Mapping[str, Any] | None = None) -> dict[str, Any]:
        """A valid body of a booking, changed as a case says."""

    @abstractmethod
    def send(self, person: Person, body: Mapping[str, Any]) -> Answer[Booking]:
        """Book with a body."""

    @abstractmethod
    def cancel(self, person: Person, order_id: str) -> Answer[Any]:
        """Cancel as the member."""

    @abstractmethod
    def listed(self, activity_id: str, key_word: str | None = None) -> list[Mapping[str, Any]]:
        """The console's list of the activity's orders, narrowed by a code, an order's id or a mobile."""

    @abstractmethod
    def store(self, activity: Mapping[str, Any]) -> str | None:
        """A store where its orders may be checked in, or None where there is none."""

    @abstractmethod
    def needed_for(self, state: str) -> Mapping[str, Any]:
        """What an activity has to differ in so that an order of it can come to this state."""

    @abstractmethod
    def team_ends(self, activity: Mapping[str, Any], order: Mapping[str, Any]) -> int:
        """When the team of an order fails if it is not full (G-08), in epoch milliseconds."""

    @abstractmethod
    def effect_ends(self, activity: Mapping[str, Any], order: Mapping[str, Any]) -> int:
        """When an unused order ends (P-07), in epoch milliseconds."""

    def stored(self, body: Mapping[str, Any]) -> dict[str, Any]:
        """What of a body is found again in its order, by the order's names."""
        return dict(body)

    def changed(self, body: Mapping[str, Any], changes: Mapping[str, Any]) -> dict[str, Any]:
        """A copy of a body with a case's changes."""
        return self._activities.changed(body, changes)

    def payment_ends(self, order: Mapping[str, Any]) -> int:
        """When an unpaid order ends (P-01, P-04), in epoch milliseconds."""
        return int(order["createdTime"] + PAYMENT_TIME)

    def book(
        self, activity: Mapping[str, Any], person: Person, changes: Mapping[str, Any] | None = None
    ) -> Booking:
        return self.send(person, self.body(activity, changes)).require_data()

    def booked(self, activity: Mapping[str, Any], person: Person) -> Mapping[str, Any]:
        """A new order, as the console has it."""
        return self.read(activity, self.book(activity, person)["orderId"])

    def read(self, activity: Mapping[str, Any], order_id: str) -> Mapping[str, Any]:
        """The order as the console has it."""
        rows = self.listed(activity["id"], order_id)
        if len(rows) != 1:
            raise PlatformFailure(f"后台应恰有一个订单 {order_id}，实有 {len(rows)} 个")
        return rows[0]

    def check_in(self, activity: Mapping[str, Any], order: Mapping[str, Any]) -> Answer[Any]:
        """Check in with the right code, in a right store."""
        return self.desk().check_in(order["id"], self.check_in_body(activity, order))

    def check_in_body(
        self,
        activity: Mapping[str, Any],
        order: Mapping[str, Any],
        changes: Mapping[str, Any] | None = None,
    ) -> dict[str, Any]:
        """What a right check-in sends, changed as a case says."""
        valid = {"code": order["code"], "storeOrgId": self.store(activity)}
        return self.changed(valid, changes or {})
