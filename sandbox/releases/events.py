"""Changes of how events answer."""

from zlib import crc32

from sandbox.releases.hook import Answer, Kind, additive, breaking


@additive("GET /dab/event/list", kind=Kind.FIELD_ADDED, chinese="活动列表的每一行多一个字段 heat（整数）。")
def event_rows_tell_heat(answer: Answer) -> None:
    """Each row of the event list has one more field, the integer heat."""
    for row in answer.rows:
        row["heat"] = crc32(str(row["id"]).encode()) % 100


@breaking(
    "GET /dab/event/{id}", kind=Kind.FORMAT_CHANGED, chinese="活动详情的 beginTime 和 endTime 由毫秒改为秒。"
)
def event_times_in_seconds(answer: Answer) -> None:
    """An event's beginTime and endTime are epoch seconds where they were milliseconds."""
    for row in answer.rows:
        row |= {name: row[name] // 1000 for name in ("beginTime", "endTime")}


@breaking(
    "GET /clt/event/{id}",
    kind=Kind.STATUS_CHANGED,
    chinese="小程序查看不存在的活动，答 HTTP 404 而不是 200 加 40401。",
)
def absent_event_is_404(answer: Answer) -> None:
    """The mini-program's answer for an absent event is HTTP 404 where it was 200 with the code 40401."""
    if answer.envelope["code"] == "40401":
        answer.refuse(404, "404", answer.envelope["message"])


@breaking(
    "GET /dab/event/get_all_events_the_id_and_name",
    kind=Kind.CALL_GONE,
    chinese="活动下拉列表的接口下线，答 404。",
)
def event_names_gone(answer: Answer) -> None:
    """The pick list of events is gone: it answers 404 as an unknown route does."""
    answer.refuse(404, "404", "接口不存在")
