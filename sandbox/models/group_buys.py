"""Group-buys with their rules, robots and specifications, and the teams and orders made of them."""

from sqlalchemy.orm import InstrumentedAttribute, Mapped

from sandbox.db import Base
from sandbox.models.activities import Activity, ActivityChild
from sandbox.models.columns import (
    big_number,
    flag,
    key,
    long_text,
    number,
    reference,
    text,
    time,
)
from sandbox.models.orders import Order


class GroupBuyEvent(Activity):
    __tablename__ = "group_buy_event"

    descr: Mapped[str | None] = text()
    titile: Mapped[str | None] = text()
    team_last_time_hours: Mapped[int | None] = number()
    remind_hours: Mapped[int | None] = number()
    remind_time_type: Mapped[str | None] = text()
    team_last_time_type: Mapped[str | None] = text()
    repeat_join: Mapped[bool | None] = flag()
    effective_type: Mapped[str | None] = text()
    effective_end_time: Mapped[int | None] = time()
    status: Mapped[str | None] = text()
    effective_begin_time: Mapped[int | None] = time()
    student_can_join: Mapped[bool | None] = flag()
    effective_hours: Mapped[int | None] = number()
    banner: Mapped[str | None] = text()
    cover_image: Mapped[str | None] = text()
    detail: Mapped[str | None] = long_text()
    enable: Mapped[bool | None] = flag()
    guide_image: Mapped[str | None] = text(255)
    price: Mapped[int | None] = number()
    checkin_qrcode_toggle: Mapped[bool | None] = flag()


class GroupBuyEventRule(ActivityChild):
    """A team size on offer; `order_no` is its place in the list."""

    __tablename__ = "group_buy_event_rule"

    group_buy_event_id: Mapped[int | None] = reference()
    size: Mapped[int | None] = number()
    leader_price: Mapped[int | None] = number()
    member_price: Mapped[int | None] = number()
    max_number: Mapped[int | None] = number()
    begint_number: Mapped[int | None] = number()
    can_join: Mapped[bool | None] = flag()
    order_no: Mapped[int | None] = number()


class GroupBuyEventRobot(ActivityChild):
    """A robot rule; `order_no` is its place in the list."""

    __tablename__ = "group_buy_event_robot"

    group_buy_event_id: Mapped[int | None] = reference()
    type: Mapped[str | None] = text()
    offset_time: Mapped[int | None] = big_number()
    probability: Mapped[int | None] = number()
    begint_number: Mapped[int | None] = number()
    order_no: Mapped[int | None] = number()


class GroupBuyEventRobotRecord(Base):
    """That a robot rule acted for a team, and the order that came of it, if one did."""

    __tablename__ = "group_buy_event_robot_record"

    id: Mapped[int] = key()
    group_buy_event_id: Mapped[int | None] = reference()
    group_buy_event_team_id: Mapped[int | None] = reference()
    group_buy_event_robot_id: Mapped[int | None] = reference()
    group_buy_event_order_id: Mapped[int | None] = reference()
    created_time: Mapped[int | None] = time()


class GroupBuyEventSpecificationConf(ActivityChild):
    """A level of specifications, and its values."""

    __tablename__ = "group_buy_event_specification_conf"

    group_buy_event_id: Mapped[int | None] = reference()
    level: Mapped[int | None] = number()
    name: Mapped[str | None] = text()
    values: Mapped[str | None] = text()


class GroupBuyEventSpecificationDetail(ActivityChild):
    """A combination of the levels' values, and the class it stands for."""

    __tablename__ = "group_buy_event_specification_detail"

    group_buy_event_id: Mapped[int | None] = reference()
    values: Mapped[str | None] = text()
    enabled: Mapped[bool | None] = flag()
    order_no: Mapped[int | None] = number()
    training_class_id: Mapped[int | None] = reference()
    training_class_name: Mapped[str | None] = text()


class GroupBuyEventTeam(Base):
    __tablename__ = "group_buy_event_team"

    id: Mapped[int] = key()
    group_buy_event_id: Mapped[int | None] = reference()
    size: Mapped[int | None] = number()
    status: Mapped[str | None] = text()
    expire_time: Mapped[int | None] = time()
    created_time: Mapped[int | None] = time()
    updated_time: Mapped[int | None] = time()


class GroupBuyEventOrder(Order):
    __tablename__ = "group_buy_event_order"

    group_buy_event_id: Mapped[int | None] = reference()
    group_buy_event_name: Mapped[str | None] = text()
    group_buy_event_team_id: Mapped[int | None] = reference()
    size: Mapped[int | None] = number()
    member_head_url: Mapped[str | None] = text()
    member_name: Mapped[str | None] = text()
    member_mobile: Mapped[str | None] = text()
    sku_values: Mapped[str | None] = text()
    sku_values_detail: Mapped[str | None] = text()
    charged_amount: Mapped[int | None] = number()
    robot: Mapped[bool | None] = flag()
    team_leader: Mapped[bool | None] = flag()

    @property
    def amount(self) -> int:
        return self.charged_amount or 0

    @classmethod
    def mobile_column(cls) -> InstrumentedAttribute[str | None]:
        return cls.member_mobile
