"""What each tenant may do, as far as reading calls tell (A-03): who lacks a privilege gets 403."""

from collections.abc import Callable, Iterator
from typing import Any, Final

from clients import AdminClient, Answer, FixedHeaders, PlatformFailure
from harness.doctor.findings import Finding, State, Subject
from harness.doctor.fronts import told
from harness.doctor.sign_ins import tenant_called
from harness.profile import MAIN_TENANT

FORBIDDEN: Final = 403
NO_ROW: Final = "0"
READING: Final[dict[str, Callable[[AdminClient], Answer[Any]]]] = {
    "EVENT_VIEW": lambda tenant: tenant.events.list(page=1, size=1),
    "EVENT_ORDER": lambda tenant: tenant.event_orders.list(NO_ROW, page=1, size=1),
    "EVENT_CHECKIN": lambda tenant: tenant.event_orders.search(NO_ROW, page=1, size=1),
    "CHANNEL_VIEW": lambda tenant: tenant.channels.list(page=1, size=1),
    "GROUP_BUY_EVENT_VIEW": lambda tenant: tenant.group_buys.list(page=1, size=1),
    "GROUP_BUY_EVENT_LAUNCH": lambda tenant: tenant.group_buys.launches(NO_ROW, page=1, size=1),
    "GROUP_BUY_EVENT_TEAM": lambda tenant: tenant.group_buy_orders.teams(NO_ROW, page=1, size=1),
    "GROUP_BUY_EVENT_ORDER": lambda tenant: tenant.group_buy_orders.orders(NO_ROW, page=1, size=1),
    "GROUP_BUY_EVENT_CHECKIN": lambda tenant: tenant.group_buy_orders.search(NO_ROW, page=1, size=1),
    "WORKER_VIEW": lambda tenant: tenant.workers.list(page=1, size=1),
    "ONE_YUAN_VIEW": lambda tenant: tenant.one_yuan_products.list(page=1, size=1),
}
"""A call by which each privilege that reading needs is told; the row need not be there for a 403."""
VIEWER: Final = "viewer"


def privileges(subject: Subject) -> Iterator[Finding]:
    """Of those tenants that could sign in."""
    for role in subject.profile.tenants:
        yield from _judged(f"privileges of {role}", tenant_called(role), subject)
    for privilege in subject.profile.tenants_without:
        called = tenant_called(without=privilege)
        yield from _judged(f"privileges without {privilege}", called, subject, without=privilege)


def _judged(check: str, called: str, subject: Subject, *, without: str | None = None) -> Iterator[Finding]:
    if (token := subject.tokens.get(called)) is None:
        return
    tenant = subject.platform.console.signed_in(FixedHeaders({"X-Token": token}, called))
    try:
        refused = {name for name, call in READING.items() if call(tenant).http_status == FORBIDDEN}
    except PlatformFailure as failure:
        yield Finding(check, State.FAILED, told(failure), "see the admin front")
        return
    if called == tenant_called(VIEWER):
        refused = {name for name in refused if name.endswith("_VIEW")}
    yield _compared(check, refused, without, is_main=called == tenant_called(MAIN_TENANT))


def _compared(check: str, refused: set[str], without: str | None, *, is_main: bool) -> Finding:
    lacking = {without} & READING.keys()
    if missing := sorted(refused - lacking):
        return Finding(
            check,
            State.FAILED if is_main else State.WARN,
            f"403 without {', '.join(missing)}: the cases that need it fail",
            "give the tenant's role these privileges",
        )
    if lacking - refused:
        return Finding(
            check,
            State.WARN,
            f"it has {without}, which it should lack: the cases of A-03 fail",
            "take the privilege from the tenant's role",
        )
    if without is not None and without not in READING:
        return Finding(check, State.OK, f"as they should be; no reading call tells of {without} itself")
    return Finding(check, State.OK, f"as they should be, by {len(READING)} reading calls")
