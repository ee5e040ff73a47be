"""Tenants: sign-in (A-01, A-02) and what their roles allow (A-03)."""

import hashlib
from collections.abc import MutableMapping
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import select

from sandbox.db import Transaction
from sandbox.models import DabPrivilege, DabPrivilegeRoleMap, DabRole, DabTenantRoleMap, Tenant
from sandbox.rules.bodies import required
from sandbox.rules.kinds import Text, as_id
from sandbox.rules.refusals import Code, NotPrivilegedError, NotSignedInError, Refusal
from sandbox.rules.tokens import TENANT_TOKENS


class Privilege(StrEnum):
    EVENT_VIEW = "EVENT_VIEW"
    EVENT_EDIT = "EVENT_EDIT"
    EVENT_CREATE = "EVENT_CREATE"
    EVENT_DELETE = "EVENT_DELETE"
    EVENT_LAUNCH = "EVENT_LAUNCH"
    EVENT_CHECKIN = "EVENT_CHECKIN"
    EVENT_ORDER = "EVENT_ORDER"
    GROUP_BUY_EVENT_VIEW = "GROUP_BUY_EVENT_VIEW"
    GROUP_BUY_EVENT_EDIT = "GROUP_BUY_EVENT_EDIT"
    GROUP_BUY_EVENT_CREATE = "GROUP_BUY_EVENT_CREATE"
    GROUP_BUY_EVENT_DELETE = "GROUP_BUY_EVENT_DELETE"
    GROUP_BUY_EVENT_TEAM = "GROUP_BUY_EVENT_TEAM"
    GROUP_BUY_EVENT_LAUNCH = "GROUP_BUY_EVENT_LAUNCH"
    GROUP_BUY_EVENT_CHECKIN = "GROUP_BUY_EVENT_CHECKIN"
    GROUP_BUY_EVENT_ORDER = "GROUP_BUY_EVENT_ORDER"
    CHANNEL_VIEW = "CHANNEL_VIEW"
    WORKER_VIEW = "WORKER_VIEW"
    WORKER_CREATE = "WORKER_CREATE"
    WORKER_EDIT = "WORKER_EDIT"
    WORKER_DELETE = "WORKER_DELETE"
    ONE_YUAN_VIEW = "ONE_YUAN_VIEW"
    ONE_YUAN_EDIT = "ONE_YUAN_EDIT"
    ONE_YUAN_ORDER = "ONE_YUAN_ORDER"


@dataclass(frozen=True, kw_only=True)
class LoginBody:
    username: str = required(Text())
    password: str = required(Text())


@dataclass(frozen=True)
class SignedInTenant:
    id: int
    organization_id: int
    privileges: frozenset[str]

    def must_have(self, privilege: Privilege) -> None:
        if privilege not in self.privileges:
            raise NotPrivilegedError(privilege)


def digest(username: str, password: str) -> str:
    return hashlib.sha256(f"{username}:{password}".encode()).hexdigest()


def log_in(tx: Transaction, body: LoginBody) -> str:
    """A tenant's token; A-01."""
    known = select(Tenant).where(Tenant.username == body.username, Tenant.deleted.is_(False))
    tenant = tx.scalars(known).one_or_none()
    if tenant is None or tenant.password_digest != digest(body.username, body.password):
        raise Refusal(Code.WRONG_SIGN_IN, "用户名或密码错误")
    return TENANT_TOKENS.issue(tx.now, {"sub": str(tenant.id)})


def signed_in_tenant(
    tx: Transaction, token: str | None, known: MutableMapping[str, SignedInTenant]
) -> SignedInTenant:
    """The token is judged at each call; `known` keeps the tenants met, whom only a reset changes."""
    tenant_id: str = TENANT_TOKENS.claims(token, tx.now)["sub"]
    if tenant_id not in known:
        known[tenant_id] = _tenant(tx, as_id(tenant_id))
    return known[tenant_id]


def _tenant(tx: Transaction, tenant_id: int | None) -> SignedInTenant:
    tenant = tx.get(Tenant, tenant_id or 0)
    if tenant is None or tenant.deleted or tenant.organization_id is None:
        raise NotSignedInError
    return SignedInTenant(tenant.id, tenant.organization_id, _privileges(tx, tenant.id))


def _privileges(tx: Transaction, tenant_id: int) -> frozenset[str]:
    codes = (
        select(DabPrivilege.code)
        .join(DabPrivilegeRoleMap, DabPrivilegeRoleMap.privilege_int == DabPrivilege.id)
        .join(DabRole, DabRole.id == DabPrivilegeRoleMap.role_id)
        .join(DabTenantRoleMap, DabTenantRoleMap.role_id == DabRole.id)
        .where(DabTenantRoleMap.tenant_id == tenant_id)
        .where(DabRole.deleted.is_(False), DabPrivilege.deleted.is_(False))
    )
    return frozenset(code for code in tx.scalars(codes) if code)
