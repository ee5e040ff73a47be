"""Check-in QR codes (E-11): one for each store of an event whose toggle is on."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from sandbox.db import Transaction
from sandbox.models import Event, EventCheckinQrcode
from sandbox.rules.bodies import optional, required
from sandbox.rules.event_views import sessions_of, store_ids
from sandbox.rules.kinds import Id, ListOf
from sandbox.rules.listing import Page, Paging, in_order, page_of
from sandbox.rules.organizations import stores_by_organization
from sandbox.rules.qr_pictures import qr_picture
from sandbox.rules.wire import wire

IMAGE_PATH = "files/event_checkin_qrcode/{id}.png"


@dataclass(frozen=True, kw_only=True)
class QrcodeListBody:
    event_id: int = required(Id())
    store_org_ids: tuple[int, ...] | None = optional(ListOf(Id()))


def keep_qrcodes(tx: Transaction, event: Event, host: str) -> None:
    """Brings an event's codes in step with its toggle and stores. `host` is a URL that ends in a slash."""
    wanted = store_ids(sessions_of(tx, [event.id])[event.id]) if event.checkin_qrcode_toggle else []
    kept = {code.store_org_id: code for code in _codes_of(tx, event.id)}
    for store_org_id, code in kept.items():
        code.deleted = store_org_id not in wanted
    for store_org_id in wanted:
        if store_org_id not in kept:
            new_id = tx.new_id()
            url = host + IMAGE_PATH.format(id=new_id)
            code = EventCheckinQrcode(id=new_id, event_id=event.id, store_org_id=store_org_id, qrcode_url=url)
            tx.add(code)


def list_qrcodes(
    tx: Transaction, organization_id: int, body: QrcodeListBody, paging: Paging
) -> Page[EventCheckinQrcode]:
    """An absent event, or another organization's, has none (C-14)."""
    selection = (
        select(EventCheckinQrcode)
        .join(Event, Event.id == EventCheckinQrcode.event_id)
        .where(Event.organization_id == organization_id, Event.deleted.is_(False))
        .where(EventCheckinQrcode.event_id == body.event_id, EventCheckinQrcode.deleted.is_(False))
    )
    if body.store_org_ids:
        selection = selection.where(EventCheckinQrcode.store_org_id.in_(body.store_org_ids))
    return page_of(tx, selection.order_by(*in_order(EventCheckinQrcode)), paging)


def qrcode_views(tx: Transaction, codes: Sequence[EventCheckinQrcode]) -> list[dict[str, Any]]:
    stores = stores_by_organization(tx, [code.store_org_id for code in codes if code.store_org_id])
    return [
        {**wire(code), "storeName": store.name if store else None}
        for code in codes
        for store in [stores.get(code.store_org_id)]
    ]


def qrcode_image(tx: Transaction, code_id: int | None) -> bytes | None:
    """The PNG that a code's URL shows, or None where there is no such code."""
    code = tx.get(EventCheckinQrcode, code_id or 0)
    if code is None or code.deleted:
        return None
    return qr_picture(f"pages/checkin/index?eventId={code.event_id}&storeOrgId={code.store_org_id}")


def _codes_of(tx: Transaction, event_id: int) -> Sequence[EventCheckinQrcode]:
    live = select(EventCheckinQrcode).where(
        EventCheckinQrcode.event_id == event_id, EventCheckinQrcode.deleted.is_(False)
    )
    return tx.scalars(live).all()
