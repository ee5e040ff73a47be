"""What a caller may do to the platform, held where calls leave: no test can forget it."""

from dataclasses import dataclass
from enum import Enum

from clients.errors import NotAllowed

READING_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
PAYMENT_PATHS = ("pay/", "payments/")


class Effect(Enum):
    """What a call does when it succeeds: it reads, writes, or moves money (which is a writing, too)."""

    READS = "reads"
    WRITES = "writes"
    PAYS = "pays"

    @classmethod
    def of(cls, method: str, path: str) -> "Effect":
        """By method and path alone, for calls that say nothing else."""
        if method.upper() in READING_METHODS:
            return cls.READS
        return cls.PAYS if path.startswith(PAYMENT_PATHS) else cls.WRITES


@dataclass(frozen=True)
class Permissions:
    """`write` is needed by every call that does not only read, `payment` beside it by payments."""

    write: bool = True
    payment: bool = True

    def check(self, method: str, path: str, effect: Effect) -> None:
        """Raises `NotAllowed` for a call that must not leave this machine."""
        if effect is not Effect.READS and not self.write:
            raise NotAllowed(f"环境不允许写（allow_write）：{method} {path}")
        if effect is Effect.PAYS and not self.payment:
            raise NotAllowed(f"环境不允许支付（allow_payment）：{method} {path}")
