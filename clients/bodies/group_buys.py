"""Group-buys (拼课团) on the wire."""

from typing import TypedDict

from clients.bodies.shared import CustomerServerShow, Store


class TeamRule(TypedDict, total=False):
    """One size of team on offer. Prices in fen; `begintNumber` is what its count starts from (G-16)."""

    size: int | None
    leaderPrice: int | None
    memberPrice: int | None
    maxNumber: int | None
    begintNumber: int | None
    canJoin: bool | None


class RobotRule(TypedDict, total=False):
    """When a robot may fill a seat (G-14). `offsetTime` in milliseconds, `probability` of 100."""

    id: str
    type: str | None
    offsetTime: int | None
    probability: int | None
    begintNumber: int | None


class SpecificationLevel(TypedDict, total=False):
    """One level of specifications; `values` comma-separated."""

    level: int
    name: str
    values: str


class SpecificationDetail(TypedDict, total=False):
    """The class behind one combination of values, comma-separated in the order of the levels."""

    values: str
    enabled: bool
    orderNo: int | None
    trainingClassId: str | None
    trainingClassName: str | None


class GroupBuyDetails(TypedDict, total=False):
    """What a group-buy's body and a group-buy in an answer have alike."""

    descr: str | None
    detail: str | None
    banner: str | None
    coverImage: str | None
    guideImage: str | None
    shareImageUrl: str | None
    effectiveType: str | None
    effectiveHours: int | None
    effectiveBeginTime: int | None
    effectiveEndTime: int | None
    teamLastTimeType: str | None
    teamLastTimeHours: int | None
    remindTimeType: str | None
    remindHours: int | None
    repeatJoin: bool | None
    studentCanJoin: bool | None
    cancelReviewToggle: bool | None
    checkinQrcodeToggle: bool | None
    price: int | None
    form: str | None
    tags: list[str] | None
    storeOrgIds: list[str]
    eventCategoryFirstId: str | None
    eventCategorySecondId: str | None
    customerServerShowVO: CustomerServerShow | None
    customerServerGuideOpened: bool | None
    groupBuyEventTeamRules: list[TeamRule]
    robotRules: list[RobotRule]


class GroupBuyBody(GroupBuyDetails, total=False):
    """What a create or update of a group-buy sends."""

    resourceId: str | None
    titile: str | None
    beginTime: int | None
    endTime: int | None
    enable: bool | None
    recommend: bool | None


class Specifications(TypedDict, total=False):
    """The levels of specifications, and every combination of their values (G-11)."""

    specificationConfs: list[SpecificationLevel]
    groupBuyEventSpecificationDetails: list[SpecificationDetail]


class GroupBuy(GroupBuyDetails, Specifications, total=False):
    """A group-buy as answers carry it: the body, and what the platform computes."""

    id: str
    resourceId: str
    titile: str
    beginTime: int
    endTime: int
    enable: bool
    recommend: bool
    status: str
    organizationId: str
    orderNo: int | None
    stores: list[Store]
    createdTime: int
    updatedTime: int


class Launch(TypedDict, total=False):
    """A group-buy in one store by one channel (G-13), with its QR code."""

    id: str
    groupBuyEventId: str
    storeOrgId: str
    storeName: str
    channelId: str
    channelName: str
    qrcodeUrl: str
    createdTime: int


class TeamMember(TypedDict, total=False):
    orderId: str
    memberId: str | None
    memberName: str | None
    memberMobile: str | None
    memberHeadUrl: str | None
    teamLeader: bool
    robot: bool
    status: str


class Team(TypedDict, total=False):
    """A team with its members, the leader first."""

    id: str
    groupBuyEventId: str
    size: int
    status: str
    expireTime: int | None
    createdTime: int
    members: list[TeamMember]


class TeamSizeCount(TypedDict):
    """A team size on offer, and how many are in such teams as buyers see it (G-16)."""

    size: int
    number: int


class GroupBuyOrder(TypedDict, total=False):
    """An order of a group-buy; `chargedAmount` in fen."""

    id: str
    groupBuyEventId: str
    groupBuyEventName: str | None
    groupBuyEventTeamId: str | None
    memberId: str | None
    memberName: str | None
    memberMobile: str | None
    size: int | None
    status: str
    pamentStatus: str
    teamStatus: str | None
    code: str | None
    channel: str | None
    chargedAmount: int | None
    skuValues: str | None
    robot: bool
    teamLeader: bool
    timeExpire: int | None
    formDataIds: str | None
    paymentOrderId: str | None
    refundOrderId: str | None
    checkinStoreOrgId: str | None
    createdTime: int
    updatedTime: int


class LinkedResource(TypedDict, total=False):
    """What a resource id points to."""

    resourceId: str
    resourceType: str
    id: str
    name: str
