"""A group-buy as both fronts answer it, and the three loads of its page."""

import json
from collections.abc import Sequence
from typing import Any, Final

from sandbox.db import Transaction
from sandbox.models import GroupBuyEvent, ResourceConf, Store
from sandbox.rules.activity_views import activity_views
from sandbox.rules.group_buy_kind import GROUP_BUYS
from sandbox.rules.group_buy_parts import details_of, levels_of, robots_of, team_rules_of
from sandbox.rules.organizations import store_view, stores_by_organization
from sandbox.rules.wire import wire_part

RULE: Final = ("size", "leaderPrice", "memberPrice", "maxNumber", "begintNumber", "canJoin")
ROBOT: Final = ("id", "type", "offsetTime", "probability", "begintNumber")
LEVEL: Final = ("level", "name", "values")
DETAIL: Final = ("values", "enabled", "orderNo", "trainingClassId", "trainingClassName")

SECOND_LOAD: Final = (
    "storeOrgIds",
    "stores",
    "effectiveType",
    "effectiveHours",
    "effectiveBeginTime",
    "effectiveEndTime",
    "checkinQrcodeToggle",
)
THIRD_LOAD: Final = ("specificationConfs", "groupBuyEventSpecificationDetails")


def group_buy_views(tx: Transaction, group_buys: Sequence[GroupBuyEvent]) -> list[dict[str, Any]]:
    ids = [group_buy.id for group_buy in group_buys]
    rules, robots = team_rules_of(tx, ids), robots_of(tx, ids)
    levels, details = levels_of(tx, ids), details_of(tx, ids)
    shared = activity_views(tx, GROUP_BUYS, group_buys, _kept)
    stores = stores_by_organization(tx, [int(one) for view in shared for one in view["storeOrgIds"]])
    return [
        {
            **view,
            "stores": _stores_view(view["storeOrgIds"], stores),
            "groupBuyEventTeamRules": [wire_part(rule, *RULE) for rule in rules[one]],
            "robotRules": [wire_part(robot, *ROBOT) for robot in robots[one]],
            "specificationConfs": [wire_part(level, *LEVEL) for level in levels[one]],
            "groupBuyEventSpecificationDetails": [wire_part(detail, *DETAIL) for detail in details[one]],
        }
        for one, view in zip(ids, shared, strict=True)
    ]


def first_load(view: dict[str, Any]) -> dict[str, Any]:
    """Everything but what the other two say."""
    return {name: value for name, value in view.items() if name not in SECOND_LOAD + THIRD_LOAD}


def second_load(view: dict[str, Any]) -> dict[str, Any]:
    return {name: view[name] for name in ("id", *SECOND_LOAD)}


def third_load(view: dict[str, Any]) -> dict[str, Any]:
    return {name: view[name] for name in ("id", *THIRD_LOAD)}


def _kept(conf: ResourceConf) -> dict[str, Any]:
    return {"storeOrgIds": json.loads(conf.store_org_ids) if conf.store_org_ids else []}


def _stores_view(store_org_ids: Sequence[str], stores: dict[int | None, Store]) -> list[dict[str, Any]]:
    return [store_view(stores[int(one)]) for one in store_org_ids if int(one) in stores]
