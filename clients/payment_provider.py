"""The payment provider's side: its callbacks to the platform, signed over the bytes that are sent."""

import hashlib
import hmac
import json
from typing import Any

from clients.bodies import AnyBody
from clients.response import Answer
from clients.transport import Transport

SIGNATURE = "X-Pay-Signature"


class PaymentProvider:
    """Calls the mini-program's front as the provider does: signed (HMAC-SHA256, hex) instead of signed in."""

    def __init__(self, transport: Transport, secret: str) -> None:
        self._transport = transport
        self._secret = secret.encode()

    def notify(self, body: AnyBody) -> Answer[Any]:
        """Tell how a payment went, by a `PayNotify`."""
        content = json.dumps(body, ensure_ascii=False).encode()
        return self.send("notify", content, self.signature_of(content))

    def refund_notify(self, body: AnyBody) -> Answer[Any]:
        """Tell how a refund went, by a `RefundNotify`."""
        content = json.dumps(body, ensure_ascii=False).encode()
        return self.send("refund_notify", content, self.signature_of(content))

    def send(self, call: str, content: bytes, signature: str | None) -> Answer[Any]:
        """`notify` or `refund_notify` with the bytes and the signature as they are; None leaves it out."""
        return self._transport.call(
            f"member.pay.{call}",
            "POST",
            f"pay/{call}",
            raw_body=content,
            headers={} if signature is None else {SIGNATURE: signature},
        )

    def signature_of(self, content: bytes) -> str:
        return hmac.new(self._secret, content, hashlib.sha256).hexdigest()
