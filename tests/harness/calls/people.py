"""Calls by which people sign in, and about staff."""

from tests.harness.calls.wire import JSON, Calls, Wire

PEOPLE: Calls = {
    "admin.login": (
        lambda c: c.admin.login({"username": "admin", "password": "p"}),
        Wire(
            "admin.tenants.login",
            "POST",
            "/dab/tenants/login",
            {"username": "admin", "password": "p"},
            JSON,
        ),
    ),
    "member.login": (
        lambda c: c.member.login("wx1", "a b"),
        Wire("member.wechat.login", "GET", "/clt/wechat/login?code=a+b"),
    ),
    "member.login left out": (
        lambda c: c.member.login(None, None),
        Wire("member.wechat.login", "GET", "/clt/wechat/login"),
    ),
    "member.me": (lambda c: c.member.me(), Wire("member.members.me", "GET", "/clt/members")),
    "admin.workers.list": (
        lambda c: c.admin.workers.list(),
        Wire("admin.workers.list", "GET", "/dab/workers"),
    ),
    "admin.workers.list all": (
        lambda c: c.admin.workers.list(search_key="王 %", on_work=True, page=2, size=5),
        Wire("admin.workers.list", "GET", "/dab/workers?searchKey=%E7%8E%8B+%25&onWork=true&page=2&size=5"),
    ),
    "admin.workers.list not on work": (
        lambda c: c.admin.workers.list(search_key="", on_work=False),
        Wire("admin.workers.list", "GET", "/dab/workers?searchKey=&onWork=false"),
    ),
    "admin.workers.list text": (
        lambda c: c.admin.workers.list(on_work="False"),
        Wire("admin.workers.list", "GET", "/dab/workers?onWork=False"),
    ),
    "admin.workers.create": (
        lambda c: c.admin.workers.create({"name": "王芳", "mobile": None}),
        Wire("admin.workers.create", "POST", "/dab/workers", {"name": "王芳", "mobile": None}, JSON),
    ),
    "admin.workers.update": (
        lambda c: c.admin.workers.update("7", {}),
        Wire("admin.workers.update", "PUT", "/dab/workers/7", {}, JSON),
    ),
    "admin.workers.delete": (
        lambda c: c.admin.workers.delete("7"),
        Wire("admin.workers.delete", "DELETE", "/dab/workers/7"),
    ),
}
