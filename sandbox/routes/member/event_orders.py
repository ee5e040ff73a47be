"""A member's own event orders."""

from flask import Blueprint, Response

from sandbox.models import Member
from sandbox.routes.answers import listed, ok
from sandbox.routes.context import transaction
from sandbox.routes.guards import for_members
from sandbox.routes.reading import json_body, paging
from sandbox.rules.bodies import read_body
from sandbox.rules.event_order_lists import list_orders_of_member
from sandbox.rules.event_orders import EVENT_ORDERS, BookingBody, book
from sandbox.rules.kinds import as_id
from sandbox.rules.order_kinds import lock_order_of_member
from sandbox.rules.order_life import cancel_by_member
from sandbox.rules.order_making import booking_view
from sandbox.rules.wire import wire

blueprint = Blueprint("member_event_orders", __name__)


@blueprint.post("/event_orders")
@for_members
def create(member: Member) -> Response:
    body = read_body(BookingBody, json_body())
    return ok(booking_view(book(transaction(), member, body)))


@blueprint.get("/event_orders")
@for_members
def mine(member: Member) -> Response:
    page = list_orders_of_member(transaction(), member, paging())
    return listed(page, [wire(order) for order in page.rows])


@blueprint.put("/event_orders/<order_id>")
@for_members
def cancel_mine(member: Member, order_id: str) -> Response:
    tx = transaction()
    cancel_by_member(tx, EVENT_ORDERS, lock_order_of_member(tx, EVENT_ORDERS, member, as_id(order_id)))
    return ok()
