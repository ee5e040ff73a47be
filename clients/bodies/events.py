"""Events (活动) on the wire."""

from typing import TypedDict

from clients.bodies.shared import CustomerServerShow, Store


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


class CheckinQrcode(TypedDict, total=False):
    id: str
    eventId: str
    storeOrgId: str
    storeName: str
    qrcodeUrl: str
