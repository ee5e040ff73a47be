"""The rows that a sandbox writes are what the documents say, on SQLite and on MariaDB."""

from itertools import islice
from pathlib import Path

import pytest
from faker import Faker
from sqlalchemy import URL, create_engine, make_url

from clients import Redactor
from harness.clock import SandboxClock
from harness.kinds.event import EventWorkshop
from harness.kinds.group_buy import GroupBuyWorkshop
from harness.kinds.one_yuan import OneYuanWorkshop
from harness.known_ids import KnownIds
from harness.material import Material
from harness.one_yuan import OneYuanGroups
from harness.people import People
from harness.platform import Platform, opened
from harness.profile_files import load_profile
from harness.randomness import Randomness
from tests.harness.audited import Audited, audit, audit_as_text
from tests.harness.projects import PROJECT

ORDERS = 6


def filled(platform: Platform) -> None:
    """Some of each kind: events, group-buys, and one-yuan orders with members, groups and products."""
    randomness = Randomness(1, "audit of a sandbox")
    clock, fake = SandboxClock(platform.sandbox), randomness.seeded(Faker("zh_CN"))
    material = Material(platform.tenant(), clock, KnownIds(platform), fake, randomness)
    EventWorkshop(material).make()
    GroupBuyWorkshop(material).make()
    groups = OneYuanGroups(OneYuanWorkshop(material), People(platform, randomness.mark), lambda: clock)
    product, person = groups.products.make(), groups.people("leader")
    parameter = groups.place(person, product).require_data()
    lines = islice(iter(lambda: groups.line(person, product, parameter), None), ORDERS)
    assert {result["code"] for result in groups.pull(*lines)} == {"0"}


def made_beside(url: URL) -> str:
    """The database that the sandbox has made there."""
    if url.get_backend_name() == "sqlite":
        (file,) = Path(str(url.database)).parent.glob("sandbox_*.sqlite")
        return f"sqlite:///{file.as_posix()}"
    engine = create_engine(url.set(database=""))
    with engine.connect() as connection:
        (name,) = connection.exec_driver_sql("SHOW DATABASES LIKE %s", (f"{url.database}\\_%",)).scalars()
    engine.dispose()
    return url.set(database=name).render_as_string(hide_password=False)


def test_sandbox_audits_clean(capsys: pytest.CaptureFixture[str], audited: Audited) -> None:
    beside = make_url(audited.url)
    if audited.is_sqlite:
        beside = beside.set(database=str(beside.database).replace("rows.sqlite", "sandbox.sqlite"))
    profile = load_profile("sandbox", PROJECT / "data" / "profiles", {})

    with opened(profile, "inprocess", Redactor(), database=beside) as platform:
        filled(platform)
        url = made_beside(beside)
        outcome = audit(capsys, Audited(url))
        sampled = audit_as_text(capsys, url, "--sample=3")

    assert (outcome.violations, outcome.error, outcome.code, sampled.code) == ([], "", 0, 0)
    assert outcome.of("one_yuan_shopping_group_details")["rows"] >= ORDERS
    assert min(outcome.of(table)["rows"] for table in ("event", "group_buy_event", "member")) > 0
