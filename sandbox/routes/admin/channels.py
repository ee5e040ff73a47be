"""Channels."""

from flask import Blueprint, Response

from sandbox.routes.answers import listed
from sandbox.routes.context import transaction
from sandbox.routes.guards import for_tenants
from sandbox.routes.reading import paging, search_word
from sandbox.rules.organizations import list_channels
from sandbox.rules.tenants import Privilege, SignedInTenant
from sandbox.rules.wire import wire

blueprint = Blueprint("admin_channels", __name__)


@blueprint.get("/channel/list")
@for_tenants(Privilege.CHANNEL_VIEW)
def channel_list(tenant: SignedInTenant) -> Response:
    page = list_channels(transaction(), tenant.organization_id, search_word(), paging())
    return listed(page, [wire(channel) for channel in page.rows])
