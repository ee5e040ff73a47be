"""The envelope of every answer (C-01 to C-03)."""

from collections.abc import Sequence
from typing import Any

from flask import Response, jsonify

from sandbox.rules.listing import Page

SUCCESS = "0"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def ok(data: Any = None) -> Response:
    return jsonify(code=SUCCESS, message="成功", data=data)


def listed(page: Page[Any], rows: Sequence[dict[str, Any]]) -> Response:
    """C-02. `rows` is the page's rows as the wire has them."""
    return jsonify(
        code=SUCCESS,
        message="成功",
        data=rows,
        total=page.total,
        page=page.paging.page,
        size=page.paging.size,
    )


def picture(content: bytes) -> Response:
    return Response(content, mimetype="image/png")


def workbook(content: bytes, name: str) -> Response:
    """An .xlsx to be saved under a name."""
    response = Response(content, mimetype=XLSX)
    response.headers.set("Content-Disposition", "attachment", filename=f"{name}.xlsx")
    return response


def refused(code: str, message: str) -> Response:
    return jsonify(code=code, message=message, data=None)
