"""One-yuan groups, for operators: a read of theirs changes none."""

from flask import Blueprint, Response

from sandbox.routes.answers import listed, ok
from sandbox.routes.context import transaction
from sandbox.routes.guards import for_tenants
from sandbox.routes.reading import paging
from sandbox.rules.kinds import as_id
from sandbox.rules.one_yuan_group_views import console_views
from sandbox.rules.one_yuan_groups import find_group, list_groups
from sandbox.rules.tenants import Privilege, SignedInTenant

blueprint = Blueprint("admin_one_yuan_groups", __name__)


@blueprint.get("/one_yuan_groups/list")
@for_tenants(Privilege.ONE_YUAN_VIEW)
def group_list(_tenant: SignedInTenant) -> Response:
    page = list_groups(transaction(), paging())
    return listed(page, console_views(transaction(), page.rows))


@blueprint.get("/one_yuan_groups/<group_id>")
@for_tenants(Privilege.ONE_YUAN_VIEW)
def get(_tenant: SignedInTenant, group_id: str) -> Response:
    group = find_group(transaction(), as_id(group_id))
    return ok(console_views(transaction(), [group])[0])
