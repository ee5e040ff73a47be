"""Every state of a team × everything that can happen to it (G-07, G-08)."""

import ast
from pathlib import Path
from typing import Final

import pytest

import sandbox
from sandbox.models import GroupBuyEventTeam
from sandbox.rules.refusals import Code, Refusal
from sandbox.rules.team_states import TeamAction, TeamStatus, move_team, team_may

ALLOWED: Final = {
    ("UNPAID", "LEADER_SECURED"): "PENDING",
    ("UNPAID", "FAIL"): "FAILED",
    ("PENDING", "FILL"): "SUCCESS",
    ("PENDING", "FAIL"): "FAILED",
}


@pytest.mark.parametrize("action", TeamAction)
@pytest.mark.parametrize("status", TeamStatus)
def test_transition(status: TeamStatus, action: TeamAction) -> None:
    team = GroupBuyEventTeam(id=1, status=status)
    expected = ALLOWED.get((status, action))
    assert team_may(team, action) == (expected is not None)
    if expected is None:
        with pytest.raises(Refusal) as refused:
            move_team(team, action)
        assert refused.value.code is Code.STATE
    else:
        move_team(team, action)
    assert team.status == (expected or status)


def test_states_are_changed_in_one_place() -> None:
    rules = Path(sandbox.__file__).parent / "rules"
    changing = {
        file.name
        for file in rules.glob("*.py")
        for node in ast.walk(ast.parse(file.read_text("utf-8")))
        if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store)
        if node.attr == "status" and "team" in ast.unparse(node.value)
    }
    assert changing == {"team_states.py"}
