"""Trials of the defects in what is stored of events, group-buys, workers and the one-yuan purchase."""

import json
from typing import Final

from tests.sandbox.bodies import HOUR, START, make_event, read_event, resend, session_body, store_ids
from tests.sandbox.group_buys import make_group_buy, read_group_buy
from tests.sandbox.one_yuan import line_of, make_product, parameter, refund, take_in
from tests.sandbox.spoiled import Scene, Trial
from tests.sandbox.team_orders import check_in, free_group_buy, join, launch, my_order, successful_team

ONE_FIELD: Final = json.dumps([{"key": "a", "type": "text"}])
ANOTHER_FIELD: Final = json.dumps([{"key": "b", "type": "text"}])
MOVED: Final = "created_time < {0}.updated_time"
OF_THE_EVENT: Final = "FROM event e {} WHERE e.resource_id = 'hd_1001'"
OF_THE_GROUP_BUY: Final = "FROM group_buy_event g {} WHERE g.resource_id = 'pt_1001'"


def delete_event(scene: Scene) -> None:
    event_id = make_event(scene.admin)
    scene.later()
    assert scene.admin.delete(f"/event/{event_id}").code == "0"


def withdraw_checkin_qrcodes(scene: Scene) -> None:
    admin = scene.admin
    sessions = [session_body(placeType="STORE", applicableStoreIds=store_ids(admin)[0])]
    event_id = make_event(admin, checkinQrcodeToggle=True, eventSessionList=sessions)
    body = resend(read_event(admin, event_id), checkinQrcodeToggle=False)
    assert admin.put(f"/event/{event_id}", body).code == "0"


def change_form(scene: Scene) -> None:
    admin = scene.admin
    event_id = make_event(admin, form=ONE_FIELD)
    scene.later()
    body = resend(read_event(admin, event_id), form=ANOTHER_FIELD)
    assert admin.put(f"/event/{event_id}", body).code == "0"


def open_group_buy_earlier(scene: Scene) -> None:
    admin = scene.admin
    group_buy_id = make_group_buy(admin)
    body = resend(read_group_buy(admin, group_buy_id), beginTime=START - HOUR)
    assert admin.put(f"/group_buy_event/{group_buy_id}", body).code == "0"
    scene.later()
    read_group_buy(admin, group_buy_id)
    assert admin.put(f"/group_buy_event/{group_buy_id}", body).code == "0"
    scene.later()


def change_team_rule(scene: Scene) -> None:
    admin = scene.admin
    group_buy_id = make_group_buy(admin)
    scene.later()
    body = read_group_buy(admin, group_buy_id)
    body["groupBuyEventTeamRules"][0]["leaderPrice"] = 1
    assert admin.put(f"/group_buy_event/{group_buy_id}", body).code == "0"


def fill_team(scene: Scene) -> None:
    group_buy_id = free_group_buy(scene.admin)
    _, team_id = join(scene.member("leader"), group_buy_id)
    scene.later()
    join(scene.member("second"), group_buy_id, team_id)


def check_in_at_a_store(scene: Scene) -> None:
    leader, order_id, group_buy_id = successful_team(scene.admin)
    (store,) = launch(scene.admin, group_buy_id)
    scene.later()
    code = my_order(leader, order_id)["code"]
    assert check_in(scene.admin, order_id, code=code, storeOrgId=store) == "0"


def create_worker(scene: Scene) -> str:
    scene.later()
    answer = scene.admin.post("/workers", {"name": "临时", "workerNo": "n-1"})
    assert answer.code == "0"
    return str(answer.data)


def make_worker(scene: Scene) -> None:
    create_worker(scene)


def delete_worker(scene: Scene) -> None:
    worker_id = create_worker(scene)
    scene.later()
    assert scene.admin.delete(f"/workers/{worker_id}").code == "0"


def open_one_yuan_group(scene: Scene) -> tuple[str, str]:
    """The product and the group."""
    leader = scene.member("leader")
    product_id = make_product(scene.admin)
    scene.later()
    line = line_of(leader, parameter(leader, product_id), orderSn="sn-a", platformOrderId="1")
    code, group_id = take_in(scene.admin, line)
    assert code == "0"
    return product_id, str(group_id)


def lead(scene: Scene) -> None:
    open_one_yuan_group(scene)


def join_and_be_refunded(scene: Scene) -> None:
    product_id, group_id = open_one_yuan_group(scene)
    second = scene.member("second")
    line = line_of(second, parameter(second, product_id, group_id), orderSn="sn-b", platformOrderId="2")
    assert take_in(scene.admin, line) == ("0", group_id)
    assert refund(scene.admin, line) == ("0", group_id)


TRIALS: Final = {
    "event-deletion-not-stamped": Trial(
        delete_event, f"SELECT e.{MOVED.format('e')} {OF_THE_EVENT.format('')}", [(1,)], [(0,)]
    ),
    "checkin-qrcode-erased": Trial(
        withdraw_checkin_qrcodes,
        "SELECT q.deleted " + OF_THE_EVENT.format("JOIN event_checkin_qrcode q ON q.event_id = e.id"),
        [(1,)],
        [],
    ),
    "form-change-rewrites-created-time": Trial(
        change_form,
        f"SELECT f.{MOVED.format('f')} " + OF_THE_EVENT.format("JOIN form f ON f.id = e.form_id"),
        [(1,)],
        [(0,)],
    ),
    "group-buy-status-stale": Trial(
        open_group_buy_earlier,
        f"SELECT g.status {OF_THE_GROUP_BUY.format('')}",
        [("OPEN",)],
        [("NOTOPEN",)],
    ),
    "team-rule-change-rewrites-created-time": Trial(
        change_team_rule,
        f"SELECT r.{MOVED.format('r')} "
        + OF_THE_GROUP_BUY.format("JOIN group_buy_event_rule r ON r.group_buy_event_id = g.id"),
        [(1,)],
        [(0,)],
    ),
    "team-change-not-stamped": Trial(
        fill_team,
        f"SELECT t.{MOVED.format('t')} "
        + OF_THE_GROUP_BUY.format("JOIN group_buy_event_team t ON t.group_buy_event_id = g.id"),
        [(1,)],
        [(0,)],
    ),
    "checkin-stamps-store": Trial(
        check_in_at_a_store, "SELECT count(*) FROM store WHERE created_time < updated_time", [(0,)], [(1,)]
    ),
    "worker-erased": Trial(delete_worker, "SELECT deleted FROM worker WHERE worker_no = 'n-1'", [(1,)], []),
    "worker-deletion-rewrites-created-time": Trial(
        delete_worker,
        "SELECT created_time < updated_time FROM worker WHERE worker_no = 'n-1'",
        [(1,)],
        [(0,)],
    ),
    "new-worker-stamps-organization": Trial(
        make_worker, "SELECT count(*) FROM organization WHERE created_time < updated_time", [(0,)], [(1,)]
    ),
    "leader-kept-among-members": Trial(
        lead,
        "SELECT count(*) FROM one_yuan_shopping_group_details WHERE order_sn = 'sn-a'",
        [(0,)],
        [(1,)],
    ),
    "freed-seat-left-behind": Trial(
        join_and_be_refunded,
        "SELECT user_id FROM one_yuan_shopping_group_details WHERE order_sn = 'sn-b'",
        [],
        [(0,)],
    ),
    "no-more-new-not-stamped": Trial(
        lead,
        "SELECT created_time < updated_time FROM member_benefits "
        "WHERE member_id = (SELECT user_id FROM one_yuan_shopping_group WHERE order_sn = 'sn-a')",
        [(1,)],
        [(0,)],
    ),
}
