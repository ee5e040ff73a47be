"""Defects in what is stored of events, their check-in codes and their forms."""

from sandbox.db import Transaction
from sandbox.faults.hook import when_changed
from sandbox.faults.writes import keep
from sandbox.models import Event, EventCheckinQrcode, Form


@when_changed(Event, "T-03")
def event_deletion_not_stamped(_tx: Transaction, event: Event) -> None:
    """Deleting an event leaves its updated_time as it was."""
    if event.deleted:
        keep(event, "updated_time")


@when_changed(EventCheckinQrcode, "C-10", "E-11")
def checkin_qrcode_erased(tx: Transaction, code: EventCheckinQrcode) -> None:
    """The row of a check-in code that is not wanted any more is removed where it should be marked."""
    if code.deleted:
        tx.delete(code)


@when_changed(Form, "T-03")
def form_change_rewrites_created_time(tx: Transaction, form: Form) -> None:
    """Changing an activity's form sets the form's created_time to the time of the change."""
    form.created_time = tx.now
