"""At its end a run takes away what its tests could not, and tells what is left for good."""

from pathlib import Path

import pytest

from clients import AdminClient, TenantSignIn, Transport
from tests.harness.projects import Project

SIGN_IN = {"DAB_ADMIN_USERNAME": "admin", "DAB_ADMIN_PASSWORD": "sandbox", "CLT_CODE": "plain"}
CRASHING = """
import os

@case("it-crashes", "E-01", "建好后进程崩溃", area=AREA, story="试写")
def test_crashes(events: EventWorkshop) -> None:
    events.make()
    os._exit(3)
"""
KEPT = """
from clients import NotAllowed, Permissions

@case("keeps-its-row", "E-01", "删不掉", area=AREA, story="试写")
def test_keeps(events: EventWorkshop, created_rows) -> None:
    events.make()
    created_rows._made.clear()
"""
FOR_GOOD = """
@case("makes-a-member", "E-03", "新建会员", area=AREA, story="试写")
def test_member(people) -> None:
    people("wang")
    people("li")
    people("wang").calls.me().require_ok()
"""


@pytest.fixture
def project(tmp_path: Path, served_sandbox: str) -> Project:
    made = Project(tmp_path)
    urls = {"urls__admin": f"{served_sandbox}/dab", "urls__member": f"{served_sandbox}/clt"}
    wechat = {"app_id": "wx-sandbox-main", "codes": {"plain": {"code_env": "CLT_CODE"}}}
    made.profile("real", **urls, wechat=wechat, allow_new_members=True)
    return made


def left(url: str) -> list[str]:
    admin = AdminClient(Transport(f"{url}/dab", sign_in=TenantSignIn("a", "admin", "sandbox")))
    return [row["id"] for row in admin.events.list(search_word="regress-", page=1, size=1000).require_data()]


def section(result: pytest.RunResult) -> list[str]:
    """What the run tells of what is left."""
    lines = result.outlines
    begins = next((place for place, line in enumerate(lines) if " left on 预发环境 " in line), len(lines))
    told = [line for line in lines[begins + 1 :] if line]
    return told[: next((place for place, line in enumerate(told) if line.startswith("==")), 0)]


@pytest.mark.parametrize("source", [CRASHING, KEPT], ids=["crash", "kept"])
def test_row_that_a_test_could_not_take_away_is_taken_away_at_the_end(
    source: str, project: Project, served_sandbox: str
) -> None:
    project.tests("some", source)

    result = project.run("--profile=real", "-n1", "--max-worker-restart=0", **SIGN_IN)

    told = section(result)
    assert left(served_sandbox) == []
    assert told[0] == "1 rows that tests had left were taken away, 0 are left:"
    assert "体验课 regress-" in told[2]


def test_what_nothing_takes_away_is_counted_over_the_workers(project: Project) -> None:
    project.tests("some", FOR_GOOD)
    project.tests("more", FOR_GOOD.replace("makes-a-member", "makes-others"))

    result = project.run("--profile=real", "-n2", **SIGN_IN)

    assert section(result)[0] == "without a call that deletes them: 4 members"


def test_run_that_leaves_nothing_tells_nothing(project: Project) -> None:
    project.tests("some", "def test_nothing(admin): admin.events.list(page=1, size=1).require_ok()")

    assert section(project.run("--profile=real", **SIGN_IN)) == []


def test_platform_that_has_gone_is_told_with_the_later_sweep(project: Project) -> None:
    gone = """
def test_gone(platform, monkeypatch):
    import socket
    platform.tenant().events.list(page=1, size=1).require_ok()
    def nobody(*_, **__): raise ConnectionRefusedError
    socket.create_connection = nobody
    import urllib3.util.connection
    urllib3.util.connection.create_connection = nobody
"""
    project.tests("some", gone)

    told = section(project.run("--profile=real", "-p", "no:cacheprovider", **SIGN_IN))

    assert told[0].startswith("could not look for what is left: 平台不可达")
    assert told[1] == "later: python -m harness sweep --profile real"


def test_sandbox_is_not_swept(project: Project) -> None:
    project.tests("some", KEPT)

    assert section(project.run()) == []
