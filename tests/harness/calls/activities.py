"""Calls that every kind of activity has, and those of its own."""

from collections.abc import Callable
from typing import Any

from clients.admin.activities import Activities
from tests.harness.calls.wire import FORM, JSON, Calls, Clients, Wire


def of_any_kind(name: str, path: str, of: Callable[[Clients], Activities[Any]]) -> Calls:
    """`of` picks the kind's calls, `path` is where they are."""
    return {
        f"{name}.list": (lambda c: of(c).list(), Wire(f"{name}.list", "GET", f"{path}/list")),
        f"{name}.list all": (
            lambda c: of(c).list(
                search_word="春 %_&", event_search={"status": "进行中"}, page=2, size="十", limit=0
            ),
            Wire(
                f"{name}.list",
                "GET",
                f"{path}/list?searchWord=%E6%98%A5+%25_%26"
                "&eventSearchVO=%7B%22status%22%3A+%22%E8%BF%9B%E8%A1%8C%E4%B8%AD%22%7D&page=2"
                "&size=%E5%8D%81&limit=0",
            ),
        ),
        f"{name}.list empty texts": (
            lambda c: of(c).list(search_word="", event_search={}, page=""),
            Wire(f"{name}.list", "GET", f"{path}/list?searchWord=&eventSearchVO=%7B%7D&page="),
        ),
        f"{name}.list encoded twice": (
            lambda c: of(c).list(event_search="%7B%7D"),
            Wire(f"{name}.list", "GET", f"{path}/list?eventSearchVO=%257B%257D"),
        ),
        f"{name}.get": (lambda c: of(c).get("7"), Wire(f"{name}.get", "GET", f"{path}/7")),
        f"{name}.create": (
            lambda c: of(c).create({"tags": ["活动😀"], "detail": None}),
            Wire(f"{name}.create", "POST", path, {"tags": ["活动😀"], "detail": None}, JSON),
        ),
        f"{name}.create_raw": (
            lambda c: of(c).create_raw(b'{"name": '),
            Wire(f"{name}.create", "POST", path, b'{"name": ', JSON),
        ),
        f"{name}.create_raw empty": (
            lambda c: of(c).create_raw(b""),
            Wire(f"{name}.create", "POST", path, content_type=JSON),
        ),
        f"{name}.update": (
            lambda c: of(c).update("7", {"tags": []}),
            Wire(f"{name}.update", "PUT", f"{path}/7", {"tags": []}, JSON),
        ),
        f"{name}.update empty": (
            lambda c: of(c).update("7", {}),
            Wire(f"{name}.update", "PUT", f"{path}/7", {}, JSON),
        ),
        f"{name}.delete": (lambda c: of(c).delete("7"), Wire(f"{name}.delete", "DELETE", f"{path}/7")),
        f"{name}.copy": (lambda c: of(c).copy("7"), Wire(f"{name}.copy", "PUT", f"{path}/7/copy")),
        **_switch(f"{name}.recommend", f"{path}/7/recommend", lambda c: of(c).recommend),
    }


Switch = Callable[[str, bool | str | None], Any]


def _switch(name: str, target: str, of: Callable[[Clients], Switch]) -> Calls:
    """A form of one field, which has the name of the call."""
    field = name.rpartition(".")[2].encode()
    return {
        name: (lambda c: of(c)("7", True), Wire(name, "PUT", target, field + b"=true", FORM)),
        f"{name} off": (lambda c: of(c)("7", False), Wire(name, "PUT", target, field + b"=false", FORM)),
        f"{name} text": (
            lambda c: of(c)("7", "是 &"),
            Wire(name, "PUT", target, field + b"=%E6%98%AF+%26", FORM),
        ),
        f"{name} empty text": (lambda c: of(c)("7", ""), Wire(name, "PUT", target, field + b"=", FORM)),
        f"{name} left out": (lambda c: of(c)("7", None), Wire(name, "PUT", target, content_type=FORM)),
    }


EVENTS: Calls = {
    **of_any_kind("admin.events", "/dab/event", lambda c: c.admin.events),
    **_switch("admin.events.publish", "/dab/event/7/publish", lambda c: c.admin.events.publish),
    "admin.events.ids_and_names": (
        lambda c: c.admin.events.ids_and_names(),
        Wire("admin.events.ids_and_names", "GET", "/dab/event/get_all_events_the_id_and_name"),
    ),
    "member.events.get": (
        lambda c: c.member.events.get("7"),
        Wire("member.events.get", "GET", "/clt/event/7"),
    ),
}

GROUP_BUYS: Calls = {
    **of_any_kind("admin.group_buys", "/dab/group_buy_event", lambda c: c.admin.group_buys),
    **_switch(
        "admin.group_buys.enable", "/dab/group_buy_event/7/enable", lambda c: c.admin.group_buys.enable
    ),
    "admin.group_buys.specify": (
        lambda c: c.admin.group_buys.specify("7", {"specificationConfs": []}),
        Wire(
            "admin.group_buys.specify",
            "PUT",
            "/dab/group_buy_event/7/specification",
            {"specificationConfs": []},
            JSON,
        ),
    ),
    "member.group_buys.get": (
        lambda c: c.member.group_buys.get("7"),
        Wire("member.group_buys.get", "GET", "/clt/group_buy_event/7"),
    ),
    "member.group_buys.redemption": (
        lambda c: c.member.group_buys.redemption("7"),
        Wire("member.group_buys.redemption", "GET", "/clt/group_buy_event/groupBuyEventDetailSecond/7"),
    ),
    "member.group_buys.specifications": (
        lambda c: c.member.group_buys.specifications("7"),
        Wire("member.group_buys.specifications", "GET", "/clt/group_buy_event/groupBuyEventDetailThree/7"),
    ),
}
