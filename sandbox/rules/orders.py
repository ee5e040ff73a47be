"""The seats that live event orders hold."""

from collections.abc import Iterable

from sqlalchemy import func, select

from sandbox.db import Transaction
from sandbox.models import EventOrder
from sandbox.rules.order_states import DEAD


def live_orders(tx: Transaction, session_ids: Iterable[int]) -> dict[int | None, int]:
    """How many live orders each session has; one without any is not named."""
    counts = (
        select(EventOrder.session_id, func.count())
        .where(EventOrder.session_id.in_(set(session_ids)))
        .where(EventOrder.status.not_in(DEAD), EventOrder.deleted.is_(False))
        .group_by(EventOrder.session_id)
    )
    return {session_id: count for session_id, count in tx.execute(counts)}  # noqa: C416 - rows are no pairs to mypy


def seats_left(quota: int | None, live: int) -> int | None:
    """None is unlimited (E-07). A quota set below the orders it already has leaves none."""
    return None if quota is None else max(quota - live, 0)
