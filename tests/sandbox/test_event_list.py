"""C-11 to C-13: searching, ordering and filtering the list of events."""

import json
from itertools import chain
from typing import Any
from urllib.parse import quote, quote_plus

import pytest

from tests.sandbox.actors import Actor, tenant
from tests.sandbox.bodies import DAY, HOUR, SECOND, START, make_event, session_body


def names(console: Actor, **query: Any) -> list[str]:
    return [event["name"] for event in console.get("/event/list", size=1000, **query).data]


@pytest.mark.parametrize(
    ("word", "found"),
    [
        ("b%c", ["Ab%Cd"]),
        ("B_C", ["Ab_Cd"]),
        ("AB", ["Ab%Cd", "Ab_Cd"]),
        ("école", ["ÉCOLE 夏令营"]),
        ("😀", ["笑脸😀"]),
        ("令营", ["ÉCOLE 夏令营"]),
        ("/", ["a/b\\c"]),
        ("\\", ["a/b\\c"]),
        ("'", ["O'Brien"]),
        ("\0", []),
        ("no such", []),
    ],
)
def test_search_word_is_literal_and_of_any_case(admin: Actor, word: str, found: list[str]) -> None:
    for number, name in enumerate(["Ab%Cd", "Ab_Cd", "ÉCOLE 夏令营", "笑脸😀", "a/b\\c", "O'Brien"]):
        make_event(admin, name=name, resourceId=f"hd_{number}")
    assert sorted(names(admin, searchWord=word)) == found


def test_search_word_left_empty_finds_all(admin: Actor) -> None:
    assert names(admin, searchWord="") == names(admin)


def test_total_counts_what_is_found(admin: Actor) -> None:
    envelope = admin.get("/event/list", searchWord="体验课", size=2).envelope
    assert (len(envelope["data"]), envelope["total"]) == (2, 3)


def test_order_is_recommended_then_order_no_then_newest(admin: Actor) -> None:
    listed = admin.get("/event/list", size=1000).data
    keys = [
        (-event["recommend"], -event["orderNo"], -event["createdTime"], int(event["id"])) for event in listed
    ]
    assert keys == sorted(keys)
    assert len({key[:2] for key in keys}) > 3


def test_newer_event_comes_first_and_then_the_lower_id(admin: Actor, control: Actor) -> None:
    for number in (1, 2):
        make_event(admin, name=f"同秒 {number}", resourceId=f"hd_{number}")
    control.put("/clock", {"advanceMs": SECOND})
    make_event(admin, name="同秒 3", resourceId="hd_3")
    assert names(admin, searchWord="同秒") == ["同秒 3", "同秒 1", "同秒 2"]


def test_recommended_event_is_first(admin: Actor) -> None:
    event_id = make_event(admin)
    before = names(admin).index("夏日体验课")
    admin.put_form(f"/event/{event_id}/recommend", recommend="true")
    recommended = [event["recommend"] for event in admin.get("/event/list", size=1000).data]
    assert before > names(admin).index("夏日体验课")
    assert recommended == sorted(recommended, reverse=True)


def test_pages_divide_the_list(admin: Actor) -> None:
    pages = [[event["name"] for event in admin.get("/event/list", page=p, size=5).data] for p in (1, 2, 3)]
    assert [len(page) for page in pages] == [5, 5, 3]
    assert [*chain.from_iterable(pages)] == names(admin)


@pytest.mark.parametrize("status", ["NOTOPEN", "OPEN", "CLOSED"])
def test_status_filter_agrees_with_the_status(admin: Actor, status: str) -> None:
    every = admin.get("/event/list", size=1000).data
    found = admin.get("/event/list", size=1000, eventSearchVO=json.dumps({"status": status})).data
    assert found
    assert found == [event for event in every if event["status"] == status]


@pytest.mark.parametrize(
    ("after", "status"),
    [
        (HOUR - 1, "NOTOPEN"),
        (HOUR, "OPEN"),
        (HOUR + 1, "OPEN"),
        (10 * DAY - 1, "OPEN"),
        (10 * DAY, "CLOSED"),
    ],
)
def test_status_filter_agrees_at_the_limits(admin: Actor, control: Actor, after: int, status: str) -> None:
    make_event(admin)
    control.put("/clock", {"advanceMs": after})
    search = json.dumps({"status": status})
    (found,) = tenant(admin.app, "admin").get("/event/list", searchWord="夏日", eventSearchVO=search).data
    assert found["status"] == status


@pytest.mark.parametrize(
    ("search", "found"),
    [
        ({"beginTime": START + HOUR}, True),
        ({"beginTime": START + HOUR + SECOND}, False),
        ({"endTime": START + 10 * DAY}, True),
        ({"endTime": START + 10 * DAY - SECOND}, False),
        ({"beginTime": START, "endTime": START + 11 * DAY}, True),
        ({"beginTime": None, "endTime": None, "status": None}, True),
        ({"status": "NOTOPEN"}, True),
        ({"status": "OPEN"}, False),
        ({"eventCategoryFirstId": "1"}, False),
        ({"unknown": 1}, True),
        ({}, True),
    ],
)
def test_search_object_filters(admin: Actor, search: Any, found: bool) -> None:
    make_event(admin)
    assert bool(names(admin, searchWord="夏日", eventSearchVO=json.dumps(search))) is found


def test_categories_filter(admin: Actor) -> None:
    tree = admin.get("/event_category").data
    second = next(row for row in tree if row["name"] == "升学讲座")
    by_second = names(admin, eventSearchVO=json.dumps({"eventCategorySecondId": second["id"]}))
    by_first = names(admin, eventSearchVO=json.dumps({"eventCategoryFirstId": second["parentId"]}))
    assert sorted(by_second) == ["中考政策解读", "小升初升学讲座"]
    assert sorted(by_first) == ["中考政策解读", "家庭教育公益讲座", "小升初升学讲座"]


@pytest.mark.parametrize("encode", [quote, quote_plus])
def test_search_object_may_be_encoded_twice(admin: Actor, encode: Any) -> None:
    text = json.dumps({"status": "NOTOPEN", "beginTime": START})
    assert names(admin, eventSearchVO=encode(text)) == names(admin, eventSearchVO=text) != names(admin)


@pytest.mark.parametrize("text", ["", "x", "[]", "null", "1", "{", '{"status": NaN}', "%7B", "[" * 9999])
def test_search_object_that_is_none_is_400(admin: Actor, text: str) -> None:
    assert admin.get("/event/list", eventSearchVO=text).status == 400


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("status", 1),
        ("status", "open"),
        ("beginTime", "2026"),
        ("endTime", True),
        ("eventCategoryFirstId", 1),
        ("eventCategorySecondId", "x"),
    ],
)
def test_search_value_of_a_wrong_kind_is_40001(admin: Actor, field: str, value: Any) -> None:
    answer = admin.get("/event/list", eventSearchVO=json.dumps({field: value}))
    assert answer.code == "40001"
    assert field in answer.message


def test_list_row_is_the_event_as_it_is_read(admin: Actor) -> None:
    event_id = make_event(admin, tags=["名师"], eventSessionList=[session_body(), session_body()])
    (row,) = admin.get("/event/list", searchWord="夏日").data
    assert row == admin.get(f"/event/{event_id}").data
