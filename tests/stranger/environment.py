"""A shared environment for tests: a sandbox that nobody controls, whose rows can be looked at."""

import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from textwrap import dedent
from typing import Final

from sqlalchemy import create_engine, inspect, text

from tests.harness.projects import PROJECT, own_environment

PROFILE: Final = """
    title = "共用环境"
    allow_write = true
    allow_payment = true
    allow_load = true
    allow_new_members = true
    [urls]
    admin = "{url}/dab"
    member = "{url}/clt"
    [limits]
    retries = 5
    backoff_seconds = 0.02
    resend_on_503 = true
    [payment]
    secret_env = "CLT_PAYMENT_SECRET"
    [wechat]
    app_id = "wx-sandbox-main"
    other_app_id = "wx-sandbox-other"
    [wechat.codes]
    plain = {{ code_env = "CLT_PLAIN_CODE" }}
    staff = {{ code_env = "CLT_STAFF_CODE" }}
    student = {{ code_env = "CLT_STUDENT_CODE" }}
    [tenants]
    admin = {{ username_env = "DAB_ADMIN_USERNAME", password_env = "DAB_PASSWORD" }}
    viewer = {{ username_env = "DAB_VIEWER_USERNAME", password_env = "DAB_PASSWORD" }}
    other = {{ username_env = "DAB_OTHER_USERNAME", password_env = "DAB_PASSWORD" }}
"""
SIGN_INS: Final = {
    "DAB_ADMIN_USERNAME": "admin",
    "DAB_VIEWER_USERNAME": "viewer",
    "DAB_OTHER_USERNAME": "other",
    "DAB_PASSWORD": "sandbox",
    "CLT_PAYMENT_SECRET": "sandbox-pay",
    "CLT_PLAIN_CODE": "plain",
    "CLT_STAFF_CODE": "staff",
    "CLT_STUDENT_CODE": "student",
}
MARKED: Final = {
    "events": "SELECT count(*) FROM event WHERE deleted = 0 AND {0}",
    "group-buys": "SELECT count(*) FROM group_buy_event WHERE deleted = 0 AND {1}",
    "workers": "SELECT count(*) FROM worker WHERE deleted = 0 AND {2}",
    "products on show": "SELECT count(*) FROM one_yuan_products WHERE is_show = 1 AND {3}",
    "live orders of events": "SELECT count(*) FROM event_order WHERE status NOT IN {4} AND {5}",
    "live orders of teams": "SELECT count(*) FROM group_buy_event_order WHERE status NOT IN {4} AND {6}",
}
ALIVE: Final = {
    "events": "SELECT count(*) FROM event WHERE deleted = 0 AND name NOT LIKE :theirs",
    "group-buys": "SELECT count(*) FROM group_buy_event WHERE deleted = 0 AND titile NOT LIKE :theirs",
    "workers": "SELECT count(*) FROM worker WHERE deleted = 0",
    "products on show": "SELECT count(*) FROM one_yuan_products WHERE is_show = 1",
}
ENDED: Final = "('CANCELED', 'TIME_OUT', 'TEAM_FAIL', 'USED')"


@dataclass(frozen=True)
class Shared:
    """`url` is where it answers, `profile` its profile, `database` where its rows are."""

    url: str
    profile: Path
    database: str

    def left_by_runs(self) -> dict[str, int]:
        """Rows with something like a mark that are still alive, by kind, but for the colleague's."""
        ours = [
            " AND ".join(
                (f"({' OR '.join(f'{one} LIKE :mark' for one in columns)})", f"{columns[0]} NOT LIKE :theirs")
            )
            for columns in (["name", "brief"], ["titile", "descr"], ["name"], ["product_name", "cust_name"])
        ]
        parts = (*ours, ENDED, "name LIKE :mark", "member_name LIKE :mark")
        counts = self._counted({kind: query.format(*parts) for kind, query in MARKED.items()})
        return {kind: count for kind, count in counts.items() if count}

    def alive(self) -> dict[str, int]:
        """All rows that are alive, by kind, but for the colleague's: marked or not."""
        return self._counted(ALIVE)

    def rows(self) -> dict[str, list[str]]:
        """Every row of every table."""
        engine = create_engine(self.database)
        with engine.connect() as connection:
            tables = sorted(inspect(engine).get_table_names())
            found = {
                table: sorted(map(repr, connection.execute(text(f'SELECT * FROM "{table}"'))))  # noqa: S608 - a name of the database's own
                for table in tables
            }
        engine.dispose()
        return found

    def _counted(self, queries: Mapping[str, str]) -> dict[str, int]:
        engine = create_engine(self.database)
        with engine.connect() as connection:
            counts = {
                kind: int(connection.execute(text(query), self._given(query)).scalar_one())
                for kind, query in queries.items()
            }
        engine.dispose()
        return counts

    def _given(self, query: str) -> dict[str, str]:
        given = {"mark": "%regress-%", "theirs": "同事的活动%"}
        return {name: value for name, value in given.items() if f":{name}" in query}

    def may_only_read(self) -> None:
        """Its profile from now on: the main sign-in, and nothing allowed."""
        keys = ("admin =", "member =", "title =", "[urls]", "[tenants]")
        lines = self.profile.read_text("utf-8").splitlines()
        self.profile.write_text("".join(f"{line}\n" for line in lines if line.startswith(keys)), "utf-8")

    def suites(self, *arguments: str) -> "subprocess.Popen[str]":
        """A run of the suites on it, in a process group of its own."""
        return self._python("pytest", f"--profile={self.profile}", "-p", "no:cacheprovider", *arguments)

    def sweep(self, *arguments: str) -> "subprocess.Popen[str]":
        return self._python("harness", "sweep", f"--profile={self.profile}", *arguments)

    def _python(self, *arguments: str) -> "subprocess.Popen[str]":
        return subprocess.Popen(  # noqa: S603 - our own command
            [sys.executable, "-m", *arguments],
            cwd=PROJECT,
            env={**own_environment(), **SIGN_INS},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            start_new_session=True,
        )


@contextmanager
def shared_environment(folder: Path, *, unsteady: float = 0.01, slow: float = 0.02) -> Iterator[Shared]:
    """One in which a share of the calls meets a gateway's 503, and another is late."""
    database = f"sqlite:///{(folder / 'shared.sqlite').as_posix()}"
    weather = ("--unsteady", str(unsteady), "--slow", str(slow), "--slow-ms", "100")
    command = [sys.executable, "-m", "sandbox", "--no-control", "--database", database, *weather]
    with subprocess.Popen(command, cwd=PROJECT, stdout=subprocess.PIPE, encoding="utf-8") as process:  # noqa: S603 - our own command
        assert process.stdout is not None
        try:
            url = process.stdout.readline().strip()
            profile = folder / "shared.toml"
            profile.write_text(dedent(PROFILE.format(url=url)), encoding="utf-8")
            yield Shared(url, profile, database)
        finally:
            process.terminate()
