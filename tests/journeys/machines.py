"""State machines: whatever members, the console, the provider and time do, platform and model agree."""

import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, Final

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from clients import Answer
from harness.bookings import Bookings
from harness.clock import DAY, MINUTE, SECOND
from harness.curl import CurlScript
from harness.people import FAILED, SUCCESS, Person
from tests.journeys.models import OK, EventModel, GroupBuyModel, Order, OrdersModel, Team, priced
from tests.journeys.scenes import Scene

PEOPLE: Final = 4
STEPS_OF_TIME: Final = (SECOND, 15 * MINUTE - SECOND, 15 * MINUTE, DAY - SECOND, DAY, 3 * DAY)
FEN: Final = 1
SESSION: Final = {
    "eventSessionList.0.startTime": {"$clock": "+5d"},
    "eventSessionList.0.endTime": {"$clock": "+6d"},
}
"""Far enough away for an example to have a life before it."""

people = st.integers(0, PEOPLE - 1)
picks = st.integers(0, 99)
flags = st.booleans()
mostly = st.sampled_from([True, True, True, False])
"""Long off, an activity takes no order, and an example has nothing to tell."""


@dataclass
class Stand:
    """What every example stands on; `started` is where its clock begins."""

    scene: Scene
    script: CurlScript
    started: int


class OrderMachine(RuleBasedStateMachine):
    """What can be done to orders of either kind. The stand is set on a subclass made for the test."""

    stand: ClassVar[Stand]
    model: OrdersModel
    bookings: Bookings
    activity: Mapping[str, Any]

    def __init__(self) -> None:
        super().__init__()
        self.scene = self.stand.scene
        self.crowd: list[Person] = list(self.scene.crowd[:PEOPLE])
        self.ids: list[str] = []
        self.scene.clock.set(self.stand.started)
        self.stand.script.begin()

    @precondition(lambda self: self.ids)
    @rule(pick=picks)
    def start_paying(self, pick: int) -> None:
        order, order_id = self._picked(pick)
        answer = self.crowd[order.person].calls.payments.start(order_id)
        self._agrees(answer, self.model.start_paying(order))

    @precondition(lambda self: self.ids)
    @rule(pick=picks)
    def go_on(self, pick: int) -> None:
        """What usually comes next for an order, so that late states are common."""
        status = self._picked(pick)[0].status
        if status == "UNPAID":
            self.start_paying(pick)
        elif status == "PAY_PROCESSING":
            self.notify(pick, success=True, off=0)
        elif status == "RESERVATION_REVIEW_PENDING":
            self.review(pick, approved=True)
        else:
            self.check_in(pick)

    @precondition(lambda self: self.ids)
    @rule(pick=picks, success=flags, off=st.sampled_from([0, 0, 0, FEN, -FEN]))
    def notify(self, pick: int, success: bool, off: int) -> None:
        order, order_id = self._picked(pick)
        amount = max(order.price + off, 0)  # a negative one would be no amount at all (40001)
        answer = self.scene.cashier.settle(order_id, amount, SUCCESS if success else FAILED)
        self._agrees(answer, self.model.notify(order, success=success, amount=amount))

    @precondition(lambda self: any(order.payment == "REFUNDING" for order in self.model.orders))
    @rule(success=flags)
    def notify_refund(self, success: bool) -> None:
        order = next(one for one in self.model.orders if one.payment == "REFUNDING")
        order_id = self.ids[self.model.orders.index(order)]
        refund = self.bookings.read(self.activity, order_id)["refundOrderId"]
        answer = self.scene.cashier.settle_refund(refund, SUCCESS if success else FAILED)
        self._agrees(answer, self.model.notify_refund(order, success=success))

    @precondition(lambda self: self.ids)
    @rule(pick=picks)
    def cancel_by_member(self, pick: int) -> None:
        order, order_id = self._picked(pick)
        answer = self.bookings.cancel(self.crowd[order.person], order_id)
        self._agrees(answer, self.model.cancel_by_member(order))

    @precondition(lambda self: self.ids)
    @rule(pick=picks)
    def cancel_by_console(self, pick: int) -> None:
        order, order_id = self._picked(pick)
        self._agrees(self.bookings.desk().cancel(order_id), self.model.cancel_by_console(order))

    @precondition(lambda self: self.ids)
    @rule(pick=picks, approved=flags)
    def review(self, pick: int, approved: bool) -> None:
        order, order_id = self._picked(pick)
        answer = self.bookings.desk().review(order_id, {"approved": approved})
        self._agrees(answer, self.model.review(order, approved=approved))

    @precondition(lambda self: self.ids)
    @rule(pick=picks)
    def check_in(self, pick: int) -> None:
        order, order_id = self._picked(pick)
        answer = self.bookings.check_in(self.activity, self.bookings.read(self.activity, order_id))
        self._agrees(answer, self.model.check_in(order))

    @rule(step=st.sampled_from(STEPS_OF_TIME))
    def time_passes(self, step: int) -> None:
        self.scene.clock.advance(step)
        self.model.advance(step)

    @invariant()
    def orders_are_those_of_the_model(self) -> None:
        rows = {row["id"]: row for row in self.bookings.listed(self.activity["id"])}
        seen = {order_id: (row["status"], row["pamentStatus"]) for order_id, row in rows.items()}
        wanted = {
            order_id: (order.status, order.payment)
            for order_id, order in zip(self.ids, self.model.orders, strict=True)
        }
        assert seen == wanted

    def teardown(self) -> None:
        """What costs a call of its own is held at the end of each example that has not failed before."""
        if self.ids and sys.exc_info()[0] is None:
            self.report_counts_what_the_model_counts()
            self.figures_are_those_of_the_model()

    def figures_are_those_of_the_model(self) -> None:
        raise NotImplementedError

    def report_counts_what_the_model_counts(self) -> None:
        wanted: dict[str, tuple[int, int]] = {}
        for order in self.model.orders:
            sign_ups, payments = wanted.get(self.crowd[order.person].id, (0, 0))
            wanted[self.crowd[order.person].id] = (sign_ups + order.signed_up, payments + order.paid)
        rows = self._report()({"eventIds": [self.activity["id"]]}).require_data()
        seen = {row["memberId"]: (row["signUpCount"], row["payCount"]) for row in rows}
        assert {**dict.fromkeys(wanted, (0, 0)), **seen} == wanted

    def _report(self) -> Callable[[Mapping[str, Any]], Answer[Any]]:
        raise NotImplementedError

    def _picked(self, pick: int) -> tuple[Order, str]:
        """Mostly a live one: what is dead answers the same to everything."""
        live = [place for place, order in enumerate(self.model.orders) if order.live]
        pool = [*live, *live, *live, *range(len(self.ids))]
        place = pool[pick % len(pool)]
        return self.model.orders[place], self.ids[place]

    def _agrees(self, answer: Answer[Any], code: str) -> None:
        assert answer.code == code, f"应答 {code}，实为 {answer.code} {answer.message}"

    def _books(self, answer: Answer[Any], code: str) -> None:
        self._agrees(answer, code)
        if code == OK:
            self.ids.append(answer.require_data()["orderId"])


class EventOrderMachine(OrderMachine):
    """An event with one session of two places, and four members."""

    model: EventModel

    @initialize(price=flags, reserved=flags, cancel_reviewed=flags)
    def event(self, price: bool, reserved: bool, cancel_reviewed: bool) -> None:
        self.bookings = self.scene.events
        self.activity = self.bookings.activity(
            {"reservationReviewToggle": reserved, "eventSessionList.0.quota": 2, **SESSION},
            price=priced(price),
            cancel_reviewed=cancel_reviewed,
        )
        session = self.activity["eventSessionList"][0]
        self.model = EventModel(
            now=self.stand.started,
            price=priced(price),
            cancel_reviewed=cancel_reviewed,
            quota=2,
            reserved=reserved,
            session_starts=session["startTime"],
            session_ends=session["endTime"],
        )

    @rule(person=people)
    def book(self, person: int) -> None:
        answer = self.bookings.send(self.crowd[person], self.bookings.body(self.activity))
        self._books(answer, self.model.book(person))

    @rule(published=mostly)
    def publish_or_withdraw(self, published: bool) -> None:
        self.bookings.admin.events.publish(self.activity["id"], published).require_ok()
        self.model.published = published

    def figures_are_those_of_the_model(self) -> None:
        event = self.bookings.admin.events.get(self.activity["id"]).require_data()
        assert event["eventSessionList"][0]["seatsLeft"] == 2 - len(self.model.live_orders())

    def _report(self) -> Callable[[Mapping[str, Any]], Answer[Any]]:
        return self.bookings.admin.reports.events


class GroupBuyOrderMachine(OrderMachine):
    """A group-buy with teams of two, at most four live orders, and four members."""

    model: GroupBuyModel

    def __init__(self) -> None:
        super().__init__()
        self.team_ids: list[str] = []

    @initialize(price=flags, repeat=flags, cancel_reviewed=flags)
    def group_buy(self, price: bool, repeat: bool, cancel_reviewed: bool) -> None:
        self.bookings = self.scene.group_buys
        rule_ = "groupBuyEventTeamRules.0"
        self.activity = self.bookings.activity(
            {"repeatJoin": repeat, f"{rule_}.size": 2, f"{rule_}.maxNumber": 4},
            price=priced(price),
            cancel_reviewed=cancel_reviewed,
        )
        self.model = GroupBuyModel(
            now=self.stand.started,
            price=priced(price),
            cancel_reviewed=cancel_reviewed,
            repeat=repeat,
            team_hours=self.activity["teamLastTimeHours"],
            effective_hours=self.activity["effectiveHours"],
            ends=self.activity["endTime"],
        )

    @rule(person=people)
    def open_a_team(self, person: int) -> None:
        self._joins(person, None, "")

    @precondition(lambda self: self.team_ids)
    @rule(person=people, pick=picks)
    def join_a_team(self, person: int, pick: int) -> None:
        place = pick % len(self.team_ids)
        self._joins(person, self.model.teams[place], self.team_ids[place])

    @rule(enabled=mostly)
    def enable_or_disable(self, enabled: bool) -> None:
        self.bookings.admin.group_buys.enable(self.activity["id"], enabled).require_ok()
        self.model.enabled = enabled

    @invariant()
    def teams_are_those_of_the_model(self) -> None:
        rows = self.bookings.admin.group_buy_orders.teams(self.activity["id"], size=100).require_data()
        wanted = [team.status for team in self.model.teams]
        assert {row["id"]: row["status"] for row in rows} == dict(zip(self.team_ids, wanted, strict=True))

    def figures_are_those_of_the_model(self) -> None:
        (counted,) = self.bookings.admin.group_buy_orders.numbers(self.activity["id"]).require_data()
        assert counted["number"] == len(self.model.live_orders())

    def _joins(self, person: int, team: Team | None, team_id: str) -> None:
        body = self.bookings.body(self.activity, {"groupBuyEventTeamId": team_id})
        answer = self.bookings.send(self.crowd[person], body)
        self._books(answer, self.model.join(person, team))
        if team is None and answer.ok:
            self.team_ids.append(answer.require_data()["groupBuyEventTeamId"])

    def _report(self) -> Callable[[Mapping[str, Any]], Answer[Any]]:
        return self.bookings.admin.reports.group_buys
