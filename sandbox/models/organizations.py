"""Organizations, their mini-program apps, stores and channels."""

from sqlalchemy.orm import Mapped

from sandbox.db import Base
from sandbox.models.columns import deleted_mark, key, reference, text, time


class Organization(Base):
    """A tenant's organization, or a store's, whose parent is the tenant's."""

    __tablename__ = "organization"

    id: Mapped[int] = key()
    parent_id: Mapped[int | None] = reference()
    name: Mapped[str | None] = text()
    created_time: Mapped[int | None] = time()
    updated_time: Mapped[int | None] = time()
    deleted: Mapped[bool] = deleted_mark()


class OrganizationWxApp(Base):
    __tablename__ = "organization_wx_app"

    id: Mapped[int] = key()
    organization_id: Mapped[int | None] = reference()
    app_id: Mapped[str | None] = text()
    deleted: Mapped[bool] = deleted_mark()


class Store(Base):
    """Known everywhere by `organization_id`, which is the store's own organization."""

    __tablename__ = "store"

    id: Mapped[int] = key()
    organization_id: Mapped[int | None] = reference()
    name: Mapped[str | None] = text()
    address: Mapped[str | None] = text()
    tel: Mapped[str | None] = text()
    longitude: Mapped[str | None] = text()
    latitude: Mapped[str | None] = text()
    created_time: Mapped[int | None] = time()
    updated_time: Mapped[int | None] = time()
    deleted: Mapped[bool] = deleted_mark()


class Channel(Base):
    __tablename__ = "channel"

    id: Mapped[int] = key()
    name: Mapped[str | None] = text()
    organization_id: Mapped[int | None] = reference()
    descr: Mapped[str | None] = text()
    from_member_id: Mapped[int | None] = reference()
    created_time: Mapped[int | None] = time()
    updated_time: Mapped[int | None] = time()
    deleted: Mapped[bool] = deleted_mark()
