"""One-yuan groups (一元购团) as cases tell of them: who ordered, what was pulled, and what then happens."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from clients import Answer
from clients.bodies import OneYuanGroup, OneYuanProduct, PromotionParameter, PulledOrder, PullResult
from harness.cases import Case
from harness.clock import SECOND, SandboxClock
from harness.kinds.one_yuan import OneYuanWorkshop
from harness.people import People, Person

NORMAL: Final = "NORMAL"
REFUNDED: Final = "REFUNDED"
LEADER: Final = "leader"
STATES: Final[Mapping[tuple[int, int], str]] = {
    (0, 0): "open",
    (0, 1): "full",
    (1, 0): "expired",
    (2, 0): "invalid",
    (3, 0): "taken_down",
}
"""What a group's `status` and `isEnough` say together; there are no other pairs."""

WAYS: Final[Mapping[str, tuple[str, ...]]] = {
    "open": (),
    "full": ("first_joins", "second_joins"),
    "expired": ("time_ends", "leader_reads"),
    "invalid": ("leader_refunded",),
    "taken_down": ("taken_down", "leader_reads"),
}
"""What is done to a new group of 1 + 2 to bring it into a state."""

ACTIONS: Final = (
    "leader_pulled_again",
    "leader_refunded",
    "member_joins",
    "member_fills",
    "member_refunded",
    "old_member_pulled",
    "read_in_time",
    "read_after_expiry",
    "read_when_taken_down",
    "read_by_console",
    "tick_after_expiry",
)
"""The columns of the matrix of groups."""

NOTHING_DUE: Final = "0.00"


@dataclass
class Group:
    """A group of the test's own, with the lines that were pulled for it by the names of who ordered."""

    product: OneYuanProduct
    id: str
    orders: dict[str, PulledOrder] = field(default_factory=dict)


class OneYuanGroups:
    """Makes groups of new members, and lets things happen to them."""

    def __init__(self, products: OneYuanWorkshop, people: People, clock: Callable[[], SandboxClock]) -> None:
        self.products = products
        self.people = people
        self.clock = clock

    def place(
        self, person: Person, product: OneYuanProduct, group_id: str | None = None
    ) -> Answer[PromotionParameter]:
        """Press the button: open a group, or join one."""
        return person.calls.one_yuan_orders.place({"productId": product["id"], "groupId": group_id})

    def line(
        self,
        person: Person,
        product: OneYuanProduct,
        parameter: PromotionParameter,
        changes: Mapping[str, Any] | None = None,
    ) -> PulledOrder:
        """The order of the shop that carries a parameter, as it is pulled; changed as a case says."""
        valid: PulledOrder = {
            "orderSn": f"SN{self.products.number()}",
            "platformOrderId": self.products.number(),
            "paramId": parameter["id"],
            "userId": person.id,
            "goodsId": product["productId"] or "",
            "orderAmount": 1280,
            "orderStatus": NORMAL,
            "groupId": parameter["groupId"],
            "payTime": self.products.words.now,
        }
        bent: Any = self.products.changed(valid, changes or {})
        line: PulledOrder = bent
        return line

    def pull(self, *lines: Mapping[str, Any]) -> list[PullResult]:
        """Pull a batch; what became of each line."""
        return self.products.admin.one_yuan_orders.pull({"orders": list(lines)}).require_data()

    def open(self, product: OneYuanProduct, who: str = LEADER) -> Group:
        """A new group, led by a member of that name."""
        person = self.people(who)
        line = self.line(person, product, self.place(person, product).require_data())
        (result,) = self.pull(line)
        return Group(product, result["groupId"] or "", {LEADER: line})

    def order(self, group: Group, who: str, changes: Mapping[str, Any] | None = None) -> PulledOrder:
        """A member's order for the group, not pulled yet."""
        person = self.people(who)
        parameter = self.place(person, group.product, group.id).require_data()
        group.orders[who] = self.line(person, group.product, parameter, changes)
        return group.orders[who]

    def join(self, group: Group, who: str) -> PullResult:
        """Order and pull."""
        (result,) = self.pull(self.order(group, who))
        return result

    def refund(self, group: Group, who: str) -> PullResult:
        """Pull an order again, as refunded."""
        (result,) = self.pull({**group.orders[who], "orderStatus": REFUNDED})
        return result

    def make_old(self, who: str, product: OneYuanProduct) -> Person:
        """A member who is new no longer: an order of theirs has been pulled, for a group of their own."""
        self.open(product, who)
        return self.people(who)

    def take_packet(self, who: str) -> None:
        """The three-yuan packet (Y-10), which no call of the platform's takes."""
        self.people.change(who, redPacketTaken=True)

    def read(self, group: Group) -> OneYuanGroup:
        """As the console has it, which changes nothing (Y-08)."""
        return self.products.admin.one_yuan_groups.get(group.id).require_data()

    def state(self, group: Group) -> str:
        row = self.read(group)
        return STATES[row["status"], row["isEnough"]]

    def members(self, group: Group) -> list[str]:
        """Who has a seat, by name, in the order of their coming."""
        names = {self.people(name).id: name for name in group.orders}
        return [names.get(seat["userId"], seat["userId"]) for seat in self.read(group)["members"]]

    def cashback(self, group: Group) -> dict[str, str]:
        """What is due to the leader and to each member, by name."""
        row = self.read(group)
        names = {self.people(name).id: name for name in group.orders}
        due = {LEADER: row["cashbackDue"]}
        return due | {names.get(seat["userId"], "?"): seat["cashbackDue"] for seat in row["members"]}

    def told(self, case: Case) -> Group:
        """The group that a case tells of: of a product that `given` changes, after all of `query.then`."""
        group = self.open(self.products.make(case.given))
        for happening in case.query.get("then", []):
            self.happen(group, happening)
        return group

    def happen(self, group: Group, happening: str) -> None:
        HAPPENINGS[happening](self, group)

    def bring(self, state: str) -> Group:
        """A group of 1 + 2 in a state."""
        group = self.open(self.products.make())
        for happening in WAYS[state]:
            self.happen(group, happening)
        return group


Happening = Callable[[OneYuanGroups, Group], object]


def _time_ends(plus: int) -> Happening:
    return lambda groups, group: groups.clock().set(groups.read(group)["expireTime"] + plus)


HAPPENINGS: Final[Mapping[str, Happening]] = {
    "first_joins": lambda groups, group: groups.join(group, "first"),
    "second_joins": lambda groups, group: groups.join(group, "second"),
    "third_joins": lambda groups, group: groups.join(group, "third"),
    "leader_refunded": lambda groups, group: groups.refund(group, LEADER),
    "first_refunded": lambda groups, group: groups.refund(group, "first"),
    "leader_pulled_again": lambda groups, group: groups.pull(group.orders[LEADER]),
    "first_pulled_again": lambda groups, group: groups.pull(group.orders["first"]),
    "taken_down": lambda groups, group: groups.products.take_down(group.product),
    "leader_reads": lambda groups, group: groups.people(LEADER).calls.one_yuan_groups.get(group.id),
    "leader_lists": lambda groups, group: groups.people(LEADER).calls.one_yuan_groups.list(),
    "leader_draws_poster": lambda groups, group: groups.people(LEADER).calls.one_yuan_groups.poster(group.id),
    "console_reads": lambda groups, group: groups.read(group),
    "time_nearly_ends": _time_ends(-SECOND),
    "time_ends": _time_ends(0),
    "first_takes_packet": lambda groups, group: groups.take_packet("first"),
    "leader_takes_packet": lambda groups, group: groups.take_packet(LEADER),
}
