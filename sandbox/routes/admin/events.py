"""Events."""

from flask import Blueprint, Response

from sandbox.routes.admin.activities import ActivityCalls
from sandbox.routes.answers import ok
from sandbox.routes.context import transaction
from sandbox.routes.guards import for_tenants
from sandbox.rules.activities import activity_names
from sandbox.rules.event_bodies import EventBody
from sandbox.rules.event_kind import EVENTS
from sandbox.rules.event_views import event_views
from sandbox.rules.events import copy_event, create_event, update_event
from sandbox.rules.tenants import SignedInTenant
from sandbox.rules.wire import wire_id

blueprint = Blueprint("admin_events", __name__)

ActivityCalls(
    kind=EVENTS,
    body=EventBody,
    views=event_views,
    create=create_event,
    update=update_event,
    copy=copy_event,
    copy_tells_its_id=False,
    show="publish",
).register(blueprint, "/event")


@blueprint.get("/event/get_all_events_the_id_and_name")
@for_tenants()
def get_all_events_the_id_and_name(tenant: SignedInTenant) -> Response:
    names = activity_names(transaction(), EVENTS, tenant.organization_id)
    return ok([{"id": wire_id(event_id), "name": name} for event_id, name in names])
