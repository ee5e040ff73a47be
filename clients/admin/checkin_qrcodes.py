"""Check-in QR codes (核销码) of events."""

from collections.abc import Sequence

from clients.bodies import CheckinQrcode, Paging
from clients.permissions import Effect
from clients.response import Answer
from clients.transport import Resource


class CheckinQrcodes(Resource):
    def list(
        self,
        event_id: str,
        *,
        store_org_ids: Sequence[str] | None = None,
        page: Paging = None,
        size: Paging = None,
    ) -> Answer[list[CheckinQrcode]]:
        """The codes of one event (E-11), of all its stores or of the named ones."""
        body: dict[str, object] = {"eventId": event_id}
        if store_org_ids is not None:
            body["storeOrgIds"] = [*store_org_ids]
        params = {"page": page, "size": size}
        name, path = "admin.checkin_qrcodes.list", "event_checkin_qrcode/list"
        return self._transport.call(name, "POST", path, params=params, json=body, effect=Effect.READS)
