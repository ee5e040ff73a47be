"""Resource ids."""

from flask import Blueprint, Response, request

from sandbox.routes.answers import ok
from sandbox.routes.context import transaction
from sandbox.routes.guards import for_tenants
from sandbox.rules.resources import issue_resource_id
from sandbox.rules.tenants import SignedInTenant

blueprint = Blueprint("admin_resources", __name__)


@blueprint.get("/common/get_new_resource_id")
@for_tenants()
def get_new_resource_id(tenant: SignedInTenant) -> Response:
    return ok(issue_resource_id(transaction(), tenant, request.args.get("type")))
