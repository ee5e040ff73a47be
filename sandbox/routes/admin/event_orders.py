"""Event orders: their list, and the check-in desk's search."""

from flask import Blueprint, Response, request

from sandbox.routes.admin.orders import OrderCalls
from sandbox.routes.answers import listed
from sandbox.routes.context import transaction
from sandbox.routes.guards import for_tenants
from sandbox.routes.reading import json_body, paging, query_id
from sandbox.rules.bodies import read_body
from sandbox.rules.event_order_lists import OrderListBody, list_orders, search_orders
from sandbox.rules.event_orders import EVENT_ORDERS
from sandbox.rules.order_lists import desk_statuses
from sandbox.rules.tenants import Privilege, SignedInTenant
from sandbox.rules.wire import wire

blueprint = Blueprint("admin_event_orders", __name__)

OrderCalls(EVENT_ORDERS).register(blueprint, "/event_orders")


@blueprint.post("/event_orders/get_order_list")
@for_tenants(Privilege.EVENT_ORDER)
def get_order_list(tenant: SignedInTenant) -> Response:
    given, asked, event_id = json_body(), paging(), query_id("eventId")
    body = read_body(OrderListBody, given)
    page = list_orders(transaction(), tenant.organization_id, event_id, body, asked)
    return listed(page, [wire(order) for order in page.rows])


@blueprint.get("/event_orders/search")
@for_tenants(Privilege.EVENT_CHECKIN)
def search(tenant: SignedInTenant) -> Response:
    asked, event_id = paging(), query_id("event_id")
    statuses, key_word = desk_statuses(request.args.get("status")), request.args.get("keyWord")
    page = search_orders(transaction(), tenant.organization_id, event_id, key_word, statuses, asked)
    return listed(page, [wire(order) for order in page.rows])
