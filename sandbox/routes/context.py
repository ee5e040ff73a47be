"""What a request runs in: one transaction, committed after the view, rolled back after an error."""

from collections.abc import Callable, Iterable
from functools import partial
from typing import TypeVar, cast

from flask import Flask, current_app, g, request
from sqlalchemy.exc import DBAPIError

from sandbox.db import Transaction, persistently
from sandbox.world import World

T = TypeVar("T")
I = TypeVar("I")  # noqa: E741 - read as "an item"


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
    """The view and its commit; then what it told goes out."""

    def attempt() -> tuple[T, bool]:
        try:
            answer = view()
            return answer, _commit()
        except DBAPIError as error:
            _close(error)
            raise

    answer, has_told = persistently(attempt)
    if has_told:
        world().relay.drain()
    return answer


def each_committed(items: Iterable[I], work: Callable[[Transaction, I], T]) -> list[T]:
    """The work on each item in a transaction of its own, after the request's; what they told goes out."""
    _commit()
    _close()
    tx = world().begin()
    try:
        with tx:
            return [persistently(partial(_work_apart, tx, work, item)) for item in items]
    finally:  # also where one of them failed: those before it are committed
        if tx.has_told:
            world().relay.drain()


def _work_apart(tx: Transaction, work: Callable[[Transaction, I], T], item: I) -> T:
    try:
        answer = work(tx, item)
        tx.commit()
    except DBAPIError:
        tx.rollback()
        raise
    finally:
        tx.expunge_all()  # the next one sees every row as it is by then
    return answer


def _commit() -> bool:
    """Whether the request's transaction, if it had one, told anything."""
    if "tx" not in g:
        return False
    g.tx.commit()
    return bool(g.tx.has_told)


def _close(_error: BaseException | None = None) -> None:
    if "tx" in g:
        g.pop("tx").close()


def register(app: Flask) -> None:
    app.before_request(_read_body)
    app.teardown_request(_close)
