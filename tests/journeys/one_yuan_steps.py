"""What the steps of the one-yuan machine are made of: a call, and what the model says of it."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any, ClassVar, Final

from hypothesis.stateful import RuleBasedStateMachine

from clients import Answer
from clients.bodies import OneYuanProduct, PromotionParameter, PulledOrder
from harness.known_ids import ABSENT as NO_ROW
from harness.one_yuan import NORMAL, REFUNDED
from harness.people import Person
from tests.journeys.machines import Stand
from tests.journeys.one_yuan_model import OK, OneYuanModel
from tests.journeys.one_yuan_parts import Group, Line, Product
from tests.journeys.one_yuan_views import Shown, same

PEOPLE: Final = 5
FLAWS: Final = (
    "negative_amount",
    "unknown_status",
    "absent_parameter",
    "absent_member",
    "absent_goods",
    "other_member",
    "other_goods",
    "other_group",
    "no_group",  # no flaw at all: it is the parameter's
)


@dataclass(frozen=True)
class Wish:
    """A line as Hypothesis draws it; `again` sends an orderSn that was sent before."""

    pick: int
    again: bool
    refunded: bool
    flawed: bool
    flaw: str


class OneYuanSteps(RuleBasedStateMachine):
    """The stand is set on a subclass made for the test."""

    stand: ClassVar[Stand]
    reached: ClassVar[Counter[str]] = Counter()
    """How many examples there were, and in how many of them something came about."""

    model: OneYuanModel
    rows: list[OneYuanProduct]

    def __init__(self) -> None:
        super().__init__()
        self.scene = self.stand.scene
        self.groups = self.scene.one_yuan
        self.crowd: list[Person] = list(self.scene.newcomers()[:PEOPLE])
        self.group_ids: list[str] = []
        self.parameters: list[PromotionParameter] = []
        self.sent: list[Line] = []
        self.met: set[str] = {"example"}
        self.scene.clock.set(self.stand.started)
        self.told_before = len(self.scene.told())
        self.stand.script.begin()

    @property
    def shown(self) -> Shown:
        return Shown(self.model, self.crowd, self.rows)

    def press(self, person: int, product: Product, group: Group | None) -> None:
        answer = self.groups.place(self.crowd[person], self.shown.row(product), self.id_of(group))
        code = self.model.press(person, product, group)
        self.agrees(answer, code)
        self.met.add(f"press {code}")
        if code == OK:
            self.parameters.append(answer.require_data())
            same([answer.data], [self.shown.parameter(self.model.parameters[-1], self.id_of(group))])

    def pull(self, lines: Sequence[Line]) -> None:
        """One batch; each result as the model has it, line by line."""
        results = self.groups.pull(*[self.wire(line) for line in lines])
        assert len(results) == len(lines)
        for line, result in zip(lines, results, strict=True):
            code, group = self.model.pull(line)
            if len(self.model.groups) > len(self.group_ids):
                assert result["groupId"] not in {None, *self.group_ids}, "此行没有新开的团"
                self.group_ids.append(str(result["groupId"]))
            seen = result["orderSn"], result["code"], result["groupId"]
            assert seen == (line.sn, code, self.id_of(group)), result["message"]
            self.met.add(f"pull {code}")

    def newcomers_order(self, groups: Sequence[Group], more: int) -> None:
        """So many more than there are seats press, for each of the groups, and are pulled in one batch."""
        before = len(self.parameters)
        new = [person for person, member in enumerate(self.model.members) if member.new]
        for group in groups:
            for person in new[: group.seats_left + more]:
                self.press(person, group.product, group)
        if lines := self.new_lines(before):
            self.pull(lines)

    def reads(self, person: int, group: Group, *, poster: bool = False) -> None:
        """Y-08: by the mini-program."""
        calls, group_id = self.crowd[person].calls.one_yuan_groups, str(self.id_of(group))
        self.model.read(group)
        if poster:
            self.agrees(calls.poster(group_id), OK)
        else:
            same([calls.get(group_id).require_data()], [self.shown.to_members(group, group_id)])

    def lists(self, person: int, page: int, size: int) -> None:
        """My groups, of this example alone: those of examples before come after them."""
        shown = self.ordered(self.model.my_groups(person))[(page - 1) * size : page * size]
        for group in shown:
            self.model.read(group)
        rows = self.crowd[person].calls.one_yuan_groups.list(page=page, size=size).require_data()
        same(rows, [self.shown.to_members(group, str(self.id_of(group))) for group in shown])

    def offers(self, person: int, product: Product, link: Group | None) -> None:
        """The button of a product's page, by the list or by a link."""
        calls, product_id = self.crowd[person].calls.one_yuan_products, self.shown.row(product)["id"]
        answer = calls.get(product_id, group_id=self.id_of(link))
        code, action, about = self.model.button(person, product, link)
        self.agrees(answer, code)
        if code == OK:
            offer = answer.require_data()
            assert offer["action"] == action
            assert offer["groupId"] in ([self.id_of(group) for group in about] or [None])
            self.met.add(f"button {action}")

    def time_passes_by(self, milliseconds: int) -> None:
        """Forward only."""
        if milliseconds > 0:
            self.scene.clock.advance(milliseconds)
            self.model.now += milliseconds

    def new_lines(self, parameters_from: int) -> list[Line]:
        """A sound line for each parameter since the one of that number."""
        return [self._first(Line(self._sn(), one, 1280)) for one in self.model.parameters[parameters_from:]]

    def refunded(self, pick: int) -> Line:
        """A line that is known, as refunded; mostly one that has to do with a group."""
        orders = list(self.model.orders.values())
        grouped = [order for order in orders if order.group is not None]
        sn = (pool := [*grouped, *grouped, *grouped, *orders])[pick % len(pool)].sn
        return replace(next(line for line in self.sent if line.sn == sn), refunded=True, flaw="")

    def line(self, wish: Wish) -> Line:
        """A line that was sent, by another parameter perhaps, or a new one; mostly sound."""
        parameters = self.model.parameters
        parameter = parameters[-1 - wish.pick % len(parameters)]
        flaw = wish.flaw if wish.flawed and self._is_one(wish.flaw) else ""
        line = Line(self._sn(), parameter, 1000 + wish.pick, wish.refunded, flaw)
        if wish.again and self.sent:
            return replace(line, sn=self.sent[wish.pick % len(self.sent)].sn)
        return self._first(line)

    def wire(self, line: Line) -> PulledOrder:
        place = self.model.parameters.index(line.parameter)
        parameter, person = self.parameters[place], self.crowd[line.parameter.person]
        row = self.shown.row(line.parameter.product)
        changes = {
            "orderSn": line.sn,
            "orderAmount": line.amount,
            "orderStatus": REFUNDED if line.refunded else NORMAL,
            **self._flawed(line),
        }
        return self.groups.line(person, row, parameter, changes)

    def group(self, pick: int) -> Group:
        """Mostly one of which something may still become."""
        undecided = [group for group in self.model.groups if group.undecided]
        pool = [*undecided, *undecided, *undecided, *self.model.groups]
        return pool[pick % len(pool)]

    def ordered(self, groups: Iterable[Group]) -> list[Group]:
        """Newest first, then by id."""
        return sorted(groups, key=lambda group: (-group.opened, int(str(self.id_of(group)))))

    def id_of(self, group: Group | None) -> str | None:
        return None if group is None else self.group_ids[self.model.groups.index(group)]

    def agrees(self, answer: Answer[Any], code: str) -> None:
        assert answer.code == code, f"应答 {code}，实为 {answer.code} {answer.message}"

    def _sn(self) -> str:
        return f"SN{self.groups.products.number()}"

    def _first(self, line: Line) -> Line:
        self.sent.append(line)
        return line

    def _is_one(self, flaw: str) -> bool:
        """Twins have the same goods."""
        return flaw != "other_goods" or self.rows[0]["productId"] != self.rows[1]["productId"]

    def _flawed(self, line: Line) -> dict[str, Any]:
        stranger = self.crowd[(line.parameter.person + 1) % PEOPLE].id
        goods = next(
            row["productId"] for row in self.rows if row is not self.shown.row(line.parameter.product)
        )
        groups = [self.id_of(group) for group in self.model.groups if group is not line.parameter.group]
        changes: dict[str, dict[str, Any]] = {
            "negative_amount": {"orderAmount": -1},
            "unknown_status": {"orderStatus": "PAID"},
            "absent_parameter": {"paramId": NO_ROW},
            "absent_member": {"userId": NO_ROW},
            "absent_goods": {"goodsId": NO_ROW},
            "other_member": {"userId": stranger},
            "other_goods": {"goodsId": goods},
            "other_group": {"groupId": (groups or [NO_ROW])[0]},
            "no_group": {"groupId": None},
        }
        return changes.get(line.flaw, {})
