"""Defects in what is stored of group-buys, their rules and teams."""

from sandbox.db import Transaction
from sandbox.faults.hook import when_changed
from sandbox.faults.writes import keep
from sandbox.models import GroupBuyEvent, GroupBuyEventRule, GroupBuyEventTeam


@when_changed(GroupBuyEvent, "T-02", "G-05")
def group_buy_status_stale(_tx: Transaction, group_buy: GroupBuyEvent) -> None:
    """The status column of a group-buy stays as it was made, whatever its times have become."""
    keep(group_buy, "status")


@when_changed(GroupBuyEventRule, "T-03")
def team_rule_change_rewrites_created_time(tx: Transaction, rule: GroupBuyEventRule) -> None:
    """Changing a team rule sets its created_time to the time of the change."""
    rule.created_time = tx.now


@when_changed(GroupBuyEventTeam, "T-03", "G-07")
def team_change_not_stamped(_tx: Transaction, team: GroupBuyEventTeam) -> None:
    """A team that moves to another status keeps its updated_time."""
    keep(team, "updated_time")
