"""What lies before a shared platform: a gateway that now and then refuses a call, or delays it."""

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from random import Random
from threading import Lock
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

SLOW_MS: Final = 300
SLOW_MS_LIMIT: Final = 600_000
SPARED: Final = "/_sandbox"  # what no platform has stands behind no gateway
UNAVAILABLE: Final = b"""<html>\r
<head><title>503 Service Temporarily Unavailable</title></head>\r
<body>\r
<center><h1>503 Service Temporarily Unavailable</h1></center>\r
<hr><center>nginx</center>\r
</body>\r
</html>\r
"""


class BadWeatherError(ValueError):
    """The message is one line for the user."""


@dataclass(frozen=True, kw_only=True)
class Weather:
    """The share of calls that is refused, and the share that is served late; both are told by the seed."""

    unsteady: float = 0
    slow: float = 0
    slow_ms: int = SLOW_MS
    seed: int = 0

    def __post_init__(self) -> None:
        for name, share in (("unsteady", self.unsteady), ("slow", self.slow)):
            if not 0 <= share <= 1:  # a NaN is in no range
                raise BadWeatherError(f"{name}: {share} is no share from 0 to 1, such as 0.01")
        if not 0 <= self.slow_ms <= SLOW_MS_LIMIT:
            raise BadWeatherError(f"slow-ms: {self.slow_ms} is not from 0 to {SLOW_MS_LIMIT} milliseconds")

    @property
    def is_fair(self) -> bool:
        return not self.unsteady and not self.slow


class Gateway:
    """The app behind a gateway, where a refused call never arrives. The fate of the nth is the seed's."""

    def __init__(
        self, app: "WSGIApplication", weather: Weather, *, sleep: Callable[[float], None] = time.sleep
    ) -> None:
        self._app = app
        self._weather = weather
        self._sleep = sleep
        self._random = Random(weather.seed)  # noqa: S311 - noise, no secret
        self._alone = Lock()

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        if environ.get("PATH_INFO", "").startswith(SPARED):
            return self._app(environ, start_response)
        refused, late = self._fate()
        if late:
            self._sleep(self._weather.slow_ms / 1000)
        return _refuse(start_response) if refused else self._app(environ, start_response)

    def _fate(self) -> tuple[bool, bool]:
        """Each call takes two numbers, so that the one share says nothing about whom the other one meets."""
        with self._alone:
            refuses, delays = self._random.random(), self._random.random()
        return refuses < self._weather.unsteady, delays < self._weather.slow


def _refuse(start_response: "StartResponse") -> Iterable[bytes]:
    headers = [("Content-Type", "text/html"), ("Content-Length", str(len(UNAVAILABLE)))]
    start_response("503 Service Temporarily Unavailable", headers)
    return [UNAVAILABLE]
