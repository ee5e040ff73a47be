"""G-11: specifications of a group-buy are exactly the combinations of their levels' values."""

from typing import Any

import pytest

from tests.sandbox.actors import Actor, JsonObject
from tests.sandbox.bodies import HOUR, START, without
from tests.sandbox.conftest import Rows
from tests.sandbox.group_buys import (
    group_buy_body,
    make_group_buy,
    read_group_buy,
    specification_body,
    specify,
)

EMPTY: JsonObject = {"specificationConfs": [], "groupBuyEventSpecificationDetails": []}


def level(**changes: Any) -> JsonObject:
    return {"level": 1, "name": "年级", "values": "一,二", **changes}


def detail(values: str, **changes: Any) -> JsonObject:
    return {"values": values, "enabled": True, **changes}


def body(levels: list[JsonObject], *details: JsonObject) -> JsonObject:
    return {"specificationConfs": levels, "groupBuyEventSpecificationDetails": list(details)}


def told(group_buy: JsonObject) -> JsonObject:
    return {name: group_buy[name] for name in EMPTY}


def test_specifications_are_kept_as_they_were_sent(admin: Actor) -> None:
    group_buy_id = make_group_buy(admin)
    answer = admin.put(f"/group_buy_event/{group_buy_id}/specification", specification_body())
    assert (answer.code, answer.data) == ("0", None)
    assert told(read_group_buy(admin, group_buy_id)) == specification_body()


def test_call_replaces_what_was_there(admin: Actor, rows: Rows) -> None:
    group_buy_id = make_group_buy(admin)
    specify(admin, group_buy_id)
    assert specify(admin, group_buy_id, body([level(values="甲")], detail("甲"))) == "0"
    group_buy = read_group_buy(admin, group_buy_id)
    assert group_buy["specificationConfs"] == [level(values="甲")]
    assert [row["values"] for row in group_buy["groupBuyEventSpecificationDetails"]] == ["甲"]
    query = "SELECT count(*) AS n FROM group_buy_event_specification_detail WHERE deleted = 1"
    assert rows(query) == [{"n": 2}]


def test_both_lists_may_be_empty(admin: Actor) -> None:
    group_buy_id = make_group_buy(admin)
    specify(admin, group_buy_id)
    assert specify(admin, group_buy_id, EMPTY) == "0"
    assert told(read_group_buy(admin, group_buy_id)) == EMPTY


def test_update_keeps_the_specifications(admin: Actor) -> None:
    group_buy_id = make_group_buy(admin)
    specify(admin, group_buy_id)
    admin.put(f"/group_buy_event/{group_buy_id}", group_buy_body(**EMPTY))
    assert told(read_group_buy(admin, group_buy_id)) == specification_body()


def test_call_moves_the_group_buys_updated_time(admin: Actor, control: Actor) -> None:
    group_buy_id = make_group_buy(admin)
    control.put("/clock", {"advanceMs": HOUR // 2})
    specify(admin, group_buy_id)
    assert read_group_buy(admin, group_buy_id)["updatedTime"] == START + HOUR // 2


WRONG: list[tuple[JsonObject, str]] = [
    (without(EMPTY, "specificationConfs"), "specificationConfs"),
    (without(EMPTY, "groupBuyEventSpecificationDetails"), "groupBuyEventSpecificationDetails"),
    ({**EMPTY, "specificationConfs": {}}, "specificationConfs"),
    (body([level(level=0)], detail("一"), detail("二")), "specificationConfs[0].level"),
    (body([level(level=None)], detail("一"), detail("二")), "specificationConfs[0].level"),
    (body([level(), level(values="甲")], detail("一,甲"), detail("二,甲")), "specificationConfs[1].level"),
    (body([level(values=None)]), "specificationConfs[0].values"),
    (body([level(values="")]), "specificationConfs[0].values"),
    (body([level(values="一,")], detail("一"), detail("")), "specificationConfs[0].values"),
    (body([level(values="一, ")], detail("一"), detail(" ")), "specificationConfs[0].values"),
    (body([level(values="一,一")], detail("一"), detail("一")), "specificationConfs[0].values"),
    (body([level(values=["一"])], detail("一")), "specificationConfs[0].values"),
    (body([level(values="一" * 256)], detail("一" * 256)), "specificationConfs[0].values"),
    (body([level(name="名" * 256)], detail("一"), detail("二")), "specificationConfs[0].name"),
    (body([level()], detail("一", enabled=None)), "groupBuyEventSpecificationDetails[0].enabled"),
    (body([level()], detail("一", enabled=1)), "groupBuyEventSpecificationDetails[0].enabled"),
    (body([level()], detail("一", orderNo="1")), "groupBuyEventSpecificationDetails[0].orderNo"),
    (body([level()], detail("一", trainingClassId=1)), "Details[0].trainingClassId"),
    (body([level()], detail("一", trainingClassName=1)), "Details[0].trainingClassName"),
    # not exactly the combinations
    (body([level()]), "groupBuyEventSpecificationDetails"),
    (body([], detail("一")), "groupBuyEventSpecificationDetails"),
    (body([level()], detail("一")), "groupBuyEventSpecificationDetails"),
    (body([level()], detail("一"), detail("二"), detail("三")), "groupBuyEventSpecificationDetails"),
    (body([level()], detail("一"), detail("一")), "groupBuyEventSpecificationDetails"),
    (body([level()], detail("一"), detail("二"), detail("二")), "groupBuyEventSpecificationDetails"),
    (body([level(), level(level=2, values="甲")], detail("甲,一"), detail("甲,二")), "Details"),
]


@pytest.mark.parametrize(("sent", "named"), WRONG)
def test_wrong_specification_is_40001_named_and_changes_nothing(
    admin: Actor, sent: JsonObject, named: str
) -> None:
    group_buy_id = make_group_buy(admin)
    specify(admin, group_buy_id)
    answer = admin.put(f"/group_buy_event/{group_buy_id}/specification", sent)
    assert (answer.code, named in answer.message) == ("40001", True)
    assert told(read_group_buy(admin, group_buy_id)) == specification_body()


def test_name_and_what_a_detail_is_for_are_optional(admin: Actor) -> None:
    group_buy_id = make_group_buy(admin)
    sent = body([without(level(values="甲"), "name")], detail("甲", enabled=False))
    assert specify(admin, group_buy_id, sent) == "0"
    (kept,) = read_group_buy(admin, group_buy_id)["groupBuyEventSpecificationDetails"]
    assert without(kept, "values", "enabled") == dict.fromkeys(
        ("orderNo", "trainingClassId", "trainingClassName")
    )


def test_more_combinations_than_can_be_spelt_out_are_refused(admin: Actor) -> None:
    values = ",".join(map(str, range(60)))
    levels = [level(level=number, values=values) for number in range(1, 40)]
    assert specify(admin, make_group_buy(admin), body(levels, detail("0"))) == "40001"


def test_seeded_specifications_name_training_classes(admin: Actor, rows: Rows) -> None:
    (group_buy,) = admin.get("/group_buy_event/list", searchWord="暑期英语三人团").data
    classes = {row["id"] for row in rows("SELECT id FROM training_class")}
    details = group_buy["groupBuyEventSpecificationDetails"]
    assert {int(row["trainingClassId"]) for row in details} <= classes
    assert [row["enabled"] for row in details] == [True, True, True, False]
