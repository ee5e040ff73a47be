"""Workers of an organization (W-01)."""

from dataclasses import dataclass

from sqlalchemy import Select, or_, select

from sandbox.db import Transaction
from sandbox.models import Organization, ResourceOrganizationMap, Worker
from sandbox.rules.bodies import fill, optional, required
from sandbox.rules.kinds import Flag, FlagWord, Text
from sandbox.rules.listing import Page, Paging, in_order, matching, page_of
from sandbox.rules.refusals import absent, invalid


@dataclass(frozen=True, kw_only=True)
class WorkerBody:
    name: str = required(Text(blank=False))
    mobile: str | None = optional(Text())
    department: str | None = optional(Text())
    worker_no: str = required(Text(blank=False))
    on_work: bool | None = optional(Flag())
    position: str | None = optional(Text())
    wechat_qrcode: str | None = optional(Text())
    head_image: str | None = optional(Text())
    wechat_num: str | None = optional(Text())


@dataclass(frozen=True, kw_only=True)
class WorkerQuery:
    on_work: bool | None = optional(FlagWord())


def list_workers(
    tx: Transaction, organization_id: int, word: str | None, query: WorkerQuery, paging: Paging
) -> Page[Worker]:
    columns = (Worker.name, Worker.mobile, Worker.worker_no)
    selection = _workers_of(organization_id).where(or_(*(matching(column, word) for column in columns)))
    if query.on_work is not None:
        selection = selection.where(Worker.on_work.is_(query.on_work))
    return page_of(tx, selection.order_by(*in_order(Worker)), paging)


def find_worker(tx: Transaction, organization_id: int, worker_id: int | None) -> Worker:
    worker = tx.scalars(_workers_of(organization_id).where(Worker.id == (worker_id or 0))).one_or_none()
    if worker is None:
        raise absent("员工")
    return worker


def create_worker(tx: Transaction, organization_id: int, body: WorkerBody) -> Worker:
    worker = Worker(id=tx.new_id())
    _write(tx, organization_id, worker, body)
    tx.add(worker)
    tx.add(ResourceOrganizationMap(id=tx.new_id(), resource_id=worker.id, organization_id=organization_id))
    return worker


def update_worker(tx: Transaction, organization_id: int, worker: Worker, body: WorkerBody) -> None:
    _write(tx, organization_id, worker, body)


def delete_worker(tx: Transaction, organization_id: int, worker_id: int | None) -> None:
    """C-10: what is not there is as good as deleted."""
    for worker in tx.scalars(_workers_of(organization_id).where(Worker.id == (worker_id or 0))):
        worker.deleted = True


def _write(tx: Transaction, organization_id: int, worker: Worker, body: WorkerBody) -> None:
    """A deleted worker's number is free again."""
    tx.lock(
        Organization, organization_id
    )  # who takes a number at the same time waits, and then sees it taken
    same = _workers_of(organization_id).where(Worker.worker_no == body.worker_no, Worker.id != worker.id)
    if tx.scalars(same).first() is not None:
        raise invalid("workerNo", "已被使用")
    fill(worker, body)


def _workers_of(organization_id: int) -> Select[Worker]:
    """C-14: a worker is its creator's."""
    return (
        select(Worker)
        .join(ResourceOrganizationMap, ResourceOrganizationMap.resource_id == Worker.id)
        .where(ResourceOrganizationMap.organization_id == organization_id, Worker.deleted.is_(False))
    )
