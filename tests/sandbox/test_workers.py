"""W-01: workers."""

from typing import Any

import pytest

from tests.sandbox.actors import Actor, JsonObject
from tests.sandbox.bodies import HOUR, START, without
from tests.sandbox.conftest import Rows

OPTIONAL = ("mobile", "department", "onWork", "position", "wechatQrcode", "headImage", "wechatNum")


def worker_body(**changes: Any) -> JsonObject:
    return {"name": "王老师", "workerNo": "NO-1", **changes}


def make_worker(tenant: Actor, **changes: Any) -> str:
    answer = tenant.post("/workers", worker_body(**changes))
    assert answer.code == "0", answer.message
    return str(answer.data)


def found(tenant: Actor, **query: str) -> list[JsonObject]:
    return list(tenant.get("/workers", size="1000", **query).data)


def read_worker(tenant: Actor, worker_id: str) -> JsonObject:
    (worker,) = (row for row in found(tenant) if row["id"] == worker_id)
    return dict(worker)


def test_created_worker_is_its_row(admin: Actor, rows: Rows) -> None:
    body = worker_body(**dict.fromkeys(without(dict.fromkeys(OPTIONAL), "onWork"), "x"), onWork=True)
    worker = read_worker(admin, make_worker(admin, **body))
    assert {name: worker[name] for name in body} == body
    (row,) = rows("SELECT * FROM worker WHERE id = ?", int(worker["id"]))
    assert len(worker) == len(row) - 1
    assert (row["worker_no"], row["on_work"], row["deleted"]) == ("NO-1", 1, 0)
    assert (worker["createdTime"], worker["memberId"]) == (START, None)


def test_optional_field_left_out_is_null(admin: Actor) -> None:
    worker = read_worker(admin, make_worker(admin))
    assert {worker[name] for name in OPTIONAL} == {None}


@pytest.mark.parametrize(
    ("field", "value"),
    [
        *[(name, value) for name in ("name", "workerNo") for value in (None, "", " ", 1, "x" * 256)],
        *[(name, value) for name in without(dict.fromkeys(OPTIONAL), "onWork") for value in (1, "x" * 256)],
        ("onWork", 1),
        ("onWork", "true"),
    ],
)
def test_wrong_field_is_40001_and_named(admin: Actor, field: str, value: Any) -> None:
    answer = admin.post("/workers", worker_body(**{field: value}))
    assert (answer.code, field in answer.message) == ("40001", True)


@pytest.mark.parametrize("field", ["name", "workerNo", "mobile", "headImage"])
def test_text_may_have_255_characters(admin: Actor, field: str) -> None:
    assert read_worker(admin, make_worker(admin, **{field: "名" * 255}))[field] == "名" * 255


def test_update_replaces_the_whole_object(admin: Actor, control: Actor) -> None:
    worker_id = make_worker(admin, mobile="19900000001", onWork=True)
    control.put("/clock", {"advanceMs": HOUR})
    assert admin.put(f"/workers/{worker_id}", worker_body(name="李老师")).data is None
    worker = read_worker(admin, worker_id)
    assert (worker["name"], worker["mobile"], worker["onWork"]) == ("李老师", None, None)
    assert (worker["createdTime"], worker["updatedTime"]) == (START, START + HOUR)


def test_worker_no_is_unique_in_its_organization(admin: Actor, other: Actor) -> None:
    first, second = make_worker(admin), make_worker(admin, workerNo="NO-2")
    for answer in (admin.post("/workers", worker_body()), admin.put(f"/workers/{second}", worker_body())):
        assert (answer.code, "workerNo" in answer.message) == ("40001", True)
    assert read_worker(admin, second)["workerNo"] == "NO-2"
    assert admin.put(f"/workers/{first}", worker_body(name="同号")).code == "0"
    assert other.post("/workers", worker_body()).code == "0"


def test_worker_no_of_a_deleted_worker_is_free(admin: Actor) -> None:
    admin.delete(f"/workers/{make_worker(admin)}")
    assert admin.post("/workers", worker_body()).code == "0"


def test_delete_is_soft_and_may_be_repeated(admin: Actor, rows: Rows) -> None:
    worker_id = make_worker(admin)
    assert [admin.delete(f"/workers/{worker_id}").code for _ in range(2)] == ["0", "0"]
    assert found(admin, searchKey="王老师") == []
    assert rows("SELECT deleted FROM worker WHERE id = ?", int(worker_id)) == [{"deleted": 1}]
    assert admin.put(f"/workers/{worker_id}", worker_body()).code == "40401"


@pytest.mark.parametrize("worker_id", ["1", "x", "9" * 30])
def test_absent_worker(admin: Actor, worker_id: str) -> None:
    assert admin.put(f"/workers/{worker_id}", worker_body()).code == "40401"
    assert admin.put(f"/workers/{worker_id}", {}).code == "40401"
    assert admin.delete(f"/workers/{worker_id}").code == "0"


def test_worker_is_its_creators_organizations(admin: Actor, other: Actor) -> None:
    worker_id = make_worker(admin)
    before = read_worker(admin, worker_id)
    assert other.put(f"/workers/{worker_id}", worker_body(name="改")).code == "40401"
    assert other.delete(f"/workers/{worker_id}").code == "0"
    assert found(other, searchKey="NO-1") == []
    assert read_worker(admin, worker_id) == before


@pytest.mark.parametrize(
    ("word", "hit"),
    [("王老", True), ("no-1", True), ("0000_9", True), ("00009", False), ("%", False), ("教学", False)],
)
def test_search_key_is_part_of_name_mobile_or_number(admin: Actor, word: str, hit: bool) -> None:
    worker_id = make_worker(admin, mobile="1990000_99", department="教学部")
    assert (worker_id in {row["id"] for row in found(admin, searchKey=word)}) is hit


def test_on_work_filters(admin: Actor) -> None:
    on, off = (found(admin, onWork=word) for word in ("true", "false"))
    assert {row["onWork"] for row in on} == {True}
    assert {row["onWork"] for row in off} == {False}
    assert len(on) + len(off) == len(found(admin)) == 6


@pytest.mark.parametrize("word", ["", "1", "TRUE", "yes"])
def test_on_work_takes_two_words_only(admin: Actor, word: str) -> None:
    answer = admin.get("/workers", onWork=word)
    assert (answer.code, "onWork" in answer.message) == ("40001", True)


def test_list_is_paged_and_newest_first(admin: Actor) -> None:
    worker_id = make_worker(admin)
    envelope = admin.get("/workers", page=1, size=2).envelope
    assert (envelope["total"], envelope["size"], envelope["data"][0]["id"]) == (7, 2, worker_id)
    keys = [(-row["createdTime"], int(row["id"])) for row in found(admin)]
    assert keys == sorted(keys)
