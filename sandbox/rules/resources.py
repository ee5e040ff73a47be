"""Resource ids: new ones, and what they point to."""

from typing import Any, Final

from sandbox.db import Transaction
from sandbox.rules.activities import find_shown_by_resource_id
from sandbox.rules.activity_kinds import ActivityKind
from sandbox.rules.event_kind import EVENTS
from sandbox.rules.group_buy_kind import GROUP_BUYS
from sandbox.rules.kinds import Text
from sandbox.rules.refusals import absent, invalid
from sandbox.rules.tenants import SignedInTenant

KINDS: Final[tuple[ActivityKind[Any], ...]] = (EVENTS, GROUP_BUYS)


def issue_resource_id(tx: Transaction, tenant: SignedInTenant, prefix: str | None) -> str:
    """A resource id of a type; who may not create what it is for may not have one."""
    for kind in KINDS:
        if kind.prefix == prefix:
            tenant.must_have(kind.privilege("CREATE"))
    if not prefix or not prefix.strip():
        raise invalid("type", "不能为空")
    return f"{Text().read(prefix, 'type')}_{tx.new_id()}"


def resource_view(tx: Transaction, organization_id: int | None, resource_id: str) -> dict[str, Any]:
    """What a resource id points to, as far as the mini-program shows it."""
    for kind in KINDS:
        activity = find_shown_by_resource_id(tx, kind, organization_id, resource_id)
        if activity is not None:
            return {
                "resourceId": resource_id,
                "resourceType": kind.resource_type,
                "id": str(activity.id),
                "name": getattr(activity, kind.name),
            }
    raise absent("资源")
