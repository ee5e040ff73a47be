"""The states of a one-yuan group, and its changes, each of which tells the queue (Y-06 to Y-08, Y-13)."""

from datetime import timedelta
from enum import IntEnum
from typing import Final

from sandbox.db import Transaction
from sandbox.models import OneYuanGroup, OneYuanProduct
from sandbox.rules.messages import tell
from sandbox.rules.wire import wire_id
from sandbox.settings import ONE_YUAN_GROUP_LASTS

TOPIC: Final = "one_yuan_group"
NORMAL: Final = "NORMAL"
REFUNDED: Final = "REFUNDED"
LASTS: Final = ONE_YUAN_GROUP_LASTS // timedelta(milliseconds=1)


class GroupStatus(IntEnum):
    OPEN = 0
    EXPIRED = 1
    INVALID = 2
    TAKEN_DOWN = 3


def is_unfilled(group: OneYuanGroup) -> bool:
    """Open and not full: the only state that anything changes."""
    return group.status == GroupStatus.OPEN and not group.is_enough


def is_open(group: OneYuanGroup, product: OneYuanProduct, now: int) -> bool:
    """Also of a group whose end nobody has read yet."""
    return is_unfilled(group) and now < group.expire_time and not product.pdd_taken_down


def open_group(tx: Transaction, group: OneYuanGroup) -> None:
    group.expire_time = tx.second + LASTS
    tx.add(group)
    _tell(tx, group)


def fill(tx: Transaction, group: OneYuanGroup) -> None:
    group.is_enough = 1
    group.end_time = tx.second
    _tell(tx, group)


def invalidate(tx: Transaction, group: OneYuanGroup) -> None:
    group.invalid_time = tx.second
    _move(tx, group, GroupStatus.INVALID)


def keep_state(tx: Transaction, group: OneYuanGroup, product: OneYuanProduct) -> None:
    """What a read of the mini-program brings about, expiry first (Y-08). The group is locked."""
    if not is_unfilled(group):
        return
    if tx.now >= group.expire_time:
        _move(tx, group, GroupStatus.EXPIRED)
    elif product.pdd_taken_down:
        group.pdd_taken_down_time = tx.second
        _move(tx, group, GroupStatus.TAKEN_DOWN)


def _move(tx: Transaction, group: OneYuanGroup, status: GroupStatus) -> None:
    group.status = status
    _tell(tx, group)


def _tell(tx: Transaction, group: OneYuanGroup) -> None:
    told = {
        "groupId": wire_id(group.id),
        "status": group.status,
        "isEnough": group.is_enough,
        "occurredAt": tx.second,
    }
    tell(tx, TOPIC, told)
