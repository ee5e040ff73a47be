"""What a request runs in: one transaction, committed after the view, rolled back after an error."""

from collections.abc import Callable
from typing import TypeVar, cast

from flask import Flask, current_app, g, request
from sqlalchemy.exc import DBAPIError

from sandbox.db import Transaction, lost_to_another
from sandbox.settings import WHOLE_TRIES
from sandbox.world import World

T = TypeVar("T")


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


def committed(view: Callable[[], T]) -> T:
    """The view and its commit, as a whole again while another call's transaction won over this one's."""
    for left in reversed(range(WHOLE_TRIES)):
        try:
            answer = view()
            if "tx" in g:
                g.tx.commit()
        except DBAPIError as error:
            _close(error)
            if not left or not lost_to_another(error):
                raise
        else:
            return answer
    raise AssertionError("unreachable: the last try answers or raises")


def _close(_error: BaseException | None) -> None:
    if "tx" in g:
        g.pop("tx").close()


def register(app: Flask) -> None:
    app.before_request(_read_body)
    app.teardown_request(_close)
