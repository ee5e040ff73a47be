"""The product library of the one-yuan purchase."""

from flask import Blueprint, Response

from sandbox.routes.answers import listed, ok
from sandbox.routes.context import transaction
from sandbox.routes.guards import for_tenants
from sandbox.routes.reading import json_body, paging, search_word
from sandbox.rules.kinds import as_id
from sandbox.rules.one_yuan_products import (
    create_product,
    find_product,
    list_products,
    read_product,
    update_product,
)
from sandbox.rules.tenants import Privilege, SignedInTenant
from sandbox.rules.wire import wire, wire_id

blueprint = Blueprint("admin_one_yuan_products", __name__)


@blueprint.get("/one_yuan_products/list")
@for_tenants(Privilege.ONE_YUAN_VIEW)
def product_list(_tenant: SignedInTenant) -> Response:
    page = list_products(transaction(), search_word(), paging())
    return listed(page, [wire(product) for product in page.rows])


@blueprint.get("/one_yuan_products/<product_id>")
@for_tenants(Privilege.ONE_YUAN_VIEW)
def get(_tenant: SignedInTenant, product_id: str) -> Response:
    return ok(wire(find_product(transaction(), as_id(product_id))))


@blueprint.post("/one_yuan_products")
@for_tenants(Privilege.ONE_YUAN_EDIT)
def create(_tenant: SignedInTenant) -> Response:
    body = read_product(json_body())
    return ok(wire_id(create_product(transaction(), body).id))


@blueprint.put("/one_yuan_products/<product_id>")
@for_tenants(Privilege.ONE_YUAN_EDIT)
def update(_tenant: SignedInTenant, product_id: str) -> Response:
    update_product(transaction(), as_id(product_id), json_body())
    return ok()
