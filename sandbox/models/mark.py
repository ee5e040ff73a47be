"""The table by which a sandbox knows its own database."""

from sqlalchemy.orm import Mapped

from sandbox.db import MARK, Base
from sandbox.models.columns import key


class SandboxMark(Base):
    __tablename__ = MARK

    id: Mapped[int] = key()
