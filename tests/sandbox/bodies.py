"""Valid bodies, of which a test changes one thing, and the times around the clock's start."""

from typing import Any, Final

from tests.sandbox.actors import Actor, JsonObject

START: Final = 1780279200000  # 2026-06-01 10:00:00 in UTC+8
SECOND: Final = 1000
HOUR: Final = 3600 * SECOND
DAY: Final = 24 * HOUR


def session_body(**changes: Any) -> JsonObject:
    return {
        "startTime": START + 2 * DAY,
        "endTime": START + 3 * DAY,
        "placeType": "ADDRESS",
        "address": "人民广场 1 号",
        "quota": 20,
        **changes,
    }


def event_body(**changes: Any) -> JsonObject:
    """Open from an hour after the clock's start for ten days."""
    return {
        "resourceId": "hd_1001",
        "name": "夏日体验课",
        "beginTime": START + HOUR,
        "endTime": START + 10 * DAY,
        "published": True,
        "eventSessionList": [session_body()],
        **changes,
    }


def without(body: JsonObject, *names: str) -> JsonObject:
    return {name: value for name, value in body.items() if name not in names}


def store_ids(tenant: Actor) -> list[str]:
    return [store["organizationId"] for store in tenant.get("/organizations/store_list").data]


def make_event(tenant: Actor, **changes: Any) -> str:
    answer = tenant.post("/event", event_body(**changes))
    assert answer.code == "0", answer.message
    return str(answer.data)


def read_event(tenant: Actor, event_id: str) -> JsonObject:
    data: JsonObject = tenant.get(f"/event/{event_id}").data
    return data


def resend(read: JsonObject, **changes: Any) -> JsonObject:
    """What a console sends back after it has read: the whole object."""
    return {**read, **changes}
