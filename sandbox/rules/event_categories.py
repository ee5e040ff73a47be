"""The two levels of event categories, shared by all organizations (C-14)."""

from collections.abc import Sequence
from typing import Final

from sqlalchemy import select

from sandbox.db import Transaction
from sandbox.models import EventCategory
from sandbox.rules.listing import in_order
from sandbox.rules.refusals import absent

FIRST: Final = "FIRST"
SECOND: Final = "SECOND"


def list_categories(tx: Transaction) -> Sequence[EventCategory]:
    live = select(EventCategory).where(EventCategory.deleted.is_(False))
    return tx.scalars(live.order_by(*in_order(EventCategory))).all()


def check_category(tx: Transaction, category_id: int | None, level: str, where: str) -> None:
    if category_id is None:
        return
    category = tx.get(EventCategory, category_id)
    if category is None or category.deleted or category.type != level:
        raise absent(f"{where} 的活动分类")
