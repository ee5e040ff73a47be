"""Who shared what, who brought whom, and what it counted for."""

from typing import Final

from sqlalchemy.orm import Mapped

from sandbox.db import Base
from sandbox.models.columns import key, number, reference, text, time

SHARE_MEMBER_IDS: Final = 255
SHARE_IDS: Final = 5000
REFERRER_IDS: Final = 1000


class ShareTracking(Base):
    __tablename__ = "share_tracking"

    id: Mapped[int] = key()
    organization_id: Mapped[int | None] = reference()
    member_id: Mapped[int | None] = reference()
    resource_type: Mapped[str | None] = text(255)
    resource_id: Mapped[str | None] = text(255, index=True)
    type: Mapped[str | None] = text(255)
    store_org_id: Mapped[int | None] = reference()
    channel: Mapped[str | None] = text(255)
    from_member_ids: Mapped[str | None] = text(SHARE_MEMBER_IDS)
    depth: Mapped[int | None] = number()
    browse_time: Mapped[int | None] = time()
    from_ids: Mapped[str | None] = text(SHARE_IDS)
    from_id: Mapped[int | None] = reference()
    root_id: Mapped[int | None] = reference()
    qrcode_url: Mapped[str | None] = text(255)
    created_time: Mapped[int | None] = time()
    updated_time: Mapped[int | None] = time()


class MemberChildInfo(Base):
    """Who brought a member to a resource: one row for each child and resource."""

    __tablename__ = "member_child_info"

    id: Mapped[int] = key()
    child_member_id: Mapped[int | None] = reference()
    member_id: Mapped[int | None] = reference()
    resource_id: Mapped[str | None] = text(255, index=True)
    root_member_id: Mapped[int | None] = reference()
    from_member_ids: Mapped[str | None] = text(REFERRER_IDS)
    child_member_share_count: Mapped[int | None] = number()
    child_member_open_count: Mapped[int | None] = number()
    child_member_count: Mapped[int | None] = number()
    child_member_save_info_count: Mapped[int | None] = number()
    created_time: Mapped[int | None] = time()
    updated_time: Mapped[int | None] = time()


class ResourceUseInfo(Base):
    """What one order counted for one member. `counted` is 1, and 0 once it was taken back (F-04)."""

    __tablename__ = "resource_use_info"

    id: Mapped[int] = key()
    resource_type: Mapped[str | None] = text()
    resource_id: Mapped[str | None] = text(index=True)
    event_id: Mapped[int | None] = reference()
    order_id: Mapped[int | None] = reference()
    from_id: Mapped[int | None] = reference()
    member_id: Mapped[int | None] = reference()
    type: Mapped[str | None] = text()
    counted: Mapped[int | None] = number()
    created_time: Mapped[int | None] = time()
    updated_time: Mapped[int | None] = time()
