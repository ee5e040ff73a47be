"""Two organizations, their mini-programs, stores and channels."""

from dataclasses import dataclass

from sandbox.models import Channel, Organization, OrganizationWxApp, Store
from sandbox.seed.seedbed import Seedbed
from sandbox.settings import APP_ID, OTHER_APP_ID

STORES = (
    ("虹口校区", "上海市虹口区", "121.4914", "31.2608"),
    ("徐汇校区", "上海市徐汇区", "121.4368", "31.1883"),
    ("浦东校区", "上海市浦东新区", "121.5447", "31.2215"),
    ("静安校区", "上海市静安区", "121.4484", "31.2290"),
    ("杨浦校区", "上海市杨浦区", "121.5260", "31.2595"),
    ("闵行校区", "上海市闵行区", "121.3816", "31.1129"),
)
OTHER_STORES = (
    ("西湖校区", "杭州市西湖区", "120.1303", "30.2593"),
    ("滨江校区", "杭州市滨江区", "120.2119", "30.2084"),
)
CHANNELS = (
    ("线上-微信", "公众号与小程序"),
    ("线上-抖音", "短视频与直播"),
    ("线下-地推", "校门口与社区"),
    ("线下-转介绍", "老学员介绍"),
    ("线下-前台", "到店咨询"),
)
OTHER_CHANNELS = (("线上-小红书", "笔记与直播"), ("线下-展会", "教育展"))


@dataclass(frozen=True)
class Place:
    organization_id: int
    app_id: str
    store_org_ids: tuple[int, ...]
    channels: tuple[str, ...]
    channel_ids: tuple[int, ...]


@dataclass(frozen=True)
class Places:
    main: Place
    other: Place


def sow_organizations(bed: Seedbed) -> Places:
    return Places(
        main=_organization(bed, "启明星教育", APP_ID, STORES, CHANNELS),
        other=_organization(bed, "小橘灯教育", OTHER_APP_ID, OTHER_STORES, OTHER_CHANNELS),
    )


def _organization(
    bed: Seedbed,
    name: str,
    app_id: str,
    stores: tuple[tuple[str, str, str, str], ...],
    channels: tuple[tuple[str, str], ...],
) -> Place:
    organization = bed.add(Organization(id=bed.new_id(), name=name))
    bed.add(OrganizationWxApp(id=bed.new_id(), organization_id=organization.id, app_id=app_id))
    store_org_ids = tuple(_store(bed, organization.id, *store) for store in stores)
    channel_ids = tuple(_channel(bed, organization.id, *channel) for channel in channels)
    names = tuple(name for name, _ in channels)
    return Place(organization.id, app_id, store_org_ids, names, channel_ids)


def _channel(bed: Seedbed, organization_id: int, name: str, descr: str) -> int:
    row = Channel(id=bed.new_id(), organization_id=organization_id, name=name, descr=descr)
    return bed.add(row).id


def _store(bed: Seedbed, parent_id: int, name: str, district: str, longitude: str, latitude: str) -> int:
    own = bed.add(Organization(id=bed.new_id(), parent_id=parent_id, name=name))
    bed.add(
        Store(
            id=bed.new_id(),
            organization_id=own.id,
            name=name,
            address=f"{district}{bed.fake.street_name()}{bed.fake.random_int(1, 999)}号",
            tel=f"400-000-{bed.fake.random_int(0, 9999):04}",
            longitude=longitude,
            latitude=latitude,
        )
    )
    return own.id
