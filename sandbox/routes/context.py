"""What a request runs in: one transaction, committed after the view, rolled back after an error."""

from typing import cast

from flask import Flask, Response, current_app, g, request

from sandbox.db import Transaction
from sandbox.world import World


def world() -> World:
    return cast("World", current_app.extensions["sandbox"])


def transaction() -> Transaction:
    """The request's own; begun at its first use, since some calls need no row."""
    if "tx" not in g:
        g.tx = world().begin()
    return cast("Transaction", g.tx)


def roll_back() -> None:
    if "tx" in g:
        g.tx.rollback()


def _read_body() -> None:
    """413 comes before 401, but after 404 and 405."""
    if request.routing_exception is None:
        request.get_data()


def _commit(response: Response) -> Response:
    if "tx" in g:
        g.tx.commit()
    return response


def _close(_error: BaseException | None) -> None:
    if "tx" in g:
        g.tx.close()


def register(app: Flask) -> None:
    app.before_request(_read_body)
    app.after_request(_commit)
    app.teardown_request(_close)
