"""Tenants: one with every privilege, one that only looks, one elsewhere, and one without each privilege."""

from collections.abc import Iterable

from sandbox.models import DabPrivilege, DabPrivilegeRoleMap, DabRole, DabTenantRoleMap, Tenant
from sandbox.rules.tenants import Privilege, digest
from sandbox.seed.organizations import Places
from sandbox.seed.seedbed import Seedbed
from sandbox.seed.sheet import ADMIN, OTHER, VIEWER, username_without
from sandbox.settings import PASSWORD

PRIVILEGE_NAMES = {
    Privilege.EVENT_VIEW: "查看活动",
    Privilege.EVENT_EDIT: "编辑活动",
    Privilege.EVENT_CREATE: "新建活动",
    Privilege.EVENT_DELETE: "删除活动",
    Privilege.EVENT_LAUNCH: "发布活动",
    Privilege.EVENT_CHECKIN: "核销活动",
    Privilege.EVENT_ORDER: "管理活动订单",
    Privilege.GROUP_BUY_EVENT_VIEW: "查看拼课团",
    Privilege.GROUP_BUY_EVENT_EDIT: "编辑拼课团",
    Privilege.GROUP_BUY_EVENT_CREATE: "新建拼课团",
    Privilege.GROUP_BUY_EVENT_DELETE: "删除拼课团",
    Privilege.GROUP_BUY_EVENT_TEAM: "查看拼课团队",
    Privilege.GROUP_BUY_EVENT_LAUNCH: "投放拼课团",
    Privilege.GROUP_BUY_EVENT_CHECKIN: "核销拼课团",
    Privilege.GROUP_BUY_EVENT_ORDER: "管理拼课团订单",
    Privilege.CHANNEL_VIEW: "查看渠道",
    Privilege.WORKER_VIEW: "查看员工",
    Privilege.WORKER_CREATE: "新建员工",
    Privilege.WORKER_EDIT: "编辑员工",
    Privilege.WORKER_DELETE: "删除员工",
    Privilege.ONE_YUAN_VIEW: "查看一元购",
    Privilege.ONE_YUAN_EDIT: "编辑一元购",
    Privilege.ONE_YUAN_ORDER: "拉取一元购订单",
}


def sow_tenants(bed: Seedbed, places: Places) -> None:
    ids = {privilege: _privilege(bed, privilege) for privilege in Privilege}
    main, other = places.main.organization_id, places.other.organization_id
    looks = [privilege for privilege in Privilege if privilege.endswith("_VIEW")]
    _tenant(bed, ADMIN, "管理员", main, ids.values())
    _tenant(bed, OTHER, "管理员", other, ids.values())
    _tenant(bed, VIEWER, "只读", main, [ids[privilege] for privilege in looks])
    for privilege in Privilege:
        allowed = [ids[held] for held in Privilege if held is not privilege]
        _tenant(bed, username_without(privilege), f"不能{PRIVILEGE_NAMES[privilege]}", main, allowed)


def _privilege(bed: Seedbed, privilege: Privilege) -> int:
    name = PRIVILEGE_NAMES[privilege]
    return bed.add(DabPrivilege(id=bed.new_id(), name=name, level="1", code=privilege)).id


def _tenant(bed: Seedbed, username: str, role: str, organization_id: int, privileges: Iterable[int]) -> None:
    role_id = bed.add(DabRole(id=bed.new_id(), name=role, organization_id=organization_id)).id
    tenant = bed.add(
        Tenant(
            id=bed.new_id(),
            organization_id=organization_id,
            username=username,
            password_digest=digest(username, PASSWORD),
        )
    )
    bed.add(DabTenantRoleMap(tenant_id=tenant.id, role_id=role_id))
    for privilege in privileges:
        bed.add(DabPrivilegeRoleMap(role_id=role_id, privilege_int=privilege))
