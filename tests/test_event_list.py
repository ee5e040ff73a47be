"""The list of events: search, filters, paging, order, computed status."""

import pytest

from clients import AdminClient
from harness.cases import Area, Case, case, cases
from harness.clock import SandboxClock
from harness.kinds.event import EventWorkshop
from tests.activities import lists

pytestmark = pytest.mark.event

EVENT = Area("管理后台", "活动")


@cases("event_search")
def test_search(case: Case, events: EventWorkshop) -> None:
    lists.search(case, events)


@cases("event_filter")
def test_filter(case: Case, events: EventWorkshop) -> None:
    lists.search_filter(case, events)


@cases("paging")
def test_paging(case: Case, events: EventWorkshop) -> None:
    lists.paging(case, events)


@case(
    "event-pages-add-up",
    "C-05",
    "逐页翻完，每条活动恰好出现一次，次序与整列相同",
    story="活动列表",
    area=EVENT,
)
def test_pages_add_up_to_the_whole_list(events: EventWorkshop) -> None:
    lists.pages_add_up_to_the_whole_list(events)


@cases("event_status")
def test_status(case: Case, events: EventWorkshop, movable_clock: SandboxClock) -> None:
    lists.status(case, events, movable_clock)


@case(
    "event-list-newest-first",
    "C-12",
    "先建的排在后建的后面",
    story="活动列表",
    severity="critical",
    area=EVENT,
)
def test_list_has_the_newest_first(events: EventWorkshop, movable_clock: SandboxClock) -> None:
    lists.newest_comes_first(events, movable_clock)


@case("event-list-same-second", "C-12", "同一秒建的按 id 升序", story="活动列表", area=EVENT)
def test_list_of_one_second_goes_by_id(events: EventWorkshop) -> None:
    lists.one_second_s_rows_go_by_id(events)


@case(
    "event-list-whole-order",
    "C-12",
    "整个列表依次按置顶、orderNo、新旧、id 排列",
    story="活动列表",
    area=EVENT,
)
def test_whole_list_is_in_order(events: EventWorkshop) -> None:
    lists.whole_list_is_in_order(events)


@case(
    "event-recommend-first",
    "E-04",
    "置顶的活动排到最前，取消后回到原位",
    story="发布与置顶",
    severity="critical",
    area=EVENT,
)
def test_recommended_event_comes_first(events: EventWorkshop, movable_clock: SandboxClock) -> None:
    lists.recommended_comes_first(events, movable_clock)


@case("event-names-hold-it", "E-01", "新建的活动在名称表里，改名后名称随之改变", story="活动列表", area=EVENT)
def test_ids_and_names_follow_the_event(admin: AdminClient, events: EventWorkshop, mark: str) -> None:
    made = events.make()
    admin.events.update(made["id"], {**events.writable(made), "name": f"新名 {mark}"}).require_ok()

    names = {row["id"]: row["name"] for row in admin.events.ids_and_names().require_data()}

    assert names[made["id"]] == f"新名 {mark}"


@case("event-list-whole-rows", "C-02", "列表的每一行就是详情", story="活动列表", area=EVENT)
def test_list_row_is_what_is_read(events: EventWorkshop) -> None:
    lists.row_is_what_is_read(events)
