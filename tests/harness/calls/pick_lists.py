"""Calls of the lists that bodies pick from, and of resource ids."""

from tests.harness.calls.wire import JSON, Calls, Wire

PICK_LISTS: Calls = {
    "admin.checkin_qrcodes.list": (
        lambda c: c.admin.checkin_qrcodes.list("7"),
        Wire("admin.checkin_qrcodes.list", "POST", "/dab/event_checkin_qrcode/list", {"eventId": "7"}, JSON),
    ),
    "admin.checkin_qrcodes.list all": (
        lambda c: c.admin.checkin_qrcodes.list("7", store_org_ids=("1", "2"), page=1, size=5),
        Wire(
            "admin.checkin_qrcodes.list",
            "POST",
            "/dab/event_checkin_qrcode/list?page=1&size=5",
            {"eventId": "7", "storeOrgIds": ["1", "2"]},
            JSON,
        ),
    ),
    "admin.checkin_qrcodes.list of no store": (
        lambda c: c.admin.checkin_qrcodes.list("7", store_org_ids=[]),
        Wire(
            "admin.checkin_qrcodes.list",
            "POST",
            "/dab/event_checkin_qrcode/list",
            {"eventId": "7", "storeOrgIds": []},
            JSON,
        ),
    ),
    "admin.resources.new_id": (
        lambda c: c.admin.resources.new_id("hd"),
        Wire("admin.resources.new_id", "GET", "/dab/common/get_new_resource_id?type=hd"),
    ),
    "admin.resources.new_id left out": (
        lambda c: c.admin.resources.new_id(None),
        Wire("admin.resources.new_id", "GET", "/dab/common/get_new_resource_id"),
    ),
    "admin.event_categories.list": (
        lambda c: c.admin.event_categories.list(),
        Wire("admin.event_categories.list", "GET", "/dab/event_category"),
    ),
    "admin.stores.list": (
        lambda c: c.admin.stores.list(page=1, size=1000),
        Wire("admin.stores.list", "GET", "/dab/organizations/store_list?page=1&size=1000"),
    ),
    "admin.channels.list": (
        lambda c: c.admin.channels.list(page=0),
        Wire("admin.channels.list", "GET", "/dab/channel/list?page=0"),
    ),
    "member.resources.get": (
        lambda c: c.member.resources.get("hd_7"),
        Wire("member.resources.get", "GET", "/clt/resources/hd_7"),
    ),
}
