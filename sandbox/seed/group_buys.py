"""Group-buys in each state, launched and not, some with teams (`sandbox.seed.teams`)."""

import json
from dataclasses import dataclass
from datetime import timedelta
from itertools import product
from typing import Final

from sandbox.models import (
    EventCategory,
    GroupBuyEvent,
    GroupBuyEventRobot,
    GroupBuyEventRule,
    GroupBuyEventSpecificationConf,
    GroupBuyEventSpecificationDetail,
    ResourceChannel,
    ResourceConf,
    TrainingClass,
)
from sandbox.rules.group_buy_kind import GROUP_BUYS
from sandbox.seed.activities import PICTURES, from_start, pictures, sow_form
from sandbox.seed.organizations import Place, Places
from sandbox.seed.seedbed import Seedbed
from sandbox.seed.teams import TeamSample, Terms, sow_teams
from sandbox.settings import CLOCK_START

HOST: Final = "http://localhost/"
GRADES: Final = ("一年级", "二年级")
TIMES: Final = ("周六上午", "周日下午")
SKU_VALUES: Final = f"{GRADES[0]},{TIMES[0]}"


@dataclass(frozen=True)
class Sample:
    """A group-buy whose times are days from the clock's start."""

    titile: str
    category: str
    begins: float
    ends: float
    enable: bool = True
    recommend: bool = False
    order_no: int = 0
    sizes: tuple[int, ...] = (3,)
    price: int = 9900
    stores: int = 1
    channels: int = 0
    hours: int | None = 24
    robots: bool = False
    specified: bool = False
    form: bool = False
    deleted: bool = False
    teams: tuple[TeamSample, ...] = ()


SAMPLES: Final = (
    Sample(
        "暑期英语三人团",
        "英语体验课",
        -10,
        20,
        recommend=True,
        order_no=3,
        sizes=(3, 2),
        stores=2,
        channels=2,
        specified=True,
        teams=(
            TeamSample("PENDING", 3, ("UNUSED", "UNUSED", "CANCELED")),
            TeamSample("SUCCESS", 2, ("USED", "UNUSED")),
            TeamSample("FAILED", 3, ("TEAM_FAIL", "TEAM_FAIL")),
            TeamSample("UNPAID", 2, ("UNPAID",)),
        ),
    ),
    Sample(
        "少儿编程免费团",
        "编程体验课",
        -5,
        25,
        order_no=9,
        sizes=(2,),
        price=0,
        stores=3,
        channels=1,
        hours=None,
        robots=True,
        form=True,
        teams=(
            TeamSample("SUCCESS", 2, ("UNUSED",), robots=1),
            TeamSample("PENDING", 2, ("UNUSED",)),
            TeamSample("FAILED", 2, ("CANCELED", "TEAM_FAIL")),
        ),
    ),
    Sample("秋季班预售团", "数学体验课", 15, 40, sizes=(5, 3, 2), stores=6, robots=True),
    Sample("开学季阅读团", "亲子阅读", 3, 10, recommend=True, price=1990),
    Sample(
        "春季数学思维团",
        "数学体验课",
        -50,
        -20,
        channels=1,
        teams=(TeamSample("SUCCESS", 3, ("USED", "USED", "UNUSED")),),
    ),
    Sample("寒假编程团", "编程体验课", -55, -45, sizes=(2,), price=0),
    Sample("亲子运动团（停用）", "亲子运动", -2, 12, enable=False, stores=2),
    Sample("Summer Group 100%_满班", "英语体验课", 5, 30, enable=False, price=19900),
    Sample("已取消的手工团", "亲子阅读", 1, 4, deleted=True),
)
OTHER_SAMPLES: Final = (
    Sample(
        "西湖研学团",
        "亲子运动",
        -4,
        20,
        stores=2,
        channels=2,
        teams=(TeamSample("PENDING", 3, ("UNUSED",)),),
    ),
    Sample("滨江编程团", "编程体验课", 10, 20),
    Sample("元旦亲子阅读团", "亲子阅读", -40, -30, enable=False),
)


def sow_group_buys(bed: Seedbed, places: Places) -> None:
    categories = {
        row.name: row for row in bed.rows if isinstance(row, EventCategory) and row.type == "SECOND"
    }
    for samples, place in ((SAMPLES, places.main), (OTHER_SAMPLES, places.other)):
        classes = [_training_class(bed, place, f"{grade}{time}班") for grade, time in product(GRADES, TIMES)]
        for sample in samples:
            bed.let_pass(timedelta(hours=5, minutes=7))
            _group_buy(bed, sample, categories[sample.category], place, classes)


def _training_class(bed: Seedbed, place: Place, name: str) -> TrainingClass:
    return bed.add(TrainingClass(id=bed.new_id(), organization_id=place.organization_id, name=name))


def _group_buy(
    bed: Seedbed, sample: Sample, category: EventCategory, place: Place, classes: list[TrainingClass]
) -> None:
    group_buy_id = bed.new_id()
    group_buy = bed.add(
        GroupBuyEvent(
            id=group_buy_id,
            organization_id=place.organization_id,
            resource_id=f"pt_{bed.new_id()}",
            titile=sample.titile,
            descr=f"{sample.titile}，人满开课，未满退款",
            detail=f"<h2>{sample.titile}</h2><p>{bed.fake.name()}老师授课，开课前一天电话确认。</p>",
            begin_time=from_start(sample.begins),
            end_time=from_start(sample.ends),
            effective_type="RELATIVE_DATE",
            effective_hours=90 * 24,
            team_last_time_type="LIMITED" if sample.hours else "LIMITLESS",
            team_last_time_hours=sample.hours,
            remind_time_type="END",
            remind_hours=2,
            repeat_join=True,
            student_can_join=True,
            cancel_review_toggle=False,
            checkin_qrcode_toggle=False,
            price=sample.price * 2,
            enable=sample.enable,
            recommend=sample.recommend,
            order_no=sample.order_no,
            event_category_first_id=category.parent_id,
            event_category_second_id=category.id,
            form_id=sow_form(bed) if sample.form else None,
            deleted=sample.deleted,
            **pictures(group_buy_id),
        )
    )
    group_buy.status = GROUP_BUYS.status_of(group_buy, CLOCK_START)
    _conf(bed, sample, group_buy, place)
    _rules(bed, sample, group_buy)
    robots = _robots(bed, sample, group_buy)
    if sample.specified:
        _specifications(bed, group_buy, classes)
    _launches(bed, sample, group_buy, place)
    sku_values = SKU_VALUES if sample.specified else None
    sow_teams(bed, group_buy, sample.teams, Terms(sample.price, sku_values, robots), place)


def _conf(bed: Seedbed, sample: Sample, group_buy: GroupBuyEvent, place: Place) -> None:
    bed.add(
        ResourceConf(
            id=bed.new_id(),
            resource_id=group_buy.resource_id,
            share_image_url=f"{PICTURES}/{group_buy.id}/share.png",
            tags=json.dumps(["拼团", "限时"], ensure_ascii=False),
            store_org_ids=json.dumps(list(map(str, place.store_org_ids[: sample.stores]))),
            customer_server_guide_opened=False,
        )
    )


def _rules(bed: Seedbed, sample: Sample, group_buy: GroupBuyEvent) -> None:
    for index, size in enumerate(sample.sizes):
        bed.add(
            GroupBuyEventRule(
                id=bed.new_id(),
                group_buy_event_id=group_buy.id,
                size=size,
                leader_price=sample.price,
                member_price=sample.price,
                max_number=size * 20,
                begint_number=10 * index,
                can_join=True,
                order_no=index,
            )
        )


def _robots(bed: Seedbed, sample: Sample, group_buy: GroupBuyEvent) -> list[GroupBuyEventRobot]:
    return [
        bed.add(
            GroupBuyEventRobot(
                id=bed.new_id(),
                group_buy_event_id=group_buy.id,
                type=kind,
                offset_time=3600 * 1000,
                probability=50,
                begint_number=0,
                order_no=index,
            )
        )
        for index, kind in enumerate(("BEGIN", "END") if sample.robots else ())
    ]


def _specifications(bed: Seedbed, group_buy: GroupBuyEvent, classes: list[TrainingClass]) -> None:
    """Two levels, and a training class for each combination; the last is not on offer."""
    for level, (name, values) in enumerate((("年级", GRADES), ("时间", TIMES)), start=1):
        bed.add(
            GroupBuyEventSpecificationConf(
                id=bed.new_id(),
                group_buy_event_id=group_buy.id,
                level=level,
                name=name,
                values=",".join(values),
            )
        )
    for index, combination in enumerate(product(GRADES, TIMES)):
        bed.add(
            GroupBuyEventSpecificationDetail(
                id=bed.new_id(),
                group_buy_event_id=group_buy.id,
                values=",".join(combination),
                enabled=index < len(classes) - 1,
                order_no=index,
                training_class_id=classes[index].id,
                training_class_name=classes[index].name,
            )
        )


def _launches(bed: Seedbed, sample: Sample, group_buy: GroupBuyEvent, place: Place) -> None:
    stores, channels = place.store_org_ids[: sample.stores], place.channel_ids[: sample.channels]
    for store_org_id, channel_id in product(stores, channels):
        launch_id = bed.new_id()
        bed.add(
            ResourceChannel(
                id=launch_id,
                group_buy_event_id=group_buy.id,
                store_org_id=store_org_id,
                channel_id=channel_id,
                qrcode_url=f"{HOST}files/resource_channel/{launch_id}.png",
            )
        )
