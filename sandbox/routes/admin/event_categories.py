"""Event categories."""

from flask import Blueprint, Response

from sandbox.routes.answers import ok
from sandbox.routes.context import transaction
from sandbox.routes.guards import for_tenants
from sandbox.rules.event_categories import list_categories
from sandbox.rules.tenants import SignedInTenant
from sandbox.rules.wire import wire

blueprint = Blueprint("admin_event_categories", __name__)


@blueprint.get("/event_category")
@for_tenants()
def event_category(_tenant: SignedInTenant) -> Response:
    return ok([wire(category) for category in list_categories(transaction())])
