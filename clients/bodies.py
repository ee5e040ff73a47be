"""Bodies as they travel, in the platform's own names (api.md, "Bodies"), its misspellings included.

A key can say three things: a value, `None`, and nothing (left out); so every key of a request is optional.
Ids are decimal strings, times epoch milliseconds, amounts fen, ids inside a varchar comma-separated.
"""

from collections.abc import Mapping
from typing import TypedDict

AnyBody = Mapping[str, object]
"""A body that a test bends out of shape on purpose."""

Paging = int | str | None
"""A `page` or `size`; a string sends what is no number, None leaves it out."""


class CustomerServerShow(TypedDict, total=False):
    title: str | None
    image: str | None
    iconName: str | None
    status: bool | None


class Store(TypedDict, total=False):
    """A store (门店); its `organizationId` is what other bodies name it by."""

    id: str
    name: str
    organizationId: str
    address: str | None
    tel: str | None
    longitude: str | None
    latitude: str | None


class EventSession(TypedDict, total=False):
    """One session (场次) of an event. `quota` None is unlimited; `seatsLeft` is computed."""

    id: str
    startTime: int
    endTime: int
    quota: int | None
    address: str | None
    placeType: str | None
    applicableStoreIds: str | None
    latitude: str | None
    longitude: str | None
    seatsLeft: int | None
    applicableStoreCount: int


class EventDetails(TypedDict, total=False):
    """What an event's body and an event in an answer have alike."""

    brief: str | None
    banner: str | None
    coverImage: str | None
    guideImage: str | None
    shareImageUrl: str | None
    detail: str | None
    lastTime: int | None
    chargeToggle: bool | None
    chargedAmount: int | None
    reservationReviewToggle: bool | None
    cancelReviewToggle: bool | None
    checkinQrcodeToggle: bool | None
    form: str | None
    tags: list[str] | None
    smsTemplateId: str | None
    couponBatch: str | None
    eventCategoryFirstId: str | None
    eventCategorySecondId: str | None
    customerServerShowVO: CustomerServerShow | None
    customerServerGuideOpened: bool | None
    eventSessionList: list[EventSession]


class EventBody(EventDetails, total=False):
    """What a create or update of an event sends."""

    resourceId: str | None
    name: str | None
    beginTime: int | None
    endTime: int | None
    published: bool | None


class Event(EventDetails, total=False):
    """An event as answers carry it: the body, and what the platform computes."""

    id: str
    resourceId: str
    name: str
    beginTime: int
    endTime: int
    published: bool
    status: str
    organizationId: str
    applicableStoreIds: str | None
    applicableStoreCount: int
    storeVo: Store | None
    recommend: bool
    orderNo: int | None
    createdTime: int
    updatedTime: int


class EventSearch(TypedDict, total=False):
    """The filters of `eventSearchVO` (C-13); an empty one filters nothing."""

    status: str
    eventCategoryFirstId: str
    eventCategorySecondId: str
    beginTime: int
    endTime: int


class IdAndName(TypedDict):
    id: str
    name: str


class EventCategory(TypedDict, total=False):
    id: str
    name: str
    type: str
    parentId: str | None
    descr: str | None


class Channel(TypedDict, total=False):
    id: str
    name: str
    organizationId: str
    descr: str | None


class CheckinQrcode(TypedDict, total=False):
    id: str
    eventId: str
    storeOrgId: str
    storeName: str
    qrcodeUrl: str


class Member(TypedDict, total=False):
    id: str
    organizationId: str
    name: str | None
    nickName: str | None
    mobile: str | None
    worker: bool | None
    student: bool | None


class TenantToken(TypedDict):
    token: str


class MemberToken(TypedDict):
    accessToken: str


class ClockReading(TypedDict):
    now: int


class SignInNames(TypedDict):
    username: str
    password: str


class SandboxSeed(TypedDict):
    """What the sandbox starts with: sign-ins by role, tenants that lack one privilege each, WeChat codes."""

    tenants: dict[str, SignInNames]
    withoutPrivilege: dict[str, SignInNames]
    wechatCodes: dict[str, str]
    appId: str
    otherAppId: str
    paymentSecret: str
