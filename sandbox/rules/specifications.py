"""Specifications of a group-buy: levels of values, and the class that each combination stands for (G-11)."""

from dataclasses import dataclass
from itertools import product
from math import prod

from sandbox.db import Transaction
from sandbox.models import (
    GroupBuyEvent,
    GroupBuyEventSpecificationConf,
    GroupBuyEventSpecificationDetail,
)
from sandbox.rules.bodies import Nested, fill, optional, required
from sandbox.rules.group_buy_parts import details_of, levels_of
from sandbox.rules.kinds import Flag, Id, ListOf, Text, Whole
from sandbox.rules.refusals import invalid


@dataclass(frozen=True, kw_only=True)
class LevelBody:
    level: int = required(Whole(1))
    name: str | None = optional(Text())
    values: str = required(Text())


@dataclass(frozen=True, kw_only=True)
class DetailBody:
    values: str = required(Text())
    enabled: bool = required(Flag())
    order_no: int | None = optional(Whole())
    training_class_id: int | None = optional(Id())
    training_class_name: str | None = optional(Text())


@dataclass(frozen=True, kw_only=True)
class SpecificationBody:
    specification_confs: tuple[LevelBody, ...] = required(ListOf(Nested(LevelBody)))
    group_buy_event_specification_details: tuple[DetailBody, ...] = required(ListOf(Nested(DetailBody)))


def specify(tx: Transaction, group_buy: GroupBuyEvent, body: SpecificationBody) -> None:
    """Replaces what was there."""
    _check_details(body, _values_by_level(body))
    for level in levels_of(tx, [group_buy.id])[group_buy.id]:
        level.deleted = True
    for detail in details_of(tx, [group_buy.id])[group_buy.id]:
        detail.deleted = True
    for sent in body.specification_confs:
        _add(tx, GroupBuyEventSpecificationConf(id=tx.new_id(), group_buy_event_id=group_buy.id), sent)
    for given in body.group_buy_event_specification_details:
        _add(tx, GroupBuyEventSpecificationDetail(id=tx.new_id(), group_buy_event_id=group_buy.id), given)
    group_buy.updated_time = tx.now  # T-03, though none of its own columns has changed


def _values_by_level(body: SpecificationBody) -> list[list[str]]:
    levels: dict[int, list[str]] = {}
    for index, conf in enumerate(body.specification_confs):
        where = f"specificationConfs[{index}]"
        if conf.level in levels:
            raise invalid(f"{where}.level", "重复")
        levels[conf.level] = values = conf.values.split(",")
        if not all(value.strip() for value in values):
            raise invalid(f"{where}.values", "中有空值")
        if len(values) != len(set(values)):
            raise invalid(f"{where}.values", "中有重复的值")
    return [levels[level] for level in sorted(levels)]


def _check_details(body: SpecificationBody, levels: list[list[str]]) -> None:
    """Counted before they are spelt out: a short body can name more combinations than anyone can."""
    given = [detail.values for detail in body.group_buy_event_specification_details]
    wanted = prod(map(len, levels)) if levels else 0
    if len(given) != wanted or set(given) != {",".join(values) for values in product(*levels) if levels}:
        raise invalid("groupBuyEventSpecificationDetails", "应恰为各级规格值的全部组合")


def _add(
    tx: Transaction,
    row: GroupBuyEventSpecificationConf | GroupBuyEventSpecificationDetail,
    body: LevelBody | DetailBody,
) -> None:
    fill(row, body)
    tx.add(row)
