"""A group-buy's page, in three loads."""

from collections.abc import Callable
from typing import Any

from flask import Blueprint, Response

from sandbox.models import Member
from sandbox.routes.answers import ok
from sandbox.routes.context import transaction
from sandbox.routes.guards import for_members
from sandbox.rules.activities import find_shown_activity
from sandbox.rules.group_buy_kind import GROUP_BUYS
from sandbox.rules.group_buy_views import first_load, group_buy_views, second_load, third_load
from sandbox.rules.kinds import as_id

blueprint = Blueprint("member_group_buys", __name__)


@blueprint.get("/group_buy_event/<group_buy_id>")
@for_members
def basics(member: Member, group_buy_id: str) -> Response:
    return _load(member, group_buy_id, first_load)


@blueprint.get("/group_buy_event/groupBuyEventDetailSecond/<group_buy_id>")
@for_members
def address_and_redemption(member: Member, group_buy_id: str) -> Response:
    return _load(member, group_buy_id, second_load)


@blueprint.get("/group_buy_event/groupBuyEventDetailThree/<group_buy_id>")
@for_members
def specifications(member: Member, group_buy_id: str) -> Response:
    return _load(member, group_buy_id, third_load)


def _load(member: Member, group_buy_id: str, part: Callable[[dict[str, Any]], dict[str, Any]]) -> Response:
    tx = transaction()
    group_buy = find_shown_activity(tx, GROUP_BUYS, member.organization_id, as_id(group_buy_id))
    return ok(part(group_buy_views(tx, [group_buy])[0]))
