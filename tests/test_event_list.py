"""The list of events: search, filters, paging, order, computed status."""

import pytest

from clients import AdminClient
from clients.bodies import Event
from harness.case_words import query
from harness.cases import Area, Case, case, cases
from harness.checks import check_outcome, ids_of
from harness.clock import SECOND, SandboxClock
from harness.workshop import EventWorkshop

pytestmark = pytest.mark.event

EVENT = Area("管理后台", "活动")


@cases("event_search")
def test_search(case: Case, admin: AdminClient, events: EventWorkshop) -> None:
    made = events.make(case.given)

    answer = admin.events.list(**query(case.query, events.words), page=1, size=1000).require_ok()

    found = made["id"] in ids_of(answer.data)
    assert found == case.expect["finds"], (
        f"搜索到 {answer.total} 条，{'应' if case.expect['finds'] else '不应'}含本活动"
    )


@cases("event_filter")
def test_filter(case: Case, admin: AdminClient, events: EventWorkshop, mark: str) -> None:
    made = events.make(case.given)

    answer = admin.events.list(search_word=mark, **query(case.query, events.words))

    check_outcome(answer, case)
    if "finds" in case.expect:
        assert ids_of(answer.data) == ([made["id"]] if case.expect["finds"] else []), "筛选结果不符"
        assert answer.total == len(answer.data or [])


@cases("paging")
def test_paging(case: Case, admin: AdminClient, events: EventWorkshop, mark: str) -> None:
    for _ in range(3):
        events.make()

    answer = admin.events.list(search_word=mark, **query(case.query, events.words))

    check_outcome(answer, case)
    if answer.ok:
        seen = {"page": answer.page, "size": answer.size, "rows": len(answer.data or [])}
        assert seen == dict(case.expect)
        assert answer.total == 3


@case(
    "event-pages-add-up",
    "C-05",
    "逐页翻完，每条活动恰好出现一次，次序与整列相同",
    story="活动列表",
    area=EVENT,
)
def test_pages_add_up_to_the_whole_list(admin: AdminClient, events: EventWorkshop, mark: str) -> None:
    for _ in range(5):
        events.make()
    whole = ids_of(admin.events.list(search_word=mark, page=1, size=1000).require_data())

    paged = [
        ids_of(admin.events.list(search_word=mark, page=page, size=2).require_data()) for page in (1, 2, 3)
    ]

    assert [event_id for ids in paged for event_id in ids] == whole
    assert len(set(whole)) == 5


@cases("event_status")
def test_status(case: Case, admin: AdminClient, events: EventWorkshop, movable_clock: SandboxClock) -> None:
    made = events.make(case.given)
    movable_clock.go(case.clock, made)

    read = admin.events.get(made["id"]).require_data()

    assert read["status"] == case.expect["status"]
    listed = admin.events.list(search_word=events.words.mark, event_search={"status": case.expect["status"]})
    assert ids_of(listed.require_data()) == [made["id"]], "按这个状态筛选应找到它"


@case(
    "event-list-newest-first",
    "C-12",
    "先建的排在后建的后面",
    story="活动列表",
    severity="critical",
    area=EVENT,
)
def test_list_has_the_newest_first(
    admin: AdminClient, events: EventWorkshop, movable_clock: SandboxClock, mark: str
) -> None:
    made = []
    for _ in range(3):
        made.append(events.make()["id"])
        movable_clock.advance(SECOND)

    listed = admin.events.list(search_word=mark).require_data()

    assert ids_of(listed) == made[::-1]


@case("event-list-same-second", "C-12", "同一秒建的按 id 升序", story="活动列表", area=EVENT)
def test_list_of_one_second_goes_by_id(admin: AdminClient, events: EventWorkshop, mark: str) -> None:
    for _ in range(3):
        events.make()

    listed = admin.events.list(search_word=mark).require_data()

    by_rule = sorted(listed, key=lambda row: (-row["createdTime"], int(row["id"])))
    assert ids_of(listed) == ids_of(by_rule)
    assert len(listed) == 3


@case(
    "event-list-whole-order",
    "C-12",
    "整个列表依次按置顶、orderNo、新旧、id 排列",
    story="活动列表",
    area=EVENT,
)
def test_whole_list_is_in_order(admin: AdminClient, events: EventWorkshop) -> None:
    events.make({"recommend": True})

    listed = admin.events.list(page=1, size=1000).require_data()

    def place(row: Event) -> tuple[bool, int, int, int]:
        return (not row["recommend"], -(row["orderNo"] or 0), -row["createdTime"], int(row["id"]))

    assert [place(row) for row in listed] == sorted(place(row) for row in listed)


@case(
    "event-recommend-first",
    "E-04",
    "置顶的活动排到最前，取消后回到原位",
    story="发布与置顶",
    severity="critical",
    area=EVENT,
)
def test_recommended_event_comes_first(
    admin: AdminClient, events: EventWorkshop, movable_clock: SandboxClock, mark: str
) -> None:
    oldest = events.make()["id"]
    movable_clock.advance(SECOND)
    newer = events.make()["id"]

    admin.events.recommend(oldest, recommend=True).require_ok()
    pinned = ids_of(admin.events.list(search_word=mark).require_data())
    admin.events.recommend(oldest, recommend=False).require_ok()
    unpinned = ids_of(admin.events.list(search_word=mark).require_data())

    assert (pinned, unpinned) == ([oldest, newer], [newer, oldest])


@case("event-names-hold-it", "E-01", "新建的活动在名称表里，改名后名称随之改变", story="活动列表", area=EVENT)
def test_ids_and_names_follow_the_event(admin: AdminClient, events: EventWorkshop, mark: str) -> None:
    made = events.make()
    admin.events.update(made["id"], {**events.writable(made), "name": f"新名 {mark}"}).require_ok()

    names = {row["id"]: row["name"] for row in admin.events.ids_and_names().require_data()}

    assert names[made["id"]] == f"新名 {mark}"
