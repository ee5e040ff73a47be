"""Pictures that answers point to; whoever has the URL may look."""

from flask import Blueprint, Response, abort

from sandbox.routes.context import transaction
from sandbox.rules.checkin_qrcodes import qrcode_image
from sandbox.rules.kinds import as_id

blueprint = Blueprint("files", __name__)


@blueprint.get("/event_checkin_qrcode/<code_id>.png")
def event_checkin_qrcode(code_id: str) -> Response:
    image = qrcode_image(transaction(), as_id(code_id))
    if image is None:
        abort(404)
    return Response(image, mimetype="image/png")
