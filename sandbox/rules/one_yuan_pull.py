"""Taking in a pulled order: it opens a group or takes a seat, a refund undoes it (Y-05 to Y-07, Y-12)."""

from typing import Any, Final, cast

from sqlalchemy import CursorResult, select, update

from sandbox.db import Transaction
from sandbox.faults.hook import replaceable
from sandbox.models import (
    MemberBenefits,
    OneYuanGroup,
    OneYuanGroupDetail,
    OneYuanProduct,
    PlatformOrder,
    PlatformParameter,
)
from sandbox.models.one_yuan import GROUP_PICTURE
from sandbox.rules.one_yuan_groups import seat_holders
from sandbox.rules.one_yuan_orders import JOIN
from sandbox.rules.one_yuan_states import NORMAL, REFUNDED, fill, invalidate, is_unfilled, open_group
from sandbox.rules.pulled_orders import Buyer, Ledger, Line, Pulled
from sandbox.rules.refusals import Refusal, absent, invalid
from sandbox.rules.wire import wire_id

SUCCESS: Final = "0"


def take_in(ledger: Ledger, tx: Transaction, pulled: Pulled) -> dict[str, Any]:
    """The result of one line, whose refusal ends no other line."""
    try:
        if isinstance(pulled.read, Refusal):
            raise pulled.read
        group_id = _take_in(ledger, tx, pulled.read)
    except Refusal as refusal:
        tx.rollback()
        result = {"code": refusal.code, "message": refusal.message, "groupId": None}
    else:
        result = {"code": SUCCESS, "message": "成功", "groupId": wire_id(group_id)}
    return {"orderSn": pulled.order_sn, **result}


def _take_in(ledger: Ledger, tx: Transaction, line: Line) -> int | None:
    """The group that the order opened, or has or had a seat in."""
    known = ledger.known(tx, line.order_sn)
    if known is None:
        return _take_in_new(ledger, tx, line).group_id
    order_id, group_id = known
    if line.order_status == REFUNDED:
        _refund(tx, order_id, group_id)
    return group_id


def _take_in_new(ledger: Ledger, tx: Transaction, line: Line) -> PlatformOrder:
    """Two who take in the same one at once: the unique key lets one of them begin again."""
    parameter = ledger.parameter(line.param_id)
    product = ledger.product(parameter)
    buyer = ledger.buyer(line.user_id)
    _check_agreement(tx, line, parameter, product)
    order = PlatformOrder(
        id=tx.new_id(),
        order_sn=line.order_sn,
        platform_order_id=line.platform_order_id,
        param_id=line.param_id,
        user_id=line.user_id,
        goods_id=line.goods_id,
        order_amount=line.order_amount,
        order_status=line.order_status,
        pay_time=line.pay_time,
    )
    if line.order_status == NORMAL:
        _take_effect(tx, order, parameter, product, buyer)
    tx.add(order)
    return order


def _check_agreement(
    tx: Transaction, line: Line, parameter: PlatformParameter, product: OneYuanProduct
) -> None:
    """First whether there are such goods at all, then whether it is all the parameter's."""
    if line.goods_id != product.product_id and not _has_goods(tx, line.goods_id):
        raise absent("goodsId 所指的商品")
    for field, given, own in (
        ("userId", line.user_id, parameter.member_id),
        ("goodsId", line.goods_id, product.product_id),
        ("groupId", line.group_id, parameter.group_id),
    ):
        if given not in (None, own):
            raise invalid(field, "与平台参数不一致")


def _has_goods(tx: Transaction, goods_id: int) -> bool:
    known = select(OneYuanProduct.id).where(OneYuanProduct.product_id == goods_id)
    return tx.scalars(known.limit(1)).first() is not None


def _take_effect(
    tx: Transaction, order: PlatformOrder, parameter: PlatformParameter, product: OneYuanProduct, buyer: Buyer
) -> None:
    """The group is locked first, then what the member may claim."""
    group = tx.lock(OneYuanGroup, parameter.group_id) if parameter.type == JOIN else None
    order.was_new = buyer.is_new and make_old(tx, order.user_id)
    bought = {
        "user_id": order.user_id,
        "nick_name": buyer.nick_name,
        "platform_order_id": order.platform_order_id,
        "order_sn": order.order_sn,
        "order_amount": order.order_amount,
    }
    if group is None:
        _open_group(tx, order, product, bought)
    else:
        _take_seat(tx, group, order, bought)


@replaceable
def make_old(tx: Transaction, member_id: int | None) -> bool:
    """Whether the member was new until now. Of two at once the second one waits, and finds an old one."""
    benefits = MemberBenefits
    theirs = update(benefits).where(benefits.member_id == member_id, benefits.is_new.is_(True))
    changed = tx.execute(
        theirs.values(is_new=False, updated_time=tx.now), execution_options={"synchronize_session": False}
    )
    return cast("CursorResult[Any]", changed).rowcount == 1


def _open_group(
    tx: Transaction, order: PlatformOrder, product: OneYuanProduct, bought: dict[str, Any]
) -> None:
    """With what the product says, whatever has become of it since the parameter (Y-05, Y-06)."""
    picture = product.product_img or ""
    group = OneYuanGroup(
        id=tx.new_id(),
        **bought,
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


def _take_seat(tx: Transaction, group: OneYuanGroup, order: PlatformOrder, bought: dict[str, Any]) -> None:
    """Y-05. The stored status counts: only a read expires a group (Y-08). The last one fills it (Y-07)."""
    if not is_unfilled(group) or not order.was_new:
        return
    holders = seat_holders(tx, group)
    if order.user_id in holders:  # its leader is given no parameter to join it
        return
    seat = OneYuanGroupDetail(
        id=tx.new_id(),
        **bought,
        reappearance=group.reappearance,
        subsidy_amount=group.subsidy_amount,
        one_yuan_shopping_group_id=group.id,
    )
    tx.add(seat)
    order.group_id, order.seat_id = group.id, seat.id
    if len(holders) + 1 == group.need_num:
        fill(tx, group)


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
