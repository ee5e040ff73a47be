"""Opening and joining teams of group-buys, and a member's own orders of them."""

from flask import Blueprint, Response

from sandbox.models import Member
from sandbox.routes.answers import listed, ok
from sandbox.routes.context import transaction
from sandbox.routes.guards import for_members
from sandbox.routes.reading import filled_query_fields, json_body, paging
from sandbox.rules.bodies import read_body
from sandbox.rules.group_buy_joining import JoinBody, join, join_view
from sandbox.rules.group_buy_order_lists import MyOrdersQuery, list_orders_of_member, order_views
from sandbox.rules.group_buy_orders import GROUP_BUY_ORDERS
from sandbox.rules.kinds import as_id
from sandbox.rules.order_kinds import lock_order_of_member
from sandbox.rules.order_life import cancel_by_member

blueprint = Blueprint("member_group_buy_orders", __name__)


@blueprint.post("/group_buy_event/teams")
@for_members
def open_or_join(member: Member) -> Response:
    body = read_body(JoinBody, json_body())
    return ok(join_view(join(transaction(), member, body)))


@blueprint.get("/group_buy_event/orders")
@for_members
def mine(member: Member) -> Response:
    asked, query = paging(), read_body(MyOrdersQuery, filled_query_fields())
    page = list_orders_of_member(transaction(), member, query, asked)
    return listed(page, order_views(transaction(), page.rows))


@blueprint.put("/group_buy_event/orders/<order_id>")
@for_members
def cancel_mine(member: Member, order_id: str) -> Response:
    tx = transaction()
    order = lock_order_of_member(tx, GROUP_BUY_ORDERS, member, as_id(order_id))
    cancel_by_member(tx, GROUP_BUY_ORDERS, order)
    return ok()
