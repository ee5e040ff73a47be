"""No test passes over an answer that breaks its schema; a failure shows its last calls, redacted."""

import json
from collections.abc import Iterator
from typing import Any

import pytest

from clients import Attempt, Call, Exchange, Redactor, SchemaBroken, Unreachable
from harness.evidence import LAST_CALLS, Evidence
from harness.run import Run
from harness.told_calls import LONGEST
from tests.harness.projects import Project, Ran, case_entry, output, ran
from tests.harness.stub_platform import answering, envelope, page
from tests.harness.told import telling

TOKEN = "token-canary-0123456789"
MOBILE = "13912345678"
CLOCK = "sandbox.clock.get"
SIGN_IN = {"DAB_ADMIN_USERNAME": "boss", "DAB_ADMIN_PASSWORD": "pa55-canary"}
UNKNOWN = ("address", "tel", "longitude", "latitude")
STORE = {"organizationId": "1", "name": "虹口校区", **dict.fromkeys(UNKNOWN)}
PAGE = {"code": "0", "message": "", "data": [], "total": 0, "page": 1, "size": 1}
SUITE = """
@cases("beyond")
def test_beyond(case: Case, admin: AdminClient) -> None:
    admin.stores.list()

@cases("broken")
def test_broken_unseen(case: Case, admin: AdminClient) -> None:
    try:
        admin.channels.list()
    except Exception:  # a test that swallows failures
        pass

@cases("failing")
def test_failing(case: Case, admin: AdminClient) -> None:
    admin.stores.list(page=1, size=1)
    admin.events.get("13912345678")
    assert case.id == "没有"
"""


def exchange(body: Any, *, call: str = "admin.stores.list", tries: int = 1) -> Exchange:
    return Exchange(
        call=call,
        actor="admin",
        method="GET",
        url=f"http://platform.test/dab/x?code={TOKEN}",
        request_headers={"X-Token": TOKEN},
        request_body="",
        status=200,
        response_headers={},
        response_body=body if isinstance(body, str) else json.dumps(body),
        attempts=tuple(Attempt(number, "200", 1.0) for number in range(1, tries + 1)),
    )


def evidence(*, strict_schema: bool = False, redactor: Redactor | None = None) -> Evidence:
    return Evidence(redactor or Redactor(), in_report=False, strict_schema=strict_schema)


def observe(watching: Evidence, outcome: Exchange | Unreachable) -> None:
    name = outcome.call if isinstance(outcome, Exchange) else "admin.stores.list"
    call = Call(name, "admin", "GET", "x")
    watching.call_started(call)
    watching.call_finished(call, outcome)


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Project]:
    made = Project(tmp_path_factory.mktemp("evidence"))
    for name in ("beyond", "broken", "failing"):
        made.cases(name, case_entry(f"{name}-one"))
    made.tests("some", SUITE)
    routes = {
        "POST /dab/tenants/login": envelope("0", "ok", {"token": TOKEN}),
        "GET /dab/event/list": page(),
        "GET /dab/organizations/store_list": page({**STORE, "colour": "red"}),
        "GET /dab/channel/list": page({"id": 7}),
    }
    with answering(envelope("40401", f"no event {MOBILE}"), routes=routes) as url:
        made.profile("real", urls__admin=f"{url}/dab")
        yield made


def run(project: Project, *arguments: str) -> tuple[pytest.RunResult, dict[str, Ran]]:
    report = project.root / "junit.xml"
    result = project.run("--profile=real", f"--junitxml={report}", *arguments, **SIGN_IN)
    return result, {test.name: test for test in ran(report)}


@pytest.fixture(scope="module")
def lenient(project: Project) -> tuple[pytest.RunResult, dict[str, Ran]]:
    return run(project, "-n2")


@pytest.fixture(scope="module")
def strict(project: Project) -> tuple[pytest.RunResult, dict[str, Ran]]:
    return run(project, "--strict-schema")


def test_field_beyond_the_schema_is_reported(lenient: tuple[pytest.RunResult, dict[str, Ran]]) -> None:
    result, tests = lenient

    assert tests["beyond-one"].outcome == "passed"
    start = next(i for i, line in enumerate(result.outlines) if "fields beyond the schema" in line)
    assert result.outlines[start + 1].startswith("admin.stores.list: ")
    assert "'colour' was unexpected" in result.outlines[start + 1]


def test_field_beyond_the_schema_fails_where_that_is_asked(
    strict: tuple[pytest.RunResult, dict[str, Ran]],
) -> None:
    _, tests = strict

    assert tests["beyond-one"].outcome == "failure"
    assert "答复不符合 JSON Schema：admin.stores.list" in tests["beyond-one"].message


@pytest.mark.parametrize("name", ["lenient", "strict"])
def test_swallowed_failure_of_a_schema_fails_the_test(name: str, request: pytest.FixtureRequest) -> None:
    result, tests = request.getfixturevalue(name)

    assert result.ret == pytest.ExitCode.TESTS_FAILED
    assert tests["broken-one"].outcome in {"failure", "error"}
    assert "答复不符合 JSON Schema：admin.channels.list" in tests["broken-one"].message


@pytest.mark.parametrize("name", ["lenient", "strict"])
def test_failure_shows_its_own_last_calls_redacted(name: str, request: pytest.FixtureRequest) -> None:
    result, _ = request.getfixturevalue(name)

    lines = result.outlines
    calls = [line for line in lines if line.startswith("admin: GET")]
    assert any("last calls" in line for line in lines)
    assert any(line.endswith("/dab/organizations/store_list?page=1&size=1 -> 200 code 0") for line in calls)
    assert not any(canary in output(result) for canary in (TOKEN, "pa55-canary"))
    if name == "lenient":
        assert any(line.endswith("/dab/event/*** -> 200 code 40401 no event ***") for line in calls)


def test_schema_is_judged_whether_or_not_it_is_reported() -> None:
    with pytest.raises(SchemaBroken, match="total"):
        observe(evidence(), exchange({"code": "0", "message": "", "data": []}))


def test_errors_of_a_schema_are_redacted() -> None:
    with pytest.raises(SchemaBroken) as broken:
        observe(evidence(), exchange({"code": "0", "message": "", "data": f"call {MOBILE}", "total": 0}))

    assert "call ***" in str(broken.value)
    assert MOBILE not in str(broken.value)


def test_extras_are_kept_for_the_report() -> None:
    watching = evidence()

    observe(
        watching,
        exchange({**PAGE, "new": 1}),
    )

    (extra,) = watching.extras
    assert extra.startswith("admin.stores.list: ")
    assert "'new' was unexpected" in extra


def test_last_calls_are_few_and_of_one_test() -> None:
    watching = evidence()
    refusal = exchange({"code": "40401", "message": "x", "data": None}, tries=3)

    for _ in range(LAST_CALLS + 3):
        observe(watching, refusal)

    lines = watching.last_calls().splitlines()
    assert (
        lines == ["admin: GET http://platform.test/dab/x?code=*** -> 200 code 40401 x (3 tries)"] * LAST_CALLS
    )
    assert watching.calls == LAST_CALLS + 3
    watching.begin_test()
    assert (watching.last_calls(), watching.calls, watching.extras) == ("", 0, set())


def test_call_that_brought_no_answer_is_among_the_last() -> None:
    watching = evidence()

    observe(watching, Unreachable(method="GET", url="http://platform.test/dab/x", reason="refused"))

    assert watching.last_calls() == "admin: GET http://platform.test/dab/x -> Unreachable"


def test_token_of_a_test_s_own_sign_in_is_a_secret() -> None:
    redactor = Redactor()

    observe(
        evidence(redactor=redactor),
        exchange({"code": "0", "message": "", "data": {"token": TOKEN}}, call="admin.tenants.login"),
    )

    assert redactor.text(f"got {TOKEN}") == "got ***"


def test_half_an_emoji_in_an_answer_can_be_written(run: Run) -> None:
    watching = Evidence(Redactor(), in_report=True, strict_schema=False)
    observe(watching, exchange({**PAGE, "message": "\ud83d"}))

    with telling(run) as told:
        (step,) = told.tell(watching).steps

    assert r"\ud83d" in told.texts(step)["响应"]


def test_long_body_is_cut_in_the_report_and_says_so(run: Run) -> None:
    watching = Evidence(Redactor(), in_report=True, strict_schema=False)
    observe(watching, exchange({**PAGE, "message": f"{'x' * LONGEST}{MOBILE}"}))

    with telling(run) as told:
        (step,) = told.tell(watching).steps

    shown = told.texts(step)["响应"]
    assert len(shown) < LONGEST + 200
    assert shown.endswith("个字符，其余略）")
    assert MOBILE not in shown


def test_passed_test_keeps_one_text_of_all_its_calls(run: Run) -> None:
    watching = Evidence(Redactor(), in_report=True, strict_schema=False)
    for _ in range(3):
        observe(watching, exchange(PAGE))

    with telling(run) as told:
        result = told.tell(watching, failed=False)

    assert [(step.name, step.status, step.attachments) for step in result.steps] == [
        ("门店列表（admin）", "passed", [])
    ] * 3
    assert told.texts(result)["调用记录"].count("=== ") == 3
    assert "X-Token: ***" in told.texts(result)["调用记录"]


def test_failed_test_tells_how_to_repeat_it(run: Run) -> None:
    watching = Evidence(Redactor([TOKEN]), in_report=True, strict_schema=False)
    observe(watching, exchange({"code": "0", "message": "", "data": {"now": 1767196800000}}, call=CLOCK))

    with telling(run) as told:
        again = told.texts(told.tell(watching))["规则与复现"]

    assert f"种子：{run.seed}" in again
    assert "时钟：1767196800000" in again
    assert "curl -sS -X GET -H 'X-Token: ***' 'http://platform.test/dab/x?code=***'" in again


def test_calls_are_told_once(run: Run) -> None:
    watching = Evidence(Redactor(), in_report=True, strict_schema=False)
    observe(watching, exchange(PAGE))

    with telling(run) as told:
        first, second = told.tell(watching), told.tell(watching)

    assert (len(first.steps), len(second.steps)) == (1, 0)
