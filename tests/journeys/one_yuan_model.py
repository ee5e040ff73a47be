"""What the one-yuan purchase must do, in plain words: written from the rules for the state machine.

The model knows no platform. What a member presses, and each line that is pulled, answers the code that the
platform must answer, and changes the model.
"""

from dataclasses import dataclass, field
from typing import Final

from tests.journeys.one_yuan_parts import (
    EXPIRED,
    INVALID,
    OPEN,
    TAKEN_DOWN,
    Group,
    Line,
    Member,
    Order,
    Parameter,
    Product,
)

OK: Final = "0"
INVALID_VALUE, ABSENT = "40001", "40401"
STATE, FULL, JOINED, TIME, INELIGIBLE, EXCLUSIVE = "40901", "40902", "40903", "40904", "40905", "40907"
NOTHING: Final = "0.00"

MALFORMED: Final = frozenset({"negative_amount", "unknown_status"})
NAMES_NOBODY: Final = frozenset({"absent_parameter", "absent_member", "absent_goods"})
CONTRADICTS: Final = frozenset({"other_member", "other_goods", "other_group"})


@dataclass
class OneYuanModel:
    now: int
    members: list[Member]
    products: list[Product]
    parameters: list[Parameter] = field(default_factory=list)
    groups: list[Group] = field(default_factory=list)
    orders: dict[str, Order] = field(default_factory=dict)

    def press(self, person: int, product: Product, group: Group | None = None) -> str:
        """Open a group, or join one; nothing happens until the order is pulled."""
        code = self._may_open(person, product) if group is None else self._may_join(person, product, group)
        if code == OK:
            cashback = product.reappearance if group is None else group.reappearance
            self.parameters.append(Parameter(person, product, group, cashback))
        return code

    def pull(self, line: Line) -> tuple[str, Group | None]:
        """Y-12: the code of a line, and the group that its order has to do with."""
        if line.flaw in MALFORMED:
            return INVALID_VALUE, None
        if line.sn not in self.orders:
            if line.flaw in NAMES_NOBODY:
                return ABSENT, None
            if line.flaw in CONTRADICTS:
                return INVALID_VALUE, None
            self._take_in(line)
        elif line.refunded:
            self._refund(self.orders[line.sn])
        return OK, self.orders[line.sn].group

    def read(self, group: Group) -> None:
        """Y-08: by the mini-program."""
        if group.undecided and self.now >= group.expires:
            group.become(EXPIRED, self.now)
        elif group.undecided and group.product.taken_down:
            group.become(TAKEN_DOWN, self.now)

    def my_groups(self, person: int) -> list[Group]:
        """In no order."""
        return [group for group in self.groups if person in group.people()]

    def on_offer(self, product: Product) -> bool:
        """Y-04."""
        return product.shown and not product.taken_down and self._in_time(product)

    def button(self, person: int, product: Product, link: Group | None) -> tuple[str, str, list[Group]]:
        """Y-11: the code of the product's page, the action, and the groups that it may be about."""
        if link is None:
            if not self.on_offer(product):
                return ABSENT, "", []
            newest = _newest(self._led_and_open(person, product))
            return (OK, "GROUP_DETAIL", newest) if newest else (OK, "OPEN", [])
        if link.product is not product:
            return ABSENT, "", []
        if person == link.leader.person:
            return OK, "GROUP_DETAIL", [link]
        joins = self.members[person].new and self._open_by_the_clock(link)
        return (OK, "JOIN", [link]) if joins else (OK, "OPEN", [])

    def cashback_due(self, order: Order) -> str:
        """Y-09, Y-10: of an order that leads a group or has a seat in it."""
        group = order.group
        assert group is not None
        waits = order is group.leader and not group.full
        excluded = order.was_new and self.members[order.person].packet_taken
        return NOTHING if order.refunded or waits or excluded else group.reappearance

    def _may_open(self, person: int, product: Product) -> str:
        member = self.members[person]
        if not product.shown or product.taken_down:
            return STATE
        if not self._in_time(product):
            return TIME
        if member.new and member.packet_taken:
            return EXCLUSIVE
        return JOINED if self._led_and_open(person, product) else OK

    def _may_join(self, person: int, product: Product, group: Group) -> str:
        member = self.members[person]
        if group.product is not product:
            return ABSENT
        if group.status != OPEN or product.taken_down:
            return STATE
        if self.now >= group.expires:
            return TIME
        if not member.new:
            return INELIGIBLE
        if member.packet_taken:
            return EXCLUSIVE
        if person in group.people():
            return JOINED
        return FULL if group.full else OK

    def _take_in(self, line: Line) -> None:
        parameter, member = line.parameter, self.members[line.parameter.person]
        order = Order(line.sn, parameter.person, line.amount, self.now, member.new, line.refunded)
        self.orders[line.sn] = order
        if line.refunded:
            return
        member.new = False
        if parameter.group is None:
            self._open(order, parameter.product)
        else:
            self._seat(order, parameter.group)

    def _open(self, order: Order, product: Product) -> None:
        """Y-06, whatever has become of the product."""
        terms = product.needs, product.reappearance, product.subsidy, product.name
        order.group = Group(product, order, *terms, opened=self.now)
        order.group.tell(self.now)
        self.groups.append(order.group)

    def _seat(self, order: Order, group: Group) -> None:
        """Y-05, Y-07: whatever the clock says, since only a read expires a group."""
        if not group.undecided or not order.was_new or order.person in group.people():
            return
        order.group = group
        group.seats.append(order)
        if len(group.seats) == group.needs:
            group.full = True
            group.become(OPEN, self.now)

    def _refund(self, order: Order) -> None:
        """Y-05, Y-06; never back."""
        if order.refunded:
            return
        order.refunded = True
        group = order.group
        if group is None or group.full:
            return
        if order is not group.leader:
            group.seats.remove(order)
        elif group.status == OPEN:
            group.become(INVALID, self.now)

    def _in_time(self, product: Product) -> bool:
        return product.starts <= self.now and (product.ends is None or self.now < product.ends)

    def _open_by_the_clock(self, group: Group) -> bool:
        return group.undecided and self.now < group.expires and not group.product.taken_down

    def _led_and_open(self, person: int, product: Product) -> list[Group]:
        led = [group for group in self.groups if group.product is product and group.leader.person == person]
        return [group for group in led if self._open_by_the_clock(group)]


def _newest(groups: list[Group]) -> list[Group]:
    """More than one where they opened in the same second."""
    last = max((group.opened for group in groups), default=None)
    return [group for group in groups if group.opened == last]
