"""The words of case files: what each stands for at its limits, and that the schema has the same list."""

import json
import re
from typing import Any

import pytest

from clients import DataError
from harness.case_words import LEFT_OUT, WORDS, WordContext, changed, query, resolved
from tests.harness.projects import PROJECT

NOW = 1_780_000_000_000
CONTEXT = WordContext(
    now=NOW,
    mark="q123456789a",
    id_of=lambda name: f"id of {name}",
    session=lambda: {"quota": 20, "address": "人民路"},
    serial="98765",
)
BODY: dict[str, Any] = {
    "name": "活动",
    "tags": ["一", "二"],
    "sessions": [{"quota": 1}],
    "show": {"title": "x"},
}


def meaning(value: Any) -> Any:
    return resolved(value, CONTEXT)


@pytest.mark.parametrize("length", [0, 1, 18, 19, 20, 101, 1000])
@pytest.mark.parametrize("word", ["$text", "$emoji"])
def test_text_has_so_many_characters(word: str, length: int) -> None:
    text = meaning({word: length})

    assert len(text) == length
    assert not re.search(r"[\x00-\x7f]", text)
    assert all(ord(letter) > 0xFFFF for letter in text if word == "$emoji")


@pytest.mark.parametrize("length", [20, 21, 100])
@pytest.mark.parametrize("word", ["$marked_text", "$marked_emoji"])
def test_marked_text_begins_with_the_mark(word: str, length: int) -> None:
    text = meaning({word: length})

    assert len(text) == length
    assert text.startswith(CONTEXT.mark)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ({"$marked": "{}"}, "q123456789a"),
        ({"$marked": "a{}b{}%"}, "aq123456789abq123456789a%"),
        ({"$clock": "+0s"}, NOW),
        ({"$clock": "-1ms"}, NOW - 1),
        ({"$clock": "+1s"}, NOW + 1000),
        ({"$clock": "-2m"}, NOW - 120_000),
        ({"$clock": "+3h"}, NOW + 10_800_000),
        ({"$clock": "-400d"}, NOW - 34_560_000_000),
        ({"$resource_id": {"prefix": "hd_", "length": 5}}, "hd_98"),
        ({"$resource_id": {"prefix": "hd_", "length": 12}}, "hd_987659876"),
        ({"$resource_id": {"prefix": "hd_", "length": 3}}, "hd_"),
        ({"$id_of": "store"}, "id of store"),
        ({"$ids_of": ["store", "absent"]}, "id of store,id of absent"),
        ({"$session": {"quota": None}}, {"quota": None, "address": "人民路"}),
        ({"$session": {"address": "$left_out"}}, {"quota": 20}),
        ({"$json": []}, "[]"),
        ({"$json": [{"key": {"$text": 2}}]}, '[{"key": "回归"}]'),
        ("$left_out", LEFT_OUT),
        ({"a": [{"$clock": "+1s"}, {"b": {"$id_of": "store"}}]}, {"a": [NOW + 1000, {"b": "id of store"}]}),
    ],
)
def test_word_stands_for_its_value(value: Any, expected: Any) -> None:
    found = meaning(value)

    assert found == expected
    assert type(found) is type(expected)


@pytest.mark.parametrize("plain", [None, True, 0, "", "text", "$5", [], {}, {"$": 1}, {"$text": 1, "a": 2}])
def test_plain_value_stands_for_itself(plain: Any) -> None:
    found = meaning(plain)

    assert (type(found), found) == (type(plain), plain)


@pytest.mark.parametrize("shift", ["1s", "+1", "+1w", "+1.5s", "+1s ", "+１s"])
def test_clock_refuses_what_is_no_shift(shift: str) -> None:
    with pytest.raises(ValueError, match="is not a shift of time such as"):
        meaning({"$clock": shift})


def test_words_and_schema_are_one_list() -> None:
    schema = json.loads((PROJECT / "data" / "case.schema.json").read_text(encoding="utf-8"))

    assert set(schema["$defs"]["word"]["properties"]) == set(WORDS)
    assert schema["$defs"]["value"]["else"]["then"] == {
        "enum": ["$left_out"],
        "description": "$left_out: the key is not sent at all",
    }


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, {}),
        ({"name": None}, {"name": None}),
        ({"new": 1}, {"new": 1}),
        ({"tags.0": "三"}, {"tags": ["三", "二"]}),
        ({"tags.2": "三"}, {"tags": ["一", "二", "三"]}),
        ({"tags.0": "$left_out"}, {"tags": ["二"]}),
        ({"sessions.0.quota": 2}, {"sessions": [{"quota": 2}]}),
        ({"sessions.0.quota": "$left_out"}, {"sessions": [{}]}),
        ({"show": {"title": {"$text": 1}}}, {"show": {"title": "回"}}),
        ({"show.title": "y", "show.image": "z"}, {"show": {"title": "y", "image": "z"}}),
    ],
)
def test_change_reaches_its_path_and_nothing_else(changes: dict[str, Any], expected: dict[str, Any]) -> None:
    before = json.dumps(BODY)

    assert changed(BODY, changes, CONTEXT) == {**BODY, **expected}
    assert json.dumps(BODY) == before


def test_change_may_leave_a_key_out() -> None:
    assert "name" not in changed(BODY, {"name": "$left_out"}, CONTEXT)


@pytest.mark.parametrize(
    "path", ["nobody.title", "tags.3", "tags.x", "sessions.1.quota", "name.title", "name.0", "show.title.x"]
)
def test_change_that_leads_nowhere_is_told(path: str) -> None:
    with pytest.raises(DataError, match=f"the path '{re.escape(path)}' leads nowhere in the body"):
        changed(BODY, {path: 1}, CONTEXT)


def test_leaving_out_what_is_not_there_is_told() -> None:
    with pytest.raises(DataError, match="the path 'nobody' leads nowhere"):
        changed(BODY, {"nobody": "$left_out"}, CONTEXT)


def test_query_leaves_out_what_it_says() -> None:
    parameters = {
        "page": "$left_out",
        "size": 2,
        "word": {"$marked": "{}%"},
        "search": {"beginTime": {"$clock": "+0s"}},
    }

    assert query(parameters, CONTEXT) == {"size": 2, "word": "q123456789a%", "search": {"beginTime": NOW}}


def test_sessions_are_each_their_own() -> None:
    first, second = meaning([{"$session": {"quota": [1]}}, {"$session": {"quota": [1]}}])

    first["quota"].append(2)

    assert second["quota"] == [1]
