"""The one-yuan purchase on the mini-program: its products, my groups, and what an order will carry."""

from flask import Blueprint, Response, request

from sandbox.models import Member, OneYuanGroup
from sandbox.routes.answers import listed, ok, picture
from sandbox.routes.context import transaction
from sandbox.routes.guards import for_members
from sandbox.routes.reading import json_body, paging
from sandbox.rules.bodies import read_body
from sandbox.rules.kinds import as_id
from sandbox.rules.one_yuan_group_views import member_views
from sandbox.rules.one_yuan_groups import find_group, keep_states, list_own_groups
from sandbox.rules.one_yuan_orders import (
    OrderBody,
    order_parameter,
    parameter_view,
    product_from_link,
    product_from_list,
)
from sandbox.rules.one_yuan_posters import poster
from sandbox.rules.one_yuan_products import list_shown_products
from sandbox.rules.wire import wire

blueprint = Blueprint("member_one_yuan", __name__)


@blueprint.get("/one_yuan/products")
@for_members
def product_list(_member: Member) -> Response:
    page = list_shown_products(transaction(), paging())
    return listed(page, [wire(product) for product in page.rows])


@blueprint.get("/one_yuan/products/<product_id>")
@for_members
def product(member: Member, product_id: str) -> Response:
    """An empty `groupId` is none: the member came from the list."""
    group_id = request.args.get("groupId")
    if not group_id:
        return ok(product_from_list(transaction(), member, as_id(product_id)))
    return ok(product_from_link(transaction(), member, as_id(product_id), as_id(group_id)))


@blueprint.get("/one_yuan/groups")
@for_members
def own_groups(member: Member) -> Response:
    page = list_own_groups(transaction(), member, paging())
    keep_states(transaction(), page.rows)
    return listed(page, member_views(transaction(), page.rows))


@blueprint.get("/one_yuan/groups/<group_id>")
@for_members
def group(_member: Member, group_id: str) -> Response:
    return ok(member_views(transaction(), [_group(group_id)])[0])


@blueprint.get("/one_yuan/groups/<group_id>/poster")
@for_members
def group_poster(_member: Member, group_id: str) -> Response:
    return picture(poster(_group(group_id), request.host_url))


@blueprint.post("/one_yuan/orders")
@for_members
def order(member: Member) -> Response:
    body = read_body(OrderBody, json_body())
    return ok(parameter_view(order_parameter(transaction(), member, body)))


def _group(group_id: str) -> OneYuanGroup:
    """As of this reading (Y-08)."""
    found = find_group(transaction(), as_id(group_id))
    keep_states(transaction(), [found])
    return found
