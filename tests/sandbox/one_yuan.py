"""What the tests of the one-yuan purchase are made of: products, and orders that open and join groups."""

from itertools import count
from typing import Any, Final

from sandbox import Sandbox
from tests.sandbox.actors import Actor, JsonObject, member, tenant
from tests.sandbox.bodies import HOUR, START

GOODS: Final = "77001"
NORMAL: Final = "NORMAL"
REFUNDED: Final = "REFUNDED"
TOPIC: Final = "one_yuan_group"
ZERO: Final = "0.00"
CASHBACK: Final = "3.90"

_numbers = count(1)


def product_body(**changes: Any) -> JsonObject:
    """On the list from an hour before the clock's start, without end."""
    return {
        "needNum": 2,
        "startTime": START - HOUR,
        "productId": GOODS,
        "productImg": "https://cdn.example.test/brush.png",
        "productName": "儿童牙刷",
        "custName": "一元牙刷",
        "disPrice": "9.90",
        "reappearance": CASHBACK,
        "subsidyAmount": "5.00",
        **changes,
    }


def make_product(admin: Actor, **changes: Any) -> str:
    answer = admin.post("/one_yuan_products", product_body(**changes))
    assert answer.code == "0", answer.message
    return str(answer.data)


def change_product(admin: Actor, product_id: str, **changes: Any) -> None:
    read = admin.get(f"/one_yuan_products/{product_id}").data
    assert admin.put(f"/one_yuan_products/{product_id}", {**read, **changes}).code == "0"


def id_of(member: Actor) -> str:
    return str(member.get("/members").data["id"])


def parameter(member: Actor, product_id: str, group_id: str | None = None) -> JsonObject:
    answer = member.post("/one_yuan/orders", {"productId": product_id, "groupId": group_id})
    assert answer.code == "0", answer.message
    return dict(answer.data)


def line_of(member: Actor, carried: JsonObject, **changes: Any) -> JsonObject:
    """The platform's order of a member that carries such a parameter."""
    number = next(_numbers)
    return {
        "orderSn": f"sn-{number}",
        "platformOrderId": str(8_000_000 + number),
        "paramId": carried["id"],
        "userId": id_of(member),
        "goodsId": GOODS,
        "orderAmount": 990,
        "orderStatus": NORMAL,
        "groupId": carried["groupId"],
        "payTime": START,
        **changes,
    }


def pull(admin: Actor, *lines: Any) -> list[JsonObject]:
    answer = admin.post("/one_yuan_orders/pull", {"orders": list(lines)})
    assert answer.code == "0", answer.message
    return list(answer.data)


def take_in(admin: Actor, line: Any) -> tuple[str, str | None]:
    """The code and group of the one result."""
    (result,) = pull(admin, line)
    return result["code"], result["groupId"]


def refund(admin: Actor, line: JsonObject) -> tuple[str, str | None]:
    return take_in(admin, {**line, "orderStatus": REFUNDED})


def opening(admin: Actor, leader: Actor, product_id: str) -> tuple[JsonObject, str]:
    """The leader's line, and the group that it opened."""
    line = line_of(leader, parameter(leader, product_id))
    code, group_id = take_in(admin, line)
    assert code == "0"
    assert group_id is not None
    return line, group_id


def joining(admin: Actor, member: Actor, product_id: str, group_id: str) -> JsonObject:
    """The line of a member who has taken a seat."""
    line = line_of(member, parameter(member, product_id, group_id))
    assert take_in(admin, line) == ("0", group_id)
    return line


def group_of(admin: Actor, group_id: str) -> JsonObject:
    """As operators see it: this read changes nothing."""
    return dict(admin.get(f"/one_yuan_groups/{group_id}").data)


def state_of(admin: Actor, group_id: str) -> tuple[int, int]:
    group = group_of(admin, group_id)
    return group["status"], group["isEnough"]


def told(control: Actor, group_id: str) -> list[tuple[int, int]]:
    """The states that the queue was told of."""
    messages = [message["body"] for message in control.get("/messages", topic=TOPIC).data]
    return [(body["status"], body["isEnough"]) for body in messages if body["groupId"] == group_id]


def at(app: Sandbox, control: Actor, now: int) -> tuple[Actor, Actor]:
    """The admin and the plain member, signed in when it is that late."""
    assert control.put("/clock", {"now": now}).code == "0"
    return tenant(app, "admin"), member(app, "plain")


def set_member(control: Actor, who: Actor, **changes: bool) -> None:
    assert control.put(f"/members/{id_of(who)}", changes).code == "0"
