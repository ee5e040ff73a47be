"""Staff (员工) on the wire."""

from typing import TypedDict


class WorkerBody(TypedDict, total=False):
    """What a create or update of a worker sends."""

    name: str | None
    mobile: str | None
    department: str | None
    workerNo: str | None
    onWork: bool | None
    position: str | None
    wechatQrcode: str | None
    headImage: str | None
    wechatNum: str | None


class Worker(WorkerBody, total=False):
    """A worker as answers carry it."""

    id: str
    memberId: str | None
    createdTime: int
    updatedTime: int
