"""Changes of how workers and members answer."""

from sandbox.releases.hook import Answer, Kind, additive, breaking, is_among


@breaking("GET /dab/workers", kind=Kind.BECAME_NULL, chinese="员工列表约三分之一的行，workerNo 为 null。")
def worker_number_null(answer: Answer) -> None:
    """About a third of the workers have a null workerNo in the list, which always had one."""
    for row in answer.rows:
        if is_among(row, 3):
            row["workerNo"] = None


@breaking(
    "GET /dab/workers",
    "POST /dab/workers",
    "PUT /dab/workers/{id}",
    "DELETE /dab/workers/{id}",
    kind=Kind.STATUS_CHANGED,
    chinese="员工的各接口，没有权限时答 401 而不是 403。",
)
def worker_privilege_is_401(answer: Answer) -> None:
    """The workers' calls answer 401 where a privilege is lacking, which was 403."""
    if answer.status == 403:
        answer.refuse(401, "401", answer.envelope["message"])


@additive(
    "GET /clt/members", kind=Kind.NULL_FILLED, chinese="会员自己的 email 为空时答空字符串，不再是 null。"
)
def member_email_empty(answer: Answer) -> None:
    """A member's email that is not known is an empty string where it was null."""
    for row in answer.rows:
        row["email"] = row["email"] or ""
