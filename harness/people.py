"""Members that a test makes for itself, and the payment provider at their side."""

from dataclasses import dataclass, field
from itertools import count
from typing import Any

from clients import Answer, MemberClient
from clients.bodies import PayNotify, RefundNotify, StartedPayment
from harness.platform import Platform
from harness.randomness import Randomness

SUCCESS = "SUCCESS"
FAILED = "FAILED"


@dataclass(frozen=True)
class Person:
    """A signed-in member: `calls` are the mini-program's, as this member."""

    id: str
    calls: MemberClient = field(repr=False)


class People:
    """New members under the test's mark; each name is one member."""

    def __init__(self, platform: Platform, mark: str) -> None:
        self._platform = platform
        self._mark = mark
        self._known: dict[str, Person] = {}

    def __call__(self, name: str = "a", *, worker: bool = False, student: bool = False) -> Person:
        """The member of that name (ASCII). Only a sandbox can make a member staff or a student."""
        if name not in self._known:
            calls = self._platform.new_member(f"{self._mark}-{name}")
            self._known[name] = Person(calls.me().require_data()["id"], calls)
        person = self._known[name]
        if worker or student:
            self.change(name, worker=worker, student=student)
        return person

    def change(self, name: str, **changes: bool) -> None:
        """Change the member of that name as only a sandbox can: `worker, student, isNew, redPacketTaken`."""
        self._platform.sandbox.change_member(self(name).id, **changes).require_ok()


class Cashier:
    """Pays for orders: starts as the member, settles as the payment provider, by new transactions."""

    def __init__(self, platform: Platform, randomness: Randomness) -> None:
        self._platform = platform
        self._serial = randomness.serial
        self._numbers = count(1)

    def new_transaction(self) -> str:
        return f"T{self._serial}{next(self._numbers)}"

    def start(self, person: Person, order_id: str) -> StartedPayment:
        return person.calls.payments.start(order_id).require_data()

    def settle(
        self, order_id: str, amount: int, result: str = SUCCESS, *, transaction_id: str | None = None
    ) -> Answer[Any]:
        """The provider's word on a payment."""
        body = self.notify_body(order_id, amount, result, transaction_id=transaction_id)
        return self._platform.payment_provider.notify(body)

    def notify_body(
        self, order_id: str, amount: int, result: str = SUCCESS, *, transaction_id: str | None = None
    ) -> PayNotify:
        return {
            "orderId": order_id,
            "transactionId": transaction_id or self.new_transaction(),
            "amount": amount,
            "result": result,
        }

    def pay(self, person: Person, order_id: str) -> str:
        """Start and settle well; the transaction's id."""
        amount, transaction_id = self.start(person, order_id)["amount"], self.new_transaction()
        self.settle(order_id, amount, transaction_id=transaction_id).require_ok()
        return transaction_id

    def settle_refund(
        self, refund_order_id: str, result: str = SUCCESS, *, transaction_id: str | None = None
    ) -> Answer[Any]:
        """The provider's word on a refund."""
        body = self.refund_body(refund_order_id, result, transaction_id=transaction_id)
        return self._platform.payment_provider.refund_notify(body)

    def refund_body(
        self, refund_order_id: str, result: str = SUCCESS, *, transaction_id: str | None = None
    ) -> RefundNotify:
        return {
            "refundOrderId": refund_order_id,
            "transactionId": transaction_id or self.new_transaction(),
            "result": result,
        }
