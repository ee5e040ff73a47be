"""Resource ids, stores, channels, categories and names."""

import re

import pytest

from tests.sandbox.actors import Actor
from tests.sandbox.bodies import make_event


@pytest.mark.parametrize("kind", ["hd", "pt", "article", "x"])
def test_resource_id_is_its_type_and_an_id(admin: Actor, kind: str) -> None:
    issued = admin.get("/common/get_new_resource_id", type=kind).data
    assert re.fullmatch(f"{kind}_[1-9][0-9]{{15,18}}", issued)
    assert len(issued) <= 30


def test_resource_ids_are_new_each_time(admin: Actor) -> None:
    issued = {admin.get("/common/get_new_resource_id", type="hd").data for _ in range(5)}
    assert len(issued) == 5


@pytest.mark.parametrize("query", [{}, {"type": ""}, {"type": " "}, {"type": "x" * 256}])
def test_resource_id_needs_a_type(admin: Actor, query: dict[str, str]) -> None:
    answer = admin.get("/common/get_new_resource_id", **query)
    assert answer.code == "40001"
    assert "type" in answer.message


def test_issued_resource_id_makes_an_event(admin: Actor) -> None:
    issued = admin.get("/common/get_new_resource_id", type="hd").data
    assert admin.get(f"/event/{make_event(admin, resourceId=issued)}").data["resourceId"] == issued


def test_store_list_begins_with_the_contracts_store(admin: Actor) -> None:
    envelope = admin.get("/organizations/store_list").envelope
    first = envelope["data"][0]
    assert first["name"] == "虹口校区"
    assert set(first) == {"name", "organizationId", "address", "tel", "longitude", "latitude"}
    assert envelope["total"] >= 6


def test_store_is_an_organization_under_the_tenants(admin: Actor) -> None:
    stores = {store["organizationId"] for store in admin.get("/organizations/store_list").data}
    own = admin.get("/event/list").data[0]["organizationId"]
    assert own not in stores


def test_channel_list_begins_with_the_contracts_channel(admin: Actor) -> None:
    envelope = admin.get("/channel/list").envelope
    assert envelope["data"][0]["name"] == "线上-微信"
    assert envelope["total"] >= 4
    assert "deleted" not in envelope["data"][0]


@pytest.mark.parametrize(("path", "word"), [("/channel/list", "微信"), ("/organizations/store_list", "虹口")])
def test_list_is_searched_and_paged(admin: Actor, path: str, word: str) -> None:
    found = admin.get(path, searchWord=word)
    assert ([word in row["name"] for row in found.data], found.envelope["total"]) == ([True], 1)
    assert len(admin.get(path, size=2, page=2).data) == 2
    assert admin.get(path, size=0).status == 400


def test_categories_have_two_levels(admin: Actor) -> None:
    envelope = admin.get("/event_category").envelope
    firsts = {row["id"] for row in envelope["data"] if row["type"] == "FIRST"}
    seconds = [row for row in envelope["data"] if row["type"] == "SECOND"]
    assert firsts
    assert {row["parentId"] for row in seconds} == firsts
    assert "total" not in envelope


def test_categories_are_shared_by_all_organizations(admin: Actor, other: Actor) -> None:
    assert admin.get("/event_category").data == other.get("/event_category").data


def test_names_are_those_of_the_whole_list(admin: Actor) -> None:
    envelope = admin.get("/event/get_all_events_the_id_and_name").envelope
    listed = admin.get("/event/list", size=1000).data
    assert envelope["data"] == [{"id": event["id"], "name": event["name"]} for event in listed]
    assert "total" not in envelope
