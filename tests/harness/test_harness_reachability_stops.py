"""A platform that goes away half-way: the run stops, by exit code 10, and every report says what ran."""

import json
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Lock, Thread
from typing import Any

import pytest

from harness.ledger import Ledger, read_ledger
from tests.harness.projects import Project, case_entry, output, ran
from tests.harness.stub_platform import envelope

SECRET = "pa55-canary-w0rd"
SIGN_IN = {"DAB_ADMIN_USERNAME": "boss", "DAB_ADMIN_PASSWORD": SECRET}
CASES = 20
ANSWERED = 9
OF_SIGN_IN = 3
"""Answers that no case is for: two sign-ins, of which one looks at a list to see whether it is good."""
STOP_AFTER = 3
LISTING = """
@cases("some")
def test_some(case: Case, admin) -> None:
    admin.events.list(page=1, size=1).require_ok()
"""
SWALLOWING = """
from clients import Unreachable

@cases("some")
def test_some(case: Case, admin) -> None:
    try:
        admin.events.list(page=1, size=1)
    except Unreachable:
        pass
"""
NEVER = "用例未执行：平台已断开，连续 3 次连接失败，运行停止（最后一次："
GATE = """
most_skipped = 5
"""


@contextmanager
def leaving(calls: int) -> Iterator[str]:
    """The URL of a platform that stops listening with the last of so many answers."""
    counting, answered = Lock(), [0]
    token = envelope("0", "ok", {"token": "t"})
    rows = envelope("0", "ok", [], total=0, page=1, size=1)

    class Handler(BaseHTTPRequestHandler):
        def answer(self) -> None:
            with counting:
                answered[0] += 1
                if answered[0] == calls:
                    server.shutdown()
                    server.socket.close()
            content = (token if self.path.endswith("/login") else rows).encode()
            self.rfile.read(int(self.headers.get("Content-Length", 0)))
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        do_GET = do_POST = answer  # noqa: N815 - http.server's names

        def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - http.server's signature
            """Nothing: the harness reports its calls itself."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


def run_on(
    project: Project,
    *arguments: str,
    source: str = LISTING,
    answered: int = ANSWERED,
    cases: int = CASES,
    **limits: Any,
) -> pytest.RunResult:
    """A run of some cases, a call each, on a platform that leaves after so many answers."""
    project.cases("some", *[case_entry(f"some-{number}") for number in range(cases)])
    project.tests("some", source)
    with leaving(answered) as url:
        given = {"retries": 0, "stop_after": STOP_AFTER, **limits}
        project.profile("real", urls={"admin": f"{url}/dab", "member": f"{url}/clt"}, limits=given)
        return project.run(
            "-p", "no:cacheprovider", "--profile=real", "--alluredir=results", "--junitxml=junit.xml",
            *arguments, **SIGN_IN,
        )  # fmt: skip


@dataclass(frozen=True)
class Stopped:
    """A run that a platform has left, with how many workers."""

    project: Project
    result: pytest.RunResult
    workers: int

    @property
    def said(self) -> str:
        return output(self.result)

    @property
    def ledger(self) -> Ledger:
        (path,) = (self.project.root / "results").glob("ledger-*.json")
        return read_ledger(path)

    @property
    def outcomes(self) -> Counter[str]:
        return Counter(test.outcome for test in self.ledger.tests)


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return Project(tmp_path)


@pytest.fixture(scope="module", params=[0, 2], ids=["alone", "with workers"])
def stopped(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Stopped:
    project = Project(tmp_path_factory.mktemp("stopped"))
    return Stopped(project, run_on(project, f"-n{request.param}"), request.param)


def test_run_ends_by_the_exit_code_of_an_unreachable_platform(stopped: Stopped) -> None:
    assert stopped.result.ret == 10, stopped.said
    assert stopped.ledger.exit == 10
    assert stopped.ledger.gaps == ()


def test_tests_that_had_not_begun_are_not_run(stopped: Stopped) -> None:
    outcomes = stopped.outcomes

    assert outcomes.total() == CASES
    assert outcomes["passed"] > 0
    assert STOP_AFTER <= outcomes["failed"] <= STOP_AFTER + max(0, stopped.workers - 1)
    assert outcomes["broken"] > 0


def test_terminal_says_how_many_ran_and_why_no_more(stopped: Stopped) -> None:
    ran, failed, never = (
        CASES - stopped.outcomes["broken"],
        stopped.outcomes["failed"],
        stopped.outcomes["broken"],
    )

    assert f"tests that ran: {ran}, of which failed for it: {failed}; never run: {never}" in stopped.said
    assert (
        "the run has stopped (exit code 10): 3 connections in a row have failed, the last one: "
        in stopped.said
    )
    assert SECRET not in stopped.said


def test_terminal_explains_once(stopped: Stopped) -> None:
    assert f"{stopped.outcomes['broken']} never run" in stopped.said
    assert "用例未执行" not in stopped.said
    assert "ERROR" not in stopped.said


def test_rules_of_tests_that_did_not_run_are_not_counted(stopped: Stopped) -> None:
    figures = next(line.split() for line in stopped.result.outlines if line.startswith("E-01 "))

    assert int(figures[1]) == CASES - stopped.outcomes["broken"]


def test_ledger_says_why_a_test_was_not_run(stopped: Stopped) -> None:
    reasons = [test.reason for test in stopped.ledger.tests if test.outcome == "broken"]

    assert all(reason.startswith(NEVER) for reason in reasons)


def test_allure_results_say_the_same(stopped: Stopped) -> None:
    files = (stopped.project.root / "results").glob("*-result.json")
    found = [json.loads(path.read_text("utf-8")) for path in files]

    assert Counter(one["status"] for one in found) == stopped.outcomes
    broken = [one["statusDetails"]["message"] for one in found if one["status"] == "broken"]
    assert all(NEVER in message for message in broken)


def test_junit_says_the_same(stopped: Stopped) -> None:
    found = ran(stopped.project.root / "junit.xml")

    assert len(found) == CASES
    assert Counter(one.outcome for one in found if NEVER in one.message) == {
        "error": stopped.outcomes["broken"]
    }


def test_gate_does_not_trust_a_run_that_stopped(stopped: Stopped) -> None:
    stopped.project.copied("data/gate.schema.json")
    gate = stopped.project.write("gate.toml", GATE)

    judged = stopped.project.command("gate", str(gate), str(stopped.project.root / "results"))

    assert judged.ret == 11, output(judged)
    assert "ended with exit code 10: the platform has gone" in output(judged)


def test_run_whose_tests_mind_nothing_has_stopped_nevertheless(project: Project) -> None:
    result = run_on(project, source=SWALLOWING, cases=STOP_AFTER + ANSWERED - OF_SIGN_IN)

    assert result.ret == 10, output(result)
    assert "never run: 0" in output(result)


def test_test_that_has_begun_is_tried_again_and_told_as_one_that_ran(project: Project) -> None:
    result = run_on(project, "--reruns=1", stop_after=1)

    assert result.ret == 10, output(result)
    assert "of which failed for it: 1; never run: " in output(result)
    assert "1 failed" in output(result)


def test_run_goes_on_where_fewer_connections_fail(project: Project) -> None:
    result = run_on(project, stop_after=100)

    assert result.ret == 10, output(result)
    assert "the platform has gone" not in output(result)
    assert "never run" not in output(result)


def test_run_leaves_nothing_in_the_temporary_folder(
    project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    for name in ("TMPDIR", "TEMP", "TMP"):
        monkeypatch.setenv(name, str(temporary))

    result = run_on(project, "-n2", answered=10_000, requests_per_second=1000)

    assert result.ret == 0, output(result)
    assert list(temporary.glob("regression-*")) == []
