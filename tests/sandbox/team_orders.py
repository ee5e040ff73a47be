"""Teams and orders of group-buys in each state, made by the calls that lead there."""

from typing import Any, Final

from tests.sandbox.actors import Actor, Answer, JsonObject, member
from tests.sandbox.bodies import HOUR, START, store_ids
from tests.sandbox.group_buys import channel_ids, make_group_buy, team_rule
from tests.sandbox.orders import notify

LEADER_PRICE: Final = 9900
MEMBER_PRICE: Final = 10900
FREE: Final = {"leaderPrice": 0, "memberPrice": 0}


def open_group_buy(admin: Actor, *rules: JsonObject, **changes: Any) -> str:
    """One that takes orders now; of teams of two unless rules say otherwise."""
    body = {"beginTime": START - HOUR, "groupBuyEventTeamRules": list(rules) or [team_rule(size=2)]}
    return make_group_buy(admin, **{**body, **changes})


def free_group_buy(admin: Actor, size: int = 2, **changes: Any) -> str:
    return open_group_buy(admin, team_rule(size=size, **FREE), **changes)


def joining(group_buy_id: str, team_id: str = "", **changes: Any) -> JsonObject:
    body = {
        "groupBuyEventId": group_buy_id,
        "groupBuyEventTeamId": team_id,
        "name": "王小明 🎈",
        "mobile": "19900001234",
        "checkCode": "",
        "childMemberId": "",
        "skuValues": "",
        "formDataList": [],
    }
    return {**body, **({} if team_id else {"size": 2}), **changes}


def ask_to_join(who: Actor, group_buy_id: str, team_id: str = "", **changes: Any) -> Answer:
    return who.post("/group_buy_event/teams", joining(group_buy_id, team_id, **changes))


def join(who: Actor, group_buy_id: str, team_id: str = "", **changes: Any) -> tuple[str, str]:
    """The order's id and the team's."""
    answer = ask_to_join(who, group_buy_id, team_id, **changes)
    assert answer.code == "0", answer.message
    return str(answer.data["orderId"]), str(answer.data["groupBuyEventTeamId"])


def pay(who: Actor, order_id: str) -> None:
    answer = who.post(f"/payments/{order_id}")
    assert answer.code == "0", answer.message
    assert notify(who, order_id, amount=answer.data["amount"]).code == "0"


def my_order(who: Actor, order_id: str) -> JsonObject:
    orders = who.get("/group_buy_event/orders", size=1000).data
    (order,) = [dict(row) for row in orders if row["id"] == order_id]
    return order


def states(who: Actor, order_id: str) -> tuple[str, str, str]:
    """Of the team, the order and its payment."""
    order = my_order(who, order_id)
    return order["teamStatus"], order["status"], order["pamentStatus"]


def team_of(admin: Actor, group_buy_id: str, team_id: str) -> JsonObject:
    teams = admin.get("/group_buy_event_order/teams", groupBuyEventId=group_buy_id, size=1000).data
    (team,) = [dict(row) for row in teams if row["id"] == team_id]
    return team


def successful_team(admin: Actor, **changes: Any) -> tuple[Actor, str, str]:
    """The leader of a free team of two that is full, their order, and the group-buy."""
    group_buy_id = free_group_buy(admin, **changes)
    leader = member(admin.app, "leader")
    order_id, team_id = join(leader, group_buy_id)
    join(member(admin.app, "second"), group_buy_id, team_id)
    return leader, order_id, group_buy_id


def launch(admin: Actor, group_buy_id: str, stores: int = 1) -> list[str]:
    """The stores that it is launched in."""
    launched = store_ids(admin)[:stores]
    body = {"groupBuyEventId": group_buy_id, "orgIds": launched, "channelIds": channel_ids(admin)[:1]}
    assert admin.post("/group_buy_event/launch", body).code == "0"
    return launched


def check_in(admin: Actor, order_id: str, **body: Any) -> str:
    return admin.put(f"/group_buy_event_order/{order_id}/checkin", body).code


def robot_orders(admin: Actor, group_buy_id: str, team_id: str) -> list[JsonObject]:
    return [one for one in team_of(admin, group_buy_id, team_id)["members"] if one["robot"]]
