"""The three tables whose DDL stands in the documents, on the database that the DDL is written for."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import create_engine, text

from sandbox import Sandbox, running
from tests.sandbox.actors import member, tenant
from tests.sandbox.bodies import HOUR, START
from tests.sandbox.databases import scratch_database
from tests.sandbox.one_yuan import change_product, make_product, opening
from tests.sandbox.services import SERVICES

DOCUMENT = Path(__file__).resolve().parents[2] / "schemas" / "sources" / "one-yuan-purchase.md"
TABLES = ("one_yuan_products", "one_yuan_shopping_group", "one_yuan_shopping_group_details")
COLUMNS = (
    "ordinal_position, column_name, column_default, is_nullable, column_type, extra, "
    "character_set_name, collation_name"
)
KEYS = "index_name, non_unique, seq_in_index, column_name, index_type"


@pytest.fixture(scope="module")
def documented() -> Iterator[str]:
    """A database made by the documents' own statements."""
    with scratch_database("mariadb") as url:
        engine = create_engine(url or "")
        with engine.begin() as connection:
            for statement in re.findall(r"CREATE TABLE.*?;", DOCUMENT.read_text("utf-8"), re.DOTALL):
                connection.execute(text(statement))
        engine.dispose()
        yield engine.url.database or ""


@pytest.fixture(scope="module")
def sandbox_on_mariadb() -> Iterator[Sandbox]:
    with scratch_database("mariadb") as url, running(url) as app:
        yield app


def asked(statement: str, **values: Any) -> list[tuple[Any, ...]]:
    """What another program reads, whose zone is the server's."""
    engine = create_engine(SERVICES.mariadb)
    with engine.connect() as connection:
        found = [tuple(row) for row in connection.execute(text(statement), values)]
    engine.dispose()
    return found


def told(view: str, columns: str, database: str, table: str) -> list[tuple[Any, ...]]:
    return asked(
        f"SELECT {columns} FROM information_schema.{view}"  # noqa: S608 - our own names
        " WHERE table_schema = :database AND table_name = :table ORDER BY 1, 3",
        database=database,
        table=table,
    )


def database_of(app: Sandbox) -> str:
    return app.database_url.rpartition("/")[2]


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize(
    ("view", "columns"),
    [
        ("columns", COLUMNS),
        ("statistics", KEYS),
        ("tables", "table_name, engine, table_collation"),
    ],
)
def test_table_is_what_its_ddl_makes(
    documented: str, sandbox_on_mariadb: Sandbox, table: str, view: str, columns: str
) -> None:
    wanted = told(view, columns, documented, table)
    assert wanted
    assert told(view, columns, database_of(sandbox_on_mariadb), table) == wanted


def test_change_within_the_second_of_the_making_keeps_the_sandboxs_time(
    sandbox_on_mariadb: Sandbox,
) -> None:
    """The column's ON UPDATE would tell the server's time of a row whose time stays the same."""
    admin = tenant(sandbox_on_mariadb, "admin")
    product_id = make_product(admin)
    made = admin.get(f"/one_yuan_products/{product_id}").data["mtime"]

    change_product(admin, product_id, sort=7)

    assert admin.get(f"/one_yuan_products/{product_id}").data["mtime"] == made


def test_timestamps_are_the_sandboxs_clock_in_any_zone(sandbox_on_mariadb: Sandbox) -> None:
    admin = tenant(sandbox_on_mariadb, "admin")
    product_id = make_product(admin)
    product = admin.get(f"/one_yuan_products/{product_id}").data
    assert (product["ctime"], product["mtime"]) == (START, START)
    seen = asked(
        f"SELECT unix_timestamp(ctime) * 1000, unix_timestamp(mtime) * 1000 "  # noqa: S608 - our own names
        f"FROM {database_of(sandbox_on_mariadb)}.one_yuan_products WHERE id = :id",
        id=product_id,
    )
    assert seen == [(START, START)]


def test_decimals_and_names_are_kept_exactly(sandbox_on_mariadb: Sandbox) -> None:
    admin, plain = tenant(sandbox_on_mariadb, "admin"), member(sandbox_on_mariadb, "plain")
    prices = {"disPrice": "14.999999", "reappearance": "8.999999", "subsidyAmount": "5.00"}
    product_id = make_product(admin, **prices, productName="牙刷 A")
    _, group_id = opening(admin, plain, product_id)
    group = admin.get(f"/one_yuan_groups/{group_id}").data
    assert (group["reappearance"], group["goodsName"]) == ("8.999999", "牙刷 A")
    change_product(admin, product_id, sort=1)
    product = admin.get(f"/one_yuan_products/{product_id}").data
    assert {name: product[name] for name in prices} == prices


@pytest.mark.parametrize(("word", "hits"), [("牙刷", 1), ("BRUSH", 1), ("brüsh", 0), ("😀", 0), ("_", 0)])
def test_search_is_the_same_on_a_charset_of_three_bytes(
    sandbox_on_mariadb: Sandbox, word: str, hits: int
) -> None:
    admin = tenant(sandbox_on_mariadb, "admin")
    product_id = make_product(admin, productName="牙刷 Brush")
    found = admin.get("/one_yuan_products/list", size=1000, searchWord=word).data
    assert [row["id"] for row in found].count(product_id) == hits


def test_mtime_moves_with_the_clock_alone(sandbox_on_mariadb: Sandbox) -> None:
    admin = tenant(sandbox_on_mariadb, "admin")
    product_id = make_product(admin)
    sandbox_on_mariadb.test_client().put("/_sandbox/clock", json={"advanceMs": HOUR})
    change_product(admin, product_id, sort=9)
    product = admin.get(f"/one_yuan_products/{product_id}").data
    assert (product["ctime"], product["mtime"]) == (START, START + HOUR)
    sandbox_on_mariadb.test_client().post("/_sandbox/reset")
