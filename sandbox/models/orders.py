"""Orders: who booked what."""

from sqlalchemy.orm import Mapped

from sandbox.db import Base
from sandbox.models.columns import deleted_mark, key, number, reference, text, time


class EventOrder(Base):
    __tablename__ = "event_order"

    id: Mapped[int] = key()
    member_id: Mapped[int | None] = reference()
    event_id: Mapped[int | None] = reference()
    checkin_store_org_id: Mapped[int | None] = reference()
    event_tile: Mapped[str | None] = text()
    name: Mapped[str | None] = text()
    mobile: Mapped[str | None] = text()
    form_data_ids: Mapped[str | None] = text()
    channel: Mapped[str | None] = text()
    code: Mapped[str | None] = text()
    pament_status: Mapped[str | None] = text()
    status: Mapped[str | None] = text()
    payment_order_id: Mapped[int | None] = reference()
    session_id: Mapped[int | None] = reference()
    session_store_id: Mapped[int | None] = reference()
    refund_order_id: Mapped[int | None] = reference()
    session_start_time: Mapped[int | None] = time()
    session_end_time: Mapped[int | None] = time()
    session_address: Mapped[str | None] = text()
    charged_mount: Mapped[int | None] = number()
    time_expire: Mapped[int | None] = time()
    created_time: Mapped[int | None] = time()
    updated_time: Mapped[int | None] = time()
    deleted: Mapped[bool] = deleted_mark()
