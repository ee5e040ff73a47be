"""The app factory."""

import weakref
from collections.abc import Iterable
from typing import Any

from flask import Flask
from flask.json.provider import DefaultJSONProvider
from flask.typing import ResponseReturnValue

from sandbox import routes, settings
from sandbox.bus import Bus
from sandbox.routes.context import committed
from sandbox.world import World


class ChineseJson(DefaultJSONProvider):
    ensure_ascii = False
    sort_keys = False


class Sandbox(Flask):
    """The WSGI app. Its storage is removed by `close`, or with the app itself."""

    json_provider_class = ChineseJson

    def __init__(self, world: World) -> None:
        super().__init__("sandbox", static_folder=None, template_folder=None)
        self.config["MAX_CONTENT_LENGTH"] = settings.BODY_LIMIT
        self.config["MAX_FORM_MEMORY_SIZE"] = settings.BODY_LIMIT
        self.config["PROVIDE_AUTOMATIC_OPTIONS"] = False  # another method than a route's is 405 (C-04)
        self.url_map.merge_slashes = False  # //dab is no route; no redirect says otherwise
        self.extensions["sandbox"] = world
        self.database_url = world.database.url.render_as_string(hide_password=False)
        self.close: Any = weakref.finalize(self, world.close)

    def dispatch_request(self) -> ResponseReturnValue:
        return committed(super().dispatch_request)


def create_app(
    database_url: str | None = None,
    *,
    bus: Bus | None = None,
    keep: bool = False,
    faults: Iterable[str] = (),
) -> Sandbox:
    """A sandbox at its seed. Without a URL it keeps its rows in a temporary SQLite file.

    A database given by URL must be empty or a sandbox's own, else `UnusableDatabaseError`. It is wiped,
    unless `keep` says to go on with it. Messages go to the bus, which `close` closes; without one to memory.
    Faults that are named are on from the start; a name that is none is an `UnknownFaultError`.
    """
    app = Sandbox(World(database_url, bus=bus, keep=keep, faults=faults))
    routes.register(app)
    return app
