"""Stores and channels of an organization."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Select, select

from sandbox.db import Transaction
from sandbox.models import Channel, Organization, Store
from sandbox.rules.listing import Page, Paging, in_order, matching, page_of
from sandbox.rules.refusals import absent
from sandbox.rules.wire import wire_id


def list_stores(tx: Transaction, organization_id: int, word: str | None, paging: Paging) -> Page[Store]:
    selection = _stores_of(organization_id).where(matching(Store.name, word))
    return page_of(tx, selection.order_by(*in_order(Store)), paging)


def list_channels(tx: Transaction, organization_id: int, word: str | None, paging: Paging) -> Page[Channel]:
    selection = _channels_of(organization_id).where(matching(Channel.name, word))
    return page_of(tx, selection.order_by(*in_order(Channel)), paging)


def stores_by_organization(tx: Transaction, store_org_ids: Iterable[int]) -> dict[int | None, Store]:
    """The stores that these ids name, by that id."""
    found = tx.scalars(select(Store).where(Store.organization_id.in_(set(store_org_ids))))
    return {store.organization_id: store for store in found}


def check_stores(tx: Transaction, organization_id: int, store_org_ids: Iterable[int], where: str) -> None:
    """Another organization's store is as absent as none (C-14)."""
    wanted = set(store_org_ids)
    own = _stores_of(organization_id).where(Store.organization_id.in_(wanted))
    if len(tx.scalars(own).all()) != len(wanted):
        raise absent(f"{where} 中的门店")


def check_channels(tx: Transaction, organization_id: int, channel_ids: Iterable[int], where: str) -> None:
    """As for stores."""
    wanted = set(channel_ids)
    own = _channels_of(organization_id).where(Channel.id.in_(wanted))
    if len(tx.scalars(own).all()) != len(wanted):
        raise absent(f"{where} 中的渠道")


def channel_names(tx: Transaction, channel_ids: Iterable[int]) -> dict[int | None, str | None]:
    found = tx.scalars(select(Channel).where(Channel.id.in_(set(channel_ids))))
    return {channel.id: channel.name for channel in found}


def store_view(store: Store) -> dict[str, Any]:
    return {
        "name": store.name,
        "organizationId": wire_id(store.organization_id),
        "address": store.address,
        "tel": store.tel,
        "longitude": store.longitude,
        "latitude": store.latitude,
    }


def _stores_of(organization_id: int) -> Select[Store]:
    return (
        select(Store)
        .join(Organization, Organization.id == Store.organization_id)
        .where(Organization.parent_id == organization_id, Store.deleted.is_(False))
    )


def _channels_of(organization_id: int) -> Select[Channel]:
    return select(Channel).where(Channel.organization_id == organization_id, Channel.deleted.is_(False))
