"""The smoke test: the shortest journey through events and group-buys (PKT, 拼课团).

It tells whether an environment is worth testing; each stage is a case, so that a report names where it ends.
"""

import pytest

from clients import AdminClient, MemberClient
from harness.cases import Area, case
from harness.checks import check_refused
from harness.kinds.event import EventWorkshop
from harness.kinds.group_buy import GroupBuyWorkshop, specified
from harness.workbooks import sheet_of

pytestmark = pytest.mark.smoke

CONSOLE = Area("管理后台", "冒烟")


@case(
    "smoke-pick-lists",
    "C-01",
    "登录后台，门店、渠道、活动分类都取得到",
    story="冒烟旅程",
    severity="blocker",
    area=CONSOLE,
)
def test_console_answers_with_its_pick_lists(admin: AdminClient) -> None:
    assert admin.stores.list(page=1, size=1).require_data()
    assert admin.channels.list(page=1, size=1).require_data()
    assert admin.event_categories.list().require_data()


@case(
    "smoke-event-journey",
    "E-03",
    "活动：新建、搜索、修改、发布、小程序可见、复制、置顶、删除",
    story="冒烟旅程",
    severity="blocker",
    area=CONSOLE,
)
def test_event_goes_its_way(admin: AdminClient, member: MemberClient, events: EventWorkshop) -> None:
    made = events.make({"beginTime": {"$clock": "-1h"}})
    assert events.within_mark() == [made]
    admin.events.update(made["id"], {**events.writable(made), "brief": "冒烟"}).require_ok()
    admin.events.publish(made["id"], publish=True).require_ok()
    admin.events.recommend(made["id"], recommend=True).require_ok()

    page = member.events.get(made["id"]).require_data()
    assert (page["brief"], page["status"], page["recommend"]) == ("冒烟", "OPEN", True)

    admin.events.copy(made["id"]).require_ok()
    assert events.copy_of(made)["published"] is False
    admin.events.delete(made["id"]).require_ok()
    check_refused(member.events.get(made["id"]), "40401")


@case(
    "smoke-group-buy-journey",
    "G-05",
    "拼课团：新建、搜索、修改、规格、启用、投放、导出、小程序可见、复制、删除",
    story="冒烟旅程",
    severity="blocker",
    area=CONSOLE,
)
def test_group_buy_goes_its_way(
    admin: AdminClient, member: MemberClient, group_buys: GroupBuyWorkshop
) -> None:
    made, known = group_buys.make({"beginTime": {"$clock": "-1h"}}), group_buys.words.id_of
    assert group_buys.within_mark() == [made]
    admin.group_buys.update(made["id"], {**group_buys.writable(made), "descr": "冒烟"}).require_ok()
    wanted = specified({"班型": ["大班", "小班"]})
    admin.group_buys.specify(made["id"], wanted).require_ok()
    admin.group_buys.enable(made["id"], enable=True).require_ok()
    places = {"orgIds": [known("store")], "channelIds": [known("channel")]}
    admin.group_buys.launch({"groupBuyEventId": made["id"], **places}).require_ok()

    (launched,) = admin.group_buys.launches(made["id"]).require_data()
    exported = sheet_of(admin.group_buys.launches_file(made["id"]).require_data())
    assert launched["qrcodeUrl"] in exported.cells[0]
    page = member.group_buys.get(made["id"]).require_data()
    assert (page["descr"], page["status"]) == ("冒烟", "OPEN")
    assert member.group_buys.redemption(made["id"]).require_data()["stores"]
    loaded = member.group_buys.specifications(made["id"]).require_data()
    assert loaded["specificationConfs"] == wanted["specificationConfs"]

    copied = admin.group_buys.copy(made["id"]).require_data()
    assert admin.group_buys.get(copied).require_data()["enable"] is False
    admin.group_buys.delete(made["id"]).require_ok()
    check_refused(member.group_buys.get(made["id"]), "40401")
