"""Changes of what every call answers."""

from sandbox.releases.hook import EVERY_CALL, Answer, Kind, Rating, changes


@changes(
    EVERY_CALL,
    kind=Kind.MESSAGE_REWORDED,
    rating=Rating.NONE,
    chinese="所有接口的 message 换一种说法：成功时为 操作成功，拒绝时句末加句号；它本来就没有约定的措辞。",
)
def messages_reworded(answer: Answer) -> None:
    """Every message is in other words, on which nobody relies; a refusal's still names what is wrong."""
    message = answer.envelope["message"]
    answer.envelope["message"] = "操作成功" if message == "成功" else f"{message}。"
