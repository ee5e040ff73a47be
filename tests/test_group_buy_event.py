"""Group-buys (拼课团) on the admin console: create, update, copy, enable, pin, delete."""

from typing import Any, Final

import pytest

from clients import AdminClient, MemberClient
from clients.bodies import Specifications
from harness.cases import Area, Case, case, cases
from harness.checks import check_refused, check_same
from harness.clock import SandboxClock
from harness.kinds.group_buy import GroupBuyWorkshop
from harness.workshop import picked
from tests.activities import life

pytestmark = pytest.mark.group_buy

GROUP_BUY = Area("管理后台", "拼课团")
LEVELS: Final = {"校区": ["虹口", "徐汇"], "时段": ["周六上午", "周六下午", "周日上午"]}
NO_SPECIFICATIONS: Final[dict[str, Any]] = {
    "specificationConfs": [],
    "groupBuyEventSpecificationDetails": [],
}


@cases("group_buy_create")
def test_create(case: Case, group_buys: GroupBuyWorkshop) -> None:
    life.create(case, group_buys)


@cases("group_buy_create_rules")
def test_create_with_rules(case: Case, group_buys: GroupBuyWorkshop) -> None:
    life.create(case, group_buys)


@case(
    "group-buy-robot-id-made-up",
    "C-03",
    "新建时机器人规则自带的 id 不算数",
    story="新建拼课团",
    area=GROUP_BUY,
)
def test_robot_rule_gets_an_id_of_the_platform_s(group_buys: GroupBuyWorkshop) -> None:
    made = group_buys.make({"robotRules.0.id": {"$id_of": "absent"}})

    assert made["robotRules"][0]["id"] != group_buys.words.id_of("absent")


@case(
    "group-buy-same-resource",
    "G-01",
    "两个拼课团用同一资源 id，第二个被拒绝",
    story="新建拼课团",
    area=GROUP_BUY,
)
def test_resource_id_serves_one_group_buy(group_buys: GroupBuyWorkshop) -> None:
    life.resource_id_serves_one(group_buys)


@case(
    "group-buy-create-at-clock",
    "C-07",
    "createdTime 是新建那一刻，毫秒为整秒",
    story="新建拼课团",
    area=GROUP_BUY,
)
def test_created_time_is_the_clock_s(group_buys: GroupBuyWorkshop, movable_clock: SandboxClock) -> None:
    life.created_time_is_the_clock_s(group_buys, movable_clock)


@cases("group_buy_update")
def test_update(case: Case, group_buys: GroupBuyWorkshop) -> None:
    life.update(case, group_buys)


@case(
    "group-buy-update-moves-updated-time",
    "C-07",
    "修改后 updatedTime 前进，createdTime 不变",
    story="修改拼课团",
    area=GROUP_BUY,
)
def test_update_moves_updated_time(group_buys: GroupBuyWorkshop, movable_clock: SandboxClock) -> None:
    life.update_moves_updated_time(group_buys, movable_clock)


@case(
    "group-buy-created-time-kept",
    "C-03",
    "请求里的 createdTime 被忽略，新建和修改都一样",
    story="修改拼课团",
    area=GROUP_BUY,
)
def test_created_time_of_a_body_is_ignored(group_buys: GroupBuyWorkshop) -> None:
    life.created_time_of_a_body_is_ignored(group_buys)


@case(
    "group-buy-update-keeps-identity",
    "C-03",
    "修改时带上别的 id 被忽略，改的仍是路径里的拼课团",
    story="修改拼课团",
    area=GROUP_BUY,
)
def test_update_takes_the_path_s_id(group_buys: GroupBuyWorkshop) -> None:
    life.update_takes_the_id_of_the_path(group_buys)


@case(
    "group-buy-update-keeps-robot-ids",
    "C-03",
    "修改拼课团时带 id 的机器人规则还是原来的规则",
    story="修改拼课团",
    area=GROUP_BUY,
)
def test_update_keeps_the_ids_of_robot_rules(admin: AdminClient, group_buys: GroupBuyWorkshop) -> None:
    before = group_buys.make()
    body = group_buys.changed(group_buys.writable(before), {"robotRules.0.probability": 33})

    admin.group_buys.update(before["id"], body).require_ok()

    kept = [(rule["id"], rule["probability"]) for rule in group_buys.read(before)["robotRules"]]
    assert kept == [(before["robotRules"][0]["id"], 33)]


@case(
    "group-buy-update-keeps-specifications",
    "G-11",
    "整体修改不动规格，也不收请求里的规格",
    story="修改拼课团",
    severity="critical",
    area=GROUP_BUY,
)
def test_update_keeps_the_specifications(admin: AdminClient, group_buys: GroupBuyWorkshop) -> None:
    before = group_buys.make_specified(LEVELS)

    body = {**group_buys.writable(before), **NO_SPECIFICATIONS}
    admin.group_buys.update(before["id"], body).require_ok()

    after = group_buys.read(before)
    assert picked(after, Specifications) == picked(before, Specifications)


@cases("group_buy_switch")
def test_enable_and_recommend(case: Case, group_buys: GroupBuyWorkshop) -> None:
    life.switch(case, group_buys)


@case("group-buy-recommend-only-it", "C-12", "置顶只改这一个拼课团的置顶", story="启用与置顶", area=GROUP_BUY)
def test_recommend_changes_nothing_else(group_buys: GroupBuyWorkshop) -> None:
    life.recommend_changes_nothing_else(group_buys)


@cases("group_buy_copy")
def test_copy(case: Case, group_buys: GroupBuyWorkshop) -> None:
    life.copy(case, group_buys)


@case(
    "group-buy-copy-tells-its-id",
    "G-12",
    "复制回答的 id 就是副本的 id",
    story="复制拼课团",
    severity="blocker",
    smoke=True,
    area=GROUP_BUY,
)
def test_copy_tells_its_id(admin: AdminClient, group_buys: GroupBuyWorkshop) -> None:
    original = group_buys.make()

    told = admin.group_buys.copy(original["id"]).require_data()

    assert told == group_buys.copy_of(original)["id"] != original["id"]


@case(
    "group-buy-copy-keeps-specifications",
    "G-12",
    "规格层级和每种组合都复制，停用的仍停用",
    story="复制拼课团",
    severity="critical",
    area=GROUP_BUY,
)
def test_copy_keeps_the_specifications(admin: AdminClient, group_buys: GroupBuyWorkshop) -> None:
    original = group_buys.make_specified(LEVELS, {"groupBuyEventSpecificationDetails.1.enabled": False})

    copied = admin.group_buys.copy(original["id"]).require_data()

    kept = picked(admin.group_buys.get(copied).require_data(), Specifications)
    assert kept == picked(original, Specifications)
    admin.group_buys.specify(copied, NO_SPECIFICATIONS).require_ok()
    check_same(original, group_buys.read(original))


@case(
    "group-buy-copy-has-no-teams",
    "G-12",
    "副本没有团队、订单和投放",
    story="复制拼课团",
    severity="critical",
    area=GROUP_BUY,
)
def test_copy_has_no_teams_orders_or_launches(admin: AdminClient, group_buys: GroupBuyWorkshop) -> None:
    original = group_buys.make()
    places = {"orgIds": [group_buys.words.id_of("store")], "channelIds": [group_buys.words.id_of("channel")]}
    admin.group_buys.launch({"groupBuyEventId": original["id"], **places}).require_ok()

    copied = admin.group_buys.copy(original["id"]).require_data()

    assert admin.group_buys.launches(copied).require_ok().total == 0
    assert admin.group_buy_orders.teams(copied).require_ok().total == 0
    assert admin.group_buy_orders.orders(copied).require_ok().total == 0
    assert admin.group_buys.launches(original["id"]).require_ok().total == 1


@case(
    "group-buy-copy-twice", "G-12", "复制两次得两个副本，资源 id 各不相同", story="复制拼课团", area=GROUP_BUY
)
def test_copy_twice_makes_two(group_buys: GroupBuyWorkshop) -> None:
    life.copy_twice_makes_two(group_buys)


@case("group-buy-copy-of-copy", "G-12", "副本还能再复制，标题再加 _副本", story="复制拼课团", area=GROUP_BUY)
def test_copy_of_a_copy(group_buys: GroupBuyWorkshop) -> None:
    life.copy_of_a_copy(group_buys)


@case(
    "group-buy-copy-has-own-life",
    "G-12",
    "改副本不影响原拼课团，删原拼课团不影响副本",
    story="复制拼课团",
    area=GROUP_BUY,
)
def test_copy_lives_apart_from_its_original(group_buys: GroupBuyWorkshop) -> None:
    life.copy_lives_apart_from_its_original(group_buys)


@case(
    "group-buy-delete",
    "C-10",
    "删除后列表、详情和小程序里都没有了",
    story="删除拼课团",
    severity="blocker",
    smoke=True,
    area=GROUP_BUY,
)
def test_deleted_group_buy_is_gone(member: MemberClient, group_buys: GroupBuyWorkshop) -> None:
    made = group_buys.make({"enable": True})

    life.deleted_is_gone(group_buys, made)

    check_refused(member.group_buys.get(made["id"]), "40401")


@case(
    "group-buy-delete-only-it",
    "C-10",
    "删除只删这一个拼课团",
    story="删除拼课团",
    severity="critical",
    area=GROUP_BUY,
)
def test_delete_leaves_the_others(group_buys: GroupBuyWorkshop) -> None:
    life.delete_leaves_the_others(group_buys)


@case("group-buy-delete-twice", "C-10", "删两次，第二次也回答成功", story="删除拼课团", area=GROUP_BUY)
def test_delete_twice_answers_success(group_buys: GroupBuyWorkshop) -> None:
    life.delete_twice_answers_success(group_buys)
