"""The pull of the platform's orders."""

from functools import partial

from flask import Blueprint, Response

from sandbox.routes.answers import ok
from sandbox.routes.context import each_committed, transaction
from sandbox.routes.guards import for_tenants
from sandbox.routes.reading import json_body
from sandbox.rules.bodies import read_body
from sandbox.rules.one_yuan_pull import take_in
from sandbox.rules.pulled_orders import Ledger, PullBody, read_pulled
from sandbox.rules.tenants import Privilege, SignedInTenant

blueprint = Blueprint("admin_one_yuan_orders", __name__)


@blueprint.post("/one_yuan_orders/pull")
@for_tenants(Privilege.ONE_YUAN_ORDER)
def pull_orders(_tenant: SignedInTenant) -> Response:
    pulled = [read_pulled(line) for line in read_body(PullBody, json_body()).orders]
    ledger = Ledger(transaction(), pulled)
    return ok(each_committed(pulled, partial(take_in, ledger)))
