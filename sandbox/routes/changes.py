"""Lets the changes that are on have what the platform's calls answer."""

import re
from typing import Final

from flask import Flask, Response, json, request

from sandbox.releases.hook import Answer
from sandbox.routes.context import world

FRONTS: Final = ("/dab/", "/clt/")
VARIABLE: Final = re.compile("<[^>]+>")


def register(app: Flask) -> None:
    app.after_request(_change)


def _change(response: Response) -> Response:
    """Only an envelope is changed: a file, and what never found its call, are as they were."""
    call = _call()
    if call is None or not response.is_json:
        return response
    if runs := world().changes.of(call):
        answer = Answer(response.status_code, json.loads(response.get_data()))
        for run in runs:
            run(answer)
        response.set_data(json.dumps(answer.envelope))
        response.status_code = answer.status
    return response


def _call() -> str | None:
    """As a change names it: the method, and the path with `{id}` in it."""
    rule = request.url_rule
    if rule is None or not rule.rule.startswith(FRONTS):
        return None
    return f"{request.method} {VARIABLE.sub('{id}', rule.rule)}"
