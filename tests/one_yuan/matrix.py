"""One case of the matrix of groups: what an action makes of a group in a state."""

from typing import Any, Final

from harness.cases import Case
from harness.clock import MINUTE, SandboxClock
from harness.one_yuan import Group, OneYuanGroups
from tests.one_yuan.groups import check_group, check_moved, check_open_view

WHILE_OPEN: Final[dict[str, list[str]]] = {
    "member_joins": ["late_orders"],
    "member_fills": ["first_joins", "late_orders"],
    "member_refunded": ["first_joins"],
    "old_member_pulled": ["late_orders", "late_becomes_old"],
}
"""What happens before the group comes into its state: whoever orders, does so while it is open."""
IN_STATE: Final[dict[str, list[str]]] = {
    "read_when_taken_down": ["taken_down"],
    "read_by_console": ["taken_down"],
    "tick_after_expiry": ["taken_down"],
}
"""What happens when it is in its state."""
ACTS: Final = {
    "leader_pulled_again": "leader_pulled_again",
    "leader_refunded": "leader_refunded",
    "member_joins": "late_joins",
    "member_fills": "late_joins",
    "member_refunded": "first_refunded",
    "old_member_pulled": "late_joins",
    "read_in_time": "leader_reads",
    "read_after_expiry": "leader_reads",
    "read_when_taken_down": "leader_reads",
    "read_by_console": "console_reads",
    "tick_after_expiry": "tick",
}


def transition(case: Case, groups: OneYuanGroups, clock: SandboxClock) -> None:
    action = case.action or ""
    group = groups.bring((case.before or {})["group"], WHILE_OPEN.get(action, []))
    groups.happen(group, *IN_STATE.get(action, []))
    before = groups.read(group)
    if case.clock:
        clock.go(case.clock, before)
    else:
        clock.advance(MINUTE)

    answer = groups.happen(group, ACTS[action])

    after = check_group(groups, group, case)
    check_moved(before, after, clock.now())
    _check_answer(groups, group, ACTS[action], answer, (before, after))


def _check_answer(groups: OneYuanGroups, group: Group, act: str, answer: Any, rows: tuple[Any, Any]) -> None:
    """The mini-program shows what it has made; a pulled line tells the group it is or was in."""
    if act == "leader_reads":
        check_open_view(rows[1], answer)
    elif act.endswith(("_joins", "_refunded", "_pulled_again")):
        parts = {part["userId"] for row in rows for part in (row, *row["members"])}
        who = groups.people(act.partition("_")[0])
        told = [result["groupId"] for result in answer]
        assert told == [group.id if who.id in parts else None], f"拉取结果的 groupId 不符：{answer}"
