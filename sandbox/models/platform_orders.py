"""What the documents name without columns: the platform's parameters and the orders that were pulled."""

from decimal import Decimal

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from sandbox.db import Base
from sandbox.models.columns import exact, flag, key, number, reference, text, time
from sandbox.models.one_yuan import ORDER_SN


class PlatformParameter(Base):
    """What an order carries from the member who asked for it (平台参数)."""

    __tablename__ = "platform_parameter"

    id: Mapped[int] = key()
    type: Mapped[str | None] = text(10)
    member_id: Mapped[int | None] = reference(index=False)
    inviter_id: Mapped[int | None] = reference(index=False)
    one_yuan_products_id: Mapped[int | None] = reference(index=False)
    group_id: Mapped[int | None] = reference(index=False)
    cashback: Mapped[Decimal | None] = exact()
    created_time: Mapped[int | None] = time()


class PlatformOrder(Base):
    """An order that was pulled. It names the group that it opened or had a seat in, and the seat it has.

    The tables of groups and seats have no index but the documents', so that seats are found by their orders.
    """

    __tablename__ = "platform_order"

    id: Mapped[int] = key()
    order_sn: Mapped[str] = mapped_column(String(ORDER_SN), unique=True, default="")
    platform_order_id: Mapped[int | None] = reference(index=False)
    param_id: Mapped[int | None] = reference(index=False)
    user_id: Mapped[int | None] = reference(index=False)
    goods_id: Mapped[int | None] = reference(index=False)
    order_amount: Mapped[int | None] = number()
    order_status: Mapped[str | None] = text(10)
    was_new: Mapped[bool | None] = flag()
    group_id: Mapped[int | None] = reference()
    seat_id: Mapped[int | None] = reference(index=False)
    pay_time: Mapped[int | None] = time()
    created_time: Mapped[int | None] = time()
    updated_time: Mapped[int | None] = time()
