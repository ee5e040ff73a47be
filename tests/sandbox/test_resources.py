"""`resources/{resourceId}`: what a resource id points to on the mini-program."""

import pytest

from tests.sandbox.actors import Actor
from tests.sandbox.bodies import event_body, make_event
from tests.sandbox.group_buys import group_buy_body, make_group_buy


def test_resource_of_each_kind_is_told(admin: Actor, plain: Actor) -> None:
    event_id, group_buy_id = make_event(admin), make_group_buy(admin)
    assert plain.get("/resources/hd_1001").data == {
        "resourceId": "hd_1001",
        "resourceType": "EVENT",
        "id": event_id,
        "name": "夏日体验课",
    }
    assert plain.get("/resources/pt_1001").data == {
        "resourceId": "pt_1001",
        "resourceType": "GROUP_BUY_EVENT",
        "id": group_buy_id,
        "name": "夏日拼课团",
    }


@pytest.mark.parametrize("resource_id", ["hd_1", "pt_1", "x", "%20", "%00", "hd_1001%00"])
def test_resource_id_that_points_to_nothing_is_40401(admin: Actor, plain: Actor, resource_id: str) -> None:
    make_event(admin)
    assert plain.get(f"/resources/{resource_id}").code == "40401"


def test_what_is_not_on_the_mini_program_is_40401(admin: Actor, other: Actor, plain: Actor) -> None:
    admin.post("/event", event_body(published=False))
    admin.post("/group_buy_event", group_buy_body(enable=False))
    make_group_buy(other, resourceId="pt_2")
    admin.delete(f"/group_buy_event/{make_group_buy(admin, resourceId='pt_3')}")
    codes = [plain.get(f"/resources/{one}").code for one in ("hd_1001", "pt_1001", "pt_2", "pt_3")]
    assert codes == ["40401"] * 4


def test_id_taken_again_points_to_what_lives(admin: Actor, plain: Actor) -> None:
    admin.delete(f"/group_buy_event/{make_group_buy(admin)}")
    living = make_group_buy(admin, titile="新的")
    assert plain.get("/resources/pt_1001").data["id"] == living
