"""The platform's tables, written by hand from the documents: a class a table, an attribute a column."""

from sandbox.models.access import (
    DabPrivilege,
    DabPrivilegeRoleMap,
    DabRole,
    DabTenantRoleMap,
    Tenant,
)
from sandbox.models.events import (
    Event,
    EventCategory,
    EventCheckinQrcode,
    EventSession,
    Form,
    ResourceConf,
)
from sandbox.models.mark import SandboxMark
from sandbox.models.members import Member, MemberBenefits, MemberThirdInfo
from sandbox.models.orders import EventOrder
from sandbox.models.organizations import Channel, Organization, OrganizationWxApp, Store

__all__ = [
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
    "Member",
    "MemberBenefits",
    "MemberThirdInfo",
    "Organization",
    "OrganizationWxApp",
    "ResourceConf",
    "SandboxMark",
    "Store",
    "Tenant",
]
