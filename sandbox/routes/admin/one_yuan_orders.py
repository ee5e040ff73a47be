"""The pull of the platform's orders."""

from flask import Blueprint, Response

from sandbox.routes.answers import ok
from sandbox.routes.context import each_committed
from sandbox.routes.guards import for_tenants
from sandbox.routes.reading import json_body
from sandbox.rules.bodies import read_body
from sandbox.rules.one_yuan_pull import PullBody, pull
from sandbox.rules.tenants import Privilege, SignedInTenant

blueprint = Blueprint("admin_one_yuan_orders", __name__)


@blueprint.post("/one_yuan_orders/pull")
@for_tenants(Privilege.ONE_YUAN_ORDER)
def pull_orders(_tenant: SignedInTenant) -> Response:
    body = read_body(PullBody, json_body())
    return ok(each_committed(body.orders, pull))
