"""Events as a kind of activity."""

from typing import Final

from sandbox.models import Event
from sandbox.models.events import NAME
from sandbox.rules.activity_kinds import ActivityKind

EVENTS: Final = ActivityKind(
    model=Event,
    noun="活动",
    prefix="hd",
    resource_type="EVENT",
    name="name",
    name_limit=NAME,
    shown="published",
    closed_when_hidden=True,
)
