"""What a test has created is deleted after it: the last first, by its tenant, whatever became of the test."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
import responses

from clients import AdminClient, FixedHeaders, Refused, Transport
from harness.cleanup import CleanUp

DAB = "http://platform.test/dab"


@pytest.fixture
def created() -> CleanUp:
    return CleanUp()


@pytest.fixture
def platform() -> Iterator[responses.RequestsMock]:
    with responses.RequestsMock(assert_all_requests_are_fired=False) as mock:
        yield mock


def client(created: CleanUp, actor: str) -> AdminClient:
    sign_in = FixedHeaders({"X-Actor": actor}, actor)
    return AdminClient(Transport(DAB, observers=[created], sign_in=sign_in))


def answers(
    platform: responses.RequestsMock, method: str, path: str, data: Any, code: str = "0", **more: Any
) -> None:
    platform.add(method, f"{DAB}/{path}", json={"code": code, "message": "", "data": data, **more})


def create(created: CleanUp, platform: responses.RequestsMock, actor: str, *ids: str) -> None:
    for event_id in ids:
        answers(platform, "POST", "event", event_id)
        client(created, actor).events.create({})


def deleted(platform: responses.RequestsMock) -> list[str]:
    """`actor: id` of each delete, in order."""
    calls = [call.request for call in platform.calls if call.request.method == "DELETE"]
    return [f"{call.headers['X-Actor']}: {str(call.url).rpartition('/')[2]}" for call in calls]


def run(created: CleanUp) -> None:
    created.run("q1", lambda actor: client(created, actor))


def test_rows_are_deleted_in_reverse_order(created: CleanUp, platform: responses.RequestsMock) -> None:
    create(created, platform, "admin", "1", "2", "3")
    for event_id in "123":
        answers(platform, "DELETE", f"event/{event_id}", None)

    run(created)

    assert deleted(platform) == ["admin: 3", "admin: 2", "admin: 1"]


def test_rows_are_deleted_by_who_made_them(created: CleanUp, platform: responses.RequestsMock) -> None:
    create(created, platform, "admin", "1")
    create(created, platform, "other", "2")
    for event_id in "12":
        answers(platform, "DELETE", f"event/{event_id}", None)

    run(created)

    assert deleted(platform) == ["other: 2", "admin: 1"]


def test_rows_are_deleted_once(created: CleanUp, platform: responses.RequestsMock) -> None:
    create(created, platform, "admin", "1")
    answers(platform, "DELETE", "event/1", None)

    run(created)
    run(created)

    assert deleted(platform) == ["admin: 1"]


def test_copies_are_found_by_the_mark_and_deleted_first(
    created: CleanUp, platform: responses.RequestsMock
) -> None:
    create(created, platform, "admin", "1")
    answers(platform, "PUT", "event/1/copy", None)
    answers(platform, "GET", "event/list", [{"id": "1"}, {"id": "5"}], total=2, page=1, size=1000)
    for event_id in "15":
        answers(platform, "DELETE", f"event/{event_id}", None)
    client(created, "admin").events.copy("1")

    run(created)

    assert deleted(platform) == ["admin: 5", "admin: 1"]
    assert "searchWord=q1" in str(platform.calls[2].request.url)


@pytest.mark.parametrize(("code", "data"), [("40001", None), ("0", None), ("0", {"id": "1"})])
def test_create_that_made_nothing_leaves_nothing_to_delete(
    created: CleanUp, platform: responses.RequestsMock, code: str, data: Any
) -> None:
    answers(platform, "POST", "event", data, code)
    client(created, "admin").events.create({})

    run(created)

    assert deleted(platform) == []


def test_row_that_cannot_be_deleted_keeps_no_other(
    created: CleanUp, platform: responses.RequestsMock
) -> None:
    create(created, platform, "admin", "1", "2", "3")
    answers(platform, "DELETE", "event/1", None)
    answers(platform, "DELETE", "event/2", None, "40901")
    answers(platform, "DELETE", "event/3", None, "40901")

    with pytest.raises(Refused, match=r"admin\.events\.delete"):
        run(created)

    assert deleted(platform) == ["admin: 3", "admin: 2", "admin: 1"]


def test_copies_that_cannot_be_found_keep_no_row(created: CleanUp, platform: responses.RequestsMock) -> None:
    create(created, platform, "admin", "1")
    answers(platform, "PUT", "event/1/copy", None)
    platform.add(
        "GET", f"{DAB}/event/list", body=json.dumps({"code": "400", "message": "", "data": None}), status=400
    )
    answers(platform, "DELETE", "event/1", None)
    client(created, "admin").events.copy("1")

    with pytest.raises(Refused, match=r"admin\.events\.list"):
        run(created)

    assert deleted(platform) == ["admin: 1"]
