"""Orders of group-buys: what can be done in each state, and what time does."""

import pytest

from harness.cases import Case, cases
from harness.order_states import OrderStates
from tests.orders import states

pytestmark = pytest.mark.order


@cases("group_buy_order_state")
def test_state(case: Case, group_buy_order_states: OrderStates) -> None:
    states.transition(case, group_buy_order_states)
