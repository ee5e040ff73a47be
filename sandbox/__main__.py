"""`python -m sandbox`: serves a sandbox until it is interrupted, and prints its URL."""

import argparse
import signal
import sys
from contextlib import ExitStack
from threading import Event

from sandbox.db import UnusableDatabaseError
from sandbox.server import running, serving

BAD_OPTION = 2


def main() -> int:
    options = _parser().parse_args()
    stopped = Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stopped.set())
    with ExitStack() as stack:
        try:
            app = stack.enter_context(running(options.database))
            url = stack.enter_context(serving(app, options.host, options.port))
        except UnusableDatabaseError as error:
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
    return parser


def _complain(message: str) -> int:
    print(f"sandbox: {message}", file=sys.stderr)  # noqa: T201 - it is the command's answer
    return BAD_OPTION


if __name__ == "__main__":
    sys.exit(main())
