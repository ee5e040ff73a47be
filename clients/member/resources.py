"""Resource ids on the mini-program."""

from clients.bodies import LinkedResource
from clients.response import Answer
from clients.transport import Resource, segment


class MemberResources(Resource):
    def get(self, resource_id: str) -> Answer[LinkedResource]:
        """What the resource id points to."""
        return self._transport.call("member.resources.get", "GET", f"resources/{segment(resource_id)}")
