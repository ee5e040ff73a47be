"""The model of the one-yuan purchase says what the contract says, in plain examples of it."""

from itertools import count

import pytest

from harness.clock import DAY
from tests.journeys.one_yuan_model import (
    ABSENT,
    EXCLUSIVE,
    FULL,
    INELIGIBLE,
    INVALID_VALUE,
    JOINED,
    NOTHING,
    OK,
    STATE,
    TIME,
    OneYuanModel,
)
from tests.journeys.one_yuan_parts import (
    EXPIRED,
    INVALID,
    OPEN,
    TAKEN_DOWN,
    Group,
    Line,
    Member,
    Order,
    Product,
)

WANG, LI, ZHAO, QIAN = range(4)
NUMBERS = count(1)


def market(needs: int = 2) -> OneYuanModel:
    """Four members who are new, and two products on offer for a week."""
    products = [Product(needs, "6.80", "5.00", name, 0, 7 * DAY) for name in ("甲", "乙")]
    return OneYuanModel(now=0, members=[Member() for _ in range(4)], products=products)


def pressed(model: OneYuanModel, person: int, group: Group | None = None) -> Line:
    assert model.press(person, model.products[0], group) == OK
    return Line(f"SN{next(NUMBERS)}", model.parameters[-1], 1280)


def refunded(line: Line) -> Line:
    return Line(line.sn, line.parameter, line.amount, refunded=True)


def opened(model: OneYuanModel, person: int = WANG) -> tuple[Group, Line]:
    line = pressed(model, person)
    code, group = model.pull(line)
    assert code == OK
    assert group is not None
    return group, line


def joined(model: OneYuanModel, person: int, group: Group) -> Line:
    line = pressed(model, person, group)
    assert model.pull(line) == (OK, group)
    return line


def seated(group: Group) -> list[int]:
    return [order.person for order in group.seats]


def due(model: OneYuanModel, group: Group) -> list[str]:
    """To the leader, then to each member."""
    return [model.cashback_due(order) for order in [group.leader, *group.seats]]


def told(group: Group) -> list[tuple[int, int]]:
    return [(status, enough) for status, enough, _ in group.told]


def test_group_is_its_leader_and_so_many_new_members() -> None:
    model = market(needs=2)
    group, _ = opened(model)

    joined(model, LI, group)
    before = (group.full, group.seats_left, due(model, group))
    joined(model, ZHAO, group)

    assert before == (False, 1, [NOTHING, "6.80"])
    assert (group.full, group.status, seated(group)) == (True, OPEN, [LI, ZHAO])
    assert due(model, group) == ["6.80", "6.80", "6.80"]
    assert told(group) == [(0, 0), (0, 1)]


def test_full_group_takes_nobody_whose_order_comes_late() -> None:
    model = market(needs=1)
    group, _ = opened(model)
    late = pressed(model, ZHAO, group)
    joined(model, LI, group)

    assert model.pull(late) == (OK, None)
    assert (seated(group), model.members[ZHAO].new) == ([LI], False)


def test_terms_are_those_of_the_opening() -> None:
    model = market(needs=2)
    group, _ = opened(model)

    model.products[0].needs, model.products[0].reappearance = 1, "5.80"
    joined(model, LI, group)

    assert (group.full, due(model, group)[1], model.parameters[-1].cashback) == (False, "6.80", "6.80")


def test_one_order_opens_one_group() -> None:
    model = market()
    group, line = opened(model)

    assert model.pull(line) == (OK, group)
    assert (model.groups, told(group)) == ([group], [(0, 0)])


def test_leader_s_refund_ends_an_open_group() -> None:
    model = market()
    group, line = opened(model)
    joined(model, LI, group)
    model.now = 5000

    assert model.pull(refunded(line)) == (OK, group)
    model.pull(refunded(line))

    assert (group.status, group.changed, told(group)) == (INVALID, 5000, [(0, 0), (2, 0)])
    assert due(model, group) == [NOTHING, "6.80"]


def test_refunds_after_full_take_the_cashback_alone() -> None:
    model = market(needs=1)
    group, line = opened(model)
    member = joined(model, LI, group)

    model.pull(refunded(line))
    model.pull(refunded(member))

    assert (group.full, group.status, seated(group)) == (True, OPEN, [LI])
    assert due(model, group) == [NOTHING, NOTHING]
    assert told(group) == [(0, 0), (0, 1)]


def test_member_s_refund_frees_the_seat_for_another() -> None:
    model = market(needs=1)
    group, _ = opened(model)
    group.needs = 2
    line = joined(model, LI, group)

    assert model.pull(refunded(line)) == (OK, group)
    assert model.pull(line) == (OK, group)

    assert (seated(group), group.seats_left) == ([], 2)
    assert model.press(LI, model.products[0], group) == INELIGIBLE
    joined(model, ZHAO, group)


def test_what_comes_as_refunded_changes_nothing() -> None:
    model = market()
    line = pressed(model, WANG)

    assert [model.pull(refunded(line)), model.pull(line)] == [(OK, None), (OK, None)]
    assert (model.groups, model.members[WANG].new) == ([], True)


@pytest.mark.parametrize(("off", "status"), [(-1, OPEN), (0, EXPIRED), (1, EXPIRED)])
def test_read_expires_a_group_from_its_very_second(off: int, status: int) -> None:
    model = market()
    group, _ = opened(model)
    model.now = DAY + off

    model.read(group)
    model.read(group)

    assert group.status == status
    assert told(group) == [(0, 0)] + [(1, 0)] * (status == EXPIRED)


def test_until_it_is_read_a_group_that_is_over_takes_whoever_has_ordered() -> None:
    model = market(needs=1)
    group, _ = opened(model)
    line = pressed(model, LI, group)
    model.now = 2 * DAY

    refused = model.press(ZHAO, model.products[0], group)

    assert (refused, model.pull(line)) == (TIME, (OK, group))
    assert group.full


def test_expiry_comes_before_the_product_s_fate() -> None:
    model = market()
    group, _ = opened(model)
    other, _ = opened(model, LI)
    model.products[0].taken_down = True

    model.read(group)
    model.now = DAY
    model.read(other)

    assert [one.status for one in (group, other)] == [TAKEN_DOWN, EXPIRED]


def test_member_is_new_for_one_seat() -> None:
    model = market()
    group, other = opened(model)[0], opened(model, QIAN)[0]
    lines = [pressed(model, LI, group), pressed(model, LI, other)]

    assert [model.pull(line) for line in lines] == [(OK, group), (OK, None)]


def test_packet_excludes_the_offer() -> None:
    model = market()
    group, _ = opened(model)
    joined(model, LI, group)

    for person in (WANG, LI, ZHAO):
        model.members[person].packet_taken = True

    assert model.press(ZHAO, model.products[0], group) == EXCLUSIVE
    assert model.press(ZHAO, model.products[0]) == EXCLUSIVE
    assert model.press(WANG, model.products[1]) == OK
    assert due(model, group) == [NOTHING, NOTHING]


def test_refusals_to_open() -> None:
    model = market()
    first, second = model.products
    opened(model)
    codes = [model.press(WANG, first), model.press(WANG, second)]

    second.shown = False
    codes.append(model.press(WANG, second))
    model.now = 7 * DAY
    codes += [model.press(WANG, first), model.press(WANG, second)]

    assert codes == [JOINED, OK, STATE, TIME, STATE]


def test_refusals_to_join() -> None:
    model = market(needs=1)
    group, _ = opened(model)
    codes = [model.press(WANG, model.products[0], group), model.press(LI, model.products[1], group)]

    model.members[WANG].new = True
    codes.append(model.press(WANG, model.products[0], group))
    joined(model, LI, group)
    codes.append(model.press(ZHAO, model.products[0], group))
    model.products[0].taken_down = True
    codes.append(model.press(ZHAO, model.products[0], group))

    assert codes == [INELIGIBLE, ABSENT, JOINED, FULL, STATE]


def test_button_from_the_list_and_from_a_link() -> None:
    model = market()
    product = model.products[0]
    group, _ = opened(model)

    assert model.button(WANG, product, None) == (OK, "GROUP_DETAIL", [group])
    assert model.button(LI, product, None) == (OK, "OPEN", [])
    assert model.button(WANG, product, group) == (OK, "GROUP_DETAIL", [group])
    assert model.button(LI, product, group) == (OK, "JOIN", [group])
    assert model.button(LI, model.products[1], group) == (ABSENT, "", [])

    model.now = DAY
    assert model.button(WANG, product, None) == (OK, "OPEN", [])
    assert model.button(WANG, product, group) == (OK, "GROUP_DETAIL", [group])
    assert model.button(LI, product, group) == (OK, "OPEN", [])

    product.taken_down = True
    assert model.button(LI, product, None) == (ABSENT, "", [])


@pytest.mark.parametrize(
    ("flaw", "code", "code_when_known"),
    [
        ("negative_amount", INVALID_VALUE, INVALID_VALUE),
        ("absent_goods", ABSENT, OK),
        ("other_member", INVALID_VALUE, OK),
        ("no_group", OK, OK),
    ],
)
def test_known_order_is_judged_by_its_status_alone(flaw: str, code: str, code_when_known: str) -> None:
    model = market()
    _, known = opened(model)
    new = pressed(model, LI)

    flawed = [Line(line.sn, line.parameter, line.amount, flaw=flaw) for line in (new, known)]

    assert [model.pull(line)[0] for line in flawed] == [code, code_when_known]


def test_my_groups_are_those_that_i_lead_or_sit_in() -> None:
    model = market()
    group, line = opened(model)
    seat = joined(model, LI, group)
    before = [model.my_groups(person) for person in (WANG, LI, ZHAO)]

    model.pull(refunded(line))
    model.pull(refunded(seat))

    assert before == [[group], [group], []]
    assert [model.my_groups(person) for person in (WANG, LI)] == [[group], []]


def test_order_s_group_stays_its_own() -> None:
    model = market()
    group, _ = opened(model)
    line = joined(model, LI, group)
    model.pull(refunded(line))

    order: Order = model.orders[line.sn]

    assert (order.group, order.refunded) == (group, True)
