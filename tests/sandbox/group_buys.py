"""Valid bodies of group-buys and what belongs to them, of which a test changes one thing."""

import io
from typing import Any

import openpyxl
from werkzeug.test import TestResponse

from tests.sandbox.actors import Actor, JsonObject
from tests.sandbox.bodies import DAY, HOUR, START

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def team_rule(**changes: Any) -> JsonObject:
    return {
        "size": 3,
        "leaderPrice": 9900,
        "memberPrice": 10900,
        "maxNumber": 30,
        "begintNumber": 5,
        "canJoin": True,
        **changes,
    }


def robot_rule(**changes: Any) -> JsonObject:
    return {"type": "BEGIN", "offsetTime": 60_000, "probability": 50, "begintNumber": 1, **changes}


def group_buy_body(**changes: Any) -> JsonObject:
    """Open from an hour after the clock's start for ten days."""
    return {
        "resourceId": "pt_1001",
        "titile": "夏日拼课团",
        "beginTime": START + HOUR,
        "endTime": START + 10 * DAY,
        "enable": True,
        "groupBuyEventTeamRules": [team_rule()],
        **changes,
    }


def make_group_buy(tenant: Actor, **changes: Any) -> str:
    answer = tenant.post("/group_buy_event", group_buy_body(**changes))
    assert answer.code == "0", answer.message
    return str(answer.data)


def read_group_buy(tenant: Actor, group_buy_id: str) -> JsonObject:
    data: JsonObject = tenant.get(f"/group_buy_event/{group_buy_id}").data
    return data


def seeded_group_buy(tenant: Actor, titile: str) -> JsonObject:
    (found,) = tenant.get("/group_buy_event/list", searchWord=titile).data
    return dict(found)


def specification_body(**changes: Any) -> JsonObject:
    """Two levels, the second one first, of two values and one."""
    return {
        "specificationConfs": [
            {"level": 2, "name": "时间", "values": "周六"},
            {"level": 1, "name": "年级", "values": "一年级,二年级"},
        ],
        "groupBuyEventSpecificationDetails": [
            {
                "values": "二年级,周六",
                "enabled": True,
                "orderNo": 7,
                "trainingClassId": "12",
                "trainingClassName": "周六班",
            },
            {
                "values": "一年级,周六",
                "enabled": False,
                "orderNo": None,
                "trainingClassId": None,
                "trainingClassName": None,
            },
        ],
        **changes,
    }


def specify(tenant: Actor, group_buy_id: str, body: JsonObject | None = None) -> str:
    body = specification_body() if body is None else body
    return tenant.put(f"/group_buy_event/{group_buy_id}/specification", body).code


def channel_ids(tenant: Actor) -> list[str]:
    return [channel["id"] for channel in tenant.get("/channel/list").data]


def sheet_rows(response: TestResponse) -> list[tuple[Any, ...]]:
    """The rows of the only sheet of an .xlsx, without the headings."""
    assert (response.status_code, response.content_type) == (200, XLSX)
    (page,) = openpyxl.load_workbook(io.BytesIO(response.data)).worksheets
    headings, *rows = page.iter_rows(values_only=True)
    assert all(isinstance(heading, str) for heading in headings)
    return rows
