"""Staff (员工) on the admin console (W-01)."""

from collections.abc import Mapping
from typing import Any, Final

import pytest

from clients import AdminClient, Answer
from clients.bodies import Worker, WorkerBody
from harness.case_words import changed, query
from harness.cases import Area, Case, case, cases
from harness.checks import check_kept, check_outcome, check_refused, check_same, ids_of
from harness.clock import SECOND, SandboxClock
from harness.material import Material
from harness.platform import Platform
from harness.workshop import picked

pytestmark = pytest.mark.worker

WORKER = Area("管理后台", "员工")
ORGANIZATIONS = Area("管理后台", "接口约定")
EDITED: Final = "改了部门"


@cases("worker_create")
def test_create(case: Case, admin: AdminClient, material: Material) -> None:
    body = _body(material, case.change)

    answer = admin.workers.create(body)

    check_outcome(answer, case)
    found = _within_mark(admin, material)
    if answer.ok:
        assert ids_of(found) == [answer.data]
        check_kept(body, found[0], case, material.words)
    else:
        assert found == [], "被拒绝的新建留下了员工"


@case(
    "worker-number-twice",
    "W-01",
    "同一组织两个员工工号相同，第二个被拒绝",
    story="新建员工",
    severity="critical",
    area=WORKER,
)
def test_number_serves_one_worker(admin: AdminClient, material: Material) -> None:
    made = _make(admin, material)

    answer = admin.workers.create(_body(material, {"workerNo": made["workerNo"]}))

    check_refused(answer, "40001", "workerNo")
    assert ids_of(_within_mark(admin, material)) == [made["id"]]


@case(
    "worker-number-of-other-organization",
    "W-01",
    "别的组织的工号不妨碍",
    story="新建员工",
    severity="critical",
    area=WORKER,
)
def test_number_may_stand_in_another_organization(
    admin: AdminClient, other_admin: AdminClient, material: Material
) -> None:
    theirs = _make(other_admin, material)

    ours = _make(admin, material, {"workerNo": theirs["workerNo"]})

    assert (ours["workerNo"], ours["id"] != theirs["id"]) == (theirs["workerNo"], True)


@case("worker-number-of-deleted", "W-01", "已删除员工的工号可以再用", story="新建员工", area=WORKER)
def test_number_of_a_deleted_worker_is_free(admin: AdminClient, material: Material) -> None:
    gone = _make(admin, material)
    admin.workers.delete(gone["id"]).require_ok()

    again = _make(admin, material, {"workerNo": gone["workerNo"]})

    assert ids_of(_within_mark(admin, material)) == [again["id"]]


@cases("worker_update")
def test_update(case: Case, admin: AdminClient, material: Material) -> None:
    before = _make(admin, material)
    body = changed(picked(before, WorkerBody), case.change, material.words)

    answer = admin.workers.update(before["id"], body)

    check_outcome(answer, case)
    (after,) = _within_mark(admin, material)
    if answer.ok:
        check_kept(body, after, case, material.words)
    else:
        check_same(before, after)


@case(
    "worker-update-number-taken",
    "W-01",
    "工号改成别人的被拒绝，两个员工都不变",
    story="修改员工",
    severity="critical",
    area=WORKER,
)
def test_number_of_another_cannot_be_taken(admin: AdminClient, material: Material) -> None:
    _make(admin, material)
    before = _within_mark(admin, material)
    second = _make(admin, material, {"workerNo": f"B{material.randomness.serial}"})

    answer = admin.workers.update(
        second["id"], {**picked(second, WorkerBody), "workerNo": before[0]["workerNo"]}
    )

    check_refused(answer, "40001", "workerNo")
    assert sorted(ids_of(_within_mark(admin, material))) == sorted([before[0]["id"], second["id"]])
    assert second in _within_mark(admin, material)


@case(
    "worker-update-only-it",
    "W-01",
    "修改只改这一个员工，createdTime 不变，updatedTime 前进",
    story="修改员工",
    area=WORKER,
)
def test_update_changes_only_that_worker(
    admin: AdminClient, material: Material, movable_clock: SandboxClock
) -> None:
    changed_one = _make(admin, material)
    other = _make(admin, material, {"workerNo": f"B{material.randomness.serial}"})
    movable_clock.advance(5 * SECOND)

    _edit(admin, changed_one).require_ok()

    found = {row["id"]: row for row in _within_mark(admin, material)}
    after = found[changed_one["id"]]
    assert (after["department"], after["createdTime"]) == (EDITED, changed_one["createdTime"])
    assert after["updatedTime"] == changed_one["updatedTime"] + 5 * SECOND
    check_same(other, found[other["id"]])


@case(
    "worker-delete",
    "W-01",
    "删除后列表里没有了，再删一次也成功，别的员工还在",
    story="删除员工",
    severity="critical",
    area=WORKER,
)
def test_deleted_worker_is_gone(admin: AdminClient, material: Material) -> None:
    gone = _make(admin, material)
    kept = _make(admin, material, {"workerNo": f"B{material.randomness.serial}"})

    admin.workers.delete(gone["id"]).require_ok()

    assert ids_of(_within_mark(admin, material)) == [kept["id"]]
    assert admin.workers.delete(gone["id"]).ok
    check_refused(_edit(admin, gone), "40401")


@case("worker-absent", "C-10", "不存在的员工：修改以 40401 拒绝，删除回答成功", story="删除员工", area=WORKER)
def test_absent_worker(admin: AdminClient, material: Material) -> None:
    absent = material.words.id_of("absent")

    check_refused(admin.workers.update(absent, _body(material)), "40401")

    assert admin.workers.delete(absent).ok
    assert _within_mark(admin, material) == []


@cases("worker_search")
def test_search(case: Case, admin: AdminClient, material: Material) -> None:
    made = _make(admin, material, case.given)
    asked = {"search_key": material.words.mark, **query(case.query, material.words)}

    answer = admin.workers.list(**asked, page=1, size=1000)

    found = made["id"] in ids_of(answer.require_data())
    assert found == case.expect["finds"], (
        f"搜索到 {answer.total} 条，{'应' if case.expect['finds'] else '不应'}含本员工"
    )


@case("worker-filter-word", "C-03", "onWork 传别的字被拒绝", story="员工列表", area=WORKER)
def test_on_work_takes_no_other_word(admin: AdminClient) -> None:
    answer = admin.workers.list(on_work="maybe")

    check_refused(answer, "40001", "onWork")


@case("worker-pages", "C-05", "员工逐页翻完，每个恰好出现一次", story="员工列表", area=WORKER)
def test_pages_of_workers_add_up(admin: AdminClient, material: Material) -> None:
    for number in range(3):
        _make(admin, material, {"workerNo": f"{number}{material.randomness.serial}"})
    mark = material.words.mark
    whole = ids_of(_within_mark(admin, material))

    paged = [ids_of(admin.workers.list(search_key=mark, page=page, size=2).require_data()) for page in (1, 2)]

    assert [row_id for ids in paged for row_id in ids] == whole
    assert len(set(whole)) == 3


@case(
    "worker-other-organization",
    "C-14",
    "别的组织看不到、改不了、删不掉我们的员工",
    story="组织隔离",
    severity="blocker",
    area=ORGANIZATIONS,
)
def test_workers_are_one_s_own(admin: AdminClient, other_admin: AdminClient, material: Material) -> None:
    made = _make(admin, material)

    assert _within_mark(other_admin, material) == []
    check_refused(_edit(other_admin, made), "40401")
    assert other_admin.workers.delete(made["id"]).ok

    assert _within_mark(admin, material) == [made]


@cases("worker_privilege")
def test_privilege(case: Case, platform: Platform, admin: AdminClient, material: Material) -> None:
    made = _make(admin, material)
    caller = platform.tenant_without(case.without) if case.without else platform.tenant(case.role or "admin")
    other = _body(material, {"workerNo": f"B{material.randomness.serial}"})
    calls: Mapping[str, Any] = {
        "list": lambda: caller.workers.list(page=1, size=1),
        "create": lambda: caller.workers.create(other),
        "update": lambda: _edit(caller, made),
        "delete": lambda: caller.workers.delete(made["id"]),
    }

    answer = calls[case.call or ""]()

    check_outcome(answer, case)
    if not answer.ok:
        assert _within_mark(admin, material) == [made]


def _body(material: Material, changes: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """A valid worker under the test's mark, with a number of its own, changed as a case says."""
    fake = material.fake
    valid: WorkerBody = {
        "name": f"{fake.name()}{material.words.mark}",
        "mobile": f"1990000{fake.random_int(1000, 9999)}",
        "department": "教学部",
        "workerNo": f"A{material.randomness.serial}",
        "onWork": True,
        "position": "老师",
        "wechatQrcode": f"https://img.example.test/qr/{fake.uuid4()}.png",
        "headImage": f"https://img.example.test/head/{fake.uuid4()}.png",
        "wechatNum": f"wx{fake.random_int(10000, 99999)}",
    }
    return changed(valid, changes or {}, material.words)


def _make(caller: AdminClient, material: Material, changes: Mapping[str, Any] | None = None) -> Worker:
    made = caller.workers.create(_body(material, changes)).require_data()
    return next(row for row in _within_mark(caller, material) if row["id"] == made)


def _within_mark(caller: AdminClient, material: Material) -> list[Worker]:
    return caller.workers.list(search_key=material.words.mark, page=1, size=100).require_data()


def _edit(caller: AdminClient, worker: Worker) -> Answer[Any]:
    return caller.workers.update(worker["id"], {**picked(worker, WorkerBody), "department": EDITED})
