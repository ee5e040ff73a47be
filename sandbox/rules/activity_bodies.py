"""What the bodies of all kinds of activity share (api.md, "Bodies")."""

from collections.abc import Iterable
from dataclasses import dataclass

from sandbox.models.activities import FORM
from sandbox.rules.bodies import Nested, optional, required
from sandbox.rules.kinds import Flag, Id, JsonText, ListOf, Moment, Scalar, Text, Word
from sandbox.rules.refusals import invalid


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
class ActivityBody:
    """A kind's own body adds its `resource_id`, with the kind's prefix and length."""

    resource_id: str
    guide_image: str | None = optional(Text(255))
    share_image_url: str | None = optional(Text(255))
    detail: str | None = optional(Text(2**24 - 1))
    begin_time: int = required(Moment())
    end_time: int = required(Moment())
    cancel_review_toggle: bool | None = optional(Flag())
    checkin_qrcode_toggle: bool | None = optional(Flag())
    form: str | None = optional(JsonText(ListOf(Nested(FormFieldBody)), FORM))
    tags: tuple[str, ...] | None = optional(ListOf(Text()))
    event_category_first_id: int | None = optional(Id())
    event_category_second_id: int | None = optional(Id())
    customer_server_show_vo: CustomerServerBody | None = optional(  # noqa: RUF009 - declares, makes no value
        Nested(CustomerServerBody), wire="customerServerShowVO"
    )
    customer_server_guide_opened: bool | None = optional(Flag())


def check_times(body: ActivityBody) -> None:
    if body.begin_time >= body.end_time:
        raise invalid("beginTime", "应早于 endTime")


def check_distinct_ids(ids: Iterable[int | None], where: str) -> None:
    given = [one for one in ids if one is not None]
    if len(given) != len(set(given)):
        raise invalid(where, "中有重复的 id")
