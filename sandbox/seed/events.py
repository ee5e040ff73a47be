"""Event categories, and events in each state with the orders that some of them have."""

import json
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from sandbox.models import Event, EventCategory, EventSession, Member, ResourceConf
from sandbox.seed.activities import PICTURES, from_start, pictures, sow_form
from sandbox.seed.members import Members
from sandbox.seed.orders import sow_order
from sandbox.seed.organizations import Place, Places
from sandbox.seed.referrals import sow_shares
from sandbox.seed.seedbed import HOUR, Seedbed

CATEGORIES: Final = {
    "体验课": ("英语体验课", "数学体验课", "编程体验课"),
    "亲子活动": ("亲子阅读", "亲子运动"),
    "讲座": ("升学讲座", "家庭教育讲座"),
}


@dataclass(frozen=True)
class Sample:
    """An event whose times are days from the clock's start."""

    name: str
    category: str
    begins: float
    ends: float
    published: bool = True
    recommend: bool = False
    order_no: int = 0
    quota: int | None = 30
    stores: int = 1
    address: str | None = None
    price: int = 0
    form: bool = False
    review: bool = False
    deleted: bool = False
    orders: tuple[str, ...] = ()


SAMPLES: Final = (
    Sample(
        "暑期英语体验课",
        "英语体验课",
        -10,
        20,
        recommend=True,
        order_no=3,
        orders=("UNUSED", "CANCELED", "UNUSED"),
    ),
    Sample("少儿编程公开课", "编程体验课", -5, 25, order_no=9, stores=3, form=True),
    Sample("亲子绘本共读会", "亲子阅读", -3, 10, quota=3, orders=("UNUSED", "UNUSED", "CANCELED")),
    Sample("家庭教育公益讲座", "家庭教育讲座", -2, 15, quota=None, stores=0, address="上海图书馆东馆报告厅"),
    Sample(
        "数学思维体验课（收费）", "数学体验课", -1, 30, price=990, orders=("UNPAID", "UNUSED", "CANCELED")
    ),
    Sample("小升初升学讲座", "升学讲座", -1, 12, review=True, orders=("RESERVATION_REVIEW_PENDING",)),
    Sample("秋季班开放日", "英语体验课", 30, 40, order_no=5, stores=6),
    Sample("亲子运动会", "亲子运动", 14, 15, stores=0, address="世纪公园 3 号门"),
    Sample("中考政策解读", "升学讲座", 7, 8, recommend=True, quota=200),
    Sample("春季英语体验课", "英语体验课", -50, -20, orders=("USED", "TIME_OUT")),
    Sample("寒假编程营", "编程体验课", -55, -45, stores=2),
    Sample("亲子手工坊（草稿）", "亲子阅读", 5, 6, published=False),
    Sample("Summer Camp 100%_满班", "英语体验课", 1, 60, published=False, price=19900),
    Sample("已取消的户外课", "亲子运动", 3, 4, deleted=True),
)
OTHER_SAMPLES: Final = (
    Sample("西湖研学营", "亲子运动", -4, 20, stores=2),
    Sample("滨江编程体验课", "编程体验课", 10, 20),
    Sample("国庆亲子阅读", "亲子阅读", -40, -30, form=True),
)


def sow_events(bed: Seedbed, places: Places, members: Members) -> None:
    categories = _categories(bed)
    for sample in SAMPLES:
        bed.let_pass(timedelta(days=1, minutes=7))
        _event(bed, sample, categories[sample.category], places.main, members.main)
    for sample in OTHER_SAMPLES:
        bed.let_pass(timedelta(days=1, minutes=7))
        _event(bed, sample, categories[sample.category], places.other, members.other)


def _categories(bed: Seedbed) -> dict[str, EventCategory]:
    seconds = {}
    for first_name, second_names in CATEGORIES.items():
        first = EventCategory(id=bed.new_id(), name=first_name, type="FIRST", descr=f"{first_name}类活动")
        bed.add(first)
        for name in second_names:
            second = EventCategory(id=bed.new_id(), name=name, type="SECOND", parent_id=first.id, descr=name)
            seconds[name] = bed.add(second)
    return seconds


def _event(
    bed: Seedbed, sample: Sample, category: EventCategory, place: Place, members: tuple[Member, ...]
) -> None:
    event_id = bed.new_id()
    event = bed.add(
        Event(
            id=event_id,
            organization_id=place.organization_id,
            resource_id=f"hd_{bed.new_id()}",
            name=sample.name,
            brief=f"{sample.name}，名额有限，先到先得",
            detail=f"<h2>{sample.name}</h2><p>由{bed.fake.name()}老师带领，请提前十分钟到场签到。</p>",
            begin_time=from_start(sample.begins),
            end_time=from_start(sample.ends),
            event_category_first_id=category.parent_id,
            event_category_second_id=category.id,
            published=sample.published,
            recommend=sample.recommend,
            order_no=sample.order_no,
            charge_toggle=sample.price > 0,
            charged_amount=sample.price,
            reservation_review_toggle=sample.review,
            cancel_review_toggle=sample.review,
            checkin_qrcode_toggle=False,
            form_id=sow_form(bed) if sample.form else None,
            deleted=sample.deleted,
            **pictures(event_id),
        )
    )
    _conf(bed, event)
    session = _session(bed, sample, event, place)
    if sample.orders:
        sow_shares(bed, event, members)
    for number, status in enumerate(sample.orders):
        sow_order(bed, event, session, members, number % len(members), status)


def _conf(bed: Seedbed, event: Event) -> None:
    show = {"title": "联系老师", "image": f"{PICTURES}/service.png", "iconName": "service", "status": True}
    bed.add(
        ResourceConf(
            id=bed.new_id(),
            resource_id=event.resource_id,
            share_image_url=f"{PICTURES}/{event.id}/share.png",
            tags=json.dumps(["名师", "小班"], ensure_ascii=False),
            customer_server_show_vo=json.dumps(show, ensure_ascii=False),
            customer_server_guide_opened=True,
        )
    )


def _session(bed: Seedbed, sample: Sample, event: Event, place: Place) -> EventSession:
    """On the event's last day, at its end."""
    ends = from_start(sample.ends)
    return bed.add(
        EventSession(
            id=bed.new_id(),
            event_id=event.id,
            start_time=ends - 2 * HOUR,
            end_time=ends,
            place_type="STORE" if sample.stores else "ADDRESS",
            applicable_store_ids=",".join(map(str, place.store_org_ids[: sample.stores])) or None,
            address=sample.address,
            quota=sample.quota,
            latitude="31.2304",
            longitude="121.4737",
        )
    )
