"""What a test has created is deleted after it: the last first, by its tenant, whatever became of the test."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
import responses

from clients import AdminClient, FixedHeaders, HttpError, NotJson, Refused, Transport, WrongEnvelope
from harness.cleanup import CleanUp
from tests.harness.exports import XLSX

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


def deletable(platform: responses.RequestsMock, *paths: str) -> None:
    for path in paths:
        answers(platform, "DELETE", path, None)


def deleted_paths(platform: responses.RequestsMock) -> list[str]:
    """The path of each delete, in order."""
    calls = [call.request for call in platform.calls if call.request.method == "DELETE"]
    return [str(call.url).removeprefix(f"{DAB}/") for call in calls]


def deleted(platform: responses.RequestsMock) -> list[str]:
    """`actor: id` of each delete, in order."""
    calls = [call.request for call in platform.calls if call.request.method == "DELETE"]
    return [f"{call.headers['X-Actor']}: {str(call.url).rpartition('/')[2]}" for call in calls]


def run(created: CleanUp) -> None:
    created.run("q1", lambda actor: client(created, actor))


def test_rows_are_deleted_in_reverse_order(created: CleanUp, platform: responses.RequestsMock) -> None:
    create(created, platform, "admin", "1", "2", "3")
    deletable(platform, "event/1", "event/2", "event/3")

    run(created)

    assert deleted(platform) == ["admin: 3", "admin: 2", "admin: 1"]


def test_rows_are_deleted_by_who_made_them(created: CleanUp, platform: responses.RequestsMock) -> None:
    create(created, platform, "admin", "1")
    create(created, platform, "other", "2")
    deletable(platform, "event/1", "event/2")

    run(created)

    assert deleted(platform) == ["other: 2", "admin: 1"]


def test_rows_are_deleted_once(created: CleanUp, platform: responses.RequestsMock) -> None:
    create(created, platform, "admin", "1")
    answers(platform, "DELETE", "event/1", None)

    run(created)
    run(created)

    assert deleted(platform) == ["admin: 1"]


def test_copy_that_tells_its_id_is_deleted_by_it(created: CleanUp, platform: responses.RequestsMock) -> None:
    answers(platform, "PUT", "group_buy_event/1/copy", "5")
    deletable(platform, "group_buy_event/5")
    client(created, "admin").group_buys.copy("1")

    run(created)

    assert [call.request.method for call in platform.calls] == ["PUT", "DELETE"]
    assert deleted_paths(platform) == ["group_buy_event/5"]


def test_copies_are_found_by_the_mark_and_deleted_first(
    created: CleanUp, platform: responses.RequestsMock
) -> None:
    create(created, platform, "admin", "1")
    answers(platform, "PUT", "event/1/copy", None)
    answers(platform, "GET", "event/list", [{"id": "1"}, {"id": "5"}], total=2, page=1, size=1000)
    deletable(platform, "event/1", "event/5")
    client(created, "admin").events.copy("1")

    run(created)

    assert deleted(platform) == ["admin: 5", "admin: 1"]
    assert "searchWord=q1" in str(platform.calls[2].request.url)


def test_untold_copies_are_looked_for_once(created: CleanUp, platform: responses.RequestsMock) -> None:
    answers(platform, "PUT", "event/1/copy", None)
    answers(platform, "GET", "event/list", [{"id": "5"}, {"id": "6"}], total=2, page=1, size=1000)
    deletable(platform, "event/5", "event/6")
    for _ in range(2):
        client(created, "admin").events.copy("1")

    run(created)

    assert [call.request.method for call in platform.calls] == ["PUT", "PUT", "GET", "DELETE", "DELETE"]
    assert deleted(platform) == ["admin: 6", "admin: 5"]


def test_copy_is_found_though_another_kind_has_its_id(
    created: CleanUp, platform: responses.RequestsMock
) -> None:
    answers(platform, "POST", "workers", "5")
    answers(platform, "PUT", "event/1/copy", None)
    answers(platform, "GET", "event/list", [{"id": "5"}], total=1, page=1, size=1000)
    deletable(platform, "workers/5", "event/5")
    client(created, "admin").workers.create({})
    client(created, "admin").events.copy("1")

    run(created)

    assert deleted_paths(platform) == ["event/5", "workers/5"]


def test_rows_of_several_kinds_are_deleted_in_reverse_order(
    created: CleanUp, platform: responses.RequestsMock
) -> None:
    made = client(created, "admin")
    for path, row_id in (("event", "1"), ("group_buy_event", "2"), ("workers", "3")):
        answers(platform, "POST", path, row_id)
        deletable(platform, f"{path}/{row_id}")
    for calls in (made.events, made.group_buys, made.workers):
        calls.create({})

    run(created)

    assert deleted_paths(platform) == ["workers/3", "group_buy_event/2", "event/1"]


@pytest.mark.parametrize("shown", [1, 0])
def test_row_without_a_delete_is_hidden(
    created: CleanUp, platform: responses.RequestsMock, shown: int
) -> None:
    answers(platform, "POST", "one_yuan_products", "7")
    answers(platform, "PUT", "one_yuan_products/7", None)
    client(created, "admin").one_yuan_products.create({"custName": "杯", "isShow": shown})

    run(created)

    request: Any = platform.calls[-1].request
    assert [call.request.method for call in platform.calls] == ["POST", "PUT"]
    assert json.loads(request.body) == {"custName": "杯", "isShow": 0}


def test_row_that_cannot_be_hidden_is_told(created: CleanUp, platform: responses.RequestsMock) -> None:
    answers(platform, "POST", "one_yuan_products", "7")
    answers(platform, "PUT", "one_yuan_products/7", None, "40001")
    client(created, "admin").one_yuan_products.create({})

    with pytest.raises(Refused, match=r"admin\.one_yuan_products\.update"):
        run(created)


@pytest.mark.parametrize(
    "name",
    [
        "member.group_buy_orders.create",
        "sandbox.members.create",
        "member.events.copy",
        "admin.group_buys.launch",
        "admin.events.recreate",
    ],
)
def test_other_calls_make_no_rows_to_delete(
    created: CleanUp, platform: responses.RequestsMock, name: str
) -> None:
    answers(platform, "POST", "some", "1")
    client(created, "admin").transport.call(name, "POST", "some")

    run(created)

    assert len(platform.calls) == 1


@pytest.mark.parametrize(("code", "data"), [("40001", "1"), ("40001", None), ("0", None), ("0", {"id": "1"})])
def test_create_that_made_nothing_leaves_nothing_to_delete(
    created: CleanUp, platform: responses.RequestsMock, code: str, data: Any
) -> None:
    answers(platform, "POST", "event", data, code)
    client(created, "admin").events.create({})

    run(created)

    assert deleted(platform) == []


def test_create_that_answers_a_file_leaves_nothing_to_delete(
    created: CleanUp, platform: responses.RequestsMock
) -> None:
    platform.post(f"{DAB}/event", body=b"PK", content_type=XLSX)
    client(created, "admin").transport.call("admin.events.create", "POST", "event", file=True)

    run(created)

    assert deleted(platform) == []


@pytest.mark.parametrize(
    ("body", "status", "kind"), [("<html>", 200, NotJson), ("[]", 200, WrongEnvelope), ("", 500, HttpError)]
)
def test_create_without_an_answer_leaves_nothing_to_delete(
    created: CleanUp, platform: responses.RequestsMock, body: str, status: int, kind: type[Exception]
) -> None:
    platform.post(f"{DAB}/event", body=body, status=status)
    with pytest.raises(kind):
        client(created, "admin").events.create({})

    run(created)

    assert deleted(platform) == []


@pytest.mark.parametrize(("code", "status"), [("40001", 200), ("401", 401), ("0", 201)])
def test_refused_copy_is_not_looked_for(
    created: CleanUp, platform: responses.RequestsMock, code: str, status: int
) -> None:
    platform.put(f"{DAB}/event/1/copy", json={"code": code, "message": "", "data": None}, status=status)
    client(created, "admin").events.copy("1")

    run(created)

    assert len(platform.calls) == 1


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
