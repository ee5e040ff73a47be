"""Defects in what is stored of workers."""

from sandbox.db import Transaction
from sandbox.faults.hook import when_changed, when_made
from sandbox.models import Organization, ResourceOrganizationMap, Worker


@when_changed(Worker, "C-10", "W-01")
def worker_erased(tx: Transaction, worker: Worker) -> None:
    """A deleted worker's row is removed where it should be marked."""
    if worker.deleted:
        tx.delete(worker)


@when_changed(Worker, "T-03", "W-01")
def worker_deletion_rewrites_created_time(tx: Transaction, worker: Worker) -> None:
    """Deleting a worker sets its created_time to the time of the deletion."""
    if worker.deleted:
        worker.created_time = tx.now


@when_made(ResourceOrganizationMap, "T-03")
def new_worker_stamps_organization(tx: Transaction, place: ResourceOrganizationMap) -> None:
    """Creating a worker moves the updated_time of its organization, of which nothing has changed."""
    tx.get_one(Organization, place.organization_id).updated_time = tx.now
