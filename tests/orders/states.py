"""One case of the matrix: what an action makes of an order in a state, the same for every kind."""

from collections.abc import Mapping
from typing import Any, Final

from harness.cases import Case
from harness.checks import check_outcome, check_same
from harness.order_states import OrderStates, Placed

MAY_CHANGE: Final = frozenset(
    {"status", "pamentStatus", "paymentOrderId", "refundOrderId", "checkinStoreOrgId", "updatedTime"}
) | {"teamStatus"}
"""What an action may change in an order; the last is the team's, not the order's."""
PAID_BACK: Final = frozenset({"REFUNDING", "REFUNDED", "REFUND_FAILED"})


def transition(case: Case, states: OrderStates) -> None:
    before = brought(case, states)

    answer = states.act(before, case.action) if case.action else None

    if answer is not None:
        check_outcome(answer, case)
    check_after(case, before, states.read(before))


def check_after(case: Case, before: Placed, after: Placed) -> None:
    """The order came into the state that the case names; one refused or left there has not changed at all."""
    expected = (case.expect.get("status"), case.expect.get("payment"))
    if "status" in case.expect:
        assert after.state == expected, f"{before.state} 之后应为 {expected}，实为 {after.state}"
    if "team" in case.expect:
        assert after.order["teamStatus"] == case.expect["team"], "团的状态不符"
    if "status" not in case.expect or "code" in case.expect or expected == before.state:
        check_same(before.order, after.order)
    else:
        check_same(_lasting(before.order), _lasting(after.order))
        assert (after.order["refundOrderId"] is not None) == (after.state[1] in PAID_BACK), (
            "退款单与支付状态不符"
        )


def brought(case: Case, states: OrderStates, status: str = "UNUSED", payment: str = "NONE") -> Placed:
    """The order that the case is about, in the state that it names or else in this one, at its time."""
    state = case.before or {"status": status, "payment": payment}
    placed = states.bring(state["status"], state["payment"], case.given)
    return states.wait(placed, case.clock) if case.clock else placed


def _lasting(order: Mapping[str, Any]) -> Mapping[str, Any]:
    return {name: value for name, value in order.items() if name not in MAY_CHANGE}
