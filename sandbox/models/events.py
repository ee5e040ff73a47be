"""Events, their sessions, categories and check-in codes."""

from typing import Final

from sqlalchemy.orm import Mapped

from sandbox.db import Base
from sandbox.models.activities import Activity, ActivityChild
from sandbox.models.columns import deleted_mark, flag, key, long_text, number, reference, text, time

RESOURCE_ID: Final = 30
NAME: Final = 100


class EventCategory(Base):
    """Shared by all organizations (C-14)."""

    __tablename__ = "event_category"

    id: Mapped[int] = key()
    descr: Mapped[str | None] = text()
    parent_id: Mapped[int | None] = reference()
    name: Mapped[str | None] = text()
    type: Mapped[str | None] = text()
    created_time: Mapped[int | None] = time()
    updated_time: Mapped[int | None] = time()
    deleted: Mapped[bool] = deleted_mark()


class Event(Activity):
    __tablename__ = "event"

    resource_id: Mapped[str | None] = text(RESOURCE_ID)
    guide_image: Mapped[str | None] = text(255)
    name: Mapped[str | None] = text(NAME)
    brief: Mapped[str | None] = text(100)
    banner: Mapped[str | None] = text(200)
    sms_template_id: Mapped[str | None] = text(200)
    coupon_batch: Mapped[str | None] = text(1000)
    cover_image: Mapped[str | None] = text(200)
    detail: Mapped[str | None] = long_text()
    published: Mapped[bool | None] = flag()
    charged_amount: Mapped[int | None] = number()
    reservation_review_toggle: Mapped[bool | None] = flag()
    charge_toggle: Mapped[bool | None] = flag()
    checkin_qrcode_toggle: Mapped[bool | None] = flag()


class EventSession(ActivityChild):
    __tablename__ = "event_session"

    member_id: Mapped[int | None] = reference()
    event_id: Mapped[int | None] = reference()
    start_time: Mapped[int | None] = time()
    end_time: Mapped[int | None] = time()
    applicable_store_ids: Mapped[str | None] = text()
    place_type: Mapped[str | None] = text()
    quota: Mapped[int | None] = number()
    latitude: Mapped[str | None] = text()
    longitude: Mapped[str | None] = text()
    address: Mapped[str | None] = text()


class EventCheckinQrcode(Base):
    __tablename__ = "event_checkin_qrcode"

    id: Mapped[int] = key()
    event_id: Mapped[int | None] = reference()
    store_org_id: Mapped[int | None] = reference()
    qrcode_url: Mapped[str | None] = text()
    deleted: Mapped[bool] = deleted_mark()
