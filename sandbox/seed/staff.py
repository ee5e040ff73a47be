"""Workers of each organization, some of whom have left."""

from datetime import timedelta
from typing import Final

from sandbox.models import ResourceOrganizationMap, Worker
from sandbox.seed.organizations import Place, Places
from sandbox.seed.seedbed import Seedbed

POSITIONS: Final = (
    ("教学部", "英语老师", True),
    ("教学部", "数学老师", True),
    ("教学部", "编程老师", False),
    ("市场部", "课程顾问", True),
    ("市场部", "地推专员", False),
    ("运营部", "校区主任", True),
)
OTHER_POSITIONS: Final = (("教学部", "研学老师", True), ("市场部", "课程顾问", False))


def sow_workers(bed: Seedbed, places: Places) -> None:
    for place, positions in ((places.main, POSITIONS), (places.other, OTHER_POSITIONS)):
        for number, (department, position, on_work) in enumerate(positions, start=1):
            bed.let_pass(timedelta(minutes=7))
            _worker(bed, place, f"GH{number:04}", department, position, on_work)


def _worker(
    bed: Seedbed, place: Place, worker_no: str, department: str, position: str, on_work: bool
) -> None:
    worker_id = bed.new_id()
    bed.add(
        Worker(
            id=worker_id,
            name=bed.fake.name(),
            department=department,
            position=position,
            mobile=bed.mobile(),
            worker_no=worker_no,
            on_work=on_work,
            wechat_num=bed.fake.user_name(),
            wechat_qrcode=f"https://cdn.example.test/workers/{worker_id}/wechat.png",
            head_image=f"https://cdn.example.test/workers/{worker_id}/head.png",
        )
    )
    bed.add(
        ResourceOrganizationMap(id=bed.new_id(), resource_id=worker_id, organization_id=place.organization_id)
    )
