"""Members of the mini-program."""

from sqlalchemy.orm import Mapped

from sandbox.db import Base
from sandbox.models.columns import deleted_mark, flag, key, number, reference, text, time


class Member(Base):
    __tablename__ = "member"

    id: Mapped[int] = key()
    organization_id: Mapped[int | None] = reference()
    name: Mapped[str | None] = text(45)
    save_info_time: Mapped[int | None] = time()
    last_login_time: Mapped[int | None] = time()
    student: Mapped[bool | None] = flag()
    channel: Mapped[str | None] = text()
    sex: Mapped[str | None] = text(45)
    birthday: Mapped[str | None] = text(50)
    mobile: Mapped[str | None] = text(45)
    email: Mapped[str | None] = text(45)
    points: Mapped[int | None] = number()
    nick_name: Mapped[str | None] = text()
    sign_days: Mapped[int | None] = number()
    sign_total_days: Mapped[int | None] = number()
    sign_max_days: Mapped[int | None] = number()
    share_count: Mapped[int | None] = number()
    child_member_save_count: Mapped[int | None] = number()
    child_member_uv_count: Mapped[int | None] = number()
    child_member_total_count: Mapped[int | None] = number()
    open_count: Mapped[int | None] = number()
    growth: Mapped[int | None] = number()
    zy_member_info: Mapped[str | None] = text()
    worker: Mapped[bool | None] = flag()
    source: Mapped[str | None] = text()
    level: Mapped[int | None] = number()
    deleted: Mapped[bool] = deleted_mark()
    created_time: Mapped[int | None] = time()
    updated_time: Mapped[int | None] = time()


class MemberThirdInfo(Base):
    """By which WeChat user of which app a member is known."""

    __tablename__ = "member_third_info"

    id: Mapped[int] = key()
    member_id: Mapped[int | None] = reference()
    app_id: Mapped[str | None] = text()
    open_id: Mapped[str | None] = text()


class MemberBenefits(Base):
    """What a member may still claim as a new one."""

    __tablename__ = "member_benefits"

    id: Mapped[int] = key()
    member_id: Mapped[int | None] = reference()
    is_new: Mapped[bool | None] = flag()
    red_packet_taken: Mapped[bool | None] = flag()
    created_time: Mapped[int | None] = time()
    updated_time: Mapped[int | None] = time()
