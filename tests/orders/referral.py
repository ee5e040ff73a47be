"""Chains of referral: who brought whom to an activity, what an order then does, and what counts for whom."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Final

from clients import Answer
from clients.bodies import Booking
from harness.bookings import PRICE, Bookings
from harness.cases import Case
from harness.checks import check_refused
from harness.clock import HOUR, MINUTE, SandboxClock
from harness.people import FAILED, Cashier, People, Person

REFERRERS: Final = ("first", "second", "third")
Report = Callable[[Mapping[str, Any]], Answer[Any]]


@dataclass(frozen=True)
class Scene:
    """What a reversal works on."""

    bookings: Bookings
    cashier: Cashier
    activity: Mapping[str, Any]
    buyer: Person
    booked: Booking
    clock: Callable[[], SandboxClock]

    @property
    def order_id(self) -> str:
        return self.booked["orderId"]

    def order(self) -> Mapping[str, Any]:
        return self.bookings.read(self.activity, self.order_id)

    def pay(self) -> None:
        self.cashier.pay(self.buyer, self.order_id)

    def cancel_by_member(self) -> None:
        self.bookings.cancel(self.buyer, self.order_id).require_ok()

    def cancel_by_console(self) -> None:
        self.bookings.desk().cancel(self.order_id).require_ok()

    def review(self, *, approved: bool) -> None:
        self.bookings.desk().review(self.order_id, {"approved": approved}).require_ok()


def _paid_then(step: Callable[[Scene], object]) -> Callable[[Scene], None]:
    def happens(scene: Scene) -> None:
        if scene.booked["pamentStatus"] == "UNPAID":
            scene.pay()
        step(scene)

    return happens


def _payment_fails(scene: Scene) -> None:
    amount = scene.cashier.start(scene.buyer, scene.order_id)["amount"]
    scene.cashier.settle(scene.order_id, amount, FAILED).require_ok()


def _payment_fails_then_succeeds(scene: Scene) -> None:
    _payment_fails(scene)
    scene.pay()


def _payment_times_out(scene: Scene) -> None:
    scene.clock().advance(15 * MINUTE)


def _late_success(scene: Scene) -> None:
    amount = scene.cashier.start(scene.buyer, scene.order_id)["amount"]
    _payment_times_out(scene)
    scene.cashier.settle(scene.order_id, amount).require_ok()


def _effect_ends(scene: Scene) -> None:
    scene.clock().set(scene.bookings.effect_ends(scene.activity, scene.order()))


def _cancel_twice(scene: Scene) -> None:
    scene.cancel_by_member()
    check_refused(scene.bookings.cancel(scene.buyer, scene.order_id), "40901")


def _cancel_and_again(scene: Scene) -> None:
    scene.cancel_by_member()
    scene.bookings.book(scene.activity, scene.buyer)


def _asked_to_cancel(*, approved: bool) -> Callable[[Scene], None]:
    def happens(scene: Scene) -> None:
        scene.cancel_by_member()
        scene.review(approved=approved)

    return happens


HAPPENINGS: Final[Mapping[str, Callable[[Scene], None]]] = {
    "pay": _paid_then(lambda scene: None),
    "nothing_paid": lambda scene: None,
    "payment_fails": _payment_fails,
    "payment_fails_then_succeeds": _payment_fails_then_succeeds,
    "payment_time_out": _payment_times_out,
    "late_success": _late_success,
    "cancel_unpaid": Scene.cancel_by_member,
    "cancel_by_member": _paid_then(Scene.cancel_by_member),
    "cancel_by_console": _paid_then(Scene.cancel_by_console),
    "cancel_twice": _cancel_twice,
    "cancel_and_again": _cancel_and_again,
    "cancel_approved": _paid_then(_asked_to_cancel(approved=True)),
    "cancel_refused": _asked_to_cancel(approved=False),
    "reservation_approved": lambda scene: scene.review(approved=True),
    "reservation_refused": lambda scene: scene.review(approved=False),
    "effect_ends": _paid_then(_effect_ends),
    "team_expires": _paid_then(
        lambda scene: scene.clock().advance(scene.activity["teamLastTimeHours"] * HOUR)
    ),
    "check_in": _paid_then(lambda scene: scene.bookings.check_in(scene.activity, scene.order()).require_ok()),
}
SPECIAL: Final[Mapping[str, Mapping[str, Any]]] = {
    "reservation_approved": {"reservationReviewToggle": True},
    "reservation_refused": {"reservationReviewToggle": True},
}
"""What an activity must have for a happening."""


def counted(
    case: Case,
    bookings: Bookings,
    people: People,
    cashier: Cashier,
    report: Report,
    clock: Callable[[], SandboxClock],
    changes: Mapping[str, Any] | None = None,
) -> None:
    """Build the case's chain, let a booking happen in it, and hold the report against what has to count."""
    asked, then = case.query, case.query.get("then", "pay")
    activity = bookings.activity(
        {**(changes or {}), **SPECIAL.get(then, {})},
        price=PRICE if asked["priced"] else 0,
        cancel_reviewed=then in {"cancel_approved", "cancel_refused"},
    )
    chain = {name: people(name, worker=asked[name] == "staff") for name in REFERRERS if name in asked}
    buyer = people("buyer")
    refer(activity, [*reversed(chain.values()), buyer])
    booked = bookings.book(activity, buyer)

    HAPPENINGS[then](Scene(bookings, cashier, activity, buyer, booked, clock))

    seen = counts(report, activity, {"buyer": buyer, **chain})
    assert seen == dict(case.expect["kept"]), f"报名/支付应为 {dict(case.expect['kept'])}，实为 {seen}"


def refer(activity: Mapping[str, Any], chain: list[Person]) -> None:
    """Each shares the activity by what it came by, and the next reaches it by that share."""
    came_by: str | None = None
    for referrer, referred in pairwise(chain):
        shared = record(referrer, activity, "SHARE", came_by)
        came_by = record(referred, activity, "REACH", shared)


def record(person: Person, activity: Mapping[str, Any], type_: str, from_id: str | None = None) -> str:
    """A share or a reach; its id."""
    body = {"resourceId": activity["resourceId"], "type": type_, "fromId": from_id, "channel": "线上-微信"}
    return person.calls.shares.record(body).require_data()


def counts(report: Report, activity: Mapping[str, Any], people: Mapping[str, Person]) -> dict[str, str]:
    """`sign-ups/payments` of each in the report; one that it does not list counts nothing (F-06)."""
    rows = report({"eventIds": [activity["id"]]}).require_data()
    told = {row["memberId"]: f"{row['signUpCount']}/{row['payCount']}" for row in rows}
    assert len(told) == len(rows), "一个会员在一个活动里只应有一行"
    return {name: told.get(person.id, "0/0") for name, person in people.items()}
