"""Many callers at the same moment, on a real socket and two databases: never one too many, never twice."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from typing import Any, Final

import pytest

from clients import Answer
from harness.bookings import PRICE, Bookings
from harness.cases import Case, cases
from harness.people import Person
from tests.journeys.scenes import CALLERS, Scene, at_once

pytestmark = [pytest.mark.journey, pytest.mark.load]

ROUNDS: Final = 2
DEAD: Final = {"CANCELED", "TIME_OUT", "TEAM_FAIL"}
RULE: Final = "groupBuyEventTeamRules.0"
HALF: Final = CALLERS // 2


@cases("crowd")
def test_crowd(case: Case, scene: Scene) -> None:
    for _ in range(ROUNDS):
        CROWDS[case.call or ""](scene)


def last_places_of_a_session(scene: Scene) -> None:
    """E-07: three places, sixteen members."""
    event = scene.events.activity({"eventSessionList.0.quota": 3})

    answers = _all_book(scene.events, event, scene.crowd)

    assert _codes(answers) == {"0": 3, "40902": CALLERS - 3}
    assert len(_live(scene.events, event)) == 3
    assert scene.events.admin.events.get(event["id"]).require_data()["eventSessionList"][0]["seatsLeft"] == 0


def one_member_books_many_times(scene: Scene) -> None:
    """E-03: one live booking for a member and session."""
    event = scene.events.activity()

    answers = _all_book(scene.events, event, [scene.crowd[0]] * CALLERS)

    assert _codes(answers) == {"0": 1, "40903": CALLERS - 1}
    assert len(_live(scene.events, event)) == 1


def same_notify_many_times(scene: Scene) -> None:
    """P-03: taken once for a transaction, and answered alike each time."""
    event, order_id = _about_to_pay(scene, scene.events)
    transaction = scene.cashier.new_transaction()

    answers = at_once([lambda: scene.cashier.settle(order_id, PRICE, transaction_id=transaction)] * CALLERS)

    assert _codes(answers) == {"0": CALLERS}
    assert _state(scene.events, event, order_id) == ("UNUSED", "PAY_SUCCESS")
    assert _counted(scene, event) == [(1, 1)]


def two_transactions_at_once(scene: Scene) -> None:
    """P-02, P-03: an order is paid by one transaction; another one's success is refused."""
    event, order_id = _about_to_pay(scene, scene.events)

    answers = at_once([lambda: scene.cashier.settle(order_id, PRICE)] * CALLERS)

    assert _codes(answers) == {"0": 1, "40901": CALLERS - 1}
    assert _state(scene.events, event, order_id) == ("UNUSED", "PAY_SUCCESS")
    assert _counted(scene, event) == [(1, 1)]


def cancel_against_notify(scene: Scene) -> None:
    """P-04 to P-06: whichever comes first, the order is cancelled once and the money goes back once."""
    event, order_id = _about_to_pay(scene, scene.events)
    transaction, person = scene.cashier.new_transaction(), scene.crowd[0]

    answers = at_once(
        [
            *[lambda: scene.events.cancel(person, order_id)] * HALF,
            *[lambda: scene.cashier.settle(order_id, PRICE, transaction_id=transaction)] * HALF,
        ]
    )

    assert _codes(answers[:HALF]) == {"0": 1, "40901": HALF - 1}
    assert _codes(answers[HALF:]) == {"0": HALF}
    assert _state(scene.events, event, order_id) == ("CANCELED", "REFUNDING")
    assert _counted(scene, event) in ([], [(0, 0)])


def same_refund_notify_many_times(scene: Scene) -> None:
    """P-06: a refund is made once; P-03 holds for its notify too."""
    event, order_id = _about_to_pay(scene, scene.events)
    scene.cashier.settle(order_id, PRICE).require_ok()
    scene.events.desk().cancel(order_id).require_ok()
    refund = scene.events.read(event, order_id)["refundOrderId"]
    transaction = scene.cashier.new_transaction()

    answers = at_once([lambda: scene.cashier.settle_refund(refund, transaction_id=transaction)] * CALLERS)

    assert _codes(answers) == {"0": CALLERS}
    assert _state(scene.events, event, order_id) == ("CANCELED", "REFUNDED")
    assert scene.events.read(event, order_id)["refundOrderId"] == refund


def check_ins_of_one_code(scene: Scene) -> None:
    """E-13: a code is taken once."""
    event = scene.events.activity()
    order_id = scene.events.book(event, scene.crowd[0])["orderId"]
    order = scene.events.read(event, order_id)

    answers = at_once([lambda: scene.events.check_in(event, order)] * CALLERS)

    assert _codes(answers) == {"0": 1, "40901": CALLERS - 1}
    assert _state(scene.events, event, order_id)[0] == "USED"


def cancels_of_one_order(scene: Scene) -> None:
    """P-05, F-04: cancelled once, taken back once, by the member and by the console at once."""
    event = scene.events.activity()
    person = scene.crowd[0]
    order_id = scene.events.book(event, person)["orderId"]

    answers = at_once(
        [
            *[lambda: scene.events.cancel(person, order_id)] * HALF,
            *[lambda: scene.events.desk().cancel(order_id)] * HALF,
        ]
    )

    assert _codes(answers) == {"0": 1, "40901": CALLERS - 1}
    assert _counted(scene, event) in ([], [(0, 0)])


def last_seats_of_a_team(scene: Scene) -> None:
    """G-07: a team of four has three seats beside its leader; exactly four, however many join at once."""
    group_buy = scene.group_buys.activity({f"{RULE}.size": 4, f"{RULE}.maxNumber": 100})
    leader, *others = scene.crowd
    team = scene.group_buys.book(group_buy, leader)["groupBuyEventTeamId"]

    answers = _all_book(scene.group_buys, group_buy, others, {"groupBuyEventTeamId": team})

    assert _codes(answers) == {"0": 3, "40902": CALLERS - 4}
    (found,) = scene.group_buys.admin.group_buy_orders.teams(group_buy["id"]).require_data()
    assert (found["status"], len(found["members"])) == ("SUCCESS", 4)
    assert len(_live(scene.group_buys, group_buy)) == 4


def rule_s_largest_number(scene: Scene) -> None:
    """G-07: `maxNumber` bounds the live orders under a rule, over all its teams."""
    group_buy = scene.group_buys.activity(
        {f"{RULE}.size": 1, f"{RULE}.maxNumber": 5, f"{RULE}.begintNumber": 7}
    )

    answers = _all_book(scene.group_buys, group_buy, scene.crowd)

    assert _codes(answers) == {"0": 5, "40902": CALLERS - 5}
    assert len(_live(scene.group_buys, group_buy)) == 5
    numbers = scene.group_buys.admin.group_buy_orders.numbers(group_buy["id"]).require_data()
    assert numbers == [{"size": 1, "number": 7 + 5}]


def one_member_joins_many_times(scene: Scene) -> None:
    """G-09: without `repeatJoin`, one live order of a member in the event."""
    group_buy = scene.group_buys.activity({"repeatJoin": False, f"{RULE}.size": 1, f"{RULE}.maxNumber": 100})

    answers = _all_book(scene.group_buys, group_buy, [scene.crowd[0]] * CALLERS)

    assert _codes(answers) == {"0": 1, "40903": CALLERS - 1}
    assert len(_live(scene.group_buys, group_buy)) == 1


def leader_leaves_while_others_join(scene: Scene) -> None:
    """G-08: once the leader has cancelled while PENDING, the team is FAILED and nobody is left live in it."""
    group_buy = scene.group_buys.activity({f"{RULE}.size": CALLERS + 1, f"{RULE}.maxNumber": 100})
    leader, *others = scene.crowd
    booked = scene.group_buys.book(group_buy, leader)
    body = scene.group_buys.body(group_buy, {"groupBuyEventTeamId": booked["groupBuyEventTeamId"]})

    calls: list[Callable[[], Answer[Any]]] = [lambda: scene.group_buys.cancel(leader, booked["orderId"])]
    calls += [partial(scene.group_buys.send, person, body) for person in others]
    cancelled, *joined = at_once(calls)

    assert cancelled.ok
    assert set(_codes(joined)) <= {"0", "40901"}
    (team,) = scene.group_buys.admin.group_buy_orders.teams(group_buy["id"]).require_data()
    assert team["status"] == "FAILED"
    assert _live(scene.group_buys, group_buy) == []


CROWDS: Final[Mapping[str, Callable[[Scene], None]]] = {
    crowd.__name__: crowd
    for crowd in (
        last_places_of_a_session,
        one_member_books_many_times,
        same_notify_many_times,
        two_transactions_at_once,
        cancel_against_notify,
        same_refund_notify_many_times,
        check_ins_of_one_code,
        cancels_of_one_order,
        last_seats_of_a_team,
        rule_s_largest_number,
        one_member_joins_many_times,
        leader_leaves_while_others_join,
    )
}


def _all_book(
    bookings: Bookings,
    activity: Mapping[str, Any],
    people: Sequence[Person],
    changes: Mapping[str, Any] | None = None,
) -> list[Answer[Any]]:
    body = bookings.body(activity, changes)
    return at_once([partial(bookings.send, person, body) for person in people])


def _about_to_pay(scene: Scene, bookings: Bookings) -> tuple[Mapping[str, Any], str]:
    """An activity with an order whose payment the provider is about to tell of."""
    activity = bookings.activity(price=PRICE)
    order_id = bookings.book(activity, scene.crowd[0])["orderId"]
    scene.cashier.start(scene.crowd[0], order_id)
    return activity, order_id


def _codes(answers: Iterable[Answer[Any]]) -> dict[str, int]:
    return dict(Counter(answer.code for answer in answers))


def _state(bookings: Bookings, activity: Mapping[str, Any], order_id: str) -> tuple[str, str]:
    order = bookings.read(activity, order_id)
    return order["status"], order["pamentStatus"]


def _live(bookings: Bookings, activity: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    return [row for row in bookings.listed(activity["id"]) if row["status"] not in DEAD]


def _counted(scene: Scene, event: Mapping[str, Any]) -> list[tuple[int, int]]:
    """What the report counts for the event: sign-ups and payments of each member."""
    rows = scene.events.admin.reports.events({"eventIds": [event["id"]]}).require_data()
    return [(row["signUpCount"], row["payCount"]) for row in rows]
