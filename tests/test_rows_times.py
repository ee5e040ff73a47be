"""When a row was made, and when it was changed last (T-03): the clock goes on between the two."""

import pytest

from clients import AdminClient
from harness.cases import Case, cases
from harness.clock import SECOND, SandboxClock
from harness.kinds.event import EventWorkshop
from harness.kinds.group_buy import GroupBuyWorkshop
from harness.kinds.one_yuan import OneYuanWorkshop
from harness.material import Material
from harness.one_yuan import OneYuanGroups
from harness.order_states import OrderStates
from harness.row_values import epoch_ms
from harness.rows.changes import MADE, MOVED
from harness.rows.table_rows import TableRows
from harness.teams import Teams
from tests.rows.deeds import DEEDS, Desk

pytestmark = pytest.mark.rows


@pytest.fixture
def desk(
    admin: AdminClient,
    material: Material,
    events: EventWorkshop,
    group_buys: GroupBuyWorkshop,
    one_yuan_products: OneYuanWorkshop,
    one_yuan_groups: OneYuanGroups,
    event_order_states: OrderStates,
    group_buy_order_states: OrderStates,
    teams: Teams,
) -> Desk:
    return Desk(
        admin=admin,
        material=material,
        events=events,
        group_buys=group_buys,
        products=one_yuan_products,
        groups=one_yuan_groups,
        event_orders=event_order_states,
        group_buy_orders=group_buy_order_states,
        teams=teams,
    )


@cases("rows_times")
def test_times_of_a_row(case: Case, desk: Desk, rows: TableRows, movable_clock: SandboxClock) -> None:
    deed = DEEDS[case.query["deed"]](desk)
    before = rows.one(deed.table, "id", deed.key)
    movable_clock.advance(5 * SECOND)

    deed.act()

    after = rows.one(deed.table, "id", deed.key)
    made = {column: after[column] for column in MADE if column in after}
    moved = {column: epoch_ms(after[column]) for column in MOVED if column in after}
    assert made == {column: before[column] for column in made}, "创建时间被改写"
    assert set(moved.values()) == {movable_clock.now()}, f"修改时间应为此刻，实为 {moved}"
