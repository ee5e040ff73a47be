"""Orders of events: booking, seats, reviews, check-in, and who may do what about them."""

import pytest

from harness.cases import Case, cases
from harness.order_states import OrderStates
from tests.orders import states

pytestmark = pytest.mark.order


@cases("event_order_state")
def test_state(case: Case, event_order_states: OrderStates) -> None:
    states.transition(case, event_order_states)
