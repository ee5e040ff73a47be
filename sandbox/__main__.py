"""`python -m sandbox`: serves a sandbox until it is interrupted, and prints its URL."""

import argparse
import signal
import sys
from collections.abc import Callable
from contextlib import AbstractContextManager, ExitStack
from threading import Event
from typing import Final, TypeVar

from sandbox.app import Sandbox
from sandbox.bus import BusError
from sandbox.db import UnusableDatabaseError
from sandbox.faults.registry import UnknownFaultError
from sandbox.releases.registry import UnknownChangeError
from sandbox.server import EXCHANGE, running, serving
from sandbox.weather import SLOW_MS, BadWeatherError, Weather

BAD_OPTION = 2
EXAMPLES: Final = {"--unsteady": "0.01", "--slow": "0.05", "--slow-ms": "300", "--noise-seed": "7"}

N = TypeVar("N")


def main() -> int:
    options = _parser().parse_args()
    stopped = Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stopped.set())
    with ExitStack() as stack:
        try:
            app = stack.enter_context(_sandbox(options))
            url = stack.enter_context(serving(app, options.host, options.port))
        except (
            UnusableDatabaseError,
            BusError,
            UnknownFaultError,
            UnknownChangeError,
            BadWeatherError,
        ) as error:
            return _complain(str(error))
        except (OSError, OverflowError) as error:
            return _complain(f"cannot listen on {options.host}:{options.port}: {error}")
        print(url, flush=True)  # noqa: T201 - it is what the caller reads
        while not stopped.wait(0.2):  # wakes up, since on Windows a bare wait cannot be interrupted
            pass
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m sandbox", description="Serve a sandbox of the platform.")
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on (%(default)s)")
    parser.add_argument("--port", type=int, default=0, help="port to listen on; 0 takes a free one")
    parser.add_argument("--database", metavar="URL", help="SQLAlchemy URL of an empty database; it is wiped")
    parser.add_argument("--keep", action="store_true", help="go on with the rows of a sandbox's database")
    parser.add_argument(
        "--fault",
        metavar="NAME",
        action="append",
        default=[],
        help="turn a seeded defect on; may be repeated",
    )
    parser.add_argument(
        "--change",
        metavar="NAME",
        action="append",
        default=[],
        help="turn a seeded difference of a release on, or all of them; may be repeated",
    )
    parser.add_argument(
        "--no-control",
        action="store_true",
        help="as a shared environment: no /_sandbox, and the clock runs with real time",
    )
    parser.add_argument(
        "--unsteady",
        metavar="SHARE",
        default="0",
        help="answer this share of calls, 0 to 1, with a gateway's 503 instead of serving them",
    )
    parser.add_argument("--slow", metavar="SHARE", default="0", help="serve this share of calls late, 0 to 1")
    parser.add_argument("--slow-ms", metavar="N", default=str(SLOW_MS), help="how late (%(default)s)")
    parser.add_argument(
        "--noise-seed", metavar="N", default="0", help="which calls --unsteady and --slow meet (%(default)s)"
    )
    parser.add_argument("--messages", metavar="URL", help="amqp URL of a RabbitMQ to publish messages to")
    parser.add_argument("--exchange", metavar="NAME", default=EXCHANGE, help="where to (%(default)s)")
    return parser


def _sandbox(options: argparse.Namespace) -> AbstractContextManager[Sandbox]:
    return running(
        options.database,
        messages=options.messages,
        exchange=options.exchange,
        keep=options.keep,
        faults=options.fault,
        changes=options.change,
        control=not options.no_control,
        weather=_weather(options),
    )


def _weather(options: argparse.Namespace) -> Weather:
    return Weather(
        unsteady=_number("--unsteady", options.unsteady, float),
        slow=_number("--slow", options.slow, float),
        slow_ms=_number("--slow-ms", options.slow_ms, int),
        seed=_number("--noise-seed", options.noise_seed, int),
    )


def _number(option: str, given: str, read: Callable[[str], N]) -> N:
    try:
        return read(given)
    except ValueError:
        raise BadWeatherError(
            f"{option}: {given!r} is no number; give one such as {EXAMPLES[option]}"
        ) from None


def _complain(message: str) -> int:
    print(f"sandbox: {message}", file=sys.stderr)  # noqa: T201 - it is the command's answer
    return BAD_OPTION


if __name__ == "__main__":
    sys.exit(main())
