"""What sets one kind of order apart where the rules treat all kinds alike."""

from abc import ABC, abstractmethod
from collections.abc import Sequence
from typing import Generic, TypeVar

from sandbox.db import Transaction
from sandbox.models import Activity, Member, Order
from sandbox.rules.activity_kinds import ActivityKind
from sandbox.rules.refusals import Refusal, absent

O = TypeVar("O", bound=Order)  # noqa: E741 - read as "an order"
A = TypeVar("A", bound=Activity)


class OrderKind(ABC, Generic[O, A]):
    """One for each table of orders; `sandbox.rules.order_registry` names them all."""

    model: type[O]
    activities: ActivityKind[A]
    checked_in_at_a_store: bool = False  # always, so that the store is never left out

    @abstractmethod
    def activity_of(self, tx: Transaction, order: O) -> A:
        """Also one that is deleted or withdrawn, which keeps its orders."""

    @abstractmethod
    def stores_of(self, tx: Transaction, order: O) -> Sequence[int]:
        """Where the order may be checked in (E-13)."""

    def reviews_reservations(self, activity: A) -> bool:
        """E-09."""
        return False

    def lock_parents(self, tx: Transaction, order: O) -> None:
        """Locks what `secured` and `died` decide by, from parent to child, before the order is locked."""

    def check_usable(self, tx: Transaction, order: O) -> None:
        """Refuses (40901) a check-in that something beside the order's own state forbids."""

    def secured(self, tx: Transaction, order: O) -> None:
        """Reacts to an order that was made free, or is paid now. It is locked, as its parents are."""

    def died(self, tx: Transaction, order: O) -> None:
        """Reacts to an order that was cancelled, refused or timed out. It is locked, as its parents are."""


def lock_order(tx: Transaction, kind: OrderKind[O, A], order_id: int | None) -> O | None:
    seen = tx.get(kind.model, order_id or 0)
    if seen is None:
        return None
    kind.lock_parents(tx, seen)
    return tx.lock(kind.model, seen.id)


def lock_order_of_member(tx: Transaction, kind: OrderKind[O, A], member: Member, order_id: int | None) -> O:
    """A-04: another member's order is as absent as none."""
    order = lock_order(tx, kind, order_id)
    if order is None or order.member_id != member.id:
        raise absent_order()
    return order


def lock_order_of_organization(
    tx: Transaction, kind: OrderKind[O, A], organization_id: int, order_id: int | None
) -> O:
    """C-14: an order belongs to the organization of its activity."""
    order = lock_order(tx, kind, order_id)
    if order is None or kind.activity_of(tx, order).organization_id != organization_id:
        raise absent_order()
    return order


def absent_order() -> Refusal:
    return absent("订单")
