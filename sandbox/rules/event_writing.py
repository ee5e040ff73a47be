"""What an event's body becomes: rows of the event, its form, its sessions and its resource id."""

from sandbox.db import Transaction
from sandbox.models import Event, EventSession
from sandbox.rules.activity_children import keep_in_step
from sandbox.rules.activity_writing import check_activity, write_activity
from sandbox.rules.bodies import fill
from sandbox.rules.event_bodies import EventBody, SessionBody, check_event
from sandbox.rules.event_kind import EVENTS
from sandbox.rules.event_views import sessions_of
from sandbox.rules.organizations import check_stores
from sandbox.rules.refusals import absent


def write_event(tx: Transaction, organization_id: int, event: Event, body: EventBody) -> None:
    """Refuses a body that does not hold together, before any row is touched."""
    check_event(body)
    _check_sessions(tx, organization_id, event, body)
    check_activity(tx, EVENTS, event, body)
    conf = write_activity(tx, event, body)
    conf.last_time = body.last_time
    _write_sessions(tx, event, body.event_session_list)


def _check_sessions(tx: Transaction, organization_id: int, event: Event, body: EventBody) -> None:
    own = {session.id for session in sessions_of(tx, [event.id])[event.id]}
    for index, session in enumerate(body.event_session_list):
        where = f"eventSessionList[{index}]"
        if session.id is not None and session.id not in own:
            raise absent(f"{where}.id 的场次")
        check_stores(tx, organization_id, session.applicable_store_ids or (), f"{where}.applicableStoreIds")


def _write_sessions(tx: Transaction, event: Event, bodies: tuple[SessionBody, ...]) -> None:
    def make() -> EventSession:
        session = EventSession(id=tx.new_id(), event_id=event.id)
        tx.add(session)
        return session

    def write(session: EventSession, body: SessionBody, _place: int) -> None:
        fill(session, body, leaving=("id", "applicable_store_ids"))
        stores = body.applicable_store_ids
        session.applicable_store_ids = None if stores is None else ",".join(map(str, stores))

    known = {session.id: session for session in sessions_of(tx, [event.id])[event.id]}
    keep_in_step(known, bodies, lambda body: body.id, make, write)
