"""A comparison as one HTML page, in Chinese, that needs no network: `page.html` with its data put in."""

import json
from pathlib import Path
from typing import Any, Final

from harness.comparing.comparison import NOTABLE_FACTOR, Comparison
from harness.comparing.findings import CHINESE, RATINGS, Kind
from harness.comparing.markdown import CHINESE_RATINGS
from harness.comparing.text import document

TEMPLATE: Final = Path(__file__).with_name("page.html")
_PLACE: Final = "__COMPARISON__"
_ENDS_A_SCRIPT: Final = str.maketrans({"<": "\\u003c", ">": "\\u003e", "&": "\\u0026"})


def as_page(comparison: Comparison) -> str:
    """Values stand in it as data, never as HTML."""
    shown = document(comparison) | {
        "kinds": {kind: {"title": CHINESE[kind], "reason": RATINGS[kind][2]} for kind in Kind},
        "ratings": CHINESE_RATINGS,
        "notable_factor": NOTABLE_FACTOR,
    }
    return TEMPLATE.read_text("utf-8").replace(_PLACE, _as_data(shown))


def _as_data(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False).translate(_ENDS_A_SCRIPT)
