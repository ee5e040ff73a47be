"""The platform's zone: UTC+8 as a fixed offset, which no machine's zone data can change (C-07)."""

from datetime import timedelta, timezone
from typing import Final

UTC8: Final = timezone(timedelta(hours=8))
