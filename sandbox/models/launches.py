"""Where activities are launched: a store and a channel, with a QR code."""

from sqlalchemy.orm import Mapped

from sandbox.db import Base
from sandbox.models.columns import key, reference, text, time


class ResourceChannel(Base):
    __tablename__ = "resource_channel"

    id: Mapped[int] = key()
    group_buy_event_id: Mapped[int | None] = reference()
    store_org_id: Mapped[int | None] = reference()
    channel_id: Mapped[int | None] = reference()
    qrcode_url: Mapped[str | None] = text()
    created_time: Mapped[int | None] = time()
