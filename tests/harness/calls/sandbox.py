"""The sandbox's own calls."""

from tests.harness.calls.wire import JSON, Calls, Wire

SANDBOX: Calls = {
    "sandbox.clock": (lambda c: c.sandbox.clock(), Wire("sandbox.clock.get", "GET", "/_sandbox/clock")),
    "sandbox.set_clock": (
        lambda c: c.sandbox.set_clock(1767196800000),
        Wire("sandbox.clock.set", "PUT", "/_sandbox/clock", {"now": 1767196800000}, JSON),
    ),
    "sandbox.advance_clock": (
        lambda c: c.sandbox.advance_clock(1),
        Wire("sandbox.clock.set", "PUT", "/_sandbox/clock", {"advanceMs": 1}, JSON),
    ),
    "sandbox.tick": (lambda c: c.sandbox.tick(), Wire("sandbox.tick", "POST", "/_sandbox/tick")),
    "sandbox.reset": (lambda c: c.sandbox.reset(), Wire("sandbox.reset", "POST", "/_sandbox/reset")),
    "sandbox.seed": (lambda c: c.sandbox.seed(), Wire("sandbox.seed", "GET", "/_sandbox/seed")),
    "sandbox.change_member": (
        lambda c: c.sandbox.change_member("7", worker=True, isNew=False),
        Wire("sandbox.members.change", "PUT", "/_sandbox/members/7", {"worker": True, "isNew": False}, JSON),
    ),
    "sandbox.messages": (
        lambda c: c.sandbox.messages(),
        Wire("sandbox.messages", "GET", "/_sandbox/messages"),
    ),
    "sandbox.messages of a topic": (
        lambda c: c.sandbox.messages("one_yuan_group"),
        Wire("sandbox.messages", "GET", "/_sandbox/messages?topic=one_yuan_group"),
    ),
    "sandbox.faults": (
        lambda c: c.sandbox.faults(),
        Wire("sandbox.faults.get", "GET", "/_sandbox/faults"),
    ),
    "sandbox.set_faults": (
        lambda c: c.sandbox.set_faults(["worker-erased"]),
        Wire("sandbox.faults.set", "PUT", "/_sandbox/faults", {"names": ["worker-erased"]}, JSON),
    ),
}
