"""Sign-in by WeChat, and the signed-in member."""

from flask import Blueprint, Response, request

from sandbox.models import Member
from sandbox.routes.answers import ok
from sandbox.routes.context import transaction
from sandbox.routes.guards import for_members
from sandbox.rules.members import wechat_log_in
from sandbox.rules.wire import wire

blueprint = Blueprint("member_members", __name__)


@blueprint.get("/wechat/login")
def wechat_login() -> Response:
    token = wechat_log_in(transaction(), request.args.get("code"), request.headers.get("X-Wx-Appid"))
    return ok({"accessToken": token})


@blueprint.get("/members")
@for_members
def members(member: Member) -> Response:
    return ok(wire(member))
