"""Messages on their way to the queue: written with the change that they tell of, published after it."""

from sqlalchemy import String, Text
from sqlalchemy.orm import Mapped, mapped_column

from sandbox.db import Base
from sandbox.models.columns import VARCHAR, key, time


class OutboxMessage(Base):
    """`id` is the message's own, and the order of publishing; `body` is JSON."""

    __tablename__ = "message_outbox"

    id: Mapped[int] = key()
    topic: Mapped[str] = mapped_column(String(VARCHAR), default="")
    body: Mapped[str] = mapped_column(Text, default="{}")
    created_time: Mapped[int | None] = time()
    published_time: Mapped[int | None] = time(index=True)
