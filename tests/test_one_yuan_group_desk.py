"""One-yuan groups on the admin console: list and detail, for operators."""

import pytest

from clients import AdminClient, MemberClient
from harness.cases import Area, case
from harness.checks import check_refused, ids_of
from harness.clock import DAY, SECOND, SandboxClock
from harness.known_ids import KnownIds
from harness.one_yuan import LEADER, OneYuanGroups

pytestmark = pytest.mark.one_yuan

DESK = Area("管理后台", "一元购团")


@case(
    "one-yuan-group-absent",
    "C-03",
    "不存在的团，小程序和后台都以 40401 拒绝",
    area=DESK,
    story="一元购团的查看",
    severity="critical",
)
def test_an_absent_group(admin: AdminClient, member: MemberClient, known_ids: KnownIds) -> None:
    check_refused(admin.one_yuan_groups.get(known_ids("absent")), "40401")
    check_refused(member.one_yuan_groups.get(known_ids("absent")), "40401")


@case(
    "one-yuan-group-console-list",
    "Y-12",
    "后台列表里有刚开的团，与详情相同，新的在前",
    area=DESK,
    story="一元购团的查看",
    severity="blocker",
)
def test_the_console_s_list(
    admin: AdminClient, one_yuan_groups: OneYuanGroups, movable_clock: SandboxClock
) -> None:
    groups = one_yuan_groups
    after_all_others(admin, movable_clock)
    product = groups.products.make()
    opened = [groups.open(product, "second")]
    movable_clock.advance(SECOND)
    opened.append(groups.open(product))
    groups.join(opened[0], "first")

    listed = admin.one_yuan_groups.list(page=1, size=2).require_data()

    assert listed == [groups.read(opened[1]), groups.read(opened[0])]
    assert [row["orderSn"] for row in listed] == [
        group.orders[LEADER]["orderSn"] for group in reversed(opened)
    ]


@case(
    "one-yuan-group-console-paging",
    "C-05",
    "后台列表分页，每页不重不漏，同一秒的按 id",
    area=DESK,
    story="一元购团的查看",
)
def test_the_console_s_list_is_paged(
    admin: AdminClient, one_yuan_groups: OneYuanGroups, movable_clock: SandboxClock
) -> None:
    groups = one_yuan_groups
    after_all_others(admin, movable_clock)
    product = groups.products.make()
    parameter = groups.place(groups.people(LEADER), product).require_data()
    lines = [groups.line(groups.people(LEADER), product, parameter) for _ in range(5)]
    opened = sorted((result["groupId"] or "" for result in groups.take_in(*lines)), key=int)

    pages = [admin.one_yuan_groups.list(page=page, size=2).require_ok() for page in (1, 2, 3)]

    assert [one for page in pages for one in ids_of(page.data)][:5] == opened
    assert [(page.page, page.size) for page in pages] == [(1, 2), (2, 2), (3, 2)]
    assert len({page.total for page in pages}) == 1
    assert (pages[0].total or 0) >= 5


@case(
    "one-yuan-group-console-any-tenant",
    "C-14",
    "一元购的团是共用的，另一组织的租户看到同一个团",
    area=DESK,
    story="一元购团的查看",
)
def test_groups_belong_to_no_organization(other_admin: AdminClient, one_yuan_groups: OneYuanGroups) -> None:
    group = one_yuan_groups.open(one_yuan_groups.products.make())

    seen = other_admin.one_yuan_groups.get(group.id).require_data()

    assert seen == one_yuan_groups.read(group)


def after_all_others(admin: AdminClient, clock: SandboxClock) -> None:
    """A time at which whatever opens is the newest of the list, whenever other tests' groups were opened."""
    newest = admin.one_yuan_groups.list(size=1).require_data()
    clock.set(max([clock.now(), *(row["ctime"] for row in newest)]) + DAY)
