"""Resource ids, and what is kept by them."""

from sandbox.db import Transaction
from sandbox.rules.kinds import Text
from sandbox.rules.refusals import invalid
from sandbox.rules.tenants import Privilege, SignedInTenant

EVENT = "hd"
GROUP_BUY = "pt"
CREATORS = {EVENT: Privilege.EVENT_CREATE, GROUP_BUY: Privilege.GROUP_BUY_EVENT_CREATE}


def new_resource_id(tx: Transaction, kind: str) -> str:
    return f"{kind}_{tx.new_id()}"


def issue_resource_id(tx: Transaction, tenant: SignedInTenant, kind: str | None) -> str:
    """A resource id of a type; who may not create what it is for may not have one."""
    if kind in CREATORS:
        tenant.must_have(CREATORS[kind])
    if not kind or not kind.strip():
        raise invalid("type", "不能为空")
    return new_resource_id(tx, Text().read(kind, "type"))
