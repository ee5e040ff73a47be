"""What a resource id points to."""

from flask import Blueprint, Response

from sandbox.models import Member
from sandbox.routes.answers import ok
from sandbox.routes.context import transaction
from sandbox.routes.guards import for_members
from sandbox.rules.resources import resource_view

blueprint = Blueprint("member_resources", __name__)


@blueprint.get("/resources/<resource_id>")
@for_members
def get(member: Member, resource_id: str) -> Response:
    return ok(resource_view(transaction(), member.organization_id, resource_id))
