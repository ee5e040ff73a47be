"""Group-buys."""

from flask import Blueprint, Response

from sandbox.routes.admin.activities import ActivityCalls
from sandbox.routes.answers import ok
from sandbox.routes.context import transaction
from sandbox.routes.guards import for_tenants
from sandbox.routes.reading import json_body
from sandbox.rules.activities import find_activity
from sandbox.rules.bodies import read_body
from sandbox.rules.group_buy_bodies import GroupBuyBody
from sandbox.rules.group_buy_kind import GROUP_BUYS
from sandbox.rules.group_buy_views import group_buy_views
from sandbox.rules.group_buys import copy_group_buy, create_group_buy, update_group_buy
from sandbox.rules.kinds import as_id
from sandbox.rules.specifications import SpecificationBody, specify
from sandbox.rules.tenants import Privilege, SignedInTenant

blueprint = Blueprint("admin_group_buys", __name__)

ActivityCalls(
    kind=GROUP_BUYS,
    body=GroupBuyBody,
    views=group_buy_views,
    create=lambda tx, organization_id, body, host: create_group_buy(tx, organization_id, body),
    update=lambda tx, organization_id, row, body, host: update_group_buy(tx, organization_id, row, body),
    copy=lambda tx, row, host: copy_group_buy(tx, row),
    copy_tells_its_id=True,
    show="enable",
).register(blueprint, "/group_buy_event")


@blueprint.put("/group_buy_event/<group_buy_id>/specification")
@for_tenants(Privilege.GROUP_BUY_EVENT_EDIT)
def specification(tenant: SignedInTenant, group_buy_id: str) -> Response:
    given = json_body()
    group_buy = find_activity(transaction(), GROUP_BUYS, tenant.organization_id, as_id(group_buy_id))
    specify(transaction(), group_buy, read_body(SpecificationBody, given))
    return ok()
