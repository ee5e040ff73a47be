"""Shares and reaches."""

from flask import Blueprint, Response

from sandbox.models import Member
from sandbox.routes.answers import ok
from sandbox.routes.context import transaction
from sandbox.routes.guards import for_members
from sandbox.routes.reading import json_body
from sandbox.rules.bodies import read_body
from sandbox.rules.shares import ShareBody, record_share
from sandbox.rules.wire import wire_id

blueprint = Blueprint("member_shares", __name__)


@blueprint.post("/shares")
@for_members
def share(member: Member) -> Response:
    body = read_body(ShareBody, json_body())
    return ok(wire_id(record_share(transaction(), member, body).id))
