"""Workers, whose organization a map tells, and the training classes that they teach."""

from sqlalchemy.orm import Mapped

from sandbox.db import Base
from sandbox.models.columns import deleted_mark, flag, key, reference, text, time


class Worker(Base):
    __tablename__ = "worker"

    id: Mapped[int] = key()
    name: Mapped[str | None] = text(255)
    member_id: Mapped[int | None] = reference()
    department: Mapped[str | None] = text(255)
    position: Mapped[str | None] = text(255)
    wechat_qrcode: Mapped[str | None] = text(255)
    head_image: Mapped[str | None] = text(255)
    wechat_num: Mapped[str | None] = text(255)
    mobile: Mapped[str | None] = text(255)
    worker_no: Mapped[str | None] = text(255)
    on_work: Mapped[bool | None] = flag()
    created_time: Mapped[int | None] = time()
    deleted: Mapped[bool] = deleted_mark()
    updated_time: Mapped[int | None] = time()


class ResourceOrganizationMap(Base):
    """The organization of a row whose own table has no column for it (C-14)."""

    __tablename__ = "resource_organization_map"

    id: Mapped[int] = key()
    resource_id: Mapped[int | None] = reference()
    organization_id: Mapped[int | None] = reference()


class TrainingClass(Base):
    __tablename__ = "training_class"

    id: Mapped[int] = key()
    organization_id: Mapped[int | None] = reference()
    name: Mapped[str | None] = text()
    created_time: Mapped[int | None] = time()
    updated_time: Mapped[int | None] = time()
    deleted: Mapped[bool] = deleted_mark()
