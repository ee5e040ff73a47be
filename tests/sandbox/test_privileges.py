"""A-03: a tenant acts by its role's privileges; C-14: and in its own organization."""

from typing import Any

import pytest

from sandbox import Sandbox
from tests.sandbox.actors import Actor, JsonObject, tenant
from tests.sandbox.bodies import event_body, make_event, read_event
from tests.sandbox.group_buys import group_buy_body, make_group_buy, read_group_buy, specification_body
from tests.sandbox.one_yuan import make_product, product_body

WORKER = {"name": "王老师", "workerNo": "NO-0"}

CALLS: list[tuple[str, str, str, JsonObject]] = [
    ("EVENT_VIEW", "GET", "/event/list", {}),
    ("EVENT_VIEW", "GET", "/event/{id}", {}),
    ("EVENT_CREATE", "POST", "/event", {"json": event_body(resourceId="hd_1")}),
    ("EVENT_CREATE", "GET", "/common/get_new_resource_id?type=hd", {}),
    ("EVENT_CREATE", "PUT", "/event/{id}/copy", {}),
    ("EVENT_EDIT", "PUT", "/event/{id}", {"json": event_body()}),
    ("EVENT_EDIT", "PUT", "/event/{id}/recommend", {"data": {"recommend": "true"}}),
    ("EVENT_LAUNCH", "PUT", "/event/{id}/publish", {"data": {"publish": "true"}}),
    ("EVENT_DELETE", "DELETE", "/event/{id}", {}),
    ("EVENT_CHECKIN", "POST", "/event_checkin_qrcode/list", {"json": {"eventId": "1"}}),
    ("CHANNEL_VIEW", "GET", "/channel/list", {}),
    ("GROUP_BUY_EVENT_CREATE", "GET", "/common/get_new_resource_id?type=pt", {}),
    ("GROUP_BUY_EVENT_VIEW", "GET", "/group_buy_event/list", {}),
    ("GROUP_BUY_EVENT_VIEW", "GET", "/group_buy_event/{group_buy}", {}),
    ("GROUP_BUY_EVENT_CREATE", "POST", "/group_buy_event", {"json": group_buy_body(resourceId="pt_1")}),
    ("GROUP_BUY_EVENT_CREATE", "PUT", "/group_buy_event/{group_buy}/copy", {}),
    ("GROUP_BUY_EVENT_EDIT", "PUT", "/group_buy_event/{group_buy}", {"json": group_buy_body()}),
    (
        "GROUP_BUY_EVENT_EDIT",
        "PUT",
        "/group_buy_event/{group_buy}/recommend",
        {"data": {"recommend": "true"}},
    ),
    (
        "GROUP_BUY_EVENT_EDIT",
        "PUT",
        "/group_buy_event/{group_buy}/specification",
        {"json": specification_body()},
    ),
    ("GROUP_BUY_EVENT_LAUNCH", "PUT", "/group_buy_event/{group_buy}/enable", {"data": {"enable": "true"}}),
    ("GROUP_BUY_EVENT_LAUNCH", "POST", "/group_buy_event/launch_list", {"json": {"groupBuyEventId": "1"}}),
    ("GROUP_BUY_EVENT_DELETE", "DELETE", "/group_buy_event/{group_buy}", {}),
    ("GROUP_BUY_EVENT_TEAM", "GET", "/group_buy_event_order/teams?groupBuyEventId=1", {}),
    ("GROUP_BUY_EVENT_TEAM", "GET", "/group_buy_event_order/event_rule/numbers?groupBuyEventId=1", {}),
    ("GROUP_BUY_EVENT_ORDER", "GET", "/group_buy_event_order/orders?groupBuyEventId=1", {}),
    ("GROUP_BUY_EVENT_CHECKIN", "GET", "/group_buy_event_order/search?groupBuyEventId=1", {}),
    ("WORKER_VIEW", "GET", "/workers", {}),
    ("WORKER_CREATE", "POST", "/workers", {"json": WORKER}),
    ("WORKER_EDIT", "PUT", "/workers/{worker}", {"json": WORKER}),
    ("WORKER_DELETE", "DELETE", "/workers/{worker}", {}),
    ("ONE_YUAN_VIEW", "GET", "/one_yuan_products/list", {}),
    ("ONE_YUAN_VIEW", "GET", "/one_yuan_products/{product}", {}),
    ("ONE_YUAN_EDIT", "POST", "/one_yuan_products", {"json": product_body()}),
    ("ONE_YUAN_EDIT", "PUT", "/one_yuan_products/{product}", {"json": product_body()}),
    ("ONE_YUAN_ORDER", "POST", "/one_yuan_orders/pull", {"json": {"orders": []}}),
    ("ONE_YUAN_VIEW", "GET", "/one_yuan_groups/list", {}),
    ("ONE_YUAN_VIEW", "GET", "/one_yuan_groups/{group}", {}),
]
# a refusal is enough to see that they may be called
NEEDY: list[tuple[str, str, str]] = [
    ("GROUP_BUY_EVENT_LAUNCH", "POST", "/group_buy_event/launch"),
    ("GROUP_BUY_EVENT_LAUNCH", "POST", "/group_buy_event/url_list_excel"),
    ("GROUP_BUY_EVENT_TEAM", "GET", "/group_buy_event_order/excel_teams"),
]
OPEN = ["/event_category", "/event/get_all_events_the_id_and_name", "/organizations/store_list"]


def made(admin: Actor, number: int = 0) -> JsonObject:
    """The ids of one of each thing that the calls name."""
    return {
        "id": make_event(admin, resourceId=f"hd_9{number}"),
        "group_buy": make_group_buy(admin, resourceId=f"pt_9{number}"),
        "worker": admin.post("/workers", {"name": "王老师", "workerNo": f"NO-9{number}"}).data,
        "product": make_product(admin),
        "group": admin.get("/one_yuan_groups/list").data[0]["id"],
    }


@pytest.mark.parametrize(("privilege", "method", "path", "options"), CALLS)
def test_call_without_its_privilege_is_403(
    app: Sandbox, admin: Actor, privilege: str, method: str, path: str, options: dict[str, Any]
) -> None:
    path = path.format(**made(admin))
    without = tenant(app, f"without_{privilege.lower()}")
    assert (without.call(method, path, **options).status, admin.call(method, path, **options).code) == (
        403,
        "0",
    )


@pytest.mark.parametrize(("privilege", "method", "path"), NEEDY)
def test_needy_call_without_its_privilege_is_403(
    app: Sandbox, admin: Actor, privilege: str, method: str, path: str
) -> None:
    without = tenant(app, f"without_{privilege.lower()}")
    assert without.call(method, path, json={}).status == 403
    assert admin.call(method, path, json={}).code == "40001"


@pytest.mark.parametrize("privilege", sorted({privilege for privilege, *_ in CALLS}))
def test_privilege_opens_no_other_call(app: Sandbox, admin: Actor, privilege: str) -> None:
    without = tenant(app, f"without_{privilege.lower()}")
    others = [call for call in CALLS if call[0] != privilege]
    statuses = [
        without.call(method, path.format(**made(admin, index)), **options).status
        for index, (_, method, path, options) in enumerate(others)
    ]
    assert statuses == [200] * len(others)


@pytest.mark.parametrize("path", OPEN)
def test_pick_list_is_open_to_every_tenant(app: Sandbox, path: str) -> None:
    for username in ("viewer", "without_event_view", "without_channel_view"):
        assert tenant(app, username).get(path).code == "0"


def test_viewer_only_views(app: Sandbox, admin: Actor) -> None:
    viewer, ids = tenant(app, "viewer"), made(admin)
    seen = {
        (method, path): viewer.call(method, path.format(**ids), **options).status
        for _, method, path, options in CALLS
    }
    allowed = {call for call, status in seen.items() if status == 200}
    assert allowed == {
        ("GET", "/event/list"),
        ("GET", "/event/{id}"),
        ("GET", "/channel/list"),
        ("GET", "/group_buy_event/list"),
        ("GET", "/group_buy_event/{group_buy}"),
        ("GET", "/workers"),
        ("GET", "/one_yuan_products/list"),
        ("GET", "/one_yuan_products/{product}"),
        ("GET", "/one_yuan_groups/list"),
        ("GET", "/one_yuan_groups/{group}"),
    }


def test_resource_id_of_another_type_needs_no_privilege(app: Sandbox) -> None:
    assert tenant(app, "viewer").get("/common/get_new_resource_id", type="other").code == "0"


@pytest.mark.parametrize(
    ("privilege", "method", "path", "options"), [call for call in CALLS if "{id}" in call[2]]
)
def test_event_of_another_organization_behaves_as_absent(
    admin: Actor, other: Actor, privilege: str, method: str, path: str, options: dict[str, Any]
) -> None:
    event_id = make_event(admin)
    answer = other.call(method, path.format(id=event_id), **options)
    assert answer.code == ("0" if privilege == "EVENT_DELETE" else "40401")
    assert read_event(admin, event_id)["recommend"] is False


@pytest.mark.parametrize(
    ("privilege", "method", "path", "options"), [call for call in CALLS if "{group_buy}" in call[2]]
)
def test_group_buy_of_another_organization_behaves_as_absent(
    admin: Actor, other: Actor, privilege: str, method: str, path: str, options: dict[str, Any]
) -> None:
    group_buy_id = make_group_buy(admin, enable=False)
    before = read_group_buy(admin, group_buy_id)
    answer = other.call(method, path.format(group_buy=group_buy_id), **options)
    assert answer.code == ("0" if privilege == "GROUP_BUY_EVENT_DELETE" else "40401")
    assert read_group_buy(admin, group_buy_id) == before


def test_lists_hold_the_own_organization_alone(admin: Actor, other: Actor) -> None:
    for path in (
        "/event/list",
        "/group_buy_event/list",
        "/channel/list",
        "/organizations/store_list",
        "/workers",
    ):
        mine, theirs = (
            {row.get("id", row.get("organizationId")) for row in who.get(path, size=1000).data}
            for who in (admin, other)
        )
        assert mine
        assert theirs
        assert not mine & theirs
