"""What the contract leaves open and the sandbox fixes ([set]), in the one place where it can be corrected."""

from datetime import datetime, timedelta
from decimal import Decimal
from typing import Final

from sandbox.clock import UTC8, millis

CLOCK_START: Final = millis(datetime(2026, 6, 1, 10, tzinfo=UTC8))
CLOCK_EARLIEST: Final = millis(datetime(2000, 1, 1, tzinfo=UTC8))
CLOCK_LATEST: Final = millis(datetime(2200, 1, 1, tzinfo=UTC8))  # later an id would not fit 63 bits

TENANT_TOKEN_LASTS: Final = timedelta(hours=12)
MEMBER_TOKEN_LASTS: Final = timedelta(hours=2)
TENANT_TOKEN_SECRET: Final = "sandbox tenant tokens, known to everyone"
MEMBER_TOKEN_SECRET: Final = "sandbox member tokens, known to everyone"

BODY_LIMIT: Final = 1024 * 1024
PAGE_SIZE: Final = 10
PAGE_SIZE_LIMIT: Final = 1000

PAYMENT_LASTS: Final = timedelta(minutes=15)
ROBOT_SEED: Final = 20260601  # of what robots do by chance
ROBOT_NAME: Final = "微信用户"
ONE_YUAN_SUBSIDY: Final = (Decimal("3.00"), Decimal("7.00"))
ONE_YUAN_GROUP_LASTS: Final = timedelta(hours=24)
WHOLE_TRIES: Final = 10  # of a call that lost its transaction to another one

PASSWORD: Final = "sandbox"
PAYMENT_SECRET: Final = "sandbox-pay"
APP_ID: Final = "wx-sandbox-main"
OTHER_APP_ID: Final = "wx-sandbox-other"
WECHAT_CODES: Final = ("staff", "student", "plain")
