"""Staff (员工) on the admin console."""

from typing import Any

from clients.bodies import AnyBody, Paging, Worker
from clients.response import Answer
from clients.transport import Resource, segment

WorkerRows = list[Worker]


class Workers(Resource):
    def list(
        self,
        *,
        search_key: str | None = None,
        on_work: bool | str | None = None,
        page: Paging = None,
        size: Paging = None,
    ) -> Answer[WorkerRows]:
        """`search_key` looks into name, mobile and workerNo (W-01)."""
        word = str(on_work).lower() if isinstance(on_work, bool) else on_work
        params = {"searchKey": search_key, "onWork": word, "page": page, "size": size}
        return self._transport.call("admin.workers.list", "GET", "workers", params=params)

    def create(self, body: AnyBody) -> Answer[str]:
        """The answer's data is the new worker's id."""
        return self._transport.call("admin.workers.create", "POST", "workers", json=body)

    def update(self, worker_id: str, body: AnyBody) -> Answer[Any]:
        """A whole-object PUT, as of activities."""
        path = f"workers/{segment(worker_id)}"
        return self._transport.call("admin.workers.update", "PUT", path, json=body)

    def delete(self, worker_id: str) -> Answer[Any]:
        return self._transport.call("admin.workers.delete", "DELETE", f"workers/{segment(worker_id)}")
