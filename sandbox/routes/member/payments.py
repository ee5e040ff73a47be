"""Paying, and the callbacks of the payment provider, which signs instead of signing in."""

from flask import Blueprint, Response, request

from sandbox.models import Member
from sandbox.routes.answers import ok, refused
from sandbox.routes.context import transaction
from sandbox.routes.guards import for_members
from sandbox.routes.reading import json_body
from sandbox.rules.kinds import as_id
from sandbox.rules.pay_notifies import take_pay_notify, take_refund_notify
from sandbox.rules.payments import check_signature, start_paying
from sandbox.rules.refusals import Refusal

blueprint = Blueprint("member_payments", __name__)


@blueprint.post("/payments/<order_id>")
@for_members
def start(member: Member, order_id: str) -> Response:
    return ok(start_paying(transaction(), member, as_id(order_id)))


@blueprint.post("/pay/notify")
def notify() -> Response:
    _check_signature()
    return _told(take_pay_notify(transaction(), json_body()))


@blueprint.post("/pay/refund_notify")
def refund_notify() -> Response:
    _check_signature()
    return _told(take_refund_notify(transaction(), json_body()))


def _check_signature() -> None:
    check_signature(request.get_data(), request.headers.get("X-Pay-Signature"))


def _told(refusal: Refusal | None) -> Response:
    """A refused notify is an answer like any other, so that its row in the log is committed (T-04)."""
    return refused(refusal.code, refusal.message) if refusal else ok()
