"""Calls of the one-yuan purchase."""

from tests.harness.calls.wire import JSON, Calls, Wire

BATCH = {"orders": [{"orderSn": "S-1", "orderStatus": "NORMAL"}]}
PLACE = {"productId": "7", "groupId": "8"}

ONE_YUAN: Calls = {
    "admin.one_yuan_products.list": (
        lambda c: c.admin.one_yuan_products.list(),
        Wire("admin.one_yuan_products.list", "GET", "/dab/one_yuan_products/list"),
    ),
    "admin.one_yuan_products.list all": (
        lambda c: c.admin.one_yuan_products.list(search_word="杯 %", page=2, size=5),
        Wire(
            "admin.one_yuan_products.list",
            "GET",
            "/dab/one_yuan_products/list?searchWord=%E6%9D%AF+%25&page=2&size=5",
        ),
    ),
    "admin.one_yuan_products.get": (
        lambda c: c.admin.one_yuan_products.get("7/8"),
        Wire("admin.one_yuan_products.get", "GET", "/dab/one_yuan_products/7%2F8"),
    ),
    "admin.one_yuan_products.create": (
        lambda c: c.admin.one_yuan_products.create({"custName": "杯子", "disPrice": "9.90", "endTime": None}),
        Wire(
            "admin.one_yuan_products.create",
            "POST",
            "/dab/one_yuan_products",
            {"custName": "杯子", "disPrice": "9.90", "endTime": None},
            JSON,
        ),
    ),
    "admin.one_yuan_products.create_raw": (
        lambda c: c.admin.one_yuan_products.create_raw(b"[]"),
        Wire("admin.one_yuan_products.create", "POST", "/dab/one_yuan_products", [], JSON),
    ),
    "admin.one_yuan_products.update": (
        lambda c: c.admin.one_yuan_products.update("7", {"isShow": 0}),
        Wire("admin.one_yuan_products.update", "PUT", "/dab/one_yuan_products/7", {"isShow": 0}, JSON),
    ),
    "admin.one_yuan_orders.pull": (
        lambda c: c.admin.one_yuan_orders.pull(BATCH),
        Wire("admin.one_yuan_orders.pull", "POST", "/dab/one_yuan_orders/pull", BATCH, JSON),
    ),
    "admin.one_yuan_groups.list": (
        lambda c: c.admin.one_yuan_groups.list(page=1, size=1000),
        Wire("admin.one_yuan_groups.list", "GET", "/dab/one_yuan_groups/list?page=1&size=1000"),
    ),
    "admin.one_yuan_groups.get": (
        lambda c: c.admin.one_yuan_groups.get("7"),
        Wire("admin.one_yuan_groups.get", "GET", "/dab/one_yuan_groups/7"),
    ),
    "member.one_yuan_products.list": (
        lambda c: c.member.one_yuan_products.list(page=3, size=2),
        Wire("member.one_yuan_products.list", "GET", "/clt/one_yuan/products?page=3&size=2"),
    ),
    "member.one_yuan_products.get": (
        lambda c: c.member.one_yuan_products.get("7"),
        Wire("member.one_yuan_products.get", "GET", "/clt/one_yuan/products/7"),
    ),
    "member.one_yuan_products.get from a link": (
        lambda c: c.member.one_yuan_products.get("7", group_id="8"),
        Wire("member.one_yuan_products.get", "GET", "/clt/one_yuan/products/7?groupId=8"),
    ),
    "member.one_yuan_groups.list": (
        lambda c: c.member.one_yuan_groups.list(page=1, size=20),
        Wire("member.one_yuan_groups.list", "GET", "/clt/one_yuan/groups?page=1&size=20"),
    ),
    "member.one_yuan_groups.get": (
        lambda c: c.member.one_yuan_groups.get("7"),
        Wire("member.one_yuan_groups.get", "GET", "/clt/one_yuan/groups/7"),
    ),
    "member.one_yuan_groups.poster": (
        lambda c: c.member.one_yuan_groups.poster("7"),
        Wire("member.one_yuan_groups.poster", "GET", "/clt/one_yuan/groups/7/poster"),
    ),
    "member.one_yuan_orders.place": (
        lambda c: c.member.one_yuan_orders.place(PLACE),
        Wire("member.one_yuan_orders.place", "POST", "/clt/one_yuan/orders", PLACE, JSON),
    ),
}
