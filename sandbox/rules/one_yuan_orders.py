"""To open or join a one-yuan group: the button, and the parameter that the order will carry (Y-10, Y-11)."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from sqlalchemy import select

from sandbox.db import Transaction
from sandbox.models import Member, MemberBenefits, OneYuanGroup, OneYuanProduct, PlatformParameter
from sandbox.rules.bodies import optional, required
from sandbox.rules.kinds import Id
from sandbox.rules.one_yuan_groups import find_group_of, newest_open_group, seat_holders
from sandbox.rules.one_yuan_products import find_product, find_shown_product, is_in_time, is_on_offer
from sandbox.rules.one_yuan_states import GroupStatus, is_open
from sandbox.rules.refusals import Code, Refusal
from sandbox.rules.wire import wire, wire_id, wire_part

OPEN: Final = "OPEN"
JOIN: Final = "JOIN"


class Action(StrEnum):
    """What the button offers."""

    GROUP_DETAIL = "GROUP_DETAIL"
    JOIN = "JOIN"
    OPEN = "OPEN"


@dataclass(frozen=True, kw_only=True)
class OrderBody:
    product_id: int = required(Id())
    group_id: int | None = optional(Id())


def benefits_of(tx: Transaction, member_id: int | None) -> MemberBenefits:
    return tx.scalars(select(MemberBenefits).where(MemberBenefits.member_id == member_id)).one()


def product_from_list(tx: Transaction, member: Member, product_id: int | None) -> dict[str, Any]:
    product = find_shown_product(tx, product_id)
    group = newest_open_group(tx, member, product)
    return _with_action(product, Action.GROUP_DETAIL if group else Action.OPEN, group)


def product_from_link(
    tx: Transaction, member: Member, product_id: int | None, group_id: int | None
) -> dict[str, Any]:
    product = find_product(tx, product_id)
    group = find_group_of(tx, product, group_id)
    if group.user_id == member.id:
        return _with_action(product, Action.GROUP_DETAIL, group)
    if is_open(group, product, tx.now) and benefits_of(tx, member.id).is_new:
        return _with_action(product, Action.JOIN, group)
    return _with_action(product, Action.OPEN, None)


def order_parameter(tx: Transaction, member: Member, body: OrderBody) -> PlatformParameter:
    product = find_product(tx, body.product_id)
    if body.group_id is None:
        return _opening(tx, member, product)
    return _joining(tx, member, product, find_group_of(tx, product, body.group_id))


def parameter_view(parameter: PlatformParameter) -> dict[str, Any]:
    return wire_part(parameter, "id", "type", "inviterId", "groupId", "cashback")


def _with_action(product: OneYuanProduct, action: Action, group: OneYuanGroup | None) -> dict[str, Any]:
    return {**wire(product), "action": action, "groupId": wire_id(group.id if group else None)}


def _opening(tx: Transaction, member: Member, product: OneYuanProduct) -> PlatformParameter:
    if not is_on_offer(product):
        raise Refusal(Code.STATE, "商品已下架")
    if not is_in_time(product, tx.now):
        raise Refusal(Code.NOT_IN_TIME, "商品不在推荐时间内")
    _check_red_packet(benefits_of(tx, member.id))
    if newest_open_group(tx, member, product) is not None:
        raise Refusal(Code.ALREADY_JOINED, "已开团，尚未结束")
    return _parameter(tx, member, type=OPEN, one_yuan_products_id=product.id, cashback=product.reappearance)


def _joining(
    tx: Transaction, member: Member, product: OneYuanProduct, group: OneYuanGroup
) -> PlatformParameter:
    if group.status != GroupStatus.OPEN or product.pdd_taken_down:
        raise Refusal(Code.STATE, "该团不能加入")
    if tx.now >= group.expire_time:
        raise Refusal(Code.NOT_IN_TIME, "该团已过期")
    benefits = benefits_of(tx, member.id)
    if not benefits.is_new:
        raise Refusal(Code.NOT_ELIGIBLE, "只有新人可以加入")
    _check_red_packet(benefits)
    if member.id in (group.user_id, *seat_holders(tx, group)):
        raise Refusal(Code.ALREADY_JOINED, "已在该团中")
    if group.is_enough:
        raise Refusal(Code.SOLD_OUT, "该团已满")
    return _parameter(
        tx,
        member,
        type=JOIN,
        one_yuan_products_id=product.id,
        inviter_id=group.user_id,
        group_id=group.id,
        cashback=group.reappearance,
    )


def _check_red_packet(benefits: MemberBenefits) -> None:
    """Y-10: a new member has the one or the other."""
    if benefits.is_new and benefits.red_packet_taken:
        raise Refusal(Code.EXCLUSIVE, "已领取首单红包，不能同时参加一元购")


def _parameter(tx: Transaction, member: Member, **columns: Any) -> PlatformParameter:
    parameter = PlatformParameter(id=tx.new_id(), member_id=member.id, **columns)
    tx.add(parameter)
    return parameter
