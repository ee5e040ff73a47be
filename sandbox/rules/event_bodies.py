"""What the console sends of an event (api.md, "Bodies") and what must hold inside it (E-01, E-06)."""

from dataclasses import dataclass
from typing import Final

from sandbox.models.events import FORM, RESOURCE_ID
from sandbox.rules.bodies import Nested, defaulted, optional, required
from sandbox.rules.kinds import Flag, Id, JoinedIds, JsonText, ListOf, Moment, Scalar, Text, Whole, Word
from sandbox.rules.refusals import invalid

STORE: Final = "STORE"


@dataclass(frozen=True, kw_only=True)
class FormFieldBody:
    key: str = required(Text(blank=False))
    type: str = required(Word(("text", "radio", "image")))
    options: tuple[str, ...] | None = optional(ListOf(Text()))
    is_require: bool | None = optional(Flag())


@dataclass(frozen=True, kw_only=True)
class CustomerServerBody:
    title: str | None = optional(Text())
    image: str | None = optional(Text())
    icon_name: str | None = optional(Text())
    status: str | bool | int | None = optional(Scalar())


@dataclass(frozen=True, kw_only=True)
class SessionBody:
    id: int | None = optional(Id())
    start_time: int = required(Moment())
    end_time: int = required(Moment())
    place_type: str | None = optional(Text())
    applicable_store_ids: tuple[int, ...] | None = optional(JoinedIds())
    address: str | None = optional(Text())
    quota: int | None = optional(Whole(0))
    latitude: str | None = optional(Text())
    longitude: str | None = optional(Text())


@dataclass(frozen=True, kw_only=True)
class EventBody:
    resource_id: str = required(Text(RESOURCE_ID, prefix="hd_"))
    name: str = required(Text(100, blank=False))
    brief: str | None = optional(Text(100))
    banner: str | None = optional(Text(200))
    cover_image: str | None = optional(Text(200))
    guide_image: str | None = optional(Text(255))
    share_image_url: str | None = optional(Text(255))
    detail: str | None = optional(Text(2**24 - 1))
    begin_time: int = required(Moment())
    end_time: int = required(Moment())
    last_time: int | None = optional(Moment())
    published: bool = defaulted(Flag(), default=False)
    charge_toggle: bool | None = optional(Flag())
    charged_amount: int | None = optional(Whole(0))
    reservation_review_toggle: bool | None = optional(Flag())
    cancel_review_toggle: bool | None = optional(Flag())
    checkin_qrcode_toggle: bool | None = optional(Flag())
    form: str | None = optional(JsonText(ListOf(Nested(FormFieldBody)), FORM))
    tags: tuple[str, ...] | None = optional(ListOf(Text()))
    sms_template_id: str | None = optional(Text(200))
    coupon_batch: str | None = optional(Text(1000))
    event_category_first_id: int | None = optional(Id())
    event_category_second_id: int | None = optional(Id())
    customer_server_show_vo: CustomerServerBody | None = optional(  # noqa: RUF009 - declares, makes no value
        Nested(CustomerServerBody), wire="customerServerShowVO"
    )
    customer_server_guide_opened: bool | None = optional(Flag())
    event_session_list: tuple[SessionBody, ...] = required(ListOf(Nested(SessionBody), filled=True))


def check_event(body: EventBody) -> None:
    """What no field can say alone."""
    if body.begin_time >= body.end_time:
        raise invalid("beginTime", "应早于 endTime")
    for index, session in enumerate(body.event_session_list):
        _check_session(session, body, f"eventSessionList[{index}]")
    given = [session.id for session in body.event_session_list if session.id is not None]
    if len(given) != len(set(given)):
        raise invalid("eventSessionList", "中有重复的 id")


def _check_session(session: SessionBody, event: EventBody, where: str) -> None:
    if session.start_time >= session.end_time:
        raise invalid(f"{where}.startTime", "应早于 endTime")
    if session.start_time < event.begin_time:
        raise invalid(f"{where}.startTime", "应在活动时间之内")
    if session.end_time > event.end_time:
        raise invalid(f"{where}.endTime", "应在活动时间之内")
    if session.place_type == STORE and not session.applicable_store_ids:
        raise invalid(f"{where}.applicableStoreIds", "不能为空")
    if session.place_type != STORE and not (session.address or "").strip():
        raise invalid(f"{where}.address", "不能为空")
