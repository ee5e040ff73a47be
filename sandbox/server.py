"""Running a sandbox: in the process, and on a real socket."""

import socket
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, nullcontext
from threading import Thread

from werkzeug.serving import WSGIRequestHandler, make_server

from sandbox.app import FAIR, Sandbox, create_app
from sandbox.bus import Bus, MemoryBus
from sandbox.faults.registry import faults_named
from sandbox.releases.registry import changes_named
from sandbox.weather import Weather

BACKLOG = 1024  # callers that come while the server has not taken the ones before them; the system may cap it
EXCHANGE = "marketing"


class QuietHandler(WSGIRequestHandler):
    def log(self, type: str, message: str, *args: object) -> None:  # noqa: A002 - werkzeug's signature
        """Calls are the harness's to report."""


@contextmanager
def running(
    database_url: str | None = None,
    *,
    messages: str | None = None,
    exchange: str = EXCHANGE,
    keep: bool = False,
    faults: Iterable[str] = (),
    changes: Iterable[str] = (),
    control: bool = True,
    weather: Weather = FAIR,
) -> Iterator[Sandbox]:
    """A sandbox whose temporary storage is removed at the end.

    Without `control` it is left to itself, as a platform is: what falls due happens also while nobody calls.

    It publishes to the RabbitMQ whose URL is in `messages`; one that cannot be used is a `BusError`. The bus
    comes first: where there is none, no database is wiped.
    """
    faults, changes = faults_named(faults).names, changes_named(changes).names  # before anything is started
    bus = bus_at(messages, exchange)
    try:
        app = create_app(
            database_url,
            bus=bus,
            keep=keep,
            faults=faults,
            changes=changes,
            control=control,
            weather=weather,
        )
    except BaseException:
        bus.close()
        raise
    try:
        with app.upkeep.by_itself() if app.upkeep is not None else nullcontext():
            yield app
    finally:
        app.close()


def bus_at(url: str | None, exchange: str) -> Bus:
    """The bus by URL: memory where there is none."""
    if url is None:
        return MemoryBus()
    from sandbox.brokers import RabbitBus  # most sandboxes publish to nobody, and start sooner without it

    return RabbitBus(url, exchange)


@contextmanager
def serving(app: Sandbox, host: str = "127.0.0.1", port: int = 0) -> Iterator[str]:
    """Serves the app from threads and gives its base URL, without a slash. A port in use is an OSError."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.create_server((host, port), family=family, backlog=BACKLOG) as bound:
        server = make_server(host, port, app, threaded=True, request_handler=QuietHandler, fd=bound.fileno())
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        name = f"[{host}]" if family == socket.AF_INET6 else host
        yield f"http://{name}:{server.port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
