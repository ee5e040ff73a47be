"""Shares and reaches, as a member."""

from clients.bodies import AnyBody
from clients.response import Answer
from clients.transport import Resource


class MemberShares(Resource):
    def record(self, body: AnyBody) -> Answer[str]:
        """Record a share or a reach by a `ShareBody`; the answer's data is its id."""
        return self._transport.call("member.shares.record", "POST", "shares", json=body)
