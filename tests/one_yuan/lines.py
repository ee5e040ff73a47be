"""Pulled lines as cases bend them, and what must become of each."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from clients.bodies import PulledOrder, PullResult
from harness.cases import Case
from harness.one_yuan import LEADER, Group, OneYuanGroups

SWAPS: Final[Mapping[str, Callable[[OneYuanGroups, Group], str | None]]] = {
    "stranger": lambda groups, group: groups.people("stranger").id,
    "leader": lambda groups, group: groups.people(LEADER).id,
    "library_row": lambda groups, group: group.product["id"],
    "other_product": lambda groups, group: groups.products.make()["productId"],
    "leader_parameter": lambda groups, group: group.orders[LEADER]["paramId"],
    "this_group": lambda groups, group: group.id,
    "other_group": lambda groups, group: groups.open(group.product, "second").id,
}
"""Whose value a field of a line has instead of its own."""


def bent(case: Case, groups: OneYuanGroups, group: Group) -> tuple[PulledOrder, Mapping[str, Any]]:
    """A line that a newcomer's order has, to open a group or to join this one, and the same line bent."""
    opens = case.query["line"] == "open"
    line = groups.to_open(group.product, "first") if opens else groups.order(group, "first")
    swapped = {name: SWAPS[whose](groups, group) for name, whose in case.query.get("swap", {}).items()}
    return line, {**groups.products.changed(line, case.change), **swapped}


def check_result(result: PullResult, case: Case, order_sn: object) -> None:
    """A line's own outcome: its code, its orderSn where it has one, and a message that names the field."""
    code = case.expect.get("code", "0")
    assert result["code"] == code, f"这一行应为 {code}，实为 {result['code']}：{result['message']}"
    assert result["orderSn"] == order_sn, f"结果应带 orderSn {order_sn!r}，实为 {result['orderSn']!r}"
    assert case.expect.get("names", "") in result["message"], f"信息应指出字段，实为 {result['message']!r}"
    if code != "0":
        assert result["groupId"] is None, "被拒绝的行不应带团"
