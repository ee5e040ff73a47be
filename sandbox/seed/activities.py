"""What the seeds of all kinds of activity share."""

import json
from typing import Any, Final

from sandbox.models import Form
from sandbox.seed.seedbed import DAY, Seedbed
from sandbox.settings import CLOCK_START

PICTURES: Final = "https://cdn.example.test/events"
SIGN_UP_FORM: Final = [
    {"key": "学员姓名", "type": "text", "options": [], "isRequire": True},
    {"key": "年级", "type": "radio", "options": ["一年级", "二年级", "三年级"], "isRequire": True},
    {"key": "作品照片", "type": "image", "options": [], "isRequire": False},
]


def from_start(days: float) -> int:
    return CLOCK_START + round(days * DAY)


def pictures(activity_id: int) -> dict[str, Any]:
    """The columns that name an activity's own pictures."""
    columns = {"banner": "banner", "cover_image": "cover", "guide_image": "guide"}
    return {column: f"{PICTURES}/{activity_id}/{name}.png" for column, name in columns.items()}


def sow_form(bed: Seedbed) -> int:
    fields = json.dumps(SIGN_UP_FORM, ensure_ascii=False, separators=(",", ":"))
    return bed.add(Form(id=bed.new_id(), fields=fields)).id
