"""Pictures that answers point to; whoever has the URL may look."""

from flask import Blueprint, Response, abort

from sandbox.routes.answers import picture
from sandbox.routes.context import transaction
from sandbox.rules.checkin_qrcodes import qrcode_image
from sandbox.rules.kinds import as_id
from sandbox.rules.launches import launch_image

blueprint = Blueprint("files", __name__)


@blueprint.get("/event_checkin_qrcode/<code_id>.png")
def event_checkin_qrcode(code_id: str) -> Response:
    return _png(qrcode_image(transaction(), as_id(code_id)))


@blueprint.get("/resource_channel/<launch_id>.png")
def resource_channel(launch_id: str) -> Response:
    return _png(launch_image(transaction(), as_id(launch_id)))


def _png(image: bytes | None) -> Response:
    if image is None:
        abort(404)
    return picture(image)
