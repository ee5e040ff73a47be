"""Ids that cases call by name: each name of the schema leads to one, looked up once."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
import responses

from clients import AdminClient, HarnessError, Transport
from harness.known_ids import ABSENT, KnownIds
from tests.harness.projects import PROJECT

OURS, THEIRS = "http://ours.test/dab", "http://theirs.test/dab"
FIRST = {"id": "1", "type": "FIRST", "parentId": None}
SECOND = {"id": "11", "type": "SECOND", "parentId": "1"}
OTHER_SECOND = {"id": "21", "type": "SECOND", "parentId": "2"}
EXPECTED = {
    "absent": ABSENT,
    "category_first": "1",
    "category_second": "11",
    "category_second_other": "21",
    "store": "101",
    "store_second": "102",
    "store_other_organization": "201",
    "channel": "301",
    "channel_second": "302",
    "channel_other_organization": "401",
}


@dataclass(frozen=True)
class TwoTenants:
    """As much of a platform as looking up takes."""

    def tenant(self, role: str = "admin") -> AdminClient:
        return AdminClient(Transport(THEIRS if role == "other" else OURS))


@pytest.fixture
def known_ids() -> KnownIds:
    platform: Any = TwoTenants()
    return KnownIds(platform)


@pytest.fixture
def wire() -> Iterator[responses.RequestsMock]:
    with responses.RequestsMock(assert_all_requests_are_fired=False) as mock:
        yield mock


def listed(wire: responses.RequestsMock, url: str, *rows: dict[str, Any]) -> None:
    wire.get(url, json={"code": "0", "message": "", "data": list(rows), "total": 9, "page": 1, "size": 9})


def stores(wire: responses.RequestsMock, base: str, *ids: str) -> None:
    listed(wire, f"{base}/organizations/store_list", *({"organizationId": one} for one in ids))


def channels(wire: responses.RequestsMock, base: str, *ids: str) -> None:
    listed(wire, f"{base}/channel/list", *({"id": one, "name": "公众号"} for one in ids))


def test_each_name_of_the_schema_leads_to_its_id(known_ids: KnownIds, wire: responses.RequestsMock) -> None:
    listed(wire, f"{OURS}/event_category", FIRST, SECOND, OTHER_SECOND)
    stores(wire, OURS, "101", "102")
    stores(wire, THEIRS, "201")
    channels(wire, OURS, "301", "302")
    channels(wire, THEIRS, "401")
    schema = json.loads((PROJECT / "data" / "case.schema.json").read_text("utf-8"))

    names = schema["$defs"]["word"]["properties"]["$id_of"]["enum"]

    assert {name: known_ids(name) for name in names} == EXPECTED


def test_ids_are_looked_up_once(known_ids: KnownIds, wire: responses.RequestsMock) -> None:
    stores(wire, OURS, "101", "102")

    assert [known_ids(name) for name in ("store", "store_second", "store")] == ["101", "102", "101"]
    assert len(wire.calls) == 1


def test_stores_and_channels_are_looked_up_apart(known_ids: KnownIds, wire: responses.RequestsMock) -> None:
    channels(wire, OURS, "301", "302")

    assert [known_ids(name) for name in ("channel", "channel_second")] == ["301", "302"]
    assert [call.request.url for call in wire.calls] == [f"{OURS}/channel/list?page=1&size=2"]


def test_absent_id_needs_no_call(known_ids: KnownIds) -> None:
    assert known_ids("absent") == ABSENT


def test_too_few_stores_are_told(known_ids: KnownIds, wire: responses.RequestsMock) -> None:
    stores(wire, OURS, "101")

    with pytest.raises(HarnessError, match="the organization has 1 stores, the cases need 2"):
        known_ids("store")


def test_too_few_channels_are_told(known_ids: KnownIds, wire: responses.RequestsMock) -> None:
    channels(wire, THEIRS)

    with pytest.raises(HarnessError, match="the organization has 0 channels, the cases need 1"):
        known_ids("channel_other_organization")


@pytest.mark.parametrize("rows", [(), (FIRST,), (FIRST, SECOND), (SECOND, {**SECOND, "id": "12"})])
def test_too_few_categories_are_told(
    known_ids: KnownIds, wire: responses.RequestsMock, rows: tuple[dict[str, Any], ...]
) -> None:
    listed(wire, f"{OURS}/event_category", *rows)

    with pytest.raises(HarnessError, match="no two second-level event categories of different parents"):
        known_ids("category_second")
