"""Conventions (rules C) that hold for the calls of every kind of activity."""

import json
import re
from collections.abc import Mapping
from typing import Any

from harness.cases import Case
from harness.checks import check_http, check_outcome, check_refused, ids_of
from harness.workshop import AnyWorkshop

ONE_MEBIBYTE = 1024 * 1024
LARGEST_EXACT_FLOAT = 2**53
ODD_TEXT = "一\n二\t三 👩‍👩‍👧 𠮷 \u200b é ẞ"


def success_has_the_envelope(activities: AnyWorkshop) -> None:
    answer = activities.calls().create(activities.body())

    body = answer.exchange.json()
    assert (answer.http_status, body["code"]) == (200, "0")
    assert isinstance(body["message"], str)
    assert body.keys() == {"code", "message", "data"}


def refusal_has_the_envelope(activities: AnyWorkshop) -> None:
    answer = activities.calls().create(activities.body({activities.title: None}))

    check_refused(answer, "40001", activities.title)
    assert answer.exchange.json().keys() == {"code", "message", "data"}


def list_has_its_figures(activities: AnyWorkshop) -> None:
    made = [activities.make()["id"] for _ in range(2)]

    answer = activities.calls().list(search_word=activities.mark, page=1, size=1)

    assert (answer.total, answer.page, answer.size) == (2, 1, 1)
    assert ids_of(answer.data)[0] in made


def empty_list_is_an_array(activities: AnyWorkshop) -> None:
    answer = activities.calls().list(search_word=f"没有这样的{activities.mark}")

    assert (answer.data, answer.total) == ([], 0)


def raw_body(case: Case, activities: AnyWorkshop) -> None:
    answer = activities.calls().create_raw(str(case.query["body"]).encode())

    check_outcome(answer, case)


def body_that_is_not_utf_8_is_400(activities: AnyWorkshop) -> None:
    answer = activities.calls().create_raw(f'{{"{activities.title}": "活动"}}'.encode("gb18030"))

    check_http(answer, 400)


def body_of_one_mebibyte_is_taken(activities: AnyWorkshop) -> None:
    body = _padded(activities.body({"detail": ""}), ONE_MEBIBYTE)

    made = activities.calls().create_raw(body).require_data()

    assert activities.calls().get(made).require_data()["detail"] == json.loads(body)["detail"]


def body_over_one_mebibyte_is_413(activities: AnyWorkshop) -> None:
    answer = activities.calls().create_raw(_padded(activities.body({"detail": ""}), ONE_MEBIBYTE + 1))

    check_http(answer, 413)
    assert activities.within_mark() == []


def create_takes_no_form(activities: AnyWorkshop) -> None:
    body, calls = activities.body(), activities.calls()

    answer = activities.admin.transport.call(
        f"{calls.name}.create", "POST", calls.path, form={key: str(value) for key, value in body.items()}
    )

    assert not answer.ok
    assert activities.within_mark() == []


def switch_takes_no_json(activities: AnyWorkshop, call: str) -> None:
    """C-16: `call` is the switch's, by its path."""
    made, calls = activities.make(), activities.calls()

    answer = activities.admin.transport.call(
        f"{calls.name}.{call}", "PUT", f"{calls.path}/{made['id']}/{call}", json={call: True}
    )

    assert not answer.ok
    assert activities.read(made) == made


def ids_are_decimal_strings_in_time_order(activities: AnyWorkshop, part: str) -> None:
    """`part` is the list of an activity whose rows have ids of their own."""
    first, second = activities.make(), activities.make()

    ids = [first["id"], first[part][0]["id"], second["id"]]

    assert all(type(one) is str and one.isdecimal() for one in ids)
    assert int(second["id"]) > int(first["id"]) > LARGEST_EXACT_FLOAT


def times_are_whole_seconds_in_milliseconds(made: Mapping[str, Any], *names: str) -> None:
    times = [made[name] for name in ("beginTime", "endTime", "createdTime", "updatedTime", *names)]

    assert all(type(time) is int and time % 1000 == 0 for time in times)


def text_goes_round_unharmed(activities: AnyWorkshop) -> None:
    show = {"title": ODD_TEXT}

    made = activities.make(
        {activities.brief: ODD_TEXT, "detail": ODD_TEXT, "tags": [ODD_TEXT], "customerServerShowVO": show}
    )

    texts = [made[activities.brief], made["detail"], *made["tags"], made["customerServerShowVO"]["title"]]
    assert texts == [ODD_TEXT] * 4


def names_are_camel_case(made: Mapping[str, Any], misspelt: set[str]) -> None:
    """C-09, at every depth; `misspelt` are names that keep the platform's spelling."""
    names = _keys(made)

    assert {name for name in names if not re.fullmatch("[a-z]+[A-Za-z]*", name)} == set()
    assert misspelt <= names


def _padded(body: dict[str, Any], size: int) -> bytes:
    """The body as JSON of exactly so many bytes, its `detail` filled up."""
    bare = json.dumps(body, ensure_ascii=False).encode()
    return json.dumps({**body, "detail": "x" * (size - len(bare))}, ensure_ascii=False).encode()


def _keys(value: Any) -> set[str]:
    """All keys at every depth."""
    if isinstance(value, list):
        return {key for item in value for key in _keys(item)}
    if isinstance(value, dict):
        return set(value) | {key for item in value.values() for key in _keys(item)}
    return set()
