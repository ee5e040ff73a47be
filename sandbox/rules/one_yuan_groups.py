"""One-yuan groups: finding them, and bringing them up to date where the mini-program reads them (Y-08)."""

from collections.abc import Sequence

from sqlalchemy import Select, or_, select

from sandbox.db import Transaction
from sandbox.models import Member, OneYuanGroup, OneYuanGroupDetail, OneYuanProduct, PlatformOrder
from sandbox.rules.listing import Page, Paging, page_of
from sandbox.rules.one_yuan_states import GroupStatus, is_open, is_unfilled, keep_state
from sandbox.rules.refusals import absent


def find_group(tx: Transaction, group_id: int | None) -> OneYuanGroup:
    group = tx.get(OneYuanGroup, group_id or 0)
    if group is None:
        raise absent("一元购团")
    return group


def find_group_of(tx: Transaction, product: OneYuanProduct, group_id: int | None) -> OneYuanGroup:
    group = find_group(tx, group_id)
    if group.one_yuan_products_id != product.id:
        raise absent("该商品的一元购团")
    return group


def list_groups(tx: Transaction, paging: Paging) -> Page[OneYuanGroup]:
    return page_of(tx, _newest_first(select(OneYuanGroup)), paging)


def list_own_groups(tx: Transaction, member: Member, paging: Paging) -> Page[OneYuanGroup]:
    """Those that the member leads or has a seat in."""
    model, detail = OneYuanGroup, OneYuanGroupDetail
    seats = select(detail.one_yuan_shopping_group_id).where(detail.user_id == member.id)
    own = select(model).where(or_(model.user_id == member.id, model.id.in_(seats)))
    return page_of(tx, _newest_first(own), paging)


def newest_open_group(tx: Transaction, member: Member, product: OneYuanProduct) -> OneYuanGroup | None:
    """Of those of this product that the member leads."""
    if product.pdd_taken_down:
        return None
    model = OneYuanGroup
    led = select(model).where(model.user_id == member.id, model.one_yuan_products_id == product.id)
    unfilled = led.where(model.status == GroupStatus.OPEN, model.is_enough == 0, model.expire_time > tx.now)
    return tx.scalars(unfilled.order_by(model.ctime.desc(), model.id.desc()).limit(1)).first()


def seat_holders(tx: Transaction, group: OneYuanGroup) -> list[int | None]:
    order = PlatformOrder
    seated = select(order.user_id).where(order.group_id == group.id, order.seat_id.is_not(None))
    return list(tx.scalars(seated))


def keep_states(tx: Transaction, groups: Sequence[OneYuanGroup]) -> None:
    """Locked in the order of their ids, so that two who read the same groups do not wait for one another."""
    for group in sorted(groups, key=lambda group: group.id):
        product = tx.get_one(OneYuanProduct, group.one_yuan_products_id)
        if is_unfilled(group) and not is_open(group, product, tx.now):
            tx.lock(OneYuanGroup, group.id)
            keep_state(tx, group, product)


def _newest_first(groups: Select[OneYuanGroup]) -> Select[OneYuanGroup]:
    return groups.order_by(OneYuanGroup.ctime.desc(), OneYuanGroup.id)
