"""Launches of a group-buy: into stores × channels, each with a QR code (G-13)."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product
from typing import Any, Final

from sqlalchemy import Select, select

from sandbox.db import Transaction
from sandbox.models import GroupBuyEvent, ResourceChannel
from sandbox.rules.activities import find_activity
from sandbox.rules.bodies import optional, required
from sandbox.rules.group_buy_kind import GROUP_BUYS
from sandbox.rules.kinds import Id, ListOf
from sandbox.rules.listing import Page, Paging, in_order, page_of
from sandbox.rules.organizations import channel_names, check_channels, check_stores, stores_by_organization
from sandbox.rules.qr_pictures import qr_picture
from sandbox.rules.sheets import sheet
from sandbox.rules.wire import wire

IMAGE_PATH: Final = "files/resource_channel/{id}.png"
HEADINGS: Final = ("门店", "渠道", "二维码")


@dataclass(frozen=True, kw_only=True)
class LaunchBody:
    group_buy_event_id: int = required(Id())
    org_ids: tuple[int, ...] = required(ListOf(Id(), filled=True))
    channel_ids: tuple[int, ...] = required(ListOf(Id(), filled=True))


@dataclass(frozen=True, kw_only=True)
class LaunchListBody:
    """Only what is given, and filled, filters."""

    group_buy_event_id: int = required(Id())
    org_ids: tuple[int, ...] | None = optional(ListOf(Id()))
    channel_ids: tuple[int, ...] | None = optional(ListOf(Id()))


def launch(tx: Transaction, organization_id: int, body: LaunchBody, host: str) -> None:
    """Again without doubling. `host` is a URL that ends in a slash."""
    group_buy = find_activity(tx, GROUP_BUYS, organization_id, body.group_buy_event_id)
    check_stores(tx, organization_id, body.org_ids, "orgIds")
    check_channels(tx, organization_id, body.channel_ids, "channelIds")
    known = select(ResourceChannel).where(ResourceChannel.group_buy_event_id == group_buy.id)
    tx.lock(GroupBuyEvent, group_buy.id)  # who launches it at the same time waits, and then doubles nothing
    launched = {(row.store_org_id, row.channel_id) for row in tx.scalars(known)}
    for store_org_id, channel_id in dict.fromkeys(product(body.org_ids, body.channel_ids)):
        if (store_org_id, channel_id) not in launched:
            tx.add(_launched(tx.new_id(), group_buy.id, store_org_id, channel_id, host))


def list_launches(
    tx: Transaction, organization_id: int, body: LaunchListBody, paging: Paging
) -> Page[ResourceChannel]:
    """An absent group-buy has none, as C-15 has it."""
    return page_of(tx, _launches(organization_id, body), paging)


def launch_views(tx: Transaction, launches: Sequence[ResourceChannel]) -> list[dict[str, Any]]:
    stores = stores_by_organization(tx, [row.store_org_id for row in launches if row.store_org_id])
    channels = channel_names(tx, [row.channel_id for row in launches if row.channel_id])
    return [
        {
            **wire(row),
            "storeName": store.name if store else None,
            "channelName": channels.get(row.channel_id),
        }
        for row in launches
        for store in [stores.get(row.store_org_id)]
    ]


def launch_sheet(tx: Transaction, organization_id: int, body: LaunchListBody) -> bytes:
    """The rows of the list, unpaged, as an .xlsx."""
    find_activity(tx, GROUP_BUYS, organization_id, body.group_buy_event_id)
    views = launch_views(tx, tx.scalars(_launches(organization_id, body)).all())
    return sheet(HEADINGS, ((view["storeName"], view["channelName"], view["qrcodeUrl"]) for view in views))


def launch_image(tx: Transaction, launch_id: int | None) -> bytes | None:
    """The PNG that a launch's URL shows, or None where there is no such launch."""
    row = tx.get(ResourceChannel, launch_id or 0)
    if row is None:
        return None
    place = f"storeOrgId={row.store_org_id}&channelId={row.channel_id}"
    return qr_picture(f"pages/groupBuy/index?id={row.group_buy_event_id}&{place}")


def _launched(
    new_id: int, group_buy_id: int, store_org_id: int, channel_id: int, host: str
) -> ResourceChannel:
    return ResourceChannel(
        id=new_id,
        group_buy_event_id=group_buy_id,
        store_org_id=store_org_id,
        channel_id=channel_id,
        qrcode_url=host + IMAGE_PATH.format(id=new_id),
    )


def _launches(organization_id: int, body: LaunchListBody) -> Select[ResourceChannel]:
    selection = (
        select(ResourceChannel)
        .join(GroupBuyEvent, GroupBuyEvent.id == ResourceChannel.group_buy_event_id)
        .where(GroupBuyEvent.organization_id == organization_id, GroupBuyEvent.deleted.is_(False))
        .where(ResourceChannel.group_buy_event_id == body.group_buy_event_id)
    )
    if body.org_ids:
        selection = selection.where(ResourceChannel.store_org_id.in_(body.org_ids))
    if body.channel_ids:
        selection = selection.where(ResourceChannel.channel_id.in_(body.channel_ids))
    return selection.order_by(*in_order(ResourceChannel))
