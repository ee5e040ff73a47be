"""One-yuan groups and the orders that are pulled for them, one call at a time."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from clients import Answer, PlatformFailure
from clients.bodies import OneYuanGroup, OneYuanProduct, PromotionParameter, PulledOrder, PullResult
from clients.member.one_yuan import MemberOneYuanGroups
from harness.clock import SandboxClock
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

NOTHING_DUE: Final = "0.00"


@dataclass
class Group:
    """A group of the test's own, with the lines that were pulled for it by the names of who ordered.

    `others` are second orders of theirs: for this group too, or to open another one.
    """

    product: OneYuanProduct
    id: str
    orders: dict[str, PulledOrder] = field(default_factory=dict)
    others: dict[str, PulledOrder] = field(default_factory=dict)


class OneYuanPulls:
    """Makes groups of new members, and pulls their orders."""

    def __init__(self, products: OneYuanWorkshop, people: People, clock: Callable[[], SandboxClock]) -> None:
        self.products = products
        self.people = people
        self.clock = clock

    def mini(self, who: str) -> MemberOneYuanGroups:
        """The groups on the mini-program, as the member of that name: each read may change them (Y-08)."""
        return self.people(who).calls.one_yuan_groups

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

    def take_in(self, *lines: Mapping[str, Any]) -> list[PullResult]:
        """Pull a batch of which no line may be refused."""
        results = self.pull(*lines)
        if refused := [result for result in results if result["code"] != "0"]:
            raise PlatformFailure(f"拉取的订单被拒绝：{refused}")
        return results

    def to_open(
        self, product: OneYuanProduct, who: str = LEADER, changes: Mapping[str, Any] | None = None
    ) -> PulledOrder:
        """A leader's order, not pulled yet."""
        person = self.people(who)
        return self.line(person, product, self.place(person, product).require_data(), changes)

    def open(self, product: OneYuanProduct, who: str = LEADER) -> Group:
        """A new group, led by a member of that name."""
        line = self.to_open(product, who)
        (result,) = self.take_in(line)
        return Group(product, result["groupId"] or "", {LEADER: line})

    def order(self, group: Group, who: str, changes: Mapping[str, Any] | None = None) -> PulledOrder:
        """A member's order for the group, not pulled yet."""
        person = self.people(who)
        parameter = self.place(person, group.product, group.id).require_data()
        group.orders[who] = self.line(person, group.product, parameter, changes)
        return group.orders[who]

    def join(self, group: Group, who: str) -> PullResult:
        """Order and pull."""
        (result,) = self.take_in(self.order(group, who))
        return result

    def refund(self, group: Group, who: str) -> PullResult:
        """Pull an order again, as refunded."""
        (result,) = self.take_in({**group.orders[who], "orderStatus": REFUNDED})
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
        return seated(self, group, self.read(group))

    def cashback(self, group: Group) -> dict[str, str]:
        """What is due to the leader and to each member, by name."""
        row = self.read(group)
        dues = (seat["cashbackDue"] for seat in row["members"])
        return {LEADER: row["cashbackDue"], **dict(zip(seated(self, group, row), dues, strict=True))}


def seated(groups: OneYuanPulls, group: Group, row: OneYuanGroup) -> list[str]:
    """Who has a seat in a row of the group, by name."""
    names = {groups.people(name).id: name for name in group.orders}
    return [names.get(seat["userId"], seat["userId"]) for seat in row["members"]]
