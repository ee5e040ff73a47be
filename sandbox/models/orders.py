"""Orders: who booked what, and what they answered on its form."""

from typing import Final

from sqlalchemy.orm import InstrumentedAttribute, Mapped

from sandbox.db import Base
from sandbox.models.columns import deleted_mark, key, number, reference, text, time

FORM_DATA_IDS: Final = 5000  # the documents give no length; an id for each field of a long form must fit


class Order(Base):
    """The columns that every kind of order has under the same name, and what each calls differently."""

    __abstract__ = True

    id: Mapped[int] = key()
    member_id: Mapped[int | None] = reference()
    checkin_store_org_id: Mapped[int | None] = reference()
    form_data_ids: Mapped[str | None] = text(FORM_DATA_IDS)
    channel: Mapped[str | None] = text()
    code: Mapped[str | None] = text()
    pament_status: Mapped[str | None] = text()
    status: Mapped[str | None] = text()
    payment_order_id: Mapped[int | None] = reference()
    refund_order_id: Mapped[int | None] = reference()
    time_expire: Mapped[int | None] = time()
    created_time: Mapped[int | None] = time()
    updated_time: Mapped[int | None] = time()

    @property
    def amount(self) -> int:
        """What is to be paid, in fen; 0 is free."""
        raise NotImplementedError

    @classmethod
    def mobile_column(cls) -> InstrumentedAttribute[str | None]:
        """The mobile that was given with the order."""
        raise NotImplementedError


class EventOrder(Order):
    __tablename__ = "event_order"

    event_id: Mapped[int | None] = reference()
    event_tile: Mapped[str | None] = text()
    name: Mapped[str | None] = text()
    mobile: Mapped[str | None] = text()
    session_id: Mapped[int | None] = reference()
    session_store_id: Mapped[int | None] = reference()
    session_start_time: Mapped[int | None] = time()
    session_end_time: Mapped[int | None] = time()
    session_address: Mapped[str | None] = text()
    charged_mount: Mapped[int | None] = number()
    deleted: Mapped[bool] = deleted_mark()

    @property
    def amount(self) -> int:
        return self.charged_mount or 0

    @classmethod
    def mobile_column(cls) -> InstrumentedAttribute[str | None]:
        return cls.mobile


class FormData(Base):
    """One answer on a form. `event_order_id` is the order's id, of whatever kind."""

    __tablename__ = "form_data"

    id: Mapped[int] = key()
    type: Mapped[str | None] = text()
    event_order_id: Mapped[int | None] = reference()
    key: Mapped[str | None] = text()
    value: Mapped[str | None] = text()
    created_time: Mapped[int | None] = time()
    updated_time: Mapped[int | None] = time()
    deleted: Mapped[bool] = deleted_mark()
