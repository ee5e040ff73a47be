"""Tenants of the admin console, their roles and the roles' privileges."""

from sqlalchemy.orm import Mapped

from sandbox.db import Base
from sandbox.models.columns import deleted_mark, key, reference, text, time


class Tenant(Base):
    __tablename__ = "tenant"

    id: Mapped[int] = key()
    organization_id: Mapped[int | None] = reference()
    username: Mapped[str | None] = text()
    password_digest: Mapped[str | None] = text()
    created_time: Mapped[int | None] = time()
    updated_time: Mapped[int | None] = time()
    deleted: Mapped[bool] = deleted_mark()


class DabRole(Base):
    __tablename__ = "dab_role"

    id: Mapped[int] = key()
    name: Mapped[str | None] = text()
    organization_id: Mapped[int | None] = reference()
    descr: Mapped[str | None] = text()
    deleted: Mapped[bool] = deleted_mark()
    created_time: Mapped[int | None] = time()
    updated_time: Mapped[int | None] = time()


class DabPrivilege(Base):
    __tablename__ = "dab_privilege"

    id: Mapped[int] = key()
    name: Mapped[str | None] = text()
    level: Mapped[str | None] = text()
    parent_id: Mapped[int | None] = reference()
    code: Mapped[str | None] = text()
    deleted: Mapped[bool] = deleted_mark()
    created_time: Mapped[int | None] = time()
    updated_time: Mapped[int | None] = time()


class DabPrivilegeRoleMap(Base):
    __tablename__ = "dab_privilege_role_map"

    role_id: Mapped[int] = key()
    privilege_int: Mapped[int] = key()


class DabTenantRoleMap(Base):
    __tablename__ = "dab_tenant_role_map"

    tenant_id: Mapped[int] = key()
    role_id: Mapped[int] = key()
