"""Events."""

from flask import Blueprint, Response, request

from sandbox.routes.answers import listed, ok
from sandbox.routes.context import transaction
from sandbox.routes.guards import for_tenants
from sandbox.routes.reading import form_flag, json_body, paging, search_object, search_word
from sandbox.rules.bodies import read_body
from sandbox.rules.event_bodies import EventBody
from sandbox.rules.event_lists import EventSearch, event_names, list_events
from sandbox.rules.event_views import event_view, event_views
from sandbox.rules.events import (
    copy_event,
    create_event,
    delete_event,
    find_event,
    publish_event,
    recommend_event,
    update_event,
)
from sandbox.rules.kinds import as_id
from sandbox.rules.tenants import Privilege, SignedInTenant
from sandbox.rules.wire import wire_id

blueprint = Blueprint("admin_events", __name__)


@blueprint.get("/event/list")
@for_tenants(Privilege.EVENT_VIEW)
def event_list(tenant: SignedInTenant) -> Response:
    asked, given = paging(), search_object("eventSearchVO")
    search = read_body(EventSearch, given, "eventSearchVO")
    page = list_events(transaction(), tenant.organization_id, search_word(), search, asked)
    return listed(page, event_views(transaction(), page.rows))


@blueprint.get("/event/get_all_events_the_id_and_name")
@for_tenants()
def get_all_events_the_id_and_name(tenant: SignedInTenant) -> Response:
    names = event_names(transaction(), tenant.organization_id)
    return ok([{"id": wire_id(event_id), "name": name} for event_id, name in names])


@blueprint.post("/event")
@for_tenants(Privilege.EVENT_CREATE)
def create(tenant: SignedInTenant) -> Response:
    body = read_body(EventBody, json_body())
    event = create_event(transaction(), tenant.organization_id, body, request.host_url)
    return ok(wire_id(event.id))


@blueprint.get("/event/<event_id>")
@for_tenants(Privilege.EVENT_VIEW)
def get(tenant: SignedInTenant, event_id: str) -> Response:
    event = find_event(transaction(), tenant.organization_id, as_id(event_id))
    return ok(event_view(transaction(), event))


@blueprint.put("/event/<event_id>")
@for_tenants(Privilege.EVENT_EDIT)
def update(tenant: SignedInTenant, event_id: str) -> Response:
    given = json_body()
    event = find_event(transaction(), tenant.organization_id, as_id(event_id))
    update_event(transaction(), tenant.organization_id, event, read_body(EventBody, given), request.host_url)
    return ok()


@blueprint.delete("/event/<event_id>")
@for_tenants(Privilege.EVENT_DELETE)
def delete(tenant: SignedInTenant, event_id: str) -> Response:
    delete_event(transaction(), tenant.organization_id, as_id(event_id))
    return ok()


@blueprint.put("/event/<event_id>/copy")
@for_tenants(Privilege.EVENT_CREATE)
def copy(tenant: SignedInTenant, event_id: str) -> Response:
    event = find_event(transaction(), tenant.organization_id, as_id(event_id))
    copy_event(transaction(), event, request.host_url)
    return ok()


@blueprint.put("/event/<event_id>/publish")
@for_tenants(Privilege.EVENT_LAUNCH)
def publish(tenant: SignedInTenant, event_id: str) -> Response:
    event = find_event(transaction(), tenant.organization_id, as_id(event_id))
    publish_event(event, form_flag("publish"))
    return ok()


@blueprint.put("/event/<event_id>/recommend")
@for_tenants(Privilege.EVENT_EDIT)
def recommend(tenant: SignedInTenant, event_id: str) -> Response:
    event = find_event(transaction(), tenant.organization_id, as_id(event_id))
    recommend_event(event, form_flag("recommend"))
    return ok()
