"""Events, their sessions, categories, forms and check-in codes."""

from typing import Final

from sqlalchemy.orm import Mapped

from sandbox.db import Base
from sandbox.models.columns import deleted_mark, flag, key, long_text, number, reference, text, time

RESOURCE_ID: Final = 30
FORM: Final = 5000  # the document gives no length; a form of a dozen fields must fit


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


class Event(Base):
    __tablename__ = "event"

    id: Mapped[int] = key()
    guide_image: Mapped[str | None] = text(255)
    event_category_second_id: Mapped[int | None] = reference()
    event_category_first_id: Mapped[int | None] = reference()
    organization_id: Mapped[int | None] = reference()
    resource_id: Mapped[str | None] = text(RESOURCE_ID)
    end_time: Mapped[int | None] = time()
    begin_time: Mapped[int | None] = time()
    order_no: Mapped[int | None] = number()
    name: Mapped[str | None] = text(100)
    brief: Mapped[str | None] = text(100)
    recommend: Mapped[bool | None] = flag()
    banner: Mapped[str | None] = text(200)
    sms_template_id: Mapped[str | None] = text(200)
    coupon_batch: Mapped[str | None] = text(1000)
    cover_image: Mapped[str | None] = text(200)
    detail: Mapped[str | None] = long_text()
    published: Mapped[bool | None] = flag()
    form_id: Mapped[int | None] = reference()
    charged_amount: Mapped[int | None] = number()
    reservation_review_toggle: Mapped[bool | None] = flag()
    cancel_review_toggle: Mapped[bool | None] = flag()
    charge_toggle: Mapped[bool | None] = flag()
    checkin_qrcode_toggle: Mapped[bool | None] = flag()
    created_time: Mapped[int | None] = time()
    updated_time: Mapped[int | None] = time()
    deleted: Mapped[bool] = deleted_mark()


class EventSession(Base):
    __tablename__ = "event_session"

    id: Mapped[int] = key()
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
    created_time: Mapped[int | None] = time()
    updated_time: Mapped[int | None] = time()
    deleted: Mapped[bool] = deleted_mark()


class EventCheckinQrcode(Base):
    __tablename__ = "event_checkin_qrcode"

    id: Mapped[int] = key()
    event_id: Mapped[int | None] = reference()
    store_org_id: Mapped[int | None] = reference()
    qrcode_url: Mapped[str | None] = text()
    deleted: Mapped[bool] = deleted_mark()


class Form(Base):
    __tablename__ = "form"

    id: Mapped[int] = key()
    fields: Mapped[str | None] = text(FORM)
    created_time: Mapped[int | None] = time()
    updated_time: Mapped[int | None] = time()
    deleted: Mapped[bool] = deleted_mark()


class ResourceConf(Base):
    """What a body says beyond the columns of its own table, by resource id; lists and objects as JSON."""

    __tablename__ = "resource_conf"

    id: Mapped[int] = key()
    resource_id: Mapped[str | None] = text(RESOURCE_ID)
    last_time: Mapped[int | None] = time()
    share_image_url: Mapped[str | None] = text()
    tags: Mapped[str | None] = long_text()
    customer_server_show_vo: Mapped[str | None] = long_text()
    customer_server_guide_opened: Mapped[bool | None] = flag()
    created_time: Mapped[int | None] = time()
    updated_time: Mapped[int | None] = time()
