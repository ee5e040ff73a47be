"""Paying for an order, as a member."""

from clients.bodies import StartedPayment
from clients.response import Answer
from clients.transport import Resource, segment


class MemberPayments(Resource):
    def start(self, order_id: str) -> Answer[StartedPayment]:
        """Start paying: the order is PAY_PROCESSING from then on (P-02)."""
        return self._transport.call("member.payments.start", "POST", f"payments/{segment(order_id)}")
