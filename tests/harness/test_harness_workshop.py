"""A workshop makes activities of its kind by the calls of that kind, under the test's own mark."""

from collections.abc import Iterator
from typing import Any

import pytest
import responses
from faker import Faker

from clients import AdminClient, FixedHeaders, PlatformFailure, Refused, Transport
from clients.bodies import EventBody, GroupBuyBody
from harness.kinds.event import EventWorkshop
from harness.kinds.group_buy import GroupBuyWorkshop
from harness.known_ids import KnownIds
from harness.material import Material
from harness.randomness import Randomness
from harness.workshop import COPIES_LOOKED_FOR, AnyWorkshop, picked

NOW = 1_780_000_000_000
DAB = "http://platform.test/dab"
KINDS: dict[str, type[EventWorkshop | GroupBuyWorkshop]] = {
    "event": EventWorkshop,
    "group_buy_event": GroupBuyWorkshop,
}
SWITCHES = {"event": ("published", "publish"), "group_buy_event": ("enable", "enable")}
IDS = {"category_first": "1", "category_second": "2", "store": "3"}
Platform = responses.RequestsMock


class StillClock:
    def now(self) -> int:
        return NOW


@pytest.fixture
def platform() -> Iterator[Platform]:
    with responses.RequestsMock() as mock:
        yield mock


@pytest.fixture(params=KINDS)
def path(request: pytest.FixtureRequest) -> str:
    """Where the kind's calls are."""
    return str(request.param)


@pytest.fixture
def workshop(path: str) -> AnyWorkshop:
    randomness = Randomness(7, "some-case")
    known_ids: Any = IDS.__getitem__
    ids: KnownIds = known_ids
    admin = AdminClient(Transport(DAB))
    material = Material(admin, StillClock(), ids, randomness.seeded(Faker("zh_CN")), randomness)
    made: AnyWorkshop = KINDS[path](material)
    return made


def answers(platform: Platform, method: str, path: str, data: Any, code: str = "0", **beside: Any) -> None:
    platform.add(method, f"{DAB}/{path}", json={"code": code, "message": "", "data": data, **beside})


def listed(platform: Platform, path: str, *ids: str) -> None:
    rows = [{"id": one} for one in ids]
    answers(platform, "GET", f"{path}/list", rows, total=len(ids), page=1, size=100)


def sent(platform: Platform) -> list[str]:
    """`METHOD path` of each call, with a form's fields."""
    calls: list[Any] = [call.request for call in platform.calls]
    return [
        f"{one.method} {one.path_url.removeprefix('/dab/')}"
        + (f" {one.body.decode()}" if "form" in one.headers.get("Content-Type", "") else "")
        for one in calls
    ]


def test_body_has_a_new_resource_id_of_its_kind(workshop: AnyWorkshop, platform: Platform) -> None:
    answers(platform, "GET", "common/get_new_resource_id", "new_7")

    made = workshop.body()

    assert sent(platform) == [f"GET common/get_new_resource_id?type={workshop.prefix}"]
    assert made["resourceId"] == "new_7"
    assert workshop.mark in made[workshop.title]
    assert {workshop.brief, workshop.switch} <= made.keys()


def test_body_is_changed_as_a_case_says(workshop: AnyWorkshop, platform: Platform) -> None:
    answers(platform, "GET", "common/get_new_resource_id", "new_7")

    made = workshop.body({workshop.brief: None, "tags": "$left_out", "extra": {"$clock": "+1s"}})

    assert (made[workshop.brief], "tags" in made, made["extra"]) == (None, False, NOW + 1000)


def test_activity_is_made_and_read_back(workshop: AnyWorkshop, path: str, platform: Platform) -> None:
    answers(platform, "GET", "common/get_new_resource_id", "new_7")
    answers(platform, "POST", path, "7")
    answers(platform, "GET", f"{path}/7", {"id": "7", "status": "OPEN"})

    made = workshop.make()

    assert made == {"id": "7", "status": "OPEN"}
    assert sent(platform)[1:] == [f"POST {path}", f"GET {path}/7"]


def test_switch_and_pin_are_turned_by_calls_of_their_own(
    workshop: AnyWorkshop, path: str, platform: Platform
) -> None:
    field, call = SWITCHES[path]
    answers(platform, "GET", "common/get_new_resource_id", "new_7")
    answers(platform, "POST", path, "7")
    answers(platform, "PUT", f"{path}/7/{call}", None)
    answers(platform, "PUT", f"{path}/7/recommend", None)
    answers(platform, "GET", f"{path}/7", {"id": "7"})

    workshop.make({field: True, "recommend": True})

    assert sent(platform)[2:4] == [
        f"PUT {path}/7/{call} {call}=true",
        f"PUT {path}/7/recommend recommend=true",
    ]
    assert f'"{field}": false'.encode() in (platform.calls[1].request.body or b"")


def test_activity_of_another_tenant_is_made_by_that_tenant(
    workshop: AnyWorkshop, path: str, platform: Platform
) -> None:
    answers(platform, "GET", "common/get_new_resource_id", "new_7")
    answers(platform, "POST", path, "7")
    answers(platform, "PUT", f"{path}/7/{SWITCHES[path][1]}", None)
    answers(platform, "GET", f"{path}/7", {"id": "7"})
    other = workshop.admin.signed_in(FixedHeaders({"X-Token": "other"}))

    workshop.make({SWITCHES[path][0]: True}, caller=other)

    assert [call.request.headers.get("X-Token") for call in platform.calls] == [None, *["other"] * 3]


def test_refused_creation_ends_the_making(workshop: AnyWorkshop, path: str, platform: Platform) -> None:
    answers(platform, "GET", "common/get_new_resource_id", "new_7")
    answers(platform, "POST", path, None, "40001")

    with pytest.raises(Refused, match="40001"):
        workshop.make()


def test_rows_within_the_mark_are_searched_for(workshop: AnyWorkshop, path: str, platform: Platform) -> None:
    listed(platform, path, "2", "1")

    found = workshop.within_mark()

    assert [row["id"] for row in found] == ["2", "1"]
    assert sent(platform) == [f"GET {path}/list?searchWord={workshop.mark}&page=1&size={COPIES_LOOKED_FOR}"]


def test_copy_is_the_row_beside_the_original(workshop: AnyWorkshop, path: str, platform: Platform) -> None:
    listed(platform, path, "1", "2")

    assert workshop.copy_of({"id": "1"}) == {"id": "2"}


@pytest.mark.parametrize("ids", [["1"], ["1", "2", "3"], ["2", "3"]])
def test_copy_that_is_not_alone_is_the_platform_s_fault(
    workshop: AnyWorkshop, path: str, platform: Platform, ids: list[str]
) -> None:
    listed(platform, path, *ids)
    copies = len(set(ids) - {"1"})

    with pytest.raises(PlatformFailure, match=f"应恰有一个副本，实有 {copies} 个"):
        workshop.copy_of({"id": "1"})


@pytest.mark.parametrize("body", [EventBody, GroupBuyBody])
def test_picked_is_what_stands_in_the_body(body: type) -> None:
    row = {**dict.fromkeys(body.__annotations__), "status": "OPEN", "id": "7"}

    assert picked(row, body) == dict.fromkeys(body.__annotations__)


def test_picked_adds_nothing_that_the_row_lacks() -> None:
    assert picked({"name": "活动", "id": "7"}, EventBody) == {"name": "活动"}
