"""Launches of group-buys."""

from flask import Blueprint, Response, request

from sandbox.routes.answers import listed, ok, workbook
from sandbox.routes.context import transaction
from sandbox.routes.guards import for_tenants
from sandbox.routes.reading import json_body, paging
from sandbox.rules.bodies import read_body
from sandbox.rules.launches import (
    LaunchBody,
    LaunchListBody,
    launch,
    launch_sheet,
    launch_views,
    list_launches,
)
from sandbox.rules.tenants import Privilege, SignedInTenant

blueprint = Blueprint("admin_launches", __name__)


@blueprint.post("/group_buy_event/launch")
@for_tenants(Privilege.GROUP_BUY_EVENT_LAUNCH)
def group_buy_launch(tenant: SignedInTenant) -> Response:
    body = read_body(LaunchBody, json_body())
    launch(transaction(), tenant.organization_id, body, request.host_url)
    return ok()


@blueprint.post("/group_buy_event/launch_list")
@for_tenants(Privilege.GROUP_BUY_EVENT_LAUNCH)
def group_buy_launch_list(tenant: SignedInTenant) -> Response:
    given, asked = json_body(), paging()
    page = list_launches(transaction(), tenant.organization_id, read_body(LaunchListBody, given), asked)
    return listed(page, launch_views(transaction(), page.rows))


@blueprint.post("/group_buy_event/url_list_excel")
@for_tenants(Privilege.GROUP_BUY_EVENT_LAUNCH)
def group_buy_url_list_excel(tenant: SignedInTenant) -> Response:
    body = read_body(LaunchListBody, json_body())
    return workbook(launch_sheet(transaction(), tenant.organization_id, body), "url_list")
