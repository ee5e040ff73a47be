"""How a rule says no."""

from enum import StrEnum


class Code(StrEnum):
    """C-03's five-digit codes."""

    INVALID = "40001"
    WRONG_SIGN_IN = "40101"
    ABSENT = "40401"
    STATE = "40901"
    SOLD_OUT = "40902"
    ALREADY_JOINED = "40903"
    NOT_IN_TIME = "40904"
    NOT_ELIGIBLE = "40905"
    AMOUNT_MISMATCH = "40906"
    EXCLUSIVE = "40907"


class Refusal(Exception):
    """Ends the request; the transaction is rolled back, so that nothing is changed (C-03)."""

    def __init__(self, code: Code, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message


class NotSignedInError(Exception):
    """No token, or one that is garbled, expired or of the other front (A-02)."""


class NotPrivilegedError(Exception):
    """The tenant's roles lack the privilege (A-03)."""


def invalid(field: str, why: str) -> Refusal:
    """`field` in its wire spelling, nested ones as `eventSessionList[0].startTime`."""
    return Refusal(Code.INVALID, f"参数错误：{field} {why}")


def absent(what: str) -> Refusal:
    return Refusal(Code.ABSENT, f"{what}不存在")
