"""Brings an order into a state by the calls that users make, and does to it what can be done to an order.

It knows the kinds by `Bookings` alone, so that one table of states and actions holds for all of them.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from clients import Answer, HarnessError, PlatformFailure
from harness.bookings import PRICE, Bookings
from harness.clock import SandboxClock
from harness.people import FAILED, SUCCESS, Cashier, Person

ACTIONS: Final = (
    "start_paying",
    "notify_success",
    "notify_failed",
    "cancel_by_member",
    "cancel_by_console",
    "approve",
    "refuse",
    "check_in",
    "payment_time_ends",
    "effect_ends",
)
"""The columns of the matrix of orders."""

Way = tuple[str, ...]
_PAID: Final[Way] = ("start_paying", "notify_success")
_FAILED: Final[Way] = ("start_paying", "notify_failed")
_CANCEL: Final = "cancel_by_member"
_NEEDS_REFUND: Final = frozenset({"refund_success", "refund_failed"})

WAYS: Final[Mapping[tuple[str, str], Way]] = {
    ("UNPAID", "UNPAID"): (),
    ("UNPAID", "PAY_FAILED"): _FAILED,
    ("PAY_PROCESSING", "PAY_PROCESSING"): ("start_paying",),
    ("RESERVATION_REVIEW_PENDING", "NONE"): (),
    ("RESERVATION_REVIEW_PENDING", "PAY_SUCCESS"): _PAID,
    ("UNUSED", "NONE"): (),
    ("UNUSED", "PAY_SUCCESS"): _PAID,
    ("USED", "NONE"): ("check_in",),
    ("USED", "PAY_SUCCESS"): (*_PAID, "check_in"),
    ("CANCEL_REVIEW_PENDING", "NONE"): (_CANCEL,),
    ("CANCEL_REVIEW_PENDING", "PAY_SUCCESS"): (*_PAID, _CANCEL),
    ("CANCELED", "NONE"): (_CANCEL,),
    ("CANCELED", "UNPAID"): (_CANCEL,),
    ("CANCELED", "PAY_PROCESSING"): ("start_paying", _CANCEL),
    ("CANCELED", "PAY_FAILED"): (*_FAILED, _CANCEL),
    ("CANCELED", "REFUNDING"): (*_PAID, _CANCEL),
    ("CANCELED", "REFUNDED"): (*_PAID, _CANCEL, "refund_success"),
    ("CANCELED", "REFUND_FAILED"): (*_PAID, _CANCEL, "refund_failed"),
    ("TIME_OUT", "NONE"): ("effect_ends",),
    ("TIME_OUT", "UNPAID"): ("payment_time_ends",),
    ("TIME_OUT", "PAY_PROCESSING"): ("start_paying", "payment_time_ends"),
    ("TIME_OUT", "PAY_FAILED"): (*_FAILED, "payment_time_ends"),
    ("TIME_OUT", "PAY_SUCCESS"): (*_PAID, "effect_ends"),
    ("TIME_OUT", "REFUNDING"): ("start_paying", "payment_time_ends", "notify_success"),
    ("TEAM_FAIL", "NONE"): ("team_ends",),
    ("TEAM_FAIL", "UNPAID"): ("team_ends",),
    ("TEAM_FAIL", "PAY_PROCESSING"): ("start_paying", "team_ends"),
    ("TEAM_FAIL", "PAY_FAILED"): (*_FAILED, "team_ends"),
    ("TEAM_FAIL", "REFUNDING"): (*_PAID, "team_ends"),
    ("TEAM_FAIL", "REFUNDED"): (*_PAID, "team_ends", "refund_success"),
    ("TEAM_FAIL", "REFUND_FAILED"): (*_PAID, "team_ends", "refund_failed"),
}
"""By order and payment state: what is done to a new order to bring it there."""


@dataclass(frozen=True)
class Placed:
    """An order of an activity, as it was when it was read last."""

    activity: Mapping[str, Any]
    order: Mapping[str, Any]

    @property
    def state(self) -> tuple[str, str]:
        return self.order["status"], self.order["pamentStatus"]


class OrderStates:
    """Orders of one kind, all of one member; the clock is asked for by those alone that move it."""

    def __init__(
        self, bookings: Bookings, person: Person, cashier: Cashier, clock: Callable[[], SandboxClock]
    ) -> None:
        self._bookings = bookings
        self._person = person
        self._cashier = cashier
        self._clock = clock
        self._steps: Mapping[str, Callable[[Placed], Answer[Any] | None]] = {
            "start_paying": lambda placed: person.calls.payments.start(placed.order["id"]),
            "notify_success": lambda placed: self._settle(placed, SUCCESS),
            "notify_failed": lambda placed: self._settle(placed, FAILED),
            "cancel_by_member": lambda placed: bookings.cancel(person, placed.order["id"]),
            "cancel_by_console": lambda placed: bookings.desk().cancel(placed.order["id"]),
            "approve": lambda placed: bookings.desk().review(placed.order["id"], {"approved": True}),
            "refuse": lambda placed: bookings.desk().review(placed.order["id"], {"approved": False}),
            "check_in": lambda placed: bookings.check_in(placed.activity, placed.order),
            "payment_time_ends": lambda placed: self._wait_until(bookings.payment_ends(placed.order)),
            "effect_ends": lambda placed: self._wait_until(
                bookings.effect_ends(placed.activity, placed.order)
            ),
            "team_ends": lambda placed: self._wait_until(bookings.team_ends(placed.activity, placed.order)),
            "refund_success": lambda placed: self._settle_refund(placed, SUCCESS),
            "refund_failed": lambda placed: self._settle_refund(placed, FAILED),
        }

    def bring(self, status: str, payment: str, given: Mapping[str, Any] | None = None) -> Placed:
        """A new order in this state, of an activity of its own; `given` is what the activity differs in."""
        if (way := WAYS.get((status, payment))) is None:
            raise HarnessError(f"no way leads an order to {status} with its payment {payment}")
        placed = self._booked(status, payment, given or {})
        for step in way:
            placed = self.read(placed) if step in _NEEDS_REFUND else placed
            if (answer := self.act(placed, step)) is not None:
                answer.require_ok()
        placed = self.read(placed) if way else placed
        if placed.state != (status, payment):
            done = "、".join(("下单", *way))
            raise PlatformFailure(f"{done}后订单应为 {(status, payment)}，实为 {placed.state}")
        return placed

    def wait(self, placed: Placed, where: Mapping[str, Any]) -> Placed:
        """The order when the clock stands where a case wants it: at a time of it or of its activity."""
        self._clock().go(where, {**placed.activity, **placed.order})
        return self.read(placed)

    def act(self, placed: Placed, action: str) -> Answer[Any] | None:
        """Do it; where time does, there is no answer."""
        return self._steps[action](placed)

    def read(self, placed: Placed) -> Placed:
        return Placed(placed.activity, self._bookings.read(placed.activity, placed.order["id"]))

    def _booked(self, status: str, payment: str, given: Mapping[str, Any]) -> Placed:
        activity = self._bookings.activity(
            {**self._bookings.needed_for(status), **given},
            price=0 if payment == "NONE" else PRICE,
            cancel_reviewed=status == "CANCEL_REVIEW_PENDING",
        )
        order_id = self._bookings.book(activity, self._person)["orderId"]
        return Placed(activity, self._bookings.read(activity, order_id))

    def _settle(self, placed: Placed, result: str) -> Answer[Any]:
        amount = placed.order[self._bookings.amount] or PRICE
        return self._cashier.settle(placed.order["id"], amount, result)

    def _settle_refund(self, placed: Placed, result: str) -> Answer[Any]:
        return self._cashier.settle_refund(placed.order["refundOrderId"], result)

    def _wait_until(self, moment: int) -> None:
        clock = self._clock()
        clock.set(max(moment, clock.now()))
