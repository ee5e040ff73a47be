"""What the one-yuan purchase leaves in the database: seats, amounts, who is new no more (Y-05 to Y-07)."""

from decimal import Decimal

import pytest

from harness.cases import Area, case
from harness.clock import SECOND, SandboxClock
from harness.one_yuan import LEADER, Group, OneYuanGroups
from harness.people import People
from harness.row_values import epoch_ms
from harness.rows.table_rows import TableRows

pytestmark = pytest.mark.rows

SEATS = Area("数据库", "数据行")
DETAILS = "one_yuan_shopping_group_details"


def seated(rows: TableRows, group: Group) -> list[str]:
    """Who has a seat by the table of members."""
    found = rows.where(DETAILS, "one_yuan_shopping_group_id", group.id)
    return [str(row["user_id"]) for row in found]


@case(
    "rows-one-yuan-leader",
    "Y-05",
    "开团时成员表没有团长的行",
    area=SEATS,
    story="一元购成员表",
    severity="critical",
)
def test_leader_is_not_among_the_members(one_yuan_groups: OneYuanGroups, rows: TableRows) -> None:
    group = one_yuan_groups.open(one_yuan_groups.products.make())

    assert seated(rows, group) == []


@case(
    "rows-one-yuan-members",
    "Y-05",
    "成员表恰有占座的成员，按先后",
    area=SEATS,
    story="一元购成员表",
    severity="blocker",
)
def test_members_have_a_row_each(one_yuan_groups: OneYuanGroups, people: People, rows: TableRows) -> None:
    group = one_yuan_groups.open(one_yuan_groups.products.make())

    one_yuan_groups.happen(group, "first_joins", "second_joins")

    assert seated(rows, group) == [people("first").id, people("second").id]


@case(
    "rows-one-yuan-freed-seat",
    "Y-05",
    "满员前退款的成员，成员表里不再有行",
    area=SEATS,
    story="一元购成员表",
    severity="critical",
)
def test_freed_seat_is_no_row(one_yuan_groups: OneYuanGroups, rows: TableRows) -> None:
    group = one_yuan_groups.open(one_yuan_groups.products.make())

    one_yuan_groups.happen(group, "first_joins", "first_refunded")

    assert seated(rows, group) == []


@case(
    "rows-one-yuan-amounts",
    "Y-01",
    "商品的三个金额在库里一分不差",
    area=SEATS,
    story="一元购金额",
    severity="critical",
)
def test_amounts_of_a_product_are_exact(one_yuan_groups: OneYuanGroups, rows: TableRows) -> None:
    product = one_yuan_groups.products.make()

    row = rows.one("one_yuan_products", "id", product["id"])
    amounts = [Decimal(row[name]) for name in ("dis_price", "reappearance", "subsidy_amount")]
    assert amounts[0] - amounts[1] - amounts[2] == 1
    assert amounts[0] == Decimal(str(product["disPrice"]))


@case(
    "rows-one-yuan-new-no-more",
    "T-03",
    "不再是新人：会员权益的修改时间是当时",
    area=SEATS,
    story="一元购新人",
)
def test_time_of_being_new_no_more(
    one_yuan_groups: OneYuanGroups, people: People, rows: TableRows, movable_clock: SandboxClock
) -> None:
    product = one_yuan_groups.products.make()
    before = rows.where("member_benefits", "member_id", people(LEADER).id)
    movable_clock.advance(5 * SECOND)

    one_yuan_groups.open(product)

    changed = [
        row for row in rows.where("member_benefits", "member_id", people(LEADER).id) if row not in before
    ]
    assert {epoch_ms(row["updated_time"]) for row in changed} == {movable_clock.now()}
