"""What the console sends of an event (api.md, "Bodies") and what must hold inside it (E-01, E-06)."""

from dataclasses import dataclass
from typing import Final

from sandbox.models.events import NAME, RESOURCE_ID
from sandbox.rules.activity_bodies import ActivityBody, check_distinct_ids, check_times
from sandbox.rules.bodies import Nested, defaulted, optional, required
from sandbox.rules.kinds import Flag, Id, JoinedIds, ListOf, Moment, Text, Whole
from sandbox.rules.refusals import invalid

STORE: Final = "STORE"


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
class EventBody(ActivityBody):
    resource_id: str = required(Text(RESOURCE_ID, prefix="hd_"))
    name: str = required(Text(NAME, blank=False))
    brief: str | None = optional(Text(100))
    banner: str | None = optional(Text(200))
    cover_image: str | None = optional(Text(200))
    last_time: int | None = optional(Moment())
    published: bool = defaulted(Flag(), default=False)
    charge_toggle: bool | None = optional(Flag())
    charged_amount: int | None = optional(Whole(0))
    reservation_review_toggle: bool | None = optional(Flag())
    sms_template_id: str | None = optional(Text(200))
    coupon_batch: str | None = optional(Text(1000))
    event_session_list: tuple[SessionBody, ...] = required(ListOf(Nested(SessionBody), filled=True))


def check_event(body: EventBody) -> None:
    """What no field can say alone."""
    check_times(body)
    for index, session in enumerate(body.event_session_list):
        _check_session(session, body, f"eventSessionList[{index}]")
    check_distinct_ids([session.id for session in body.event_session_list], "eventSessionList")


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
