"""An event's page."""

from flask import Blueprint, Response

from sandbox.models import Member
from sandbox.routes.answers import ok
from sandbox.routes.context import transaction
from sandbox.routes.guards import for_members
from sandbox.rules.event_views import event_view
from sandbox.rules.events import find_published_event
from sandbox.rules.kinds import as_id

blueprint = Blueprint("member_events", __name__)


@blueprint.get("/event/<event_id>")
@for_members
def get(member: Member, event_id: str) -> Response:
    event = find_published_event(transaction(), member.organization_id, as_id(event_id))
    return ok(event_view(transaction(), event))
