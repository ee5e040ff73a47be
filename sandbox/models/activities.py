"""What every kind of activity has: columns of its table, a form, and what is kept by resource id."""

from typing import Final

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from sandbox.db import Base
from sandbox.models.columns import VARCHAR, deleted_mark, flag, key, long_text, number, reference, text, time

FORM: Final = 5000  # the document gives no length; a form of a dozen fields must fit


class Activity(Base):
    """The columns that the rules for all kinds rely on; each kind adds its own."""

    __abstract__ = True

    id: Mapped[int] = key()
    organization_id: Mapped[int | None] = reference()
    resource_id: Mapped[str | None] = text()
    event_category_first_id: Mapped[int | None] = reference()
    event_category_second_id: Mapped[int | None] = reference()
    begin_time: Mapped[int | None] = time()
    end_time: Mapped[int | None] = time()
    form_id: Mapped[int | None] = reference()
    cancel_review_toggle: Mapped[bool | None] = flag()
    order_no: Mapped[int | None] = number()
    recommend: Mapped[bool | None] = flag()
    created_time: Mapped[int | None] = time()
    updated_time: Mapped[int | None] = time()
    deleted: Mapped[bool] = deleted_mark()


class ActivityChild(Base):
    """A row that belongs to an activity and lives and dies with its body."""

    __abstract__ = True

    id: Mapped[int] = key()
    created_time: Mapped[int | None] = time()
    updated_time: Mapped[int | None] = time()
    deleted: Mapped[bool] = deleted_mark()


class Form(Base):
    __tablename__ = "form"

    id: Mapped[int] = key()
    fields: Mapped[str | None] = text(FORM)
    created_time: Mapped[int | None] = time()
    updated_time: Mapped[int | None] = time()
    deleted: Mapped[bool] = deleted_mark()


class ResourceConf(Base):
    """What a body says beyond the columns of its own table, by resource id; lists and objects as JSON.

    Unique, so that of two that take a resource id at the same time one is refused.
    """

    __tablename__ = "resource_conf"

    id: Mapped[int] = key()
    resource_id: Mapped[str | None] = mapped_column(String(VARCHAR), default=None, unique=True)
    last_time: Mapped[int | None] = time()
    share_image_url: Mapped[str | None] = text()
    tags: Mapped[str | None] = long_text()
    store_org_ids: Mapped[str | None] = long_text()
    customer_server_show_vo: Mapped[str | None] = long_text()
    customer_server_guide_opened: Mapped[bool | None] = flag()
    created_time: Mapped[int | None] = time()
    updated_time: Mapped[int | None] = time()
