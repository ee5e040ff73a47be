"""Telling the message queue of a change, in the transaction that makes it."""

import json
from collections.abc import Mapping
from typing import Any

from sandbox.db import Transaction
from sandbox.models import OutboxMessage


def tell(tx: Transaction, topic: str, body: Mapping[str, Any]) -> None:
    """It goes out after the commit, and not at all without one."""
    tx.add(OutboxMessage(id=tx.new_message_id(), topic=topic, body=json.dumps(body, ensure_ascii=False)))
    tx.has_told = True
