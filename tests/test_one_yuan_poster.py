"""The poster of a one-yuan group (朋友圈海报): a picture whose QR code is the link that is shared."""

from urllib.parse import parse_qs, urlsplit

import pytest

from clients import MemberClient
from harness.cases import Area, Case, case, cases
from harness.checks import check_refused
from harness.known_ids import KnownIds
from harness.one_yuan import LEADER, Group, OneYuanGroups
from harness.pictures import picture_of
from tests.one_yuan.groups import check_group

pytestmark = pytest.mark.one_yuan

POSTER = Area("小程序", "一元购团")


@cases("one_yuan_poster")
def test_poster(case: Case, one_yuan_groups: OneYuanGroups) -> None:
    group = one_yuan_groups.told(case)

    poster = one_yuan_groups.mini(case.query["who"]).poster(group.id).require_data()

    assert linked(poster) == meant(group)
    check_group(one_yuan_groups, group, case)


@case(
    "one-yuan-poster-of-each-group",
    "Y-11",
    "同一商品的两个团，海报各指向各的团",
    area=POSTER,
    story="一元购海报",
    severity="critical",
)
def test_each_group_has_its_own_poster(one_yuan_groups: OneYuanGroups) -> None:
    groups, product = one_yuan_groups, one_yuan_groups.products.make()
    opened = [groups.open(product), groups.open(product, "other")]

    posters = [groups.mini(LEADER).poster(group.id).require_data() for group in opened]

    assert [linked(poster) for poster in posters] == [meant(group) for group in opened]


@case(
    "one-yuan-poster-link-joins",
    "Y-11",
    "从海报的链接进入，新人看到的按钮是加入团",
    area=POSTER,
    story="一元购海报",
    severity="critical",
)
def test_the_link_leads_to_joining(one_yuan_groups: OneYuanGroups) -> None:
    groups = one_yuan_groups
    group = groups.open(groups.products.make())
    link = linked(groups.mini(LEADER).poster(group.id).require_data())

    page = groups.people("first").calls.one_yuan_products.get(link["productId"], group_id=link["groupId"])

    offer = page.require_data()
    assert (offer["action"], offer["groupId"]) == ("JOIN", group.id)


@case(
    "one-yuan-poster-product-id",
    "Y-11",
    "海报链接里的 productId 是商品库的行 id，不是 PDD 的商品号",
    area=POSTER,
    story="一元购海报",
)
def test_the_link_names_the_library_row(one_yuan_groups: OneYuanGroups) -> None:
    group = one_yuan_groups.open(one_yuan_groups.products.make())

    link = linked(one_yuan_groups.mini(LEADER).poster(group.id).require_data())

    assert link["productId"] != group.product["productId"]


@case(
    "one-yuan-poster-absent",
    "C-03",
    "取不存在的团的海报，以 40401 拒绝，答复是信封而不是图片",
    area=POSTER,
    story="一元购海报",
    severity="critical",
)
def test_poster_of_an_absent_group(member: MemberClient, known_ids: KnownIds) -> None:
    check_refused(member.one_yuan_groups.poster(known_ids("absent")), "40401")


def linked(poster: bytes) -> dict[str, str]:
    """What the query of the poster's only link says."""
    (link,) = picture_of(poster).links
    parts = urlsplit(link)
    assert parts.scheme in {"http", "https"}, f"海报的二维码不是网址：{link}"
    assert parts.netloc, f"海报的二维码不是网址：{link}"
    return {name: value for name, (value,) in parse_qs(parts.query, strict_parsing=True).items()}


def meant(group: Group) -> dict[str, str]:
    return {"productId": group.product["id"], "groupId": group.id}
