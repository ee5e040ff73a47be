"""Bookings, orders, payment and referral on the wire. Amounts in fen, times in epoch milliseconds."""

from typing import TypedDict


class FormAnswer(TypedDict, total=False):
    """One answer to a form's field (E-12)."""

    key: str
    type: str
    value: str | None
    options: list[str]
    isRequire: bool


class EventBookingBody(TypedDict, total=False):
    """What a member books a session of an event by."""

    eventId: str | None
    sessionId: str | None
    sessionStoreId: str | None
    name: str | None
    mobile: str | None
    channel: str | None
    formDataList: list[FormAnswer]


class TeamBody(TypedDict, total=False):
    """What a member opens a team by (`groupBuyEventTeamId` empty), or joins one."""

    groupBuyEventId: str | None
    groupBuyEventTeamId: str | None
    size: int | None
    name: str | None
    mobile: str | None
    checkCode: str | None
    childMemberId: str | None
    skuValues: str | None
    formDataList: list[FormAnswer]


class Booking(TypedDict, total=False):
    """What a booking is answered with; `timeExpire` is null when nothing is to be paid."""

    orderId: str
    groupBuyEventTeamId: str
    status: str
    pamentStatus: str
    timeExpire: int | None


class EventOrder(TypedDict, total=False):
    """An order of an event; `eventTile` and `chargedMount` are spelt as the platform does."""

    id: str
    memberId: str
    eventId: str
    eventTile: str | None
    name: str | None
    mobile: str | None
    channel: str | None
    code: str | None
    status: str
    pamentStatus: str
    sessionId: str | None
    sessionStoreId: str | None
    sessionStartTime: int | None
    sessionEndTime: int | None
    sessionAddress: str | None
    chargedMount: int | None
    timeExpire: int | None
    formDataIds: str | None
    paymentOrderId: str | None
    refundOrderId: str | None
    checkinStoreOrgId: str | None
    createdTime: int
    updatedTime: int


class EventOrderFilter(TypedDict, total=False):
    """What the console filters an event's orders by; each may be left out."""

    channel: str | None
    orderStatus: str | None
    pamentStatus: str | None
    storeOrgIds: list[str] | None
    keyWord: str | None


class StartedPayment(TypedDict):
    paymentOrderId: str
    amount: int
    timeExpire: int | None


class PayNotify(TypedDict, total=False):
    """The provider's word on a payment; `result` is SUCCESS or FAILED."""

    orderId: str | None
    transactionId: str | None
    amount: int | None
    result: str | None


class RefundNotify(TypedDict, total=False):
    """The provider's word on a refund."""

    refundOrderId: str | None
    transactionId: str | None
    result: str | None


class ShareBody(TypedDict, total=False):
    """A share or a reach; `fromId` is the share it came by."""

    resourceId: str | None
    type: str | None
    fromId: str | None
    fromMemberId: str | None
    channel: str | None


class ReportFilter(TypedDict, total=False):
    """What a referral report is narrowed by (F-06); each may be left out."""

    startTime: int | None
    endTime: int | None
    eventIds: list[str] | None
    memberMobile: str | None
    memberNo: str | None
    memberNickName: str | None


class ReportRow(TypedDict):
    """How many sign-ups and payments count for a member in one activity."""

    memberId: str
    memberName: str | None
    memberMobile: str | None
    eventId: str
    signUpCount: int
    payCount: int
