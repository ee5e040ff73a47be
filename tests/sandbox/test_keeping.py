"""A sandbox that goes on with the rows of the one that had the database before."""

from pathlib import Path

import pytest

from sandbox import Sandbox, create_app
from sandbox.bus import BusError, Message
from tests.sandbox.actors import Actor, member, tenant
from tests.sandbox.bodies import HOUR, SECOND, START, make_event
from tests.sandbox.one_yuan import TOPIC, make_product, opening


class BrokenBus:
    def publish(self, message: Message) -> None:
        raise BusError("no bus")

    def close(self) -> None: ...


@pytest.fixture
def url(tmp_path: Path) -> str:
    return f"sqlite:///{(tmp_path / 'kept.sqlite').as_posix()}"


def control_of(app: Sandbox) -> Actor:
    return Actor(app, "/_sandbox")


def left_by(url: str, advance: int = 0) -> str:
    """The product of an earlier sandbox."""
    app = create_app(url)
    control_of(app).put("/clock", {"advanceMs": advance})
    product_id = make_product(tenant(app, "admin"))
    app.close()
    return product_id


@pytest.mark.parametrize("keep", [True, False])
def test_rows_are_kept_where_it_is_asked(url: str, keep: bool) -> None:
    product_id = left_by(url)
    app = create_app(url, keep=keep)
    assert tenant(app, "admin").get(f"/one_yuan_products/{product_id}").code == ("0" if keep else "40401")
    app.close()


def test_time_and_ids_go_on_from_the_newest(url: str) -> None:
    product_id = left_by(url, advance=HOUR)
    app = create_app(url, keep=True)
    assert control_of(app).get("/clock").data == {"now": START + HOUR}
    assert int(make_event(tenant(app, "admin"))) > int(product_id)
    app.close()


def test_time_goes_on_from_a_change_without_a_new_id(url: str) -> None:
    app = create_app(url)
    control_of(app).put("/clock", {"advanceMs": SECOND})
    plain = member(app, "plain")
    control_of(app).put(f"/members/{plain.get('/members').data['id']}", {"worker": True})
    app.close()
    kept = create_app(url, keep=True)
    assert control_of(kept).get("/clock").data == {"now": START + SECOND}
    kept.close()


def test_what_nobody_had_published_goes_out_at_the_start(url: str) -> None:
    app = create_app(url, bus=BrokenBus())
    _, group_id = opening(tenant(app, "admin"), member(app, "plain"), make_product(tenant(app, "admin")))
    assert control_of(app).get("/messages").data == []
    app.close()
    kept = create_app(url, keep=True)
    (message,) = control_of(kept).get("/messages").data
    assert (message["topic"], message["body"]["groupId"]) == (TOPIC, group_id)
    kept.close()


def test_reset_of_a_kept_sandbox_is_the_seed(url: str) -> None:
    product_id = left_by(url, advance=HOUR)
    app = create_app(url, keep=True)
    assert control_of(app).post("/reset").code == "0"
    assert control_of(app).get("/clock").data == {"now": START}
    assert tenant(app, "admin").get(f"/one_yuan_products/{product_id}").code == "40401"
    app.close()


def test_empty_database_is_planted_though_it_is_to_be_kept(url: str) -> None:
    app = create_app(url, keep=True)
    assert tenant(app, "admin").get("/event/list").data
    assert control_of(app).get("/clock").data == {"now": START}
    app.close()
