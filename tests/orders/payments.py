"""What the payment provider tells, and how it is signed: notifies of payments and of refunds."""

import hashlib
import hmac
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from clients import PaymentProvider
from harness.bookings import Bookings
from harness.cases import Case
from harness.checks import check_outcome
from harness.order_states import OrderStates, Placed
from harness.people import Cashier
from tests.orders.states import brought, check_after

WAITING: Final = {"notify": ("PAY_PROCESSING", "PAY_PROCESSING"), "refund_notify": ("CANCELED", "REFUNDING")}
"""The state of the order that each notify is about, where the case names none."""

SIGNATURES: Final[Mapping[str, Callable[[PaymentProvider, bytes], str | None]]] = {
    "missing": lambda provider, content: None,
    "empty": lambda provider, content: "",
    "zeros": lambda provider, content: "0" * 64,
    "cut": lambda provider, content: provider.signature_of(content)[:-1],
    "of_another_body": lambda provider, content: provider.signature_of(
        content.replace(b"SUCCESS", b"FAILED")
    ),
    "of_the_body_respaced": lambda provider, content: provider.signature_of(content.replace(b": ", b":")),
    "by_another_secret": lambda provider, content: hmac.new(b"guessed", content, hashlib.sha256).hexdigest(),
    "without_a_secret": lambda provider, content: hashlib.sha256(content).hexdigest(),
}


@dataclass(frozen=True)
class Notices:
    """The provider's notifies about orders of one kind."""

    provider: PaymentProvider
    bookings: Bookings
    states: OrderStates
    cashier: Cashier

    def body(self, call: str, placed: Placed) -> Mapping[str, Any]:
        """What the provider rightly sends about the order."""
        if call == "refund_notify":
            return self.cashier.refund_body(placed.order["refundOrderId"])
        return self.cashier.notify_body(placed.order["id"], placed.order[self.bookings.amount])

    def told(self, case: Case) -> None:
        """A rightly signed notify, changed as the case says."""
        call = case.call or ""
        placed = brought(case, self.states, *WAITING[call])
        body = self.bookings.changed(self.body(call, placed), case.change)

        self._sent(case, placed, json.dumps(body, ensure_ascii=False).encode())

    def told_raw(self, case: Case) -> None:
        """Bytes of the case's own, rightly signed."""
        placed = brought(case, self.states, *WAITING[case.call or ""])

        self._sent(case, placed, str(case.query["body"]).encode())

    def told_respaced(self, case: Case) -> None:
        """A right body, written otherwise than the client writes it, and signed as it is written."""
        placed = brought(case, self.states, *WAITING[case.call or ""])
        body = self.body(case.call or "", placed)

        self._sent(case, placed, json.dumps(body, indent=case.query["indent"]).encode())

    def signed_badly(self, case: Case) -> None:
        call = case.call or ""
        placed = brought(case, self.states, *WAITING[call])
        content = json.dumps(self.body(call, placed)).encode()

        answer = self.provider.send(
            call, content, SIGNATURES[case.query["signature"]](self.provider, content)
        )

        check_outcome(answer, case)
        check_after(case, placed, self.states.read(placed))

    def _sent(self, case: Case, placed: Placed, content: bytes) -> None:
        answer = self.provider.send(case.call or "", content, self.provider.signature_of(content))

        check_outcome(answer, case)
        check_after(case, placed, self.states.read(placed))
