"""Calls that a test makes in threads of its own: judged, counted, and told in the test's own report."""

import gc
import json
import re
import weakref
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier, Event
from typing import Any, TypeVar

import pytest

from clients import Attempt, Call, Exchange, Redactor, SchemaBroken, Unreachable
from harness.evidence import Evidence
from harness.run import Run
from tests.harness.projects import Project, Ran, ran
from tests.harness.stub_platform import answering, envelope, page
from tests.harness.told import Told, attached, telling

T = TypeVar("T")
Report = tuple[dict[str, Ran], dict[str, dict[str, Any]]]
CALLS = 8
SECONDS = 10
PARTS = ("请求", "响应", "JSON Schema 结论", "curl")
SIGN_IN = {"DAB_ADMIN_USERNAME": "boss", "DAB_ADMIN_PASSWORD": "pa55-canary"}
SUITE = """
from concurrent.futures import ThreadPoolExecutor
import pytest

def in_thread(call):
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(call).result()

@pytest.fixture
def calls_around(admin: AdminClient):
    in_thread(lambda: admin.stores.list(page=1001, size=1))
    yield
    in_thread(lambda: admin.stores.list(page=1002, size=1))

@pytest.fixture
def fails(admin: AdminClient) -> None:
    in_thread(lambda: admin.stores.list(page=2001, size=1))
    raise RuntimeError("no")

@case("threads-many", "C-02", "许多线程", area=AREA, story="试写")
def test_many(admin: AdminClient) -> None:
    admin.stores.list(page=1, size=1)
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda number: admin.stores.list(page=number, size=1), range(2, 2 + {calls})))

@case("threads-around", "C-02", "前后的线程", area=AREA, story="试写")
def test_around(calls_around: None) -> None: ...

@case("threads-setup", "C-02", "准备时失败", area=AREA, story="试写")
def test_setup(fails: None) -> None: ...

@case("threads-swallowed", "C-03", "吞掉的失败", area=AREA, story="试写")
def test_swallowed(admin: AdminClient) -> None:
    try:
        in_thread(admin.channels.list)
    except Exception:
        pass

@case("threads-none", "C-02", "没有调用", area=AREA, story="试写")
def test_none() -> None: ...
"""


@pytest.fixture
def told(run: Run) -> Iterator[Told]:
    with telling(run) as told:
        yield told


@pytest.fixture
def watching() -> Evidence:
    """Evidence that is kept for a report."""
    return Evidence(Redactor(), in_report=True, strict_schema=False)


def call_by(actor: str) -> Call:
    return Call("admin.stores.list", actor, "GET", "organizations/store_list")


def answer(body: str | None = None) -> Exchange:
    return Exchange(
        call="admin.stores.list",
        actor="admin",
        method="GET",
        url="http://platform.test/dab/organizations/store_list",
        request_headers={},
        request_body="",
        status=200,
        response_headers={},
        response_body=page() if body is None else body,
        attempts=(Attempt(1, "200", 1.0),),
    )


def in_thread(action: Callable[..., T], *arguments: Any) -> T:
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(action, *arguments).result()


def observed(watching: Evidence, actor: str, outcome: Exchange | Unreachable) -> None:
    watching.call_started(call_by(actor))
    watching.call_finished(call_by(actor), outcome)


def test_calls_of_threads_are_told_in_the_order_they_ended(watching: Evidence, told: Told) -> None:
    with ThreadPoolExecutor(3) as pool:
        barrier = Barrier(3)
        ended = {actor: Event() for actor in ("third", "first", "second")}
        before = dict(zip(("first", "second"), ended.values(), strict=False))

        def called(actor: str) -> None:
            watching.call_started(call_by(actor))
            barrier.wait(SECONDS)
            if actor in before:
                before[actor].wait(SECONDS)
            watching.call_finished(call_by(actor), answer())
            ended[actor].set()

        list(pool.map(called, ended))

    result = told.tell(watching)

    assert [step.name for step in result.steps] == [
        "门店列表（third）",
        "门店列表（first）",
        "门店列表（second）",
    ]
    assert [list(told.texts(step)) for step in result.steps] == [list(PARTS)] * 3


def test_call_of_a_thread_is_not_mixed_into_another(watching: Evidence, told: Told) -> None:
    watching.call_started(call_by("main"))
    in_thread(observed, watching, "aside", answer())
    watching.call_finished(call_by("main"), answer())

    steps = told.tell(watching).steps

    assert [step.name for step in steps] == ["门店列表（aside）", "门店列表（main）"]
    assert all(step.start <= step.stop for step in steps)
    assert steps[1].start <= steps[0].start


def test_broken_schema_of_a_thread_fails_there_and_in_its_step(watching: Evidence, told: Told) -> None:
    with pytest.raises(SchemaBroken) as broken:
        in_thread(observed, watching, "aside", answer(page({"name": 7})))

    (step,) = told.tell(watching).steps

    assert watching.broken == [broken.value]
    assert (step.status, step.statusDetails.message) == ("failed", str(broken.value))


def test_call_of_a_thread_that_brought_nothing_is_a_failed_step(watching: Evidence, told: Told) -> None:
    down = Unreachable(method="GET", url="http://platform.test", reason="refused")

    in_thread(observed, watching, "aside", down)
    (step,) = told.tell(watching).steps

    assert step.status == "failed"
    assert told.texts(step) == {"失败原因": str(down)}


def test_calls_of_threads_are_counted_and_among_the_last(watching: Evidence) -> None:
    observed(watching, "main", answer())
    for _ in range(3):
        in_thread(observed, watching, "aside", answer())

    assert watching.calls == 4
    assert [line.partition(":")[0] for line in watching.last_calls().splitlines()] == ["main", *["aside"] * 3]


def test_without_a_report_nothing_is_kept() -> None:
    watching = Evidence(Redactor(), in_report=False, strict_schema=False)
    outcome = answer()
    kept = weakref.ref(outcome)

    in_thread(observed, watching, "aside", outcome)
    del outcome
    gc.collect()

    assert kept() is None
    assert (watching.calls, watching.taken()) == (1, [])


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Report:
    """A run with an Allure report: what became of its cases, and what the report has of each."""
    project = Project(tmp_path_factory.mktemp("threads"))
    project.tests("some", SUITE.replace("{calls}", str(CALLS)))
    routes = {
        "POST /dab/tenants/login": envelope("0", "ok", {"token": "token-canary"}),
        "GET /dab/channel/list": page({"id": 7}),
    }
    with answering(page(), routes=routes) as url:
        project.profile("real", urls__admin=f"{url}/dab")
        junit, results = project.root / "junit.xml", project.root / "results"
        options = (f"--junitxml={junit}", f"--alluredir={results}", "-p", "no:randomly")
        project.run("--profile=real", *options, **SIGN_IN)
    return {test.name: test for test in ran(junit)}, dict(map(case_and_result, results.glob("*-result.json")))


def case_and_result(path: Path) -> tuple[str, dict[str, Any]]:
    """A result with its steps but sign-ins, and the page that each of its calls asked for."""
    result: dict[str, Any] = json.loads(path.read_text("utf-8"))
    (case_id,) = [label["value"] for label in result["labels"] if label["name"] == "case"]
    steps = [step for step in result.get("steps", []) if "登录" not in step["name"]]
    record = "\n".join(text for item in (result, *steps) for text in attached(path.parent, item).values())
    pages = [int(page) for page in re.findall(r"^GET \S+[?&]page=([0-9]+)", record, re.MULTILINE)]
    return case_id, {**result, "steps": steps, "pages": pages}


def test_report_has_each_call_of_a_crowd_as_a_step(report: Report) -> None:
    tests, results = report

    steps = results["threads-many"]["steps"]

    assert results["threads-many"]["pages"][0] == 1
    assert sorted(results["threads-many"]["pages"]) == list(range(1, 2 + CALLS))
    assert [step.get("steps", []) for step in steps] == [[]] * (1 + CALLS)
    assert int(tests["threads-many"].properties["calls"]) >= 1 + CALLS


def test_calls_of_threads_around_a_test_are_its_own(report: Report) -> None:
    _, results = report

    assert results["threads-around"]["pages"] == [1001, 1002]
    assert results["threads-setup"]["pages"] == [2001]
    assert results["threads-none"]["pages"] == []


def test_swallowed_failure_of_a_thread_fails_the_test(report: Report) -> None:
    tests, results = report

    assert tests["threads-swallowed"].outcome == "failure"
    assert "答复不符合 JSON Schema：admin.channels.list" in tests["threads-swallowed"].message
    assert [step["status"] for step in results["threads-swallowed"]["steps"]] == ["failed"]
