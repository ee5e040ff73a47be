"""Calls about a group-buy's launches, teams and orders."""

from tests.harness.calls.wire import JSON, Calls, Wire

LAUNCHES: Calls = {
    "admin.group_buys.launch": (
        lambda c: c.admin.group_buys.launch({"groupBuyEventId": "7", "orgIds": ["1"], "channelIds": None}),
        Wire(
            "admin.group_buys.launch",
            "POST",
            "/dab/group_buy_event/launch",
            {"groupBuyEventId": "7", "orgIds": ["1"], "channelIds": None},
            JSON,
        ),
    ),
    "admin.group_buys.launches": (
        lambda c: c.admin.group_buys.launches("7"),
        Wire(
            "admin.group_buys.launches",
            "POST",
            "/dab/group_buy_event/launch_list",
            {"groupBuyEventId": "7"},
            JSON,
        ),
    ),
    "admin.group_buys.launches all": (
        lambda c: c.admin.group_buys.launches("7", org_ids=("1", "2"), channel_ids=("3",), page=1, size="五"),
        Wire(
            "admin.group_buys.launches",
            "POST",
            "/dab/group_buy_event/launch_list?page=1&size=%E4%BA%94",
            {"groupBuyEventId": "7", "orgIds": ["1", "2"], "channelIds": ["3"]},
            JSON,
        ),
    ),
    "admin.group_buys.launches of no place": (
        lambda c: c.admin.group_buys.launches("7", org_ids=[], channel_ids=[]),
        Wire(
            "admin.group_buys.launches",
            "POST",
            "/dab/group_buy_event/launch_list",
            {"groupBuyEventId": "7", "orgIds": [], "channelIds": []},
            JSON,
        ),
    ),
    "admin.group_buys.launches_file": (
        lambda c: c.admin.group_buys.launches_file("7"),
        Wire(
            "admin.group_buys.launches_file",
            "POST",
            "/dab/group_buy_event/url_list_excel",
            {"groupBuyEventId": "7"},
            JSON,
        ),
    ),
    "admin.group_buys.launches_file all": (
        lambda c: c.admin.group_buys.launches_file("7", org_ids=("1",), channel_ids=()),
        Wire(
            "admin.group_buys.launches_file",
            "POST",
            "/dab/group_buy_event/url_list_excel",
            {"groupBuyEventId": "7", "orgIds": ["1"], "channelIds": []},
            JSON,
        ),
    ),
}

ORDERS_PATH = "/dab/group_buy_event_order"
GROUP_BUY_ORDERS: Calls = {
    "admin.group_buy_orders.teams": (
        lambda c: c.admin.group_buy_orders.teams("7"),
        Wire("admin.group_buy_orders.teams", "GET", f"{ORDERS_PATH}/teams?groupBuyEventId=7"),
    ),
    "admin.group_buy_orders.teams all": (
        lambda c: c.admin.group_buy_orders.teams("", status="FAILED", team_size=0, page=0, size=""),
        Wire(
            "admin.group_buy_orders.teams",
            "GET",
            f"{ORDERS_PATH}/teams?groupBuyEventId=&status=FAILED&teamSize=0&page=0&size=",
        ),
    ),
    "admin.group_buy_orders.teams left out": (
        lambda c: c.admin.group_buy_orders.teams(None),
        Wire("admin.group_buy_orders.teams", "GET", f"{ORDERS_PATH}/teams"),
    ),
    "admin.group_buy_orders.numbers": (
        lambda c: c.admin.group_buy_orders.numbers("7"),
        Wire("admin.group_buy_orders.numbers", "GET", f"{ORDERS_PATH}/event_rule/numbers?groupBuyEventId=7"),
    ),
    "admin.group_buy_orders.numbers left out": (
        lambda c: c.admin.group_buy_orders.numbers(None),
        Wire("admin.group_buy_orders.numbers", "GET", f"{ORDERS_PATH}/event_rule/numbers"),
    ),
    "admin.group_buy_orders.teams_file": (
        lambda c: c.admin.group_buy_orders.teams_file("7"),
        Wire("admin.group_buy_orders.teams_file", "GET", f"{ORDERS_PATH}/excel_teams?groupBuyEventId=7"),
    ),
    "admin.group_buy_orders.teams_file all": (
        lambda c: c.admin.group_buy_orders.teams_file(None, status="成团&", team_size="0"),
        Wire(
            "admin.group_buy_orders.teams_file",
            "GET",
            f"{ORDERS_PATH}/excel_teams?status=%E6%88%90%E5%9B%A2%26&teamSize=0",
        ),
    ),
    "admin.group_buy_orders.orders": (
        lambda c: c.admin.group_buy_orders.orders(None),
        Wire("admin.group_buy_orders.orders", "GET", f"{ORDERS_PATH}/orders"),
    ),
    "admin.group_buy_orders.orders all": (
        lambda c: c.admin.group_buy_orders.orders(
            "7",
            key_word="138 0013",
            team_status="PENDING",
            order_status="UNUSED",
            payment_status="",
            page=2,
            size=5,
        ),
        Wire(
            "admin.group_buy_orders.orders",
            "GET",
            f"{ORDERS_PATH}/orders?groupBuyEventId=7&keyWord=138+0013&status=PENDING"
            "&orderStatus=UNUSED&pamentStatus=&page=2&size=5",
        ),
    ),
    "admin.group_buy_orders.search": (
        lambda c: c.admin.group_buy_orders.search(None),
        Wire("admin.group_buy_orders.search", "GET", f"{ORDERS_PATH}/search"),
    ),
    "admin.group_buy_orders.search all": (
        lambda c: c.admin.group_buy_orders.search("7", key_word="%", status="USED", page=1, size=0),
        Wire(
            "admin.group_buy_orders.search",
            "GET",
            f"{ORDERS_PATH}/search?groupBuyEventId=7&keyWord=%25&status=USED&page=1&size=0",
        ),
    ),
}

WORKBOOKS = frozenset({"admin.group_buys.launches_file", "admin.group_buy_orders.teams_file"})
PICTURES = frozenset({"member.one_yuan_groups.poster"})
FILES = WORKBOOKS | PICTURES
"""The calls whose success is a file."""
