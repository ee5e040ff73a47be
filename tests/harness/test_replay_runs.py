"""`python -m harness replay`: a run against a recording is the same evidence, without a platform."""

import json
from pathlib import Path

import pytest

from tests.harness.projects import Project, case_entry, output, told
from tests.harness.recorded import Recorded, changed, outcomes
from tests.harness.stub_platform import answering, envelope, page

SUITE = """
import io
from concurrent.futures import ThreadPoolExecutor
import jwt
from openpyxl import load_workbook

@cases("plain")
def test_event(case: Case, events: EventWorkshop, admin: AdminClient) -> None:
    made = events.make()
    assert admin.events.get(made["id"]).require_data()["name"] == made["name"]

@cases("fails")
def test_failing(case: Case, admin: AdminClient) -> None:
    assert admin.events.list(page=1, size=1).total == -1, "应为负一"

def test_clock(movable_clock, admin: AdminClient, platform) -> None:
    movable_clock.advance(platform.profile.tenant_token_hours * 3_600_000)
    assert admin.events.list(page=1, size=1).ok

def test_token(platform) -> None:
    code = platform.profile.wechat_codes["plain"].code
    token = platform.mini_program.login(platform.profile.app_id, code).require_data()["accessToken"]
    assert jwt.decode(token, options={"verify_signature": False})["sub"] == platform.member().me().data["id"]

def test_mobile(people) -> None:
    assert people("a").calls.me().data["mobile"] == people("a").calls.me().data["mobile"]

def test_workbook(group_buys, admin: AdminClient) -> None:
    content = admin.group_buys.launches_file(group_buys.make()["id"]).require_data()
    assert load_workbook(io.BytesIO(content)).worksheets[0].max_column > 1

def test_threads(admin: AdminClient) -> None:
    with ThreadPoolExecutor(2) as pool:
        list(pool.map(lambda page: admin.events.list(page=page, size=1), (1, 2)))

def test_refused(admin: AdminClient) -> None:
    assert admin.events.get("1").code == "40401"

def test_rows(rows) -> None: ...

def test_without_calls() -> None: ...
"""


@pytest.fixture(scope="module")
def recorded(tmp_path_factory: pytest.TempPathFactory) -> Recorded:
    project = Project(tmp_path_factory.mktemp("recorded"))
    project.cases("plain", case_entry("plain-one"), case_entry("plain-two"))
    project.cases("fails", case_entry("fails-always"))
    project.tests("some", SUITE)
    return Recorded(project)


def test_what_passed_passes_and_what_failed_fails(recorded: Recorded) -> None:
    replayed = outcomes(recorded.replayed())

    assert recorded.header["outcomes"] == {"passed": 9, "failed": 1, "skipped": 1}, output(recorded.result)
    assert replayed == {
        **dict.fromkeys(("plain-one", "plain-two", "test_clock", "test_token", "test_mobile"), "passed"),
        **dict.fromkeys(("test_workbook", "test_refused", "test_without_calls"), "passed"),
        "fails-always": "failure",
        "test_rows": "skipped",
        "test_threads": "skipped",
    }


def test_workers_and_order_do_not_matter(recorded: Recorded) -> None:
    alone = outcomes(recorded.replayed("-n0", "-p", "no:randomly"))

    assert outcomes(recorded.replayed("-n2", "-p", "randomly", "--dist=load")) == alone


def test_one_case_can_be_replayed(recorded: Recorded) -> None:
    assert outcomes(recorded.replayed("--case=plain-two")) == {"plain-two": "passed"}


def test_no_socket_is_opened_and_no_sandbox_started(recorded: Recorded) -> None:
    guard = """
        import socket, sys
        import pytest

        @pytest.fixture(autouse=True, scope="session")
        def _guarded():
            def refuse(*given): raise AssertionError("a socket")
            with pytest.MonkeyPatch.context() as patch:
                patch.setattr(socket.socket, "connect", refuse)
                patch.setattr(socket.socket, "bind", refuse)
                yield
            assert "sandbox" not in sys.modules
    """
    path = recorded.project.write("tests/conftest.py", guard)

    replayed = outcomes(recorded.replayed("-n0"))

    path.unlink()
    assert list(replayed.values()).count("passed") == 8


def test_header_says_that_it_is_a_replay(recorded: Recorded) -> None:
    result = recorded.command("run.jsonl", "-n0", "--case=plain-one")

    assert result.ret == 0, output(result)
    for line in (
        "profile: replay-of-sandbox, 内置沙箱（回放录制 run.jsonl）",
        f"seed: {recorded.header['seed']} *",
        "replay: run.jsonl，录于 * UTC+8; no platform is called",
        "rows: not looked at (a replay has no database)",
    ):
        result.stdout.fnmatch_lines([line])


def test_report_says_that_it_is_a_replay(recorded: Recorded) -> None:
    recorded.command("run.jsonl", "-n0", "--alluredir=results", "--case=plain-one", "--case=fails-always")

    results = recorded.project.root / "results"
    (ledger,) = [json.loads(path.read_text("utf-8")) for path in results.glob("ledger-*.json")]
    texts = "\n".join(path.read_text("utf-8") for path in results.glob("*-attachment.txt"))
    assert (ledger["profile"], ledger["gaps"]) == ("replay-of-sandbox", [])
    assert "重跑：pytest --case fails-always --replay=FILE（run.jsonl，录于 " in texts


def test_call_that_was_not_recorded_is_named(recorded: Recorded) -> None:
    lines = recorded.lines()
    kept = recorded.path.read_bytes()
    recorded.rewrite(*changed(lines, "admin.events.get", query=[["other", "1"]]))

    (failed,) = recorded.replayed("--case=plain-one")

    recorded.path.write_bytes(kept)
    first, nearest, difference, mend = failed.message.splitlines()[:4]
    assert first.endswith("录制中没有这次调用：admin.events.get（admin）GET " + _path(lines, "plain-one"))
    assert "the nearest that is recorded and left: number" in nearest
    assert difference.strip() == 'query: recorded [["other","1"]], now []'
    assert "record again: pytest --record=FILE" in mend


def test_test_that_was_not_recorded_is_skipped(recorded: Recorded) -> None:
    header, *exchanges = recorded.lines()
    kept = recorded.path.read_bytes()
    tests = {name: about for name, about in header["tests"].items() if "plain-one" not in name}
    tests = {name: {} if "plain-two" in name else about for name, about in tests.items()}
    recorded.rewrite({**header, "tests": tests}, *exchanges)

    replayed = recorded.replayed("--case=plain-one", "--case=plain-two")

    recorded.path.write_bytes(kept)
    assert [(one.outcome, one.message) for one in replayed] == [
        ("skipped", "录制中没有这条用例，不能回放"),
        ("skipped", "录制时这条用例没有做完，不能回放"),
    ]


def test_attempts_and_broken_calls_are_as_recorded(recorded: Recorded) -> None:
    kept = recorded.path.read_bytes()
    broken = {"status": None, "failure": "TimedOut", "attempts": ["503", "ReadTimeout"]}
    recorded.rewrite(*changed(recorded.lines(), "admin.events.get", **broken))

    (failed,) = recorded.replayed("--case=plain-one")

    recorded.path.write_bytes(kept)
    assert failed.message.splitlines()[0].endswith("/dab/event/" + _path(recorded.lines(), "plain-one")[11:])
    assert "平台超时未答" in failed.message
    assert "tried: #1 503, #2 ReadTimeout" in failed.message


@pytest.mark.parametrize("option", ["--profile=sandbox", "--sandbox=http", "--sandbox-fault=x", "--seed=1"])
def test_options_that_the_recording_decides_are_refused(recorded: Recorded, option: str) -> None:
    result = recorded.project.run("--replay=run.jsonl", option)

    name = option.partition("=")[0]
    wanted = "a replay has the profile, seed and answers of its recording, and no platform; leave"
    assert result.ret == 4
    assert told(result)[-1].startswith(f"ERROR: {name}: {wanted} {name} out")


def _path(lines: list[dict[str, object]], case: str) -> str:
    return next(
        str(one["path"]) for one in lines if (one.get("case"), one.get("call")) == (case, "admin.events.get")
    )


def test_real_environment_is_replayed_without_it_by_its_clock(tmp_path: Path) -> None:
    project = Project(tmp_path)
    project.tests(
        "real",
        """
        def test_it(admin: AdminClient, clock, mark: str) -> None:
            admin.events.list(page=clock.now(), search_word=mark)
        """,
    )
    with answering(page(), routes={"POST /dab/tenants/login": envelope("0", "", {"token": "t" * 9})}) as url:
        project.profile("real", urls__admin=f"{url}/dab")
        sign_in = {"DAB_ADMIN_USERNAME": "boss", "DAB_ADMIN_PASSWORD": "a-password"}
        recorded = Recorded(project, "-n0", "--profile=real", **sign_in)

    assert outcomes(recorded.replayed("-n1")) == {"test_it": "passed"}
