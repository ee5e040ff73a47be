"""The platform's database, where its rows are read, and its message queue. Nothing is ever written there."""

import re
import time
from collections.abc import Iterator
from typing import Final

from clients import HarnessError
from harness.brokers import broker_url, connected, server_of
from harness.database import Database, opened_database
from harness.doctor.findings import Finding, State, Subject
from harness.doctor.fronts import skewed, told
from harness.run import PROJECT

TABLES: Final = PROJECT / "schemas" / "tables"
SHOWN: Final = 8
_WRITING: Final = re.compile(
    r"^GRANT .*\b(ALL PRIVILEGES|INSERT|UPDATE|DELETE|CREATE|DROP|ALTER|TRIGGER|EXECUTE|SUPER)\b.* ON ",
    re.IGNORECASE,
)


def database(subject: Subject) -> Iterator[Finding]:
    url = subject.platform.database_url
    if url is None:
        lost = "no URL is known: the rows that calls leave are not judged (T-01 to T-04)"
        yield Finding("database", State.WARN, lost, "[database] url_env, with a user that may only read")
        return
    try:
        with opened_database(url) as opened:
            yield _version(opened)
            yield _tables(opened, is_sandbox=subject.profile.sandbox)
            yield from _clock(opened)
            yield from _rights(opened)
    except HarnessError as problem:
        yield Finding(
            "database",
            State.FAILED,
            told(problem),
            "check the URL in the variable of [database] url_env, and whether this machine may connect",
        )


def _version(opened: Database) -> Finding:
    asked = "SELECT sqlite_version() AS v" if opened.is_sqlite else "SELECT VERSION() AS v"
    name = "SQLite" if opened.is_sqlite else opened.url.get_backend_name()
    return Finding(
        "database", State.OK, f"{opened.url.render_as_string()}: {name} {opened.read(asked)[0]['v']}"
    )


def _tables(opened: Database, *, is_sandbox: bool) -> Finding:
    """Those of the platform's documents; each that is there is asked for a row."""
    wanted = sorted(path.stem for path in TABLES.glob("*.json"))
    there = [name for name in wanted if name in opened.columns]
    for name in there:
        opened.read(f"SELECT 1 FROM {opened.table(name)} LIMIT 1")  # noqa: S608 - quoted
    if len(there) == len(wanted):
        return Finding("tables", State.OK, f"all {len(wanted)} are there, and can be read")
    if is_sandbox:
        return Finding(
            "tables",
            State.OK,
            f"{len(there)} of {len(wanted)}: the sandbox has those that calls leave rows in",
        )
    missing = [name for name in wanted if name not in there]
    more = f" and {len(missing) - SHOWN} more" if len(missing) > SHOWN else ""
    return Finding(
        "tables",
        State.WARN if there else State.FAILED,
        f"{len(there)} of {len(wanted)} can be seen; not: {', '.join(missing[:SHOWN])}{more}",
        "check the database's name in the URL, and GRANT SELECT on all of it to the user",
    )


def _clock(opened: Database) -> Iterator[Finding]:
    before = time.time()
    now = opened.now()
    after = time.time()
    if now is not None:
        yield skewed("database clock", now / 1000 - after, now / 1000 - before)


def _rights(opened: Database) -> Iterator[Finding]:
    if opened.is_sqlite:
        yield Finding("database user", State.OK, "a file, opened to be read only")
        return
    grants = [str(row[0]) for row in opened.raw("SHOW GRANTS FOR CURRENT_USER()")]
    if any(_WRITING.match(grant) for grant in grants):
        yield Finding(
            "database user",
            State.WARN,
            "it may write; the harness never does, and opens its connections read-only",
            "GRANT SELECT alone is enough",
        )
    else:
        yield Finding("database user", State.OK, "it may only read")


def messages(subject: Subject) -> Iterator[Finding]:
    """Looks whether the exchange is there, and declares nothing."""
    profile = subject.profile
    if profile.sandbox:
        yield Finding("messages", State.OK, "kept by the sandbox itself")
        return
    if profile.messages_url is None:
        yield Finding(
            "messages",
            State.WARN,
            "no URL is known: the cases that read messages are skipped",
            "[messages] url_env",
        )
        return
    from pika.exceptions import AMQPError

    try:
        with connected(broker_url(profile.messages_url)) as connection:
            connection.channel().exchange_declare(profile.messages_exchange, passive=True)
    except AMQPError as error:
        yield Finding(
            "messages",
            State.FAILED,
            f"{server_of(profile.messages_url)}: exchange {profile.messages_exchange}: {told(error)}",
            "check messages.exchange",
        )
    except HarnessError as problem:
        yield Finding("messages", State.FAILED, told(problem), "check the variable of [messages] url_env")
    else:
        found = f"{server_of(profile.messages_url)}, exchange {profile.messages_exchange}"
        yield Finding("messages", State.OK, found)
