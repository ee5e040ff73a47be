"""Changes of how channels and stores answer."""

from time import sleep
from typing import Final

from sandbox.releases.hook import Answer, Kind, Rating, breaking, changes

LATER: Final = 0.25  # seconds


@breaking("GET /dab/channel/list", kind=Kind.ORDER_CHANGED, chinese="渠道列表每一页的顺序倒过来。")
def channels_in_reverse(answer: Answer) -> None:
    """Each page of the channels comes in reverse."""
    if answer.rows:
        answer.envelope["data"] = answer.rows[::-1]


@changes(
    "GET /dab/organizations/store_list",
    kind=Kind.SLOWER,
    rating=Rating.NONE,
    chinese="门店列表每次多用 250 毫秒。",
)
def stores_slower(_answer: Answer) -> None:
    """The list of stores takes 250 ms more each time."""
    sleep(LATER)
