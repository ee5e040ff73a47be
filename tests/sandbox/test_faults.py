"""Seeded defects are turned on and off by name, in one sandbox and no other."""

import re
from collections.abc import Iterator
from typing import Any

import pytest

from sandbox import Sandbox, UnknownFaultError, running
from sandbox.faults.hook import Faults, replaceable, replaces
from tests.sandbox.actors import Actor, tenant
from tests.sandbox.conftest import Rows

RULE = re.compile("[A-Z]-[0-9]{2}")
ERASED = "worker-erased"
REFUSED = "refused-booking-leaves-answers"


@pytest.fixture(autouse=True)
def _off(app: Sandbox) -> Iterator[None]:
    yield
    Actor(app, "/_sandbox").put("/faults", {"names": []})


def make_and_delete_worker(admin: Actor) -> None:
    worker_id = admin.post("/workers", {"name": "临时", "workerNo": "n-1"}).data
    assert admin.delete(f"/workers/{worker_id}").code == "0"


def is_erased(rows: Rows) -> bool:
    return rows("SELECT id FROM worker WHERE worker_no = 'n-1'") == []


def on(control: Actor) -> list[str]:
    return [fault["name"] for fault in control.get("/faults").data if fault["on"]]


def test_all_are_told_with_their_rules(control: Actor) -> None:
    faults = control.get("/faults").data
    assert all(list(fault) == ["name", "rules", "description", "on"] for fault in faults)
    assert all(fault["rules"] and fault["description"].endswith(".") for fault in faults)
    assert not any(fault["on"] for fault in faults)
    assert control.get("/faults").data == faults


def test_names_are_ascii_in_kebab_case_and_rules_are_ids(control: Actor) -> None:
    names = [fault["name"] for fault in control.get("/faults").data]
    assert len(names) == len(set(names))
    assert all(RULE.fullmatch(rule) for fault in control.get("/faults").data for rule in fault["rules"])
    assert all(name.isascii() and name == name.lower() and "_" not in name for name in names)


def test_put_turns_on_exactly_those_that_it_names(control: Actor) -> None:
    assert control.put("/faults", {"names": [ERASED, ERASED, REFUSED]}).data == [REFUSED, ERASED]
    assert on(control) == [REFUSED, ERASED]
    assert control.put("/faults", {"names": [ERASED]}).data == [ERASED]
    assert on(control) == [ERASED]
    assert control.put("/faults", {"names": []}).data == []
    assert on(control) == []


def test_fault_is_off_again(admin: Actor, control: Actor, rows: Rows) -> None:
    control.put("/faults", {"names": [ERASED]})
    make_and_delete_worker(admin)
    assert is_erased(rows)
    control.put("/faults", {"names": []})
    make_and_delete_worker(admin)
    assert not is_erased(rows)


@pytest.mark.parametrize(
    ("name", "hint"), [("worker-erase", ERASED), ("nonsense", "/_sandbox/faults"), ("", "/_sandbox/faults")]
)
def test_unknown_name_is_refused_and_changes_nothing(control: Actor, name: str, hint: str) -> None:
    control.put("/faults", {"names": [ERASED]})
    answer = control.put("/faults", {"names": [REFUSED, name]})
    assert (answer.code, answer.data) == ("40001", None)
    assert all(part in answer.message for part in ("names", name, hint))
    assert on(control) == [ERASED]


@pytest.mark.parametrize(
    ("names", "where"),
    [(None, "names"), ("x", "names"), ({}, "names"), ([1], "names[0]"), ([None], "names[0]")],
)
def test_names_are_a_list_of_strings(control: Actor, names: Any, where: str) -> None:
    answer = control.put("/faults", {"names": names})
    assert (answer.code, where in answer.message) == ("40001", True)


@pytest.mark.parametrize(("body", "status"), [(b"nonsense", 400), (b"[]", 400), (b"{}", 200)])
def test_body_is_an_object_with_names(control: Actor, body: bytes, status: int) -> None:
    answer = control.call("PUT", "/faults", data=body)
    assert (answer.status, answer.code) == (status, "40001" if status == 200 else "400")


def test_reset_leaves_faults_on_and_the_seed_right(control: Actor, app: Sandbox, rows: Rows) -> None:
    every = [fault["name"] for fault in control.get("/faults").data]
    tables = ("worker", "form_data", "share_tracking", "member_child_info", "payment_order", "pay_notify_log")
    before = [rows(f"SELECT * FROM {table}") for table in tables]  # noqa: S608 - our own names
    control.put("/faults", {"names": every})
    control.post("/reset")
    assert on(control) == every
    assert [rows(f"SELECT * FROM {table}") for table in tables] == before  # noqa: S608 - our own names
    control.put("/faults", {"names": [ERASED]})
    control.post("/reset")
    make_and_delete_worker(tenant(app, "admin"))
    assert is_erased(rows)


def test_two_sandboxes_share_no_fault(control: Actor, admin: Actor, rows: Rows) -> None:
    with running(faults=[ERASED]) as faulty:
        assert on(Actor(faulty, "/_sandbox")) == [ERASED]
        assert on(control) == []
        make_and_delete_worker(admin)
    assert not is_erased(rows)


def test_running_refuses_an_unknown_name() -> None:
    with pytest.raises(UnknownFaultError, match="worker-erased"), running(faults=["worker-erase"]):
        pass


def test_faults_of_one_rule_replace_one_another() -> None:
    @replaceable
    def rule(_tx: Any, number: int) -> int:
        return number

    @replaces(rule, "T-01")
    def doubled(rule: Any, tx: Any, number: int) -> int:
        return 2 * int(rule(tx, number))

    @replaces(rule, "T-01")
    def one_more(rule: Any, tx: Any, number: int) -> int:
        return 1 + int(rule(tx, number))

    class Tx:
        faults = Faults()

    tx: Any = Tx()
    assert rule(tx, 5) == 5
    tx.faults = Faults([doubled, one_more])
    assert rule(tx, 5) == 11
