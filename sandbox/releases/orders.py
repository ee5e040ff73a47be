"""Changes of how event orders answer."""

from sandbox.releases.hook import Answer, Kind, breaking


@breaking(
    "POST /dab/event_orders/get_order_list",
    kind=Kind.TYPE_CHANGED,
    chinese="活动订单列表的 chargedMount 由整数改为字符串。",
)
def order_amount_as_text(answer: Answer) -> None:
    """An event order's chargedMount is a string in the console's list where it was an integer."""
    for row in answer.rows:
        if row["chargedMount"] is not None:
            row["chargedMount"] = str(row["chargedMount"])


@breaking(
    "GET /clt/event_orders",
    kind=Kind.WORD_GONE,
    chinese="我的活动订单不再有支付状态 NONE，免费订单答 PAY_SUCCESS。",
)
def free_order_counts_as_paid(answer: Answer) -> None:
    """Among a member's event orders a free one is PAY_SUCCESS; the payment status NONE is gone."""
    for row in answer.rows:
        if row["pamentStatus"] == "NONE":
            row["pamentStatus"] = "PAY_SUCCESS"


@breaking(
    "POST /clt/event_orders",
    kind=Kind.CODE_CHANGED,
    chinese="不在时间内的活动预约，拒绝码由 40904 改为 40901。",
)
def booking_out_of_time_is_40901(answer: Answer) -> None:
    """A booking that is not in time is refused by 40901 where it was 40904."""
    if answer.envelope["code"] == "40904":
        answer.envelope["code"] = "40901"
