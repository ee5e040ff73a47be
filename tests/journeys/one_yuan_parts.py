"""What the model of the one-yuan purchase is made of: members, products, parameters, orders and groups."""

from dataclasses import dataclass, field
from typing import Final

from harness.clock import DAY

OPEN, EXPIRED, INVALID, TAKEN_DOWN = range(4)
LASTS: Final = DAY


@dataclass
class Member:
    new: bool = True
    packet_taken: bool = False


@dataclass(eq=False)
class Product:
    """`ends` is None for never (Y-04)."""

    needs: int
    reappearance: str
    subsidy: str
    name: str
    starts: int
    ends: int | None
    shown: bool = True
    taken_down: bool = False


@dataclass(eq=False)
class Parameter:
    """What an order in the shop carries (Y-12); without a group it opens one."""

    person: int
    product: Product
    group: "Group | None"
    cashback: str


@dataclass(frozen=True)
class Line:
    """A line of a pulled batch; `flaw` is what is wrong with it, if anything is."""

    sn: str
    parameter: Parameter
    amount: int
    refunded: bool = False
    flaw: str = ""


@dataclass(eq=False)
class Order:
    """A pulled order, and the group that it opened, or has or had a seat in."""

    sn: str
    person: int
    amount: int
    pulled: int
    was_new: bool
    refunded: bool
    group: "Group | None" = None


@dataclass(eq=False)
class Group:
    """Its terms are the product's when it opened; `changed` is when it left OPEN, or filled."""

    product: Product
    leader: Order
    needs: int
    reappearance: str
    subsidy: str
    name: str
    opened: int
    seats: list[Order] = field(default_factory=list)
    status: int = OPEN
    full: bool = False
    changed: int | None = None
    told: list[tuple[int, int, int]] = field(default_factory=list)

    @property
    def expires(self) -> int:
        return self.opened + LASTS

    @property
    def seats_left(self) -> int:
        return self.needs - len(self.seats)

    @property
    def undecided(self) -> bool:
        """Only from here does anything become of a group (Y-05 to Y-08)."""
        return self.status == OPEN and not self.full

    def people(self) -> set[int]:
        return {order.person for order in [self.leader, *self.seats]}

    def tell(self, now: int) -> None:
        """Y-13."""
        self.told.append((self.status, int(self.full), now))

    def become(self, status: int, now: int) -> None:
        self.status, self.changed = status, now
        self.tell(now)
