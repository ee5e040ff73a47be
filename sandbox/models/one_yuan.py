"""The one-yuan purchase: its product library, the groups that buy, and their members' seats."""

from decimal import Decimal

from sqlalchemy.orm import Mapped

from sandbox.db import Base
from sandbox.models.columns import exact, key, time
from sandbox.models.ddl_columns import (
    UNICODE,
    UTF8,
    UTF8MB4,
    index_users,
    made_stamp,
    moved_stamp,
    required_reference,
    required_time,
    stamped_time,
    whole,
    words,
)

PICTURE = 500
GROUP_PICTURE = 255
ORDER_SN = 30


class OneYuanProduct(Base):
    __tablename__ = "one_yuan_products"
    __table_args__ = UTF8

    id: Mapped[int] = key()
    ctime: Mapped[int] = made_stamp()
    mtime: Mapped[int] = moved_stamp()
    need_num: Mapped[int] = whole(2, 1, null=False)
    is_show: Mapped[int | None] = whole(2, 1)
    pdd_taken_down: Mapped[int | None] = whole(2, 0)
    start_time: Mapped[int] = required_time()
    end_time: Mapped[int | None] = time()
    product_id: Mapped[int] = required_reference()
    product_img: Mapped[str | None] = words(PICTURE, "")
    product_name: Mapped[str] = words(255, null=False)
    cust_img: Mapped[str | None] = words(PICTURE)
    cust_name: Mapped[str] = words(255, null=False)
    dis_price: Mapped[Decimal | None] = exact()
    reappearance: Mapped[Decimal | None] = exact()
    subsidy_amount: Mapped[Decimal | None] = exact()
    sort: Mapped[int | None] = whole(3)
    sales_num: Mapped[int | None] = whole(10)


class OneYuanGroup(Base):
    """A leader's, who is not among its details."""

    __tablename__ = "one_yuan_shopping_group"
    __table_args__ = UTF8

    id: Mapped[int] = key()
    ctime: Mapped[int] = stamped_time()
    mtime: Mapped[int] = stamped_time()
    user_id: Mapped[int] = required_reference()
    avatar: Mapped[str | None] = words(255, "")
    nick_name: Mapped[str | None] = words(255, charset=UTF8MB4)
    end_time: Mapped[int | None] = time()
    expire_time: Mapped[int] = required_time()
    invalid_time: Mapped[int | None] = time()
    pdd_taken_down_time: Mapped[int | None] = time()
    platform_order_id: Mapped[int] = required_reference()
    order_sn: Mapped[str] = words(ORDER_SN, "", null=False, charset=UNICODE)
    order_amount: Mapped[int] = whole(11, 0, null=False)
    reappearance: Mapped[Decimal | None] = exact()
    subsidy_amount: Mapped[Decimal | None] = exact()
    one_yuan_products_id: Mapped[int] = required_reference()
    goods_id: Mapped[int] = required_reference()
    goods_name: Mapped[str] = words(255, "", null=False)
    goods_thumbnail_url: Mapped[str] = words(GROUP_PICTURE, "", null=False, charset=UNICODE)
    is_enough: Mapped[int] = whole(2, 0, null=False)
    need_num: Mapped[int] = whole(2, 2, null=False)
    status: Mapped[int] = whole(2, 0, null=False)


class OneYuanGroupDetail(Base):
    """A member's seat in a group."""

    __tablename__ = "one_yuan_shopping_group_details"
    __table_args__ = UTF8

    id: Mapped[int] = key()
    ctime: Mapped[int] = stamped_time()
    mtime: Mapped[int] = stamped_time()
    user_id: Mapped[int] = required_reference()
    avatar: Mapped[str | None] = words(255, "")
    nick_name: Mapped[str | None] = words(255, charset=UTF8MB4)
    platform_order_id: Mapped[int] = required_reference()
    order_sn: Mapped[str] = words(ORDER_SN, "", null=False, charset=UNICODE)
    order_amount: Mapped[int] = whole(11, 0, null=False)
    reappearance: Mapped[Decimal | None] = exact()
    subsidy_amount: Mapped[Decimal | None] = exact()
    one_yuan_shopping_group_id: Mapped[int] = required_reference()


for _seat in (OneYuanGroup, OneYuanGroupDetail):
    index_users(_seat.__tablename__, _seat.user_id)
