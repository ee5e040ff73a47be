"""Check-in QR codes of events."""

from flask import Blueprint, Response

from sandbox.routes.answers import listed
from sandbox.routes.context import transaction
from sandbox.routes.guards import for_tenants
from sandbox.routes.reading import json_body, paging
from sandbox.rules.bodies import read_body
from sandbox.rules.checkin_qrcodes import QrcodeListBody, list_qrcodes, qrcode_views
from sandbox.rules.tenants import Privilege, SignedInTenant

blueprint = Blueprint("admin_event_checkin_qrcodes", __name__)


@blueprint.post("/event_checkin_qrcode/list")
@for_tenants(Privilege.EVENT_CHECKIN)
def qrcode_list(tenant: SignedInTenant) -> Response:
    given, asked = json_body(), paging()
    page = list_qrcodes(transaction(), tenant.organization_id, read_body(QrcodeListBody, given), asked)
    return listed(page, qrcode_views(transaction(), page.rows))
