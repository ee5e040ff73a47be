"""A state machine of the one-yuan purchase: whatever is pressed, pulled and read, the model says it too."""

import sys
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Final

from hypothesis import strategies as st
from hypothesis.stateful import initialize, invariant, precondition, rule

from clients.bodies import OneYuanProduct
from harness.clock import DAY, HOUR, SECOND
from harness.kinds.one_yuan import prices
from harness.one_yuan import STATES
from tests.journeys.one_yuan_model import OneYuanModel
from tests.journeys.one_yuan_parts import Member, Product
from tests.journeys.one_yuan_steps import FLAWS, PEOPLE, OneYuanSteps, Wish
from tests.journeys.one_yuan_views import same

STEPS_OF_TIME: Final = (SECOND, SECOND, HOUR, DAY - HOUR, 4 * DAY)
AROUND_EXPIRY: Final = (-SECOND, 0, 0, SECOND)
PRICES: Final = [
    prices(Decimal(dis_price), Decimal(subsidy))
    for dis_price, subsidy in [("12.80", "5.00"), ("11.80", "5.00"), ("14.999", "6.25")]
]

people = st.integers(0, PEOPLE - 1)
picks = st.integers(0, 99)
flags = st.booleans()
mostly = st.sampled_from([True, True, True, False])
seldom = st.sampled_from([False, False, False, False, True])
needs = st.sampled_from([1, 2, 2, 3])
prices_ = st.sampled_from(PRICES)
wishes = st.lists(
    st.builds(Wish, pick=picks, again=flags, refunded=seldom, flawed=seldom, flaw=st.sampled_from(FLAWS)),
    min_size=1,
    max_size=4,
)


class OneYuanMachine(OneYuanSteps):
    """Two products, and five members who are new."""

    @initialize(needs=st.tuples(needs, needs), twins=flags)
    def products(self, needs: tuple[int, int], twins: bool) -> None:
        """Twins are one product of the shop's, twice in the library. One group is open from the beginning."""
        make = self.groups.products.make
        first = make({"needNum": needs[0]})
        same_goods = {"productId": first["productId"]} if twins else {}
        self.rows = [first, make({"needNum": needs[1], **same_goods})]
        self.model = OneYuanModel(
            now=self.stand.started,
            members=[Member() for _ in self.crowd],
            products=[_product(row) for row in self.rows],
        )
        self.open_a_group(0, product=False)

    @rule(person=people, product=flags)
    def press_open(self, person: int, product: bool) -> None:
        self.press(person, self.model.products[product], None)

    @precondition(lambda self: self.group_ids)
    @rule(person=people, pick=picks, astray=seldom)
    def press_join(self, person: int, pick: int, astray: bool) -> None:
        """Astray, the product is not the group's perhaps."""
        group = self.group(pick)
        self.press(person, self.model.products[pick % 2] if astray else group.product, group)

    @rule(pick=picks, product=flags)
    def open_a_group(self, pick: int, product: bool) -> None:
        """Mostly by one who is new no longer: newcomers are needed to fill it."""
        before, people = len(self.parameters), range(PEOPLE)
        old = [person for person in people if not self.model.members[person].new]
        leaders = [*old, *old, *old, *people]
        self.press(leaders[pick % len(leaders)], self.model.products[product], None)
        if lines := self.new_lines(before):
            self.pull(lines)

    @precondition(lambda self: self.group_ids)
    @rule(pick=picks, more=st.sampled_from([0, 0, 1, -1]))
    def newcomers_join(self, pick: int, more: int) -> None:
        """As many as there are seats, or one more or less, pulled in one batch: what makes groups full."""
        self.newcomers_order([self.group(pick)], more)

    @rule(pick=picks, way=st.sampled_from(["fills", "fills", "grows", "expires", "is taken down"]))
    def go_on(self, pick: int, way: str) -> None:
        """What usually becomes of a group, so that its late states are common; without one, one opens."""
        group = self.group(pick)
        if not group.undecided:
            self.open_a_group(pick, product=bool(pick % 2))
        elif way in {"fills", "grows"}:
            self.newcomers_join(pick, 0 if way == "fills" else -1)
        elif way == "expires":
            self.expiry_comes(pick, 0)
            self.reads(pick % PEOPLE, group)
        else:
            self.take_down_or_put_back(self.model.products.index(group.product) == 1, taken_down=True)
            self.reads(pick % PEOPLE, group)

    @precondition(lambda self: self.parameters)
    @rule(wishes=wishes)
    def pull_a_batch(self, wishes: list[Wish]) -> None:
        self.pull([self.line(wish) for wish in wishes])

    @precondition(lambda self: self.model.orders)
    @rule(pick=picks)
    def refund(self, pick: int) -> None:
        """Mostly an order that has to do with a group."""
        self.pull([self.refunded(pick)])

    @precondition(lambda self: self.group_ids)
    @rule(person=people, pick=picks, poster=seldom)
    def member_reads(self, person: int, pick: int, poster: bool) -> None:
        self.reads(person, self.group(pick), poster=poster)

    @precondition(lambda self: self.group_ids)
    @rule(person=people, page=st.integers(1, 2), size=st.integers(1, 3))
    def member_lists(self, person: int, page: int, size: int) -> None:
        """A page of them, or all."""
        if mine := len(self.model.my_groups(person)):
            self.lists(person, *((page, size) if page * size <= mine else (1, mine)))

    @rule(person=people, product=flags, pick=picks, linked=flags)
    def button(self, person: int, product: bool, pick: int, linked: bool) -> None:
        """A link may be to a group of the other product."""
        link = self.group(pick) if linked and self.group_ids else None
        self.offers(person, self.model.products[product], link)

    @rule(pick=picks, off=st.sampled_from(AROUND_EXPIRY))
    def expiry_comes(self, pick: int, off: int) -> None:
        if self.group_ids:
            self.time_passes_by(self.group(pick).expires + off - self.model.now)

    @rule(step=st.sampled_from(STEPS_OF_TIME))
    def time_passes(self, step: int) -> None:
        self.time_passes_by(step)

    @rule(product=flags, taken_down=seldom)
    def take_down_or_put_back(self, product: bool, taken_down: bool) -> None:
        self.groups.products.change(self.rows[product], {"pddTakenDown": int(taken_down)})
        self.model.products[product].taken_down = taken_down

    @rule(product=flags, shown=mostly, needs=needs, price=prices_, name=st.sampled_from("甲乙"))
    def change_a_product(
        self, product: bool, shown: bool, needs: int, price: Mapping[str, str], name: str
    ) -> None:
        changes = {"isShow": int(shown), "needNum": needs, "productName": name, **price}
        self.groups.products.change(self.rows[product], changes)
        changed = self.model.products[product]
        changed.shown, changed.needs, changed.name = shown, needs, name
        changed.reappearance, changed.subsidy = price["reappearance"], price["subsidyAmount"]

    @rule(person=people, packet=flags)
    def change_a_member(self, person: int, packet: bool) -> None:
        """One takes the packet; or is as new as in the beginning, as only a sandbox can make them."""
        member, sandbox = self.model.members[person], self.scene.platform.sandbox
        member.packet_taken, member.new = packet, member.new or not packet
        change = {"redPacketTaken": True} if packet else {"redPacketTaken": False, "isNew": True}
        sandbox.change_member(self.crowd[person].id, **change).require_ok()

    @precondition(lambda self: self.group_ids)
    @rule(pick=picks)
    def console_reads_and_ticks(self, pick: int) -> None:
        """Y-08: neither changes a group."""
        group_id = str(self.id_of(self.group(pick)))
        self.scene.platform.sandbox.tick().require_ok()
        row = self.groups.products.admin.one_yuan_groups.get(group_id).require_data()
        same([row], [self.shown.to_console(self.group(pick), group_id)])

    @invariant()
    def groups_are_those_of_the_model(self) -> None:
        """As the console lists them, the newest first: those of examples before are older."""
        if self.group_ids:
            rows = self.groups.products.admin.one_yuan_groups.list(size=len(self.group_ids)).require_data()
            groups = self.ordered(self.model.groups)
            same(rows, [self.shown.to_console(group, str(self.id_of(group))) for group in groups])

    def teardown(self) -> None:
        """What costs calls of its own is held at the end of each example that has not failed before."""
        try:
            if self.group_ids and sys.exc_info()[0] is None:
                self.buttons_are_those_of_the_model()
                self.every_end_comes()
                self.my_groups_are_those_of_the_model()
                self.groups_are_those_of_the_model()
                self.messages_are_those_of_the_model()
                self.reached.update(self.met | {STATES[one.status, one.full] for one in self.model.groups})
        finally:
            self.stand.started = self.scene.clock.now() + SECOND

    def buttons_are_those_of_the_model(self) -> None:
        last = self.model.groups[-1]
        for person in range(PEOPLE):
            for product in self.model.products:
                self.offers(person, product, None)
            self.offers(person, last.product, last)

    def my_groups_are_those_of_the_model(self) -> None:
        for person in range(PEOPLE):
            if mine := len(self.model.my_groups(person)):
                self.lists(person, 1, mine)

    def every_end_comes(self) -> None:
        """Whatever came before: what was pressed is ordered once more, and what is open ends in every way."""
        self.pull([*self.new_lines(0), *self.new_lines(0)[:1]])
        for person in range(PEOPLE):
            self.change_a_member(person, packet=False)
        *left, last = [group for group in self.model.groups if group.undecided]
        for product in (False, True):
            self.take_down_or_put_back(product, taken_down=False)
            price = next(price for price in PRICES if price["reappearance"] != last.reappearance)
            self.change_a_product(product, True, 1 + last.needs % 3, price, "丙")
        self.newcomers_order([last, left[-1]], 1)
        for person in last.people():
            self.press(person, last.product, last)
            self.change_a_member(person, packet=True)
        late = len(self.parameters)
        self.change_a_member(PEOPLE - 1, packet=False)
        self.press(PEOPLE - 1, left[-1].product, left[-1])
        for product in (False, True):
            self.take_down_or_put_back(product, taken_down=True)
        for group in left[-2::-2]:
            self.reads(group.leader.person, group)
        self.time_passes_by(last.expires - self.model.now)
        self.pull([*self.new_lines(late), *self.new_lines(0)[:1]])
        for group in (last, *left):
            self.reads(group.leader.person, group)
        for refunded in (True, False):
            self.pull([replace(line, refunded=refunded, flaw="") for line in self.sent])

    def messages_are_those_of_the_model(self) -> None:
        """Y-13: each once, in the order of its group, and nothing else."""
        told: dict[str, list[tuple[int, int, int]]] = {}
        for body in self.scene.told()[self.told_before :]:
            message = body["status"], body["isEnough"], body["occurredAt"]
            told.setdefault(body["groupId"], []).append(message)
        wanted = zip(self.group_ids, self.model.groups, strict=True)
        assert told == {group_id: group.told for group_id, group in wanted}


def _product(row: OneYuanProduct) -> Product:
    return Product(
        needs=int(row["needNum"] or 0),
        reappearance=str(row["reappearance"]),
        subsidy=str(row["subsidyAmount"]),
        name=str(row["productName"]),
        starts=int(row["startTime"] or 0),
        ends=row["endTime"],
    )
