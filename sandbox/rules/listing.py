"""Lists: one page of a selection, searched and ordered as every list is."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from sqlalchemy import ColumnElement, Select, case, false, func, select, true
from sqlalchemy.orm import InstrumentedAttribute

from sandbox.db import Transaction
from sandbox.models.plain_text import PlainText
from sandbox.rules.kinds import UNSTORABLE

T = TypeVar("T")

OFFSET_LIMIT = 2**63 - 1


@dataclass(frozen=True)
class Paging:
    page: int
    size: int

    @property
    def offset(self) -> int:
        return min((self.page - 1) * self.size, OFFSET_LIMIT)


@dataclass(frozen=True)
class Page(Generic[T]):
    rows: Sequence[T]
    total: int
    paging: Paging


def page_of(tx: Transaction, selection: Select[T], paging: Paging) -> Page[T]:
    total = tx.scalar(select(func.count()).select_from(selection.order_by(None).subquery())) or 0
    rows = tx.scalars(selection.limit(paging.size).offset(paging.offset)).all()
    return Page(rows, total, paging)


def matching(column: InstrumentedAttribute[str | None], word: str | None) -> ColumnElement[bool]:
    """C-11: anywhere in the text, any case, `%` and `_` literally."""
    if not word:
        return true()
    # no text holds such a character, but a database may take it for the word's end
    return false() if UNSTORABLE.search(word) else PlainText(column).icontains(word, autoescape=True)


def in_order(model: Any) -> list[ColumnElement[Any]]:
    """C-12: recommended first, orderNo descending, newest first, id; by those of them that the table has."""
    order: list[ColumnElement[Any]] = []
    if hasattr(model, "recommend"):
        order.append(case((model.recommend.is_(True), 0), else_=1))
    if hasattr(model, "order_no"):
        order.append(func.coalesce(model.order_no, 0).desc())
    if hasattr(model, "created_time"):
        order.append(model.created_time.desc())
    return [*order, model.id.asc()]
