"""Where the seed's rows are made: with a clock and ids of their own, older than anything made later."""

from datetime import timedelta
from typing import Final, TypeVar

from faker import Faker

from sandbox.clock import Clock
from sandbox.db import MADE, MOVED, Base
from sandbox.ids import Ids
from sandbox.settings import CLOCK_START

HOUR: Final = 3600 * 1000
DAY: Final = 24 * HOUR
BEGUN: Final = CLOCK_START - 60 * DAY
RANDOM_SEED: Final = 20260601

R = TypeVar("R", bound=Base)


class Seedbed:
    def __init__(self) -> None:
        self._clock = Clock(BEGUN)
        self._ids = Ids(self._clock)
        self.fake = Faker("zh_CN")
        self.fake.seed_instance(RANDOM_SEED)
        self.rows: list[Base] = []

    def new_id(self) -> int:
        return self._ids.new()

    def add(self, row: R) -> R:
        for column in (*MADE, *MOVED):
            if hasattr(row, column):
                setattr(row, column, self._clock.now)
        self.rows.append(row)
        return row

    def let_pass(self, time: timedelta) -> None:
        self._clock.set(self._clock.now + time // timedelta(milliseconds=1))

    def wait_until(self, moment: int) -> None:
        self._clock.set(moment)

    def mobile(self) -> str:
        """Of a range that is nobody's."""
        return f"1990000{self.fake.random_int(0, 9999):04}"
