"""Taking in a pulled order: it opens a group or takes a seat, a refund undoes it (Y-05 to Y-07, Y-12)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import select

from sandbox.db import Transaction
from sandbox.models import (
    MemberBenefits,
    OneYuanGroup,
    OneYuanGroupDetail,
    OneYuanProduct,
    PlatformOrder,
    PlatformParameter,
)
from sandbox.models.one_yuan import GROUP_PICTURE, ORDER_SN
from sandbox.rules.bodies import fill as fill_row
from sandbox.rules.bodies import optional, read_body, required
from sandbox.rules.kinds import Anything, Id, ListOf, Moment, Text, Whole, Word
from sandbox.rules.members import find_member
from sandbox.rules.one_yuan_groups import has_seat, seats_left
from sandbox.rules.one_yuan_orders import JOIN
from sandbox.rules.one_yuan_states import NORMAL, REFUNDED, invalidate, is_unfilled, open_group
from sandbox.rules.one_yuan_states import fill as fill_group
from sandbox.rules.refusals import Refusal, absent, invalid
from sandbox.rules.wire import wire_id

SUCCESS: Final = "0"
SN: Final = Text(ORDER_SN, blank=False)


@dataclass(frozen=True, kw_only=True)
class PullBody:
    orders: tuple[object, ...] = required(ListOf(Anything()))


@dataclass(frozen=True, kw_only=True)
class Line:
    order_sn: str = required(SN)
    platform_order_id: int = required(Id())
    param_id: int = required(Id())
    user_id: int = required(Id())
    goods_id: int = required(Id())
    order_amount: int = required(Whole(0))
    order_status: str = required(Word((NORMAL, REFUNDED)))
    group_id: int | None = optional(Id())
    pay_time: int = required(Moment())


def pull(tx: Transaction, given: object) -> dict[str, Any]:
    """The result of one line, whose refusal ends no other line."""
    order_sn = given.get("orderSn") if isinstance(given, Mapping) else None
    try:
        result = {"code": SUCCESS, "message": "成功", "groupId": wire_id(_take_in(tx, _read(given)))}
    except Refusal as refusal:
        tx.rollback()
        result = {"code": refusal.code, "message": refusal.message, "groupId": None}
    return {"orderSn": order_sn if _could_be_sn(order_sn) else None, **result}


def _could_be_sn(given: object) -> bool:
    try:
        SN.read(given, "orderSn")
    except Refusal:
        return False
    return True


def _read(given: object) -> Line:
    if not isinstance(given, Mapping):
        raise invalid("orders", "的每一项应为对象")
    return read_body(Line, given)


def _take_in(tx: Transaction, line: Line) -> int | None:
    """The group that the order opened, or has or had a seat in."""
    order = PlatformOrder
    known = tx.execute(select(order.id, order.group_id).where(order.order_sn == line.order_sn)).first()
    if known is None:
        return _take_in_new(tx, line).group_id
    order_id, group_id = known
    if line.order_status == REFUNDED:
        _refund(tx, order_id, group_id)
    return group_id


def _take_in_new(tx: Transaction, line: Line) -> PlatformOrder:
    """Two who take in the same one at once: the unique key lets one of them begin again."""
    parameter = tx.get(PlatformParameter, line.param_id)
    if parameter is None:
        raise absent("paramId 所指的平台参数")
    product = tx.get_one(OneYuanProduct, parameter.one_yuan_products_id)
    _check_agreement(tx, line, parameter, product)
    order = PlatformOrder(id=tx.new_id())
    fill_row(order, line, leaving=("group_id",))
    if line.order_status == NORMAL:
        _take_effect(tx, order, parameter, product)
    tx.add(order)
    return order


def _check_agreement(
    tx: Transaction, line: Line, parameter: PlatformParameter, product: OneYuanProduct
) -> None:
    """First whether there is such a thing at all, then whether it is the parameter's."""
    others = line.user_id != parameter.member_id, line.goods_id != product.product_id
    if others[0]:
        find_member(tx, line.user_id)
    if others[1] and not _has_goods(tx, line.goods_id):
        raise absent("goodsId 所指的商品")
    for field, is_other in (
        ("userId", others[0]),
        ("goodsId", others[1]),
        ("groupId", line.group_id not in (None, parameter.group_id)),
    ):
        if is_other:
            raise invalid(field, "与平台参数不一致")


def _has_goods(tx: Transaction, goods_id: int) -> bool:
    known = select(OneYuanProduct.id).where(OneYuanProduct.product_id == goods_id)
    return tx.scalars(known.limit(1)).first() is not None


def _take_effect(
    tx: Transaction, order: PlatformOrder, parameter: PlatformParameter, product: OneYuanProduct
) -> None:
    """Whoever it is is not new any more. The group is locked first, then what the member may claim."""
    group = tx.lock(OneYuanGroup, parameter.group_id) if parameter.type == JOIN else None
    benefits = _lock_benefits(tx, order)
    order.was_new = benefits.is_new
    if group is None:
        _open_group(tx, order, product)
    elif _may_sit(tx, group, order):
        _take_seat(tx, group, order)
    benefits.is_new = False


def _lock_benefits(tx: Transaction, order: PlatformOrder) -> MemberBenefits:
    theirs = select(MemberBenefits).where(MemberBenefits.member_id == order.user_id)
    return tx.scalars(theirs.with_for_update(), execution_options={"populate_existing": True}).one()


def _open_group(tx: Transaction, order: PlatformOrder, product: OneYuanProduct) -> None:
    """With what the product says at this moment, whatever has become of it (Y-05, Y-06)."""
    picture = product.product_img or ""
    group = OneYuanGroup(
        id=tx.new_id(),
        **_bought(tx, order),
        need_num=product.need_num,
        reappearance=product.reappearance,
        subsidy_amount=product.subsidy_amount,
        one_yuan_products_id=product.id,
        goods_id=product.product_id,
        goods_name=product.product_name,
        goods_thumbnail_url=picture if len(picture) <= GROUP_PICTURE else "",  # a cut one leads nowhere
    )
    order.group_id = group.id
    open_group(tx, group)


def _may_sit(tx: Transaction, group: OneYuanGroup, order: PlatformOrder) -> bool:
    """Y-05. The stored status counts: only a read expires a group (Y-08)."""
    member_id = order.user_id or 0
    is_another = group.user_id != member_id and not has_seat(tx, group, member_id)
    return is_unfilled(group) and bool(order.was_new) and is_another


def _take_seat(tx: Transaction, group: OneYuanGroup, order: PlatformOrder) -> None:
    """The last one fills the group (Y-07)."""
    is_last = seats_left(tx, group) == 1
    seat = OneYuanGroupDetail(
        id=tx.new_id(),
        **_bought(tx, order),
        reappearance=group.reappearance,
        subsidy_amount=group.subsidy_amount,
        one_yuan_shopping_group_id=group.id,
    )
    tx.add(seat)
    order.group_id, order.seat_id = group.id, seat.id
    if is_last:
        fill_group(tx, group)


def _bought(tx: Transaction, order: PlatformOrder) -> dict[str, Any]:
    """The columns that a group and a seat have of their order and its member, of whom no picture is kept."""
    return {
        "user_id": order.user_id,
        "nick_name": find_member(tx, order.user_id).nick_name,
        "platform_order_id": order.platform_order_id,
        "order_sn": order.order_sn,
        "order_amount": order.order_amount,
    }


def _refund(tx: Transaction, order_id: int, group_id: int | None) -> None:
    """Once, and for good (Y-12)."""
    group = tx.lock(OneYuanGroup, group_id)
    order = tx.lock(PlatformOrder, order_id)
    if order is None or order.order_status == REFUNDED:
        return
    order.order_status = REFUNDED
    if group is None or group.is_enough:
        return
    if order.seat_id is not None:
        tx.delete(tx.get_one(OneYuanGroupDetail, order.seat_id))
        order.seat_id = None
    elif is_unfilled(group):
        invalidate(tx, group)
