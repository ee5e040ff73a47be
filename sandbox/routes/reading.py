"""What a request carries: its JSON, its paging, its form (C-05, C-13, C-16). What cannot be read is 400."""

import re
from typing import Any, NoReturn
from urllib.parse import unquote_plus

from flask import abort, request

from sandbox.rules.kinds import as_id, parse_json
from sandbox.rules.listing import Paging
from sandbox.rules.refusals import invalid
from sandbox.settings import PAGE_SIZE, PAGE_SIZE_LIMIT

NUMBER = re.compile("[0-9]{1,18}")
FLAGS = {"true": True, "false": False}


def unreadable(what: str) -> NoReturn:
    abort(400, f"请求无法解析：{what}")


def json_body() -> dict[str, Any]:
    try:
        body = parse_json(request.get_data().decode())
    except ValueError:
        unreadable("请求体不是 JSON")
    if not isinstance(body, dict):
        unreadable("请求体不是 JSON 对象")
    return body


def paging() -> Paging:
    """`limit` counts only where `size` is left out."""
    size_name = "size" if "size" in request.args else "limit"
    return Paging(_number("page", 1, None), _number(size_name, PAGE_SIZE, PAGE_SIZE_LIMIT))


def _number(name: str, default: int, high: int | None) -> int:
    given = request.args.get(name)
    if given is None:
        return default
    number = int(given) if NUMBER.fullmatch(given) else 0
    if number < 1 or (high is not None and number > high):
        unreadable(name)
    return number


def query_id(name: str) -> int | None:
    """An id in the query that a call cannot do without; None is one that is nobody's."""
    given = request.args.get(name)
    if not given:
        raise invalid(name, "不能为空")
    return as_id(given)


def query_fields() -> dict[str, str]:
    """What the query says, as a body's fields."""
    return request.args.to_dict()


def filled_query_fields() -> dict[str, str]:
    """The same without those left empty, by which a console says that it does not filter."""
    return {name: value for name, value in request.args.items() if value}


def search_word() -> str | None:
    return request.args.get("searchWord")


def search_object(name: str) -> dict[str, Any]:
    """A JSON object in the query, URL-encoded once or twice."""
    given = request.args.get(name)
    if given is None:
        return {}
    for text in (given, unquote_plus(given)):
        try:
            value = parse_json(text)
        except ValueError:
            continue
        if isinstance(value, dict):
            return value
    unreadable(name)


def form_flag(name: str) -> bool:
    given = request.form.get(name)
    if given not in FLAGS:
        raise invalid(name, "应为 true 或 false")
    return FLAGS[given]
