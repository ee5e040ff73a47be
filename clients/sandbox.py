"""The sandbox's own calls, `/_sandbox`: never made on another environment."""

from collections.abc import Sequence

from clients.bodies import ClockReading, Member, PublishedMessage, SandboxSeed, SeededFault
from clients.response import Answer
from clients.transport import Transport, segment


class SandboxClient:
    def __init__(self, transport: Transport) -> None:
        self.transport = transport

    def clock(self) -> Answer[ClockReading]:
        return self.transport.call("sandbox.clock.get", "GET", "clock")

    def set_clock(self, now: int) -> Answer[ClockReading]:
        """Set the clock to epoch milliseconds; what falls due is expired."""
        return self.transport.call("sandbox.clock.set", "PUT", "clock", json={"now": now})

    def advance_clock(self, milliseconds: int) -> Answer[ClockReading]:
        body = {"advanceMs": milliseconds}
        return self.transport.call("sandbox.clock.set", "PUT", "clock", json=body, repeatable=False)

    def tick(self) -> Answer[object]:
        """Run what is due by the clock."""
        return self.transport.call("sandbox.tick", "POST", "tick")

    def reset(self) -> Answer[None]:
        """Back to the seed data and the first moment of the clock."""
        return self.transport.call("sandbox.reset", "POST", "reset")

    def seed(self) -> Answer[SandboxSeed]:
        return self.transport.call("sandbox.seed", "GET", "seed")

    def change_member(self, member_id: str, **changes: bool) -> Answer[Member]:
        """Change any of `worker, student, isNew, redPacketTaken` of a member."""
        return self.transport.call(
            "sandbox.members.change", "PUT", f"members/{segment(member_id)}", json=changes
        )

    def messages(self, topic: str | None = None) -> Answer[list[PublishedMessage]]:
        """What was put on the queue since the sandbox's start or reset, in that order; no topic means all."""
        return self.transport.call("sandbox.messages", "GET", "messages", params={"topic": topic})

    def faults(self) -> Answer[list[SeededFault]]:
        """All seeded defects, and which are on."""
        return self.transport.call("sandbox.faults.get", "GET", "faults")

    def set_faults(self, names: Sequence[str]) -> Answer[list[str]]:
        """Have exactly these defects; the answer's data are the names of those that are on."""
        return self.transport.call("sandbox.faults.set", "PUT", "faults", json={"names": [*names]})
