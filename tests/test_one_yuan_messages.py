"""What the platform tells by its queue of a one-yuan group's life (Y-13)."""

import pytest

from harness.cases import Area, Case, case, cases
from harness.clock import MINUTE, SandboxClock
from harness.messages import Messages
from harness.one_yuan import LEADER, OneYuanGroups
from tests.one_yuan.groups import check_told

pytestmark = pytest.mark.one_yuan

MESSAGES = Area("小程序", "一元购团")


@cases("one_yuan_message")
def test_messages(case: Case, one_yuan_groups: OneYuanGroups, messages: Messages) -> None:
    states = case.expect["told"]

    group = one_yuan_groups.told(case)

    told = messages.of(group.id, expected=len(states))
    check_told(told, one_yuan_groups.read(group), states)


@case(
    "one-yuan-message-expiry-time",
    "Y-13",
    "过期消息的 occurredAt 是读取使其过期的那一秒，不是 expireTime",
    area=MESSAGES,
    story="一元购消息",
    severity="critical",
)
def test_expiry_is_told_of_its_reading(
    one_yuan_groups: OneYuanGroups, movable_clock: SandboxClock, messages: Messages
) -> None:
    groups = one_yuan_groups
    group = groups.open(groups.products.make())
    read_at = groups.read(group)["expireTime"] + MINUTE
    movable_clock.set(read_at)

    groups.mini(LEADER).get(group.id).require_ok()
    movable_clock.advance(MINUTE)
    groups.mini(LEADER).get(group.id).require_ok()

    assert messages.of(group.id, expected=2)[1:] == [
        {"groupId": group.id, "status": 1, "isEnough": 0, "occurredAt": read_at}
    ]


@case(
    "one-yuan-message-whole-life",
    "Y-13",
    "开团与满员的消息写明团、状态、是否人满、时间",
    area=MESSAGES,
    story="一元购消息",
    severity="blocker",
    smoke=True,
)
def test_messages_of_a_full_group(one_yuan_groups: OneYuanGroups, messages: Messages) -> None:
    groups = one_yuan_groups
    group = groups.open(groups.products.make({"needNum": 1}))

    groups.join(group, "first")

    row = groups.read(group)
    assert messages.of(group.id, expected=2) == [
        {"groupId": group.id, "status": 0, "isEnough": 0, "occurredAt": row["ctime"]},
        {"groupId": group.id, "status": 0, "isEnough": 1, "occurredAt": row["endTime"]},
    ]


@case(
    "one-yuan-message-several-groups",
    "Y-13",
    "一批订单动了几个团，各团的消息各是各的",
    area=MESSAGES,
    story="一元购消息",
    severity="critical",
)
def test_one_batch_tells_of_each_group(one_yuan_groups: OneYuanGroups, messages: Messages) -> None:
    groups, product = one_yuan_groups, one_yuan_groups.products.make({"needNum": 1})
    filled, failed = groups.open(product), groups.open(product, "other")
    fills = groups.order(filled, "first")
    opens = groups.to_open(product, "second")

    results = groups.take_in(fills, {**failed.orders[LEADER], "orderStatus": "REFUNDED"}, opens)

    told = [(one["status"], one["isEnough"]) for one in messages.of(filled.id, expected=2)]
    assert told == [(0, 0), (0, 1)]
    assert [one["status"] for one in messages.of(failed.id, expected=2)] == [0, 2]
    assert [one["status"] for one in messages.of(results[2]["groupId"] or "", expected=1)] == [0]


@case(
    "one-yuan-message-list-tells-each",
    "Y-13",
    "读列表使几个团过期，各团各告知一次，不在那一页的不告知",
    area=MESSAGES,
    story="一元购消息",
    severity="critical",
)
def test_a_list_tells_of_each_group_it_shows(
    one_yuan_groups: OneYuanGroups, movable_clock: SandboxClock, messages: Messages
) -> None:
    groups = one_yuan_groups
    opened = [groups.open(groups.products.make()) for _ in range(3)]
    movable_clock.set(groups.read(opened[0])["expireTime"])

    shown = [row["id"] for row in groups.mini(LEADER).list(size=2).require_data()]

    told = {group.id: [one["status"] for one in messages.of(group.id, expected=1)] for group in opened}
    assert told == {group.id: [0, 1] if group.id in shown else [0] for group in opened}
    assert len(shown) == 2


@case(
    "one-yuan-message-refused-line",
    "Y-13",
    "被拒绝的订单行不告知，同一批里的其他行照常告知",
    area=MESSAGES,
    story="一元购消息",
)
def test_a_refused_line_tells_nothing(one_yuan_groups: OneYuanGroups, messages: Messages) -> None:
    groups, product = one_yuan_groups, one_yuan_groups.products.make()
    group = groups.open(product)
    joins = groups.order(group, "first")

    results = groups.pull(
        {**group.orders[LEADER], "orderStatus": "CANCELED"}, {**joins, "orderAmount": -1}, joins
    )

    assert [result["code"] for result in results] == ["40001", "40001", "0"]
    assert [one["status"] for one in messages.of(group.id, expected=1)] == [0]
