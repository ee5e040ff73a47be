"""Stores."""

from flask import Blueprint, Response

from sandbox.routes.answers import listed
from sandbox.routes.context import transaction
from sandbox.routes.guards import for_tenants
from sandbox.routes.reading import paging, search_word
from sandbox.rules.organizations import list_stores, store_view
from sandbox.rules.tenants import SignedInTenant

blueprint = Blueprint("admin_organizations", __name__)


@blueprint.get("/organizations/store_list")
@for_tenants()
def store_list(tenant: SignedInTenant) -> Response:
    page = list_stores(transaction(), tenant.organization_id, search_word(), paging())
    return listed(page, [store_view(store) for store in page.rows])
