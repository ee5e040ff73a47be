"""Teams and orders of group-buys."""

from flask import Blueprint, Response, request

from sandbox.routes.admin.orders import OrderCalls
from sandbox.routes.answers import listed, ok, workbook
from sandbox.routes.context import transaction
from sandbox.routes.guards import for_tenants
from sandbox.routes.reading import filled_query_fields, paging, query_id
from sandbox.rules.bodies import read_body
from sandbox.rules.group_buy_order_lists import OrderListQuery, list_orders, order_views, search_orders
from sandbox.rules.group_buy_orders import GROUP_BUY_ORDERS
from sandbox.rules.group_buy_teams import TeamSearch, list_teams, team_numbers, team_sheet, team_views
from sandbox.rules.order_lists import desk_statuses
from sandbox.rules.tenants import Privilege, SignedInTenant

blueprint = Blueprint("admin_group_buy_orders", __name__)

OrderCalls(GROUP_BUY_ORDERS).register(blueprint, "/group_buy_event_order")


@blueprint.get("/group_buy_event_order/teams")
@for_tenants(Privilege.GROUP_BUY_EVENT_TEAM)
def teams(tenant: SignedInTenant) -> Response:
    asked, group_buy_id = paging(), query_id("groupBuyEventId")
    search = read_body(TeamSearch, filled_query_fields())
    page = list_teams(transaction(), tenant.organization_id, group_buy_id, search, asked)
    return listed(page, team_views(transaction(), page.rows))


@blueprint.get("/group_buy_event_order/event_rule/numbers")
@for_tenants(Privilege.GROUP_BUY_EVENT_TEAM)
def numbers(tenant: SignedInTenant) -> Response:
    return ok(team_numbers(transaction(), tenant.organization_id, query_id("groupBuyEventId")))


@blueprint.get("/group_buy_event_order/excel_teams")
@for_tenants(Privilege.GROUP_BUY_EVENT_TEAM)
def excel_teams(tenant: SignedInTenant) -> Response:
    group_buy_id = query_id("groupBuyEventId")
    search = read_body(TeamSearch, filled_query_fields())
    return workbook(team_sheet(transaction(), tenant.organization_id, group_buy_id, search), "teams")


@blueprint.get("/group_buy_event_order/orders")
@for_tenants(Privilege.GROUP_BUY_EVENT_ORDER)
def orders(tenant: SignedInTenant) -> Response:
    asked, group_buy_id = paging(), query_id("groupBuyEventId")
    query, key_word = read_body(OrderListQuery, filled_query_fields()), request.args.get("keyWord")
    organization_id = tenant.organization_id
    page = list_orders(transaction(), organization_id, group_buy_id, key_word, query, asked)
    return listed(page, order_views(transaction(), page.rows))


@blueprint.get("/group_buy_event_order/search")
@for_tenants(Privilege.GROUP_BUY_EVENT_CHECKIN)
def search(tenant: SignedInTenant) -> Response:
    asked, group_buy_id = paging(), query_id("groupBuyEventId")
    statuses, key_word = desk_statuses(request.args.get("status")), request.args.get("keyWord")
    organization_id = tenant.organization_id
    page = search_orders(transaction(), organization_id, group_buy_id, key_word, statuses, asked)
    return listed(page, order_views(transaction(), page.rows))
