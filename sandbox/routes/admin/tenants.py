"""Sign-in of tenants."""

from flask import Blueprint, Response

from sandbox.routes.answers import ok
from sandbox.routes.context import transaction
from sandbox.routes.reading import json_body
from sandbox.rules.bodies import read_body
from sandbox.rules.tenants import LoginBody, log_in

blueprint = Blueprint("admin_tenants", __name__)


@blueprint.post("/tenants/login")
def login() -> Response:
    return ok({"token": log_in(transaction(), read_body(LoginBody, json_body()))})
