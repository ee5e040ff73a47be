"""The rows that belong to a group-buy: team rules, robots, levels of specifications, their combinations."""

from collections.abc import Iterable

from sandbox.db import Transaction
from sandbox.models import (
    GroupBuyEventRobot,
    GroupBuyEventRule,
    GroupBuyEventSpecificationConf,
    GroupBuyEventSpecificationDetail,
)
from sandbox.rules.activity_children import children_of


def team_rules_of(tx: Transaction, ids: Iterable[int]) -> dict[int | None, list[GroupBuyEventRule]]:
    model = GroupBuyEventRule
    return children_of(tx, model, model.group_buy_event_id, ids, model.order_no)


def team_rule_of(tx: Transaction, group_buy_id: int | None, size: int | None) -> GroupBuyEventRule | None:
    """A team may outlive its rule."""
    rules = team_rules_of(tx, [group_buy_id or 0])[group_buy_id]
    return next((rule for rule in rules if rule.size == size), None)


def robots_of(tx: Transaction, ids: Iterable[int]) -> dict[int | None, list[GroupBuyEventRobot]]:
    model = GroupBuyEventRobot
    return children_of(tx, model, model.group_buy_event_id, ids, model.order_no)


def levels_of(tx: Transaction, ids: Iterable[int]) -> dict[int | None, list[GroupBuyEventSpecificationConf]]:
    model = GroupBuyEventSpecificationConf
    return children_of(tx, model, model.group_buy_event_id, ids)


def details_of(
    tx: Transaction, ids: Iterable[int]
) -> dict[int | None, list[GroupBuyEventSpecificationDetail]]:
    model = GroupBuyEventSpecificationDetail
    return children_of(tx, model, model.group_buy_event_id, ids)
