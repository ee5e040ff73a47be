"""G-13: launches into stores × channels, their list and their .xlsx."""

from itertools import product
from typing import Any
from urllib.parse import urlsplit

import pytest

from tests.sandbox.actors import Actor, JsonObject
from tests.sandbox.bodies import START, store_ids, without
from tests.sandbox.conftest import Rows
from tests.sandbox.group_buys import channel_ids, make_group_buy, sheet_rows

LAUNCH = "/group_buy_event/launch"
LIST = "/group_buy_event/launch_list"
EXCEL = "/group_buy_event/url_list_excel"


def launch_body(tenant: Actor, group_buy_id: str, **changes: Any) -> JsonObject:
    """Into the first two stores and the first two channels."""
    stores, channels = store_ids(tenant)[:2], channel_ids(tenant)[:2]
    return {"groupBuyEventId": group_buy_id, "orgIds": stores, "channelIds": channels, **changes}


def launched(tenant: Actor, group_buy_id: str, **body: Any) -> list[JsonObject]:
    found: list[JsonObject] = tenant.post(LIST, {"groupBuyEventId": group_buy_id, **body}, size=1000).data
    return found


def places(found: list[JsonObject]) -> list[tuple[str, str]]:
    return [(row["storeOrgId"], row["channelId"]) for row in found]


@pytest.fixture
def group_buy_id(admin: Actor) -> str:
    """Launched into two stores and two channels."""
    group_buy_id = make_group_buy(admin)
    assert admin.post(LAUNCH, launch_body(admin, group_buy_id)).envelope["data"] is None
    return group_buy_id


def test_launch_makes_one_row_for_each_store_and_channel(admin: Actor, group_buy_id: str) -> None:
    found = launched(admin, group_buy_id)
    assert places(found) == list(product(store_ids(admin)[:2], channel_ids(admin)[:2]))
    assert set(found[0]) == {
        *("id", "groupBuyEventId", "storeOrgId", "storeName", "channelId", "channelName"),
        *("qrcodeUrl", "createdTime"),
    }
    told = (found[0]["groupBuyEventId"], found[0]["storeName"], found[0]["channelName"])
    assert told == (group_buy_id, "虹口校区", "线上-微信")
    assert found[0]["createdTime"] == START


def test_launch_again_adds_what_is_new_alone(admin: Actor, group_buy_id: str) -> None:
    before = launched(admin, group_buy_id)
    stores, channels = store_ids(admin)[1:3], channel_ids(admin)[:1]
    body = launch_body(admin, group_buy_id, orgIds=[*stores, stores[0]], channelIds=channels * 2)
    assert admin.post(LAUNCH, body).code == "0"
    after = launched(admin, group_buy_id)
    assert after[:4] == before
    assert places(after[4:]) == [(stores[1], channels[0])]


@pytest.mark.parametrize("field", ["groupBuyEventId", "orgIds", "channelIds"])
@pytest.mark.parametrize("value", ["left out", None, [], 1, [1], ["x"]])
def test_wrong_launch_is_40001_and_named(admin: Actor, field: str, value: Any) -> None:
    body = launch_body(admin, make_group_buy(admin), **{field: value})
    answer = admin.post(LAUNCH, without(body, field) if value == "left out" else body)
    assert (answer.code, field in answer.message) == ("40001", True)


def test_launch_of_or_into_what_is_absent_is_40401(admin: Actor, other: Actor) -> None:
    group_buy_id, theirs = make_group_buy(admin), make_group_buy(other, resourceId="pt_2")
    stores, channels = store_ids(admin), channel_ids(admin)
    for wrong in (
        {"groupBuyEventId": "1"},
        {"groupBuyEventId": theirs},
        {"orgIds": [stores[0], "1"]},
        {"orgIds": [stores[0], store_ids(other)[0]]},
        {"channelIds": [channels[0], "1"]},
        {"channelIds": [channels[0], channel_ids(other)[0]]},
    ):
        assert admin.post(LAUNCH, launch_body(admin, group_buy_id, **wrong)).code == "40401"
    assert launched(admin, group_buy_id) == []


@pytest.mark.parametrize("empty", [None, []])
def test_list_filters_by_stores_and_channels(admin: Actor, group_buy_id: str, empty: Any) -> None:
    stores, channels = store_ids(admin), channel_ids(admin)
    assert len(launched(admin, group_buy_id, orgIds=empty, channelIds=empty)) == 4
    one = launched(admin, group_buy_id, orgIds=[stores[1]], channelIds=[channels[0], channels[4]])
    assert places(one) == [(stores[1], channels[0])]
    assert places(launched(admin, group_buy_id, orgIds=[stores[0]], channelIds=empty)) == [
        (stores[0], channels[0]),
        (stores[0], channels[1]),
    ]
    assert launched(admin, group_buy_id, channelIds=["1"]) == []


def test_list_is_paged(admin: Actor, group_buy_id: str) -> None:
    envelope = admin.post(LIST, {"groupBuyEventId": group_buy_id}, page=2, size=3).envelope
    assert (envelope["total"], envelope["page"], envelope["size"], len(envelope["data"])) == (4, 2, 3, 1)


def test_list_of_an_absent_group_buy_is_empty(admin: Actor, other: Actor, group_buy_id: str) -> None:
    assert [launched(admin, "1"), launched(other, group_buy_id)] == [[], []]
    admin.delete(f"/group_buy_event/{group_buy_id}")
    assert launched(admin, group_buy_id) == []


@pytest.mark.parametrize("path", [LIST, EXCEL])
@pytest.mark.parametrize(
    "wrong", [{"groupBuyEventId": None}, {"groupBuyEventId": 1}, {"orgIds": "1"}, {"channelIds": [1]}]
)
def test_wrong_list_body_is_40001(admin: Actor, path: str, wrong: JsonObject) -> None:
    answer = admin.post(path, {"groupBuyEventId": "1", **wrong})
    assert (answer.code, answer.data, next(iter(wrong)) in answer.message) == ("40001", None, True)


def test_excel_holds_the_rows_of_the_list(admin: Actor, group_buy_id: str) -> None:
    body = {"groupBuyEventId": group_buy_id, "orgIds": store_ids(admin)[:1]}
    response = admin.post(EXCEL, body, page=1, size=1).response
    listed = launched(admin, group_buy_id, orgIds=body["orgIds"])
    assert sheet_rows(response) == [
        (row["storeName"], row["channelName"], row["qrcodeUrl"]) for row in listed
    ]
    assert len(listed) == 2
    assert response.headers["Content-Disposition"].endswith(".xlsx")


def test_excel_of_an_absent_group_buy_is_40401(admin: Actor, other: Actor, group_buy_id: str) -> None:
    assert admin.post(EXCEL, {"groupBuyEventId": "1"}).code == "40401"
    assert other.post(EXCEL, {"groupBuyEventId": group_buy_id}).code == "40401"


def test_url_shows_a_png_to_anybody(admin: Actor, stranger: Actor, group_buy_id: str, rows: Rows) -> None:
    code = launched(admin, group_buy_id)[0]
    query = "SELECT qrcode_url FROM resource_channel WHERE id = ?"
    assert rows(query, int(code["id"])) == [{"qrcode_url": code["qrcodeUrl"]}]
    assert code["qrcodeUrl"].startswith("http://localhost/")
    picture = stranger.call("GET", urlsplit(code["qrcodeUrl"]).path).response
    assert (picture.content_type, picture.data[:4]) == ("image/png", b"\x89PNG")


def test_seeded_urls_show_their_pictures(admin: Actor, stranger: Actor) -> None:
    (group_buy,) = admin.get("/group_buy_event/list", searchWord="暑期英语三人团").data
    found = launched(admin, group_buy["id"])
    paths = [urlsplit(row["qrcodeUrl"]).path for row in found]
    assert [stranger.call("GET", path).status for path in paths] == [200] * 4
