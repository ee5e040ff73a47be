"""Specifications of group-buys (G-11): exactly the combinations of the levels' values."""

from typing import Final

import pytest

from clients import AdminClient
from clients.bodies import Specifications
from harness.cases import Area, Case, case, cases
from harness.checks import check_kept, check_outcome, check_refused, check_same
from harness.clock import SECOND, SandboxClock
from harness.kinds.group_buy import GroupBuyWorkshop, specified
from harness.workshop import picked

pytestmark = pytest.mark.group_buy

GROUP_BUY = Area("管理后台", "拼课团")
LEVELS: Final = {"校区": ["虹口", "徐汇"], "时段": ["周六上午", "周六下午", "周日上午"]}


@cases("group_buy_specification")
def test_specification(case: Case, admin: AdminClient, group_buys: GroupBuyWorkshop) -> None:
    before = group_buys.make()
    body = group_buys.changed(specified(LEVELS), case.change)

    answer = admin.group_buys.specify(before["id"], body)

    check_outcome(answer, case)
    after = group_buys.read(before)
    if answer.ok:
        check_kept(body, after, case, group_buys.words)
    else:
        check_same(before, after)


@case(
    "group-buy-spec-replaces",
    "G-11",
    "再设一次规格，原来的全部换掉",
    story="设置规格",
    severity="critical",
    area=GROUP_BUY,
)
def test_specification_replaces_what_was_there(admin: AdminClient, group_buys: GroupBuyWorkshop) -> None:
    made = group_buys.make_specified(LEVELS)
    other = specified({"年级": ["一", "二"]})

    admin.group_buys.specify(made["id"], other).require_ok()

    assert picked(group_buys.read(made), Specifications) == dict(other)


@case(
    "group-buy-spec-refused-keeps-old",
    "G-11",
    "被拒绝的规格不影响原来的规格",
    story="设置规格",
    area=GROUP_BUY,
)
def test_refused_specification_keeps_the_old(admin: AdminClient, group_buys: GroupBuyWorkshop) -> None:
    made = group_buys.make_specified(LEVELS)
    bad = group_buys.changed(
        specified({"年级": ["一", "二"]}),
        {"groupBuyEventSpecificationDetails.1": "$left_out"},
    )

    check_refused(admin.group_buys.specify(made["id"], bad), "40001", "groupBuyEventSpecificationDetails")

    check_same(made, group_buys.read(made))


@case(
    "group-buy-spec-moves-updated-time",
    "C-07",
    "设置规格后 updatedTime 前进",
    story="设置规格",
    area=GROUP_BUY,
)
def test_specification_moves_updated_time(
    admin: AdminClient, group_buys: GroupBuyWorkshop, movable_clock: SandboxClock
) -> None:
    before = group_buys.make()
    movable_clock.advance(5 * SECOND)

    admin.group_buys.specify(before["id"], specified(LEVELS)).require_ok()

    assert group_buys.read(before)["updatedTime"] == before["updatedTime"] + 5 * SECOND
