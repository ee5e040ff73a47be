"""Rows that belong to an activity: read together, and kept in step with a body."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from typing import Any, TypeVar

from sqlalchemy import select
from sqlalchemy.orm import InstrumentedAttribute

from sandbox.db import Transaction
from sandbox.models import ActivityChild

B = TypeVar("B")
C = TypeVar("C", bound=ActivityChild)
K = TypeVar("K")


def children_of(
    tx: Transaction,
    model: type[C],
    parent: InstrumentedAttribute[int | None],
    activity_ids: Iterable[int],
    *order: InstrumentedAttribute[Any],
) -> dict[int | None, list[C]]:
    """The live ones of each activity, in the given order, then in the order they were made."""
    live = select(model).where(parent.in_(activity_ids), model.deleted.is_(False))
    children: dict[int | None, list[C]] = defaultdict(list)
    for child in tx.scalars(live.order_by(*order, model.id)):
        children[getattr(child, parent.key)].append(child)
    return children


def keep_in_step(
    rows: Mapping[K, C],
    bodies: Iterable[B],
    key: Callable[[B], K | None],
    make: Callable[[], C],
    write: Callable[[C, B, int], None],
) -> None:
    """Rows that a body names are updated, bodies that name none are new rows, rows left out are deleted."""
    left_out = dict(rows)
    for place, body in enumerate(bodies):
        known = key(body)
        row = left_out.pop(known, None) if known is not None else None
        write(row or make(), body, place)
    for row in left_out.values():
        row.deleted = True
