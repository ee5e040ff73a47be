"""Calls about orders, paying for them, sharing, and the reports on it."""

from collections.abc import Callable

from clients.admin.order_desk import OrderDesk
from tests.harness.calls.wire import JSON, Calls, Clients, Wire


def of_a_desk(name: str, path: str, of: Callable[[Clients], OrderDesk]) -> Calls:
    """What the console decides about orders of any kind."""
    return {
        f"{name}.cancel": (
            lambda c: of(c).cancel("7"),
            Wire(f"{name}.cancel", "PUT", f"{path}/7/canceled"),
        ),
        f"{name}.review": (
            lambda c: of(c).review("7", {"approved": None}),
            Wire(f"{name}.review", "PUT", f"{path}/7/review", {"approved": None}, JSON),
        ),
        f"{name}.check_in": (
            lambda c: of(c).check_in("7", {"code": "0012", "storeOrgId": "1"}),
            Wire(f"{name}.check_in", "PUT", f"{path}/7/checkin", {"code": "0012", "storeOrgId": "1"}, JSON),
        ),
    }


DESKS: Calls = {
    **of_a_desk("admin.event_orders", "/dab/event_orders", lambda c: c.admin.event_orders),
    **of_a_desk("admin.group_buy_orders", "/dab/group_buy_event_order", lambda c: c.admin.group_buy_orders),
    "admin.event_orders.list": (
        lambda c: c.admin.event_orders.list("7"),
        Wire("admin.event_orders.list", "POST", "/dab/event_orders/get_order_list?eventId=7", {}, JSON),
    ),
    "admin.event_orders.list all": (
        lambda c: c.admin.event_orders.list(None, {"storeOrgIds": [], "keyWord": None}, page=1, size="五"),
        Wire(
            "admin.event_orders.list",
            "POST",
            "/dab/event_orders/get_order_list?page=1&size=%E4%BA%94",
            {"storeOrgIds": [], "keyWord": None},
            JSON,
        ),
    ),
    "admin.event_orders.search": (
        lambda c: c.admin.event_orders.search(None),
        Wire("admin.event_orders.search", "GET", "/dab/event_orders/search"),
    ),
    "admin.event_orders.search all": (
        lambda c: c.admin.event_orders.search("7", key_word="138 %", status="USED", page=2, size=0),
        Wire(
            "admin.event_orders.search",
            "GET",
            "/dab/event_orders/search?event_id=7&keyWord=138+%25&status=USED&page=2&size=0",
        ),
    ),
    "admin.reports.events": (
        lambda c: c.admin.reports.events(),
        Wire("admin.reports.events", "POST", "/dab/report/promotion_infos", {}, JSON),
    ),
    "admin.reports.events all": (
        lambda c: c.admin.reports.events({"eventIds": ["7"], "startTime": None}, page=1, size=10),
        Wire(
            "admin.reports.events",
            "POST",
            "/dab/report/promotion_infos?page=1&size=10",
            {"eventIds": ["7"], "startTime": None},
            JSON,
        ),
    ),
    "admin.reports.group_buys": (
        lambda c: c.admin.reports.group_buys({}),
        Wire(
            "admin.reports.group_buys",
            "POST",
            "/dab/group_buy_event_order/group_buy_order_infos",
            {},
            JSON,
        ),
    ),
    "admin.reports.group_buys all": (
        lambda c: c.admin.reports.group_buys({"memberNo": ""}, page="", size=0),
        Wire(
            "admin.reports.group_buys",
            "POST",
            "/dab/group_buy_event_order/group_buy_order_infos?page=&size=0",
            {"memberNo": ""},
            JSON,
        ),
    ),
}

MEMBERS: Calls = {
    "member.event_orders.book": (
        lambda c: c.member.event_orders.book({"eventId": "7", "name": "王芳"}),
        Wire("member.event_orders.book", "POST", "/clt/event_orders", {"eventId": "7", "name": "王芳"}, JSON),
    ),
    "member.event_orders.list": (
        lambda c: c.member.event_orders.list(),
        Wire("member.event_orders.list", "GET", "/clt/event_orders"),
    ),
    "member.event_orders.list all": (
        lambda c: c.member.event_orders.list(page=0, size="十"),
        Wire("member.event_orders.list", "GET", "/clt/event_orders?page=0&size=%E5%8D%81"),
    ),
    "member.event_orders.cancel": (
        lambda c: c.member.event_orders.cancel("7"),
        Wire("member.event_orders.cancel", "PUT", "/clt/event_orders/7"),
    ),
    "member.group_buy_orders.join": (
        lambda c: c.member.group_buy_orders.join({"groupBuyEventTeamId": ""}),
        Wire(
            "member.group_buy_orders.join",
            "POST",
            "/clt/group_buy_event/teams",
            {"groupBuyEventTeamId": ""},
            JSON,
        ),
    ),
    "member.group_buy_orders.list": (
        lambda c: c.member.group_buy_orders.list(),
        Wire("member.group_buy_orders.list", "GET", "/clt/group_buy_event/orders"),
    ),
    "member.group_buy_orders.list all": (
        lambda c: c.member.group_buy_orders.list(
            type_="UNUSED",
            begin_time=1,
            end_time="明天",
            min_amount=0,
            max_amount="",
            key_word="课 &",
            page=2,
            size=5,
        ),
        Wire(
            "member.group_buy_orders.list",
            "GET",
            "/clt/group_buy_event/orders?page=2&size=5&type=UNUSED&beginTime=1&endTime=%E6%98%8E%E5%A4%A9"
            "&minAmount=0&maxAmount=&keyWord=%E8%AF%BE+%26",
        ),
    ),
    "member.group_buy_orders.cancel": (
        lambda c: c.member.group_buy_orders.cancel("7"),
        Wire("member.group_buy_orders.cancel", "PUT", "/clt/group_buy_event/orders/7"),
    ),
    "member.payments.start": (
        lambda c: c.member.payments.start("7"),
        Wire("member.payments.start", "POST", "/clt/payments/7"),
    ),
    "member.shares.record": (
        lambda c: c.member.shares.record({"resourceId": "hd_7", "fromId": None}),
        Wire("member.shares.record", "POST", "/clt/shares", {"resourceId": "hd_7", "fromId": None}, JSON),
    ),
}

PROVIDER: Calls = {
    "provider.notify": (
        lambda c: c.provider.notify({"orderId": "7", "amount": None}),
        Wire("member.pay.notify", "POST", "/clt/pay/notify", {"orderId": "7", "amount": None}, JSON),
    ),
    "provider.refund_notify": (
        lambda c: c.provider.refund_notify({"result": "成功"}),
        Wire("member.pay.refund_notify", "POST", "/clt/pay/refund_notify", {"result": "成功"}, JSON),
    ),
    "provider.send": (
        lambda c: c.provider.send("notify", b'{"orderId": ', "made-up"),
        Wire("member.pay.notify", "POST", "/clt/pay/notify", b'{"orderId": ', JSON),
    ),
    "provider.send empty": (
        lambda c: c.provider.send("refund_notify", b"", None),
        Wire("member.pay.refund_notify", "POST", "/clt/pay/refund_notify", content_type=JSON),
    ),
}
