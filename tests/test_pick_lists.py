"""What other bodies pick from: stores, channels, categories; and new resource ids."""

from collections.abc import Callable
from typing import Any

import pytest

from clients import AdminClient, Answer
from harness.case_words import query
from harness.cases import Area, Case, case, cases
from harness.checks import check_outcome, ids_of
from harness.kinds.event import EventWorkshop

pytestmark = pytest.mark.contract

PICK_LISTS = Area("管理后台", "选择列表")
RESOURCE_ID_LENGTH = 30


@cases("resource_id")
def test_new_resource_id(case: Case, admin: AdminClient, events: EventWorkshop) -> None:
    kind = query(case.query, events.words).get("type")

    answer = admin.resources.new_id(kind)

    check_outcome(answer, case)
    if answer.data is not None:
        prefix, _, number = answer.data.rpartition("_")
        assert (prefix, number.isdecimal()) == (kind, True)
        assert len(answer.data) <= RESOURCE_ID_LENGTH, "资源 id 放不进活动表的 30 个字符"


@case("resource-id-distinct", "C-06", "每次取的资源 id 都不同，后取的更大", area=PICK_LISTS, story="资源 id")
def test_resource_ids_are_distinct_and_ordered(admin: AdminClient) -> None:
    taken = [admin.resources.new_id("hd").require_data() for _ in range(20)]

    numbers = [int(resource_id.removeprefix("hd_")) for resource_id in taken]
    assert numbers == sorted(set(numbers))


@cases("list_paging_refused")
def test_paging_of_other_lists(case: Case, admin: AdminClient, events: EventWorkshop) -> None:
    paging = query(case.query, events.words)
    absent = events.words.id_of("absent")
    lists: dict[str, Callable[[], Answer[Any]]] = {
        "stores": lambda: admin.stores.list(**paging),
        "channels": lambda: admin.channels.list(**paging),
        "qrcodes": lambda: admin.checkin_qrcodes.list(absent, **paging),
    }

    answer = lists[case.call or ""]()

    check_outcome(answer, case)
    if answer.ok:
        assert (answer.page, answer.size) == (paging["page"], paging["size"])


@case("stores-pages", "C-05", "门店逐页翻完，每个门店恰好出现一次", area=PICK_LISTS, story="门店")
def test_pages_of_stores_add_up(admin: AdminClient) -> None:
    whole = admin.stores.list(page=1, size=1000).require_ok()
    names = [store["organizationId"] for store in whole.data or []]

    paged = [
        store["organizationId"]
        for page in range(1, -(-len(names) // 2) + 1)
        for store in admin.stores.list(page=page, size=2).require_data()
    ]

    assert paged == names
    assert whole.total == len(set(names)) > 0


@case("stores-own", "C-14", "门店列表只有自己组织的门店", area=PICK_LISTS, story="门店", severity="critical")
def test_stores_are_one_s_own(admin: AdminClient, other_admin: AdminClient) -> None:
    ours, theirs = (
        {store["organizationId"] for store in caller.stores.list(page=1, size=1000).require_data()}
        for caller in (admin, other_admin)
    )

    assert ours
    assert theirs
    assert ours.isdisjoint(theirs)


@case(
    "channels-own", "C-14", "渠道列表只有自己组织的渠道", area=PICK_LISTS, story="渠道", severity="critical"
)
def test_channels_are_one_s_own(admin: AdminClient, other_admin: AdminClient) -> None:
    ours, theirs = (
        set(ids_of(caller.channels.list(page=1, size=1000).require_data())) for caller in (admin, other_admin)
    )

    assert ours
    assert theirs
    assert ours.isdisjoint(theirs)


@case("categories-shared", "C-14", "活动分类由各组织共用", area=PICK_LISTS, story="活动分类")
def test_categories_are_shared(admin: AdminClient, other_admin: AdminClient) -> None:
    ours, theirs = (caller.event_categories.list().require_data() for caller in (admin, other_admin))

    assert ours == theirs
    assert ours


@case("categories-two-levels", "C-09", "每个二级分类的上级都是一级分类", area=PICK_LISTS, story="活动分类")
def test_second_level_categories_have_a_first_level_parent(admin: AdminClient) -> None:
    rows = admin.event_categories.list().require_data()

    firsts = {row["id"] for row in rows if row["type"] == "FIRST"}
    parents = {row["parentId"] for row in rows if row["type"] == "SECOND"}
    assert parents
    assert parents <= firsts


@case(
    "names-same-as-list", "E-01", "名称表与列表是同样的活动", area=PICK_LISTS, story="活动名称表", smoke=True
)
def test_names_are_those_of_the_list(admin: AdminClient, events: EventWorkshop) -> None:
    made = events.make()
    named = admin.events.ids_and_names().require_data()

    listed = admin.events.list(search_word=events.words.mark, page=1, size=1000).require_data()

    assert {row["id"]: row["name"] for row in listed}.items() <= {
        row["id"]: row["name"] for row in named
    }.items()
    assert ids_of(listed) == [made["id"]]
