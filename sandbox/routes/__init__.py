"""One blueprint for each area. A route reads the request, asks a rule, wraps the answer, decides nothing."""

from flask import Blueprint, Flask

from sandbox.routes import changes, errors, files
from sandbox.routes import context as request_context
from sandbox.routes import control as control_routes
from sandbox.routes.admin import (
    channels,
    event_categories,
    event_checkin_qrcodes,
    event_orders,
    events,
    group_buy_orders,
    group_buys,
    launches,
    one_yuan_groups,
    one_yuan_orders,
    one_yuan_products,
    organizations,
    reports,
    resources,
    tenants,
    workers,
)
from sandbox.routes.member import event_orders as member_event_orders
from sandbox.routes.member import events as member_events
from sandbox.routes.member import group_buy_orders as member_group_buy_orders
from sandbox.routes.member import group_buys as member_group_buys
from sandbox.routes.member import members, payments, shares
from sandbox.routes.member import one_yuan as member_one_yuan
from sandbox.routes.member import resources as member_resources

ADMIN: tuple[Blueprint, ...] = (
    tenants.blueprint,
    resources.blueprint,
    organizations.blueprint,
    channels.blueprint,
    event_categories.blueprint,
    events.blueprint,
    event_checkin_qrcodes.blueprint,
    event_orders.blueprint,
    reports.blueprint,
    group_buys.blueprint,
    launches.blueprint,
    group_buy_orders.blueprint,
    workers.blueprint,
    one_yuan_products.blueprint,
    one_yuan_orders.blueprint,
    one_yuan_groups.blueprint,
)
MEMBER: tuple[Blueprint, ...] = (
    members.blueprint,
    member_events.blueprint,
    member_event_orders.blueprint,
    payments.blueprint,
    shares.blueprint,
    member_group_buys.blueprint,
    member_group_buy_orders.blueprint,
    member_resources.blueprint,
    member_one_yuan.blueprint,
)


def register(app: Flask, *, control: bool) -> None:
    request_context.register(app)
    errors.register(app)
    changes.register(app)
    for blueprint in ADMIN:
        app.register_blueprint(blueprint, url_prefix="/dab")
    for blueprint in MEMBER:
        app.register_blueprint(blueprint, url_prefix="/clt")
    if control:
        app.register_blueprint(control_routes.blueprint, url_prefix="/_sandbox")
    app.register_blueprint(files.blueprint, url_prefix="/files")
