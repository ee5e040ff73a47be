"""Where a team may go: the contract's state machine, and the only code that moves one (G-07, G-08)."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from sandbox.models import GroupBuyEventTeam
from sandbox.rules.order_states import next_state


class TeamStatus(StrEnum):
    PENDING = "PENDING"
    SUCCESS = "SUCCESS"
    FAILED = "FAILED"
    UNPAID = "UNPAID"


class TeamAction(StrEnum):
    LEADER_SECURED = "LEADER_SECURED"
    FILL = "FILL"
    FAIL = "FAIL"


T = TeamStatus

TEAM_TRANSITIONS: Final[Mapping[TeamAction, Mapping[TeamStatus, TeamStatus]]] = {
    TeamAction.LEADER_SECURED: {T.UNPAID: T.PENDING},
    TeamAction.FILL: {T.PENDING: T.SUCCESS},
    TeamAction.FAIL: {T.UNPAID: T.FAILED, T.PENDING: T.FAILED},
}
OPEN_TEAM: Final = tuple(TEAM_TRANSITIONS[TeamAction.FAIL])


def start_team(team: GroupBuyEventTeam) -> None:
    """Its leader has yet to pay, or to be found free of charge."""
    team.status = T.UNPAID


def team_may(team: GroupBuyEventTeam, action: TeamAction) -> bool:
    return team.status in TEAM_TRANSITIONS[action]


def move_team(team: GroupBuyEventTeam, action: TeamAction) -> None:
    team.status = next_state(TEAM_TRANSITIONS[action], TeamStatus(team.status or ""))
