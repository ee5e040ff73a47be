"""Referral reports."""

from typing import Any

from flask import Blueprint, Response, request

from sandbox.routes.answers import listed
from sandbox.routes.context import transaction
from sandbox.routes.guards import for_tenants
from sandbox.routes.reading import json_body, paging
from sandbox.rules.activity_kinds import ActivityKind
from sandbox.rules.bodies import read_body
from sandbox.rules.event_kind import EVENTS
from sandbox.rules.group_buy_kind import GROUP_BUYS
from sandbox.rules.promotion_reports import ReportBody, promotion_report
from sandbox.rules.tenants import SignedInTenant

blueprint = Blueprint("admin_reports", __name__)


@blueprint.post("/report/promotion_infos")
@for_tenants()
def promotion_infos(tenant: SignedInTenant) -> Response:
    return _report(tenant, EVENTS)


@blueprint.post("/group_buy_event_order/group_buy_order_infos")
@for_tenants()
def group_buy_order_infos(tenant: SignedInTenant) -> Response:
    return _report(tenant, GROUP_BUYS)


def _report(tenant: SignedInTenant, kind: ActivityKind[Any]) -> Response:
    """Not paged unless asked."""
    given = json_body()
    asked = paging() if {"page", "size", "limit"} & request.args.keys() else None
    body = read_body(ReportBody, given)
    page = promotion_report(transaction(), kind, tenant.organization_id, body, asked)
    return listed(page, page.rows)
