"""The oracles of one-yuan groups: what a group is now, and what an action has made of it."""

from collections.abc import Mapping
from typing import Any, Final

from clients.bodies import OneYuanGroup
from harness.cases import Case
from harness.checks import check_same, same
from harness.one_yuan_pulls import LEADER, NOTHING_DUE, STATES, Group, OneYuanPulls, seated

TIMES: Final = {"full": "endTime", "invalid": "invalidTime", "taken_down": "pddTakenDownTime"}
"""The field that tells since when a group is in a state; there is none for `expired`."""
ORDERS: Final = frozenset({"platformOrderId", "orderSn", "orderAmount", "oneYuanShoppingGroupId"})
"""What the console alone tells of a group and its members (A-04)."""
OF_SEATS: Final = frozenset({"members", "seatsLeft", "cashbackDue"})
OF_STATE: Final = frozenset({"status", "isEnough", "mtime"})

Row = Mapping[str, Any]


def state_of(row: OneYuanGroup) -> str:
    told = (row["status"], row["isEnough"])
    assert told in STATES, f"status 与 isEnough 不应为 {told}"
    return STATES[told]


def check_coherent(row: OneYuanGroup) -> None:
    """What holds for a group at any time: its time fields, its seats, who sits in them."""
    state, seats = state_of(row), [seat["userId"] for seat in row["members"]]
    given: Row = row
    times = [name for name in TIMES.values() if given[name] is not None]
    assert times == [TIMES[state] for _ in range(state in TIMES)], f"状态 {state} 的团写了时间 {times}"
    assert row["seatsLeft"] == row["needNum"] - len(seats), "空位数与成员数不符"
    assert (len(seats) == row["needNum"]) == (state == "full"), f"状态 {state} 的团有 {len(seats)} 名团员"
    assert len({row["userId"], *seats}) == len(seats) + 1, "团长占了名额，或有人占了两个名额"


def check_group(groups: OneYuanPulls, group: Group, case: Case) -> OneYuanGroup:
    """The group is what the case says: its state, its members, to whom cashback is due, and fields."""
    row, expect = groups.read(group), case.expect
    check_coherent(row)
    if "group" in expect:
        assert state_of(row) == expect["group"], f"团应为 {expect['group']}，实为 {state_of(row)}"
    if "members" in expect:
        members = seated(groups, group, row)
        assert members == expect["members"], f"团员应为 {expect['members']}，实为 {members}"
    if "cashback" in expect:
        check_cashback(groups, group, row, expect["cashback"])
    given: Row = row
    kept = {name: given[name] for name in expect.get("kept", {})}
    assert same(kept, dict(expect.get("kept", {}))), f"字段应为 {expect['kept']}，实为 {kept}"
    return row


def check_cashback(groups: OneYuanPulls, group: Group, row: OneYuanGroup, due: list[str]) -> None:
    """The whole reappearance amount is due to these, and 0 to everyone else of the group."""
    names = seated(groups, group, row)
    told = {LEADER: row["cashbackDue"]}
    told |= dict(zip(names, (seat["cashbackDue"] for seat in row["members"]), strict=True))
    wanted = {name: row["reappearance"] if name in due else NOTHING_DUE for name in told}
    assert told == wanted, f"应返现 {wanted}，实为 {told}"
    assert set(due) <= told.keys(), f"{due} 应返现，而团里只有 {list(told)}"


def check_moved(before: OneYuanGroup, after: OneYuanGroup, now: int) -> None:
    """What may differ: a new state sets its time, to the second; seats come and go whole; all else stays."""
    check_coherent(after)
    old, new = state_of(before), state_of(after)
    changed = {name for name in OF_SEATS if before.get(name) != after.get(name)}
    if changed & {"members"} or old != new:
        changed.add("mtime")
    if old != new:
        changed |= OF_STATE
        assert after["mtime"] == now, "团的状态变了，mtime 应为此刻"
        if (name := TIMES.get(new)) is not None:
            at = dict(after)[name]
            assert at == now, f"{name} 应为此刻 {now}，实为 {at}"
            changed.add(name)
    check_same(_without(before, changed), _without(after, changed))
    staying = {seat["id"]: _without(seat, {"cashbackDue"}) for seat in after["members"]}
    for seat in before["members"]:
        if seat["id"] in staying:
            check_same(_without(seat, {"cashbackDue"}), staying[seat["id"]])


def check_open_view(console: OneYuanGroup, mini: OneYuanGroup) -> None:
    """The mini-program says the same as the console, but no one's order (A-04)."""
    members = [_without(seat, ORDERS) for seat in console["members"]]
    check_same({**_without(console, ORDERS), "members": members}, mini)


def check_told(told: list[Any], row: OneYuanGroup, states: list[str]) -> None:
    """Y-13: exactly these changes, in order, each once, each at its time (an expiry has no field)."""
    given: Row = {**row, "open": row["ctime"]}
    assert [STATES[one["status"], one["isEnough"]] for one in told] == states, (
        f"消息应为 {states}，实为 {told}"
    )
    times = {state: given[TIMES.get(state, state)] for state in states if state != "expired"}
    at = {state: one["occurredAt"] for state, one in zip(states, told, strict=True) if state != "expired"}
    assert at == times, f"消息的 occurredAt 应为 {times}，实为 {at}"


def _without(row: Row, names: Any) -> dict[str, Any]:
    return {name: value for name, value in row.items() if name not in names}
