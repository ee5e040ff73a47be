"""One case of the matrix: what an action makes of an order in a state, the same for every kind."""

from collections.abc import Mapping
from typing import Any, Final

from harness.cases import Case
from harness.checks import check_outcome, check_same
from harness.order_states import OrderStates

MAY_CHANGE: Final = frozenset(
    {"status", "pamentStatus", "paymentOrderId", "refundOrderId", "checkinStoreOrgId", "updatedTime"}
) | {"teamStatus"}
"""What an action may change in an order; the last is the team's, not the order's."""
PAID_BACK: Final = frozenset({"REFUNDING", "REFUNDED", "REFUND_FAILED"})


def transition(case: Case, states: OrderStates) -> None:
    assert case.before is not None
    assert case.action is not None
    before = states.bring(case.before["status"], case.before["payment"], case.given)

    answer = states.act(before, case.action)

    after = states.read(before)
    if answer is not None:
        check_outcome(answer, case)
    expected = (case.expect.get("status"), case.expect.get("payment"))
    if "code" in case.expect or expected == before.state:
        check_same(before.order, after.order)
    else:
        assert after.state == expected, f"{before.state} 应变为 {expected}，实为 {after.state}"
        check_same(_lasting(before.order), _lasting(after.order))
        assert (after.order["refundOrderId"] is not None) == (after.state[1] in PAID_BACK), (
            "退款单与支付状态不符"
        )


def _lasting(order: Mapping[str, Any]) -> Mapping[str, Any]:
    return {name: value for name, value in order.items() if name not in MAY_CHANGE}
