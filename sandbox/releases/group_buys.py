"""Changes of how group-buys answer."""

from sandbox.releases.hook import Answer, Kind, breaking, is_among


@breaking("GET /dab/group_buy_event/{id}", kind=Kind.FIELD_GONE, chinese="拼课团详情不再有字段 guideImage。")
def group_buy_without_guide_image(answer: Answer) -> None:
    """A group-buy's detail has no guideImage any more."""
    for row in answer.rows:
        row.pop("guideImage", None)


@breaking(
    "GET /dab/group_buy_event/list",
    kind=Kind.WORD_ADDED,
    chinese="拼课团列表约一半 OPEN 的行，状态改答新词 OPENING。",
)
def group_buys_opening(answer: Answer) -> None:
    """About half of the group-buys that are OPEN say OPENING in the list, a word that was not there."""
    for row in answer.rows:
        if row["status"] == "OPEN" and is_among(row, 2):
            row["status"] = "OPENING"
