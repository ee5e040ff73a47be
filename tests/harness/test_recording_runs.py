"""`pytest --record FILE`: one whole file of every call, whatever becomes of the run."""

import json
import os
from pathlib import Path

import pytest

from tests.harness.projects import Project, case_entry, output, told
from tests.harness.recorded import Recorded
from tests.harness.stub_platform import answering, closed_port, envelope, page

SUITE = """
@cases("some")
def test_case(case: Case, events: EventWorkshop, admin: AdminClient) -> None:
    events.make()
    admin.transport.call("admin.events.list", "GET", "event/list", params={"b": "2", "a": "甲 乙"})

def test_failing(admin: AdminClient) -> None:
    admin.events.list(page=1, size=1)
    assert False, "失败"

def test_skipped() -> None: pytest.skip("跳过")
"""
KEYS = [
    "actor", "answered", "answered_headers", "attempts", "call", "case", "failure", "method", "ms", "n",
    "path", "query", "rule", "sent", "sent_headers", "status", "test",
]  # fmt: skip
SIGN_IN = {"DAB_ADMIN_USERNAME": "boss", "DAB_ADMIN_PASSWORD": "a-password"}


@pytest.fixture
def project(tmp_path: Path) -> Project:
    project = Project(tmp_path)
    project.cases("some", case_entry("some-one"), case_entry("some-two"))
    project.tests("some", SUITE)
    return project


@pytest.mark.parametrize("options", [("-n0",), ("-n2",), ("-n0", "--sandbox=http")], ids=" ".join)
def test_recording_has_every_exchange_in_order(project: Project, options: tuple[str, ...]) -> None:
    recorded = Recorded(project, *options)

    header, exchanges = recorded.header, recorded.exchanges
    assert recorded.result.ret == 1
    assert [sorted(one) for one in exchanges] == [KEYS] * len(exchanges)
    assert [(one["test"], one["n"]) for one in exchanges] == sorted(
        (one["test"], one["n"]) for one in exchanges
    )
    assert (header["recording"], header["exchanges"]) == (1, len(exchanges))
    assert header["outcomes"] == {"passed": 2, "failed": 1, "skipped": 1}
    assert header["tests"]["tests/test_some.py::test_skipped"] == {"outcome": "skipped", "reason": "跳过"}


def test_exchange_says_what_was_sent_and_came(project: Project) -> None:
    exchanges = Recorded(project, "-n0", "--case=some-one").exchanges

    listed = next(one for one in exchanges if one["call"] == "admin.events.list")
    created = next(one for one in exchanges if one["call"] == "admin.events.create")
    deleted = exchanges[-1]
    assert (listed["case"], listed["rule"], listed["actor"]) == ("some-one", "E-01", "admin")
    assert (listed["path"], listed["query"]) == ("/dab/event/list", [["b", "2"], ["a", "甲 乙"]])
    assert (listed["status"], listed["failure"], listed["attempts"]) == (200, None, ["200"])
    assert listed["sent"] == {"kind": "none"}
    assert (created["sent"]["kind"], created["answered"]["value"]["code"]) == ("json", "0")
    assert created["sent_headers"]["Content-Type"] == "application/json"
    assert created["sent_headers"]["X-Token"].startswith("***jwt:")
    assert (deleted["call"], deleted["path"]) == (
        "admin.events.delete",
        f"/dab/event/{created['answered']['value']['data']}",
    )


def test_same_run_makes_the_same_recording(project: Project) -> None:
    first = Recorded(project, "-n2", "--seed=7").exchanges
    second = Recorded(project, "-n0", "--seed=7").exchanges

    calls = [(one["test"], one["call"], one["sent"]) for one in first if one["test"].endswith("-one]")]
    again = [(one["test"], one["call"], one["sent"]) for one in second if one["test"].endswith("-one]")]
    assert [one for one in calls if "login" not in one[1]] == [one for one in again if "login" not in one[1]]


@pytest.mark.parametrize(
    "form", [("--record", "run.jsonl"), ("--record=run.jsonl",)], ids=["space", "equals"]
)
@pytest.mark.parametrize("is_there", [True, False], ids=["there", "new"])
def test_file_of_the_project_can_be_given_in_either_form(
    project: Project, form: tuple[str, ...], is_there: bool
) -> None:
    if is_there:
        project.write("run.jsonl", "old\n")

    result = project.run("-n0", *form, "--case=some-one")

    assert result.ret == 0, output(result)
    assert json.loads((project.root / "run.jsonl").read_text("utf-8").partition("\n")[0])["recording"] == 1


def test_file_elsewhere_after_a_space_is_left_alone(
    project: Project, tmp_path_factory: pytest.TempPathFactory
) -> None:
    elsewhere = tmp_path_factory.mktemp("elsewhere") / "run.jsonl"
    elsewhere.write_text("old\n", "utf-8")

    result = project.run("-n0", "--record", str(elsewhere))

    assert result.ret == 4
    assert elsewhere.read_text("utf-8") == "old\n"


@pytest.mark.parametrize(
    ("file", "problem"),
    [
        ("missing/run.jsonl", "cannot be written there: No such file or directory; name a file in a folder"),
        ("tests", "is a folder; name a file"),
        ("pytest.ini/run.jsonl", "cannot be written there: Not a directory"),
    ],
)
def test_file_that_cannot_be_is_told_before_the_run(project: Project, file: str, problem: str) -> None:
    before = project.files()

    result = project.run("-n0", f"--record={file}")

    assert result.ret == 4
    (line,) = told(result)
    assert line.startswith(f"ERROR: --record={project.root / file}: {problem}")
    assert project.files() == before


@pytest.mark.skipif(os.name == "nt", reason="signals of POSIX")
def test_interrupted_run_keeps_what_it_did(project: Project) -> None:
    project.tests(
        "interrupted",
        """
        import os, signal, time
        def test_a(admin: AdminClient) -> None: admin.events.list(page=1, size=1)
        def test_b(admin: AdminClient) -> None: os.kill(os.getpid(), signal.SIGINT); time.sleep(5)
        """,
    )

    recorded = Recorded(project, "-n0", "-p", "no:randomly", "tests/test_interrupted.py")

    assert recorded.result.ret == 2
    assert recorded.header["interrupted"] is True
    assert "admin.events.list" in [one["call"] for one in recorded.exchanges]
    assert recorded.header["tests"]["tests/test_interrupted.py::test_a"] == {"outcome": "passed"}


def test_worker_that_dies_leaves_what_it_did(project: Project) -> None:
    project.tests(
        "dying",
        """
        import os
        def test_dies(admin: AdminClient) -> None:
            admin.events.list(page=1, size=1)
            os._exit(1)
        """,
    )

    recorded = Recorded(project, "-n1", "tests/test_dying.py")

    assert [one["call"] for one in recorded.exchanges] == ["admin.tenants.login", "admin.events.list"]


def test_old_recording_stays_until_the_new_one_is_whole(project: Project) -> None:
    project.write("run.jsonl", "old\n")

    result = project.run("-n0", "--record=run.jsonl", "--rule=NOSUCH")

    assert result.ret == 4
    assert (project.root / "run.jsonl").read_text("utf-8") == "old\n"
    assert not [name for name in project.files() if name.startswith(".run")]


def test_recording_that_cannot_be_put_in_place_is_told(project: Project) -> None:
    project.tests(
        "blocking",
        """
        from pathlib import Path
        def test_it(admin: AdminClient) -> None: Path("run.jsonl").mkdir(); Path("run.jsonl/in").touch()
        """,
    )

    result = project.run("-n0", "--record=run.jsonl", "tests/test_blocking.py")

    assert result.ret == 11
    assert f"the recording could not be written to {project.root / 'run.jsonl'}: Is a directory" in output(
        result
    )


def test_real_platform_is_recorded_with_its_failures(project: Project) -> None:
    project.tests(
        "real",
        """
        def test_it(admin: AdminClient) -> None:
            admin.transport.call("admin.events.create", "POST", "event", form=FORM, effect=READS)
            admin.transport.call("admin.channels.list", "GET", "channel/list", params={"page": 1})
        from clients.permissions import Effect
        READS, FORM = Effect.READS, {"a": "1", "b": "&"}
        """,
    )
    routes = {
        "POST /dab/tenants/login": envelope("0", "", {"token": "t" * 9}),
        "GET /dab/event/list": page(),
        "POST /dab/event": envelope("40001", "name"),
        "GET /dab/channel/list": "<p>",
    }
    with answering(page(), routes=routes) as url:
        project.profile("real", urls__admin=f"{url}/dab")
        recorded = Recorded(project, "-n0", "--profile=real", "tests/test_real.py", **SIGN_IN)

    created, listed = recorded.exchanges[-2:]
    assert created["sent"] == {"kind": "form", "value": [["a", "1"], ["b", "&"]]}
    assert (listed["failure"], listed["status"]) == ("NotJson", 200)
    assert listed["answered"] == {"kind": "text", "value": "<p>"}
    assert recorded.header["title"] == "预发环境"
    assert recorded.header["profile"]["tenants"]["admin"] == {
        "username": "boss",
        "password": "***text10:2***",
    }


def test_call_that_nobody_answers_is_recorded_without_a_status(project: Project) -> None:
    with closed_port() as url:
        project.tests(
            "gone",
            f"""
            def test_it(platform) -> None:
                console = platform.console.transport
                console.base_url = "{url}/dab"
                console.call("admin.events.list", "GET", "event/list", params={{"page": 1}})
            """,
        )
        recorded = Recorded(project, "-n0", "tests/test_gone.py")

    (gone,) = recorded.exchanges
    assert (gone["status"], gone["failure"], gone["query"]) == (None, "Unreachable", [["page", "1"]])
    assert gone["attempts"] == ["ConnectionError"] * 3
    assert gone["answered"] == {"kind": "none"}


def test_collecting_records_nothing(project: Project) -> None:
    project.run("-n0", "--record=run.jsonl", "--collect-only")

    assert not (project.root / "run.jsonl").exists()
