"""The app factory."""

import weakref
from collections.abc import Iterable
from typing import Any, Final

from flask import Flask
from flask.json.provider import DefaultJSONProvider
from flask.typing import ResponseReturnValue

from sandbox import routes, settings
from sandbox.bus import Bus
from sandbox.routes.context import committed
from sandbox.upkeep import Upkeep
from sandbox.weather import Gateway, Weather
from sandbox.world import World

FAIR: Final = Weather()


class ChineseJson(DefaultJSONProvider):
    ensure_ascii = False
    sort_keys = False


class Sandbox(Flask):
    """The WSGI app. Its storage is removed by `close`, or with the app itself."""

    json_provider_class = ChineseJson

    def __init__(self, world: World, upkeep: Upkeep | None = None) -> None:
        super().__init__("sandbox", static_folder=None, template_folder=None)
        self.config["MAX_CONTENT_LENGTH"] = settings.BODY_LIMIT
        self.config["MAX_FORM_MEMORY_SIZE"] = settings.BODY_LIMIT
        self.config["PROVIDE_AUTOMATIC_OPTIONS"] = False  # another method than a route's is 405 (C-04)
        self.url_map.merge_slashes = False  # //dab is no route; no redirect says otherwise
        self.extensions["sandbox"] = world
        self.database_url = world.database.url.render_as_string(hide_password=False)
        self.close: Any = weakref.finalize(self, world.close)
        self.upkeep = upkeep

    def dispatch_request(self) -> ResponseReturnValue:
        if self.upkeep is not None:
            self.upkeep.catch_up()
        return committed(super().dispatch_request)


def create_app(
    database_url: str | None = None,
    *,
    bus: Bus | None = None,
    keep: bool = False,
    faults: Iterable[str] = (),
    changes: Iterable[str] = (),
    control: bool = True,
    weather: Weather = FAIR,
) -> Sandbox:
    """A sandbox at its seed. Without a URL it keeps its rows in a temporary SQLite file.

    A database given by URL must be empty or a sandbox's own, else `UnusableDatabaseError`. It is wiped,
    unless `keep` says to go on with it. Messages go to the bus, which `close` closes; without one to memory.
    Faults and changes that are named are on from the start; a name that is none is an `UnknownFaultError`
    or `UnknownChangeError`.
    Without `control` there is no `/_sandbox`, and the clock runs. `weather` is what calls meet before it.
    """
    world = World(database_url, bus=bus, keep=keep, faults=faults, changes=changes, real_time=not control)
    app = Sandbox(world, None if control else Upkeep(world))
    routes.register(app, control=control)
    if not weather.is_fair:
        app.wsgi_app = Gateway(app.wsgi_app, weather)  # type: ignore[method-assign] # as Flask wants it done
    return app
