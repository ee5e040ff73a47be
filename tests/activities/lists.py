"""Lists of activities, the same for every kind: search, filters, paging, order, computed status."""

from collections.abc import Mapping
from typing import Any

from harness.case_words import query
from harness.cases import Case
from harness.checks import check_outcome, check_page, ids_of
from harness.clock import SECOND, SandboxClock
from harness.workshop import AnyWorkshop


def search(case: Case, activities: AnyWorkshop) -> None:
    made = activities.make(case.given)
    asked = query(case.query, activities.words)

    answer = activities.calls().list(**asked, page=1, size=1000).require_ok()

    found = made["id"] in ids_of(answer.data)
    wanted = "应" if case.expect["finds"] else "不应"
    assert found == case.expect["finds"], f"搜索到 {answer.total} 条，{wanted}含它"


def search_filter(case: Case, activities: AnyWorkshop) -> None:
    made = activities.make(case.given)
    asked = query(case.query, activities.words)

    answer = activities.calls().list(search_word=activities.mark, **asked)

    check_outcome(answer, case)
    if "finds" in case.expect:
        assert ids_of(answer.data) == ([made["id"]] if case.expect["finds"] else []), "筛选结果不符"
        assert answer.total == len(answer.data or [])


def paging(case: Case, activities: AnyWorkshop) -> None:
    for _ in range(3):
        activities.make()

    answer = activities.calls().list(search_word=activities.mark, **query(case.query, activities.words))

    check_outcome(answer, case)
    if answer.ok:
        check_page(answer, case, 3)


def pages_add_up_to_the_whole_list(activities: AnyWorkshop) -> None:
    for _ in range(5):
        activities.make()
    whole = ids_of(activities.within_mark())

    paged = [_page(activities, number, size=2) for number in (1, 2, 3)]

    assert [row_id for ids in paged for row_id in ids] == whole
    assert len(set(whole)) == 5


def row_is_what_is_read(activities: AnyWorkshop) -> None:
    """C-02: a list's row is the whole object, the same as its own call answers."""
    made = activities.make()

    assert activities.within_mark() == [made]


def status(case: Case, activities: AnyWorkshop, clock: SandboxClock) -> None:
    made = activities.make(case.given)
    clock.go(case.clock, made)
    wanted = case.expect["status"]

    read = activities.read(made)

    assert read["status"] == wanted
    listed = activities.calls().list(search_word=activities.mark, event_search={"status": wanted})
    assert ids_of(listed.require_data()) == [made["id"]], "按这个状态筛选应找到它"


def newest_comes_first(activities: AnyWorkshop, clock: SandboxClock) -> None:
    made = []
    for _ in range(3):
        made.append(activities.make()["id"])
        clock.advance(SECOND)

    assert ids_of(activities.within_mark()) == made[::-1]


def one_second_s_rows_go_by_id(activities: AnyWorkshop) -> None:
    for _ in range(3):
        activities.make()

    listed = activities.within_mark()

    by_rule = sorted(listed, key=lambda row: (-row["createdTime"], int(row["id"])))
    assert ids_of(listed) == ids_of(by_rule)
    assert len(listed) == 3


def whole_list_is_in_order(activities: AnyWorkshop) -> None:
    activities.make({"recommend": True})
    activities.make()

    listed = activities.calls().list(page=1, size=1000).require_data()

    assert [_place(row) for row in listed] == sorted(_place(row) for row in listed)
    assert len(listed) > 1


def recommended_comes_first(activities: AnyWorkshop, clock: SandboxClock) -> None:
    calls, oldest = activities.calls(), activities.make()["id"]
    clock.advance(SECOND)
    newer = activities.make()["id"]

    calls.recommend(oldest, recommend=True).require_ok()
    pinned = ids_of(activities.within_mark())
    calls.recommend(oldest, recommend=False).require_ok()
    unpinned = ids_of(activities.within_mark())

    assert (pinned, unpinned) == ([oldest, newer], [newer, oldest])


def _page(activities: AnyWorkshop, number: int, *, size: int) -> list[str]:
    answer = activities.calls().list(search_word=activities.mark, page=number, size=size)
    return ids_of(answer.require_data())


def _place(row: Mapping[str, Any]) -> tuple[bool, int, int, int]:
    """Where C-12 puts a row."""
    return (not row["recommend"], -(row["orderNo"] or 0), -row["createdTime"], int(row["id"]))
