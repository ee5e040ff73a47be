"""Workers."""

from flask import Blueprint, Response, request

from sandbox.routes.answers import listed, ok
from sandbox.routes.context import transaction
from sandbox.routes.guards import for_tenants
from sandbox.routes.reading import json_body, paging, query_fields
from sandbox.rules.bodies import read_body
from sandbox.rules.kinds import as_id
from sandbox.rules.tenants import Privilege, SignedInTenant
from sandbox.rules.wire import wire, wire_id
from sandbox.rules.workers import (
    WorkerBody,
    WorkerQuery,
    create_worker,
    delete_worker,
    find_worker,
    list_workers,
    update_worker,
)

blueprint = Blueprint("admin_workers", __name__)


@blueprint.get("/workers")
@for_tenants(Privilege.WORKER_VIEW)
def worker_list(tenant: SignedInTenant) -> Response:
    asked, query = paging(), read_body(WorkerQuery, query_fields())
    word = request.args.get("searchKey")
    page = list_workers(transaction(), tenant.organization_id, word, query, asked)
    return listed(page, [wire(worker) for worker in page.rows])


@blueprint.post("/workers")
@for_tenants(Privilege.WORKER_CREATE)
def create(tenant: SignedInTenant) -> Response:
    body = read_body(WorkerBody, json_body())
    return ok(wire_id(create_worker(transaction(), tenant.organization_id, body).id))


@blueprint.put("/workers/<worker_id>")
@for_tenants(Privilege.WORKER_EDIT)
def update(tenant: SignedInTenant, worker_id: str) -> Response:
    given = json_body()
    worker = find_worker(transaction(), tenant.organization_id, as_id(worker_id))
    update_worker(transaction(), tenant.organization_id, worker, read_body(WorkerBody, given))
    return ok()


@blueprint.delete("/workers/<worker_id>")
@for_tenants(Privilege.WORKER_DELETE)
def delete(tenant: SignedInTenant, worker_id: str) -> Response:
    delete_worker(transaction(), tenant.organization_id, as_id(worker_id))
    return ok()
