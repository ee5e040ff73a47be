"""Where nobody moves the clock: what falls due happens by itself, as on a platform."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from threading import Event, Lock, Thread
from typing import Final

from sandbox.db import persistently
from sandbox.rules.expiries import run_expiries
from sandbox.world import World

log = logging.getLogger(__name__)

PERIOD: Final = 1.0  # seconds; limits are whole seconds


class Upkeep:
    """Runs what is due once in each second: before its first call, and by a thread where none comes."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._alone = Lock()
        self._done = 0  # the second up to which nothing is due any more

    def catch_up(self) -> None:
        """Whoever comes meanwhile waits, and finds it done. The caller has no transaction open.

        What cannot be done is logged and waits for the next second: it is no fault of the call.
        """
        second = self._world.clock.now // 1000
        if second <= self._done:
            return
        with self._alone:
            if second > self._done:
                self._run()
                self._done = second

    @contextmanager
    def by_itself(self) -> Iterator[None]:
        """Also while nobody calls, for those who read the rows."""
        ended = Event()
        thread = Thread(target=partial(self._keep, ended), name="sandbox upkeep", daemon=True)
        thread.start()
        try:
            yield
        finally:
            ended.set()
            thread.join()

    def _keep(self, ended: Event) -> None:
        while not ended.wait(PERIOD):
            self.catch_up()

    def _run(self) -> None:
        try:
            persistently(self._attempt)
        except Exception:
            log.exception("what is due could not be run")

    def _attempt(self) -> None:
        with self._world.begin() as tx:
            run_expiries(tx)
            tx.commit()
