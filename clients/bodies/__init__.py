"""Bodies as they travel, in the platform's own names (api.md, "Bodies"), its misspellings included.

A key can say three things: a value, `None`, and nothing (left out); so every key of a request is optional.
Ids are decimal strings, times epoch milliseconds, amounts fen, ids inside a varchar comma-separated.
"""

from collections.abc import Mapping

from clients.bodies.events import CheckinQrcode, Event, EventBody, EventDetails, EventSession
from clients.bodies.group_buys import (
    GroupBuy,
    GroupBuyBody,
    GroupBuyDetails,
    GroupBuyOrder,
    Launch,
    LinkedResource,
    RobotRule,
    SpecificationDetail,
    SpecificationLevel,
    Specifications,
    Team,
    TeamMember,
    TeamRule,
    TeamSizeCount,
)
from clients.bodies.one_yuan import (
    GroupMessage,
    OneYuanGroup,
    OneYuanGroupMember,
    OneYuanOffer,
    OneYuanOrderBody,
    OneYuanProduct,
    OneYuanProductBody,
    PromotionParameter,
    PulledOrder,
    PullResult,
)
from clients.bodies.orders import (
    Booking,
    EventBookingBody,
    EventOrder,
    EventOrderFilter,
    FormAnswer,
    PayNotify,
    RefundNotify,
    ReportFilter,
    ReportRow,
    ShareBody,
    StartedPayment,
    TeamBody,
)
from clients.bodies.people import Member, MemberToken, SignInNames, TenantToken
from clients.bodies.sandbox import ClockReading, PublishedMessage, SandboxSeed, SeededFault
from clients.bodies.shared import (
    ActivitySearch,
    Channel,
    CustomerServerShow,
    EventCategory,
    IdAndName,
    Store,
)
from clients.bodies.workers import Worker, WorkerBody

AnyBody = Mapping[str, object]
"""A body that a test bends out of shape on purpose."""

Paging = int | str | None
"""A `page` or `size`; a string sends what is no number, None leaves it out."""

__all__ = [
    "ActivitySearch",
    "AnyBody",
    "Booking",
    "Channel",
    "CheckinQrcode",
    "ClockReading",
    "CustomerServerShow",
    "Event",
    "EventBody",
    "EventBookingBody",
    "EventCategory",
    "EventDetails",
    "EventOrder",
    "EventOrderFilter",
    "EventSession",
    "FormAnswer",
    "GroupBuy",
    "GroupBuyBody",
    "GroupBuyDetails",
    "GroupBuyOrder",
    "GroupMessage",
    "IdAndName",
    "Launch",
    "LinkedResource",
    "Member",
    "MemberToken",
    "OneYuanGroup",
    "OneYuanGroupMember",
    "OneYuanOffer",
    "OneYuanOrderBody",
    "OneYuanProduct",
    "OneYuanProductBody",
    "Paging",
    "PayNotify",
    "PromotionParameter",
    "PublishedMessage",
    "PullResult",
    "PulledOrder",
    "RefundNotify",
    "ReportFilter",
    "ReportRow",
    "RobotRule",
    "SandboxSeed",
    "SeededFault",
    "ShareBody",
    "SignInNames",
    "SpecificationDetail",
    "SpecificationLevel",
    "Specifications",
    "StartedPayment",
    "Store",
    "Team",
    "TeamBody",
    "TeamMember",
    "TeamRule",
    "TeamSizeCount",
    "TenantToken",
    "Worker",
    "WorkerBody",
]
