"""Group-buys as a kind of activity."""

from typing import Final

from sandbox.models import GroupBuyEvent
from sandbox.models.columns import VARCHAR
from sandbox.rules.activity_kinds import ActivityKind

GROUP_BUYS: Final = ActivityKind(
    model=GroupBuyEvent,
    noun="拼课团",
    prefix="pt",
    resource_type="GROUP_BUY_EVENT",
    name="titile",
    name_limit=VARCHAR,
    shown="enable",
    closed_when_hidden=False,
)
