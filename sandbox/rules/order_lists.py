"""What the lists of orders of any kind have in common."""

from typing import Final

from sqlalchemy import ColumnElement, false, or_

from sandbox.models import Order
from sandbox.rules.kinds import UNSTORABLE, Word, as_id
from sandbox.rules.order_states import OrderStatus

DESK: Final = (OrderStatus.UNUSED, OrderStatus.USED)


def found_by(model: type[Order], key_word: str | None) -> list[ColumnElement[bool]]:
    """`keyWord` equals the check-in code, the order id or the mobile; empty filters nothing."""
    if not key_word:
        return []
    if UNSTORABLE.search(key_word):
        return [false()]
    same = [model.code == key_word, model.mobile_column() == key_word]
    order_id = as_id(key_word)
    return [or_(*same, model.id == order_id) if order_id else or_(*same)]


def desk_statuses(given: str | None) -> tuple[OrderStatus, ...]:
    """Those that the check-in desk looks for; without a status both."""
    return (OrderStatus(Word(DESK).read(given, "status")),) if given else DESK
