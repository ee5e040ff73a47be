"""The one-yuan purchase: products on and off the list, and groups in each state."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from sandbox.models import (
    Member,
    OneYuanGroup,
    OneYuanGroupDetail,
    OneYuanProduct,
    PlatformOrder,
    PlatformParameter,
)
from sandbox.rules.one_yuan_orders import JOIN, OPEN
from sandbox.rules.one_yuan_states import LASTS, NORMAL, REFUNDED, GroupStatus
from sandbox.seed.activities import PICTURES, from_start
from sandbox.seed.members import sow_member
from sandbox.seed.organizations import Place, Places
from sandbox.seed.seedbed import HOUR, Seedbed
from sandbox.settings import CLOCK_START

SUBSIDY: Final = Decimal(5)


@dataclass(frozen=True)
class GroupSample:
    """`hours` before the clock's start; `ends` after so many more, unless it is open still."""

    hours: int
    status: GroupStatus = GroupStatus.OPEN
    seats: int = 0
    ends: int | None = None
    enough: bool = False


@dataclass(frozen=True)
class Sample:
    """A product whose times are days from the clock's start."""

    name: str
    price: str
    begins: float
    ends: float | None = None
    need_num: int = 2
    sort: int | None = None
    shown: bool = True
    taken_down: bool = False
    groups: tuple[GroupSample, ...] = ()


SAMPLES: Final = (
    Sample(
        "竹浆抽纸（三包）",
        "9.90",
        -20,
        sort=1,
        groups=(
            GroupSample(50, GroupStatus.EXPIRED, seats=1),
            GroupSample(30, seats=2, ends=6, enough=True),
            GroupSample(4, seats=1),
            GroupSample(2),
        ),
    ),
    Sample("儿童水彩笔（24 色）", "12.50", -10, 30, need_num=3, sort=2, groups=(GroupSample(20, seats=2),)),
    Sample(
        "英语练习本（五本）", "8.88", -5, need_num=1, groups=(GroupSample(9, GroupStatus.INVALID, ends=3),)
    ),
    Sample("不锈钢保温杯", "14.90", -8, sort=4, shown=False),
    Sample(
        "桌面收纳盒",
        "10.00",
        -15,
        sort=3,
        taken_down=True,
        groups=(GroupSample(12, GroupStatus.TAKEN_DOWN, seats=1, ends=10),),
    ),
    Sample("暑期防晒帽", "13.80", 5, 60, sort=5),
    Sample("春季跳绳", "9.00", -50, -1, sort=6),
)


def sow_one_yuan(bed: Seedbed, places: Places) -> None:
    products = {sample: _product(bed, number, sample) for number, sample in enumerate(SAMPLES, start=1)}
    turns = [(group, product) for sample, product in products.items() for group in sample.groups]
    for group, product in sorted(turns, key=lambda turn: -turn[0].hours):
        _group(bed, group, product, places.main)


def _product(bed: Seedbed, number: int, sample: Sample) -> OneYuanProduct:
    bed.wait_until(CLOCK_START - 21 * 24 * HOUR + number * HOUR)
    price = Decimal(sample.price)
    return bed.add(
        OneYuanProduct(
            id=bed.new_id(),
            need_num=sample.need_num,
            is_show=int(sample.shown),
            pdd_taken_down=int(sample.taken_down),
            start_time=from_start(sample.begins),
            end_time=None if sample.ends is None else from_start(sample.ends),
            product_id=bed.fake.random_int(10**11, 10**12),
            product_img=f"{PICTURES}/one-yuan/{number}.png",
            product_name=sample.name,
            cust_name=f"{sample.name} 一元带走",
            dis_price=price,
            reappearance=price - SUBSIDY - 1,
            subsidy_amount=SUBSIDY,
            sort=sample.sort,
            sales_num=bed.fake.random_int(0, 900),
        )
    )


def _group(bed: Seedbed, sample: GroupSample, product: OneYuanProduct, place: Place) -> None:
    opened = CLOCK_START - sample.hours * HOUR
    ended = None if sample.ends is None else opened + sample.ends * HOUR
    bed.wait_until(opened)
    leader = sow_member(bed, place, f"yy-{bed.new_id()}")
    order = _order(bed, product, leader, None)
    if sample.status is GroupStatus.INVALID:
        order.order_status = REFUNDED
    group = bed.add(
        OneYuanGroup(
            id=bed.new_id(),
            user_id=leader.id,
            nick_name=leader.nick_name,
            end_time=ended if sample.enough else None,
            expire_time=opened + LASTS,
            invalid_time=ended if sample.status is GroupStatus.INVALID else None,
            pdd_taken_down_time=ended if sample.status is GroupStatus.TAKEN_DOWN else None,
            platform_order_id=order.platform_order_id or 0,
            order_sn=order.order_sn,
            order_amount=order.order_amount or 0,
            reappearance=product.reappearance,
            subsidy_amount=product.subsidy_amount,
            one_yuan_products_id=product.id,
            goods_id=product.product_id,
            goods_name=product.product_name,
            goods_thumbnail_url=product.product_img or "",
            is_enough=int(sample.enough),
            need_num=product.need_num,
            status=sample.status,
        )
    )
    order.group_id = group.id
    for _ in range(sample.seats):
        _seat(bed, group, product, sow_member(bed, place, f"yy-{bed.new_id()}"))


def _seat(bed: Seedbed, group: OneYuanGroup, product: OneYuanProduct, member: Member) -> None:
    order = _order(bed, product, member, group)
    seat = bed.add(
        OneYuanGroupDetail(
            id=bed.new_id(),
            user_id=member.id,
            nick_name=member.nick_name,
            platform_order_id=order.platform_order_id or 0,
            order_sn=order.order_sn,
            order_amount=order.order_amount or 0,
            reappearance=group.reappearance,
            subsidy_amount=group.subsidy_amount,
            one_yuan_shopping_group_id=group.id,
        )
    )
    order.group_id, order.seat_id = group.id, seat.id


def _order(
    bed: Seedbed, product: OneYuanProduct, member: Member, joined: OneYuanGroup | None
) -> PlatformOrder:
    """With the parameter that it carries."""
    parameter = bed.add(
        PlatformParameter(
            id=bed.new_id(),
            type=JOIN if joined else OPEN,
            member_id=member.id,
            inviter_id=joined.user_id if joined else None,
            one_yuan_products_id=product.id,
            group_id=joined.id if joined else None,
            cashback=product.reappearance,
        )
    )
    order_id = bed.new_id()
    return bed.add(
        PlatformOrder(
            id=order_id,
            order_sn=f"seed-{order_id}",
            platform_order_id=bed.fake.random_int(10**11, 10**12),
            param_id=parameter.id,
            user_id=member.id,
            goods_id=product.product_id,
            order_amount=int((product.dis_price or 0) * 100),
            order_status=NORMAL,
            was_new=joined is not None,
        )
    )
