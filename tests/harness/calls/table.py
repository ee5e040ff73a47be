"""Every method of every client, as it goes over the wire (api.md)."""

from tests.harness.calls.activities import EVENTS, GROUP_BUYS
from tests.harness.calls.launches import GROUP_BUY_ORDERS, LAUNCHES
from tests.harness.calls.one_yuan import ONE_YUAN
from tests.harness.calls.orders import DESKS, MEMBERS, PROVIDER
from tests.harness.calls.people import PEOPLE
from tests.harness.calls.pick_lists import PICK_LISTS
from tests.harness.calls.sandbox import SANDBOX
from tests.harness.calls.wire import Calls

CALLS: Calls = {
    **PEOPLE,
    **EVENTS,
    **GROUP_BUYS,
    **LAUNCHES,
    **GROUP_BUY_ORDERS,
    **DESKS,
    **MEMBERS,
    **PROVIDER,
    **ONE_YUAN,
    **PICK_LISTS,
    **SANDBOX,
}
