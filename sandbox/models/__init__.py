"""The platform's tables, written by hand from the documents: a class a table, an attribute a column."""

from sandbox.models.access import (
    DabPrivilege,
    DabPrivilegeRoleMap,
    DabRole,
    DabTenantRoleMap,
    Tenant,
)
from sandbox.models.activities import Activity, ActivityChild, Form, ResourceConf
from sandbox.models.events import Event, EventCategory, EventCheckinQrcode, EventSession
from sandbox.models.group_buys import (
    GroupBuyEvent,
    GroupBuyEventOrder,
    GroupBuyEventRobot,
    GroupBuyEventRobotRecord,
    GroupBuyEventRule,
    GroupBuyEventSpecificationConf,
    GroupBuyEventSpecificationDetail,
    GroupBuyEventTeam,
)
from sandbox.models.launches import ResourceChannel
from sandbox.models.mark import SandboxMark
from sandbox.models.members import Member, MemberBenefits, MemberThirdInfo
from sandbox.models.one_yuan import OneYuanGroup, OneYuanGroupDetail, OneYuanProduct
from sandbox.models.orders import EventOrder, FormData, Order
from sandbox.models.organizations import Channel, Organization, OrganizationWxApp, Store
from sandbox.models.outbox import OutboxMessage
from sandbox.models.payments import PaymentOrder, PayNotifyLog, RefundOrder
from sandbox.models.platform_orders import PlatformOrder, PlatformParameter
from sandbox.models.referrals import MemberChildInfo, ResourceUseInfo, ShareTracking
from sandbox.models.staff import ResourceOrganizationMap, TrainingClass, Worker

__all__ = [
    "Activity",
    "ActivityChild",
    "Channel",
    "DabPrivilege",
    "DabPrivilegeRoleMap",
    "DabRole",
    "DabTenantRoleMap",
    "Event",
    "EventCategory",
    "EventCheckinQrcode",
    "EventOrder",
    "EventSession",
    "Form",
    "FormData",
    "GroupBuyEvent",
    "GroupBuyEventOrder",
    "GroupBuyEventRobot",
    "GroupBuyEventRobotRecord",
    "GroupBuyEventRule",
    "GroupBuyEventSpecificationConf",
    "GroupBuyEventSpecificationDetail",
    "GroupBuyEventTeam",
    "Member",
    "MemberBenefits",
    "MemberChildInfo",
    "MemberThirdInfo",
    "OneYuanGroup",
    "OneYuanGroupDetail",
    "OneYuanProduct",
    "Order",
    "Organization",
    "OrganizationWxApp",
    "OutboxMessage",
    "PayNotifyLog",
    "PaymentOrder",
    "PlatformOrder",
    "PlatformParameter",
    "RefundOrder",
    "ResourceChannel",
    "ResourceConf",
    "ResourceOrganizationMap",
    "ResourceUseInfo",
    "SandboxMark",
    "ShareTracking",
    "Store",
    "Tenant",
    "TrainingClass",
    "Worker",
]
