"""CI calls the README's lines, in three shards whose merged results are those of one run."""

import os
import re
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest
import yaml

from harness.documents import read_json
from harness.gate.results import find_ledgers
from harness.ledger import Entry, Ledger, read_ledger
from tests.harness.projects import PROJECT, Project, case_entry, ran

SET_UP = "python3 -m venv .venv && .venv/bin/python -m pip install -q -r requirements.txt && "
SHARDS = ("1", "2", "3")
GITHUB, GITLAB, JENKINS = ".github/workflows/regression.yml", ".gitlab-ci.yml", "Jenkinsfile"
SUITE = """
@cases("some")
def test_some(case: Case) -> None:
    assert case.id != "some-failing", "不符"
    if case.id == "some-skipped":
        pytest.skip("缺少环境")

@case("some-python", "E-05", "代码用例", area=AREA, story="试写", severity="blocker", smoke=True)
def test_python() -> None: ...

@pytest.mark.parametrize("number", range(4))
def test_plain(number: int) -> None: ...
"""
CASES = ("one", "two", "three", "four", "failing", "skipped")

needs_a_shell = pytest.mark.skipif(sys.platform == "win32", reason="CI 的命令行是给 sh 的")
each_file = pytest.mark.parametrize("name", [GITHUB, GITLAB, JENKINS])


def readme_lines() -> list[str]:
    """Those of the section on CI: of a shard, the page, the gate, and the durations."""
    text = (PROJECT / "README.md").read_text("utf-8")
    return re.findall(r"^```bash\n(.*)\n```$", text, re.MULTILINE)


def commands(name: str) -> list[str]:
    """The shell commands of a CI file."""
    if name == JENKINS:
        return re.findall(r"\bsh '([^']*)'", (PROJECT / name).read_text("utf-8"))
    jobs = loaded(name)["jobs"] if name == GITHUB else loaded(name)
    if name == GITHUB:
        return [step["run"] for job in jobs.values() for step in job["steps"] if "run" in step]
    scripts = [job["script"] for job in jobs.values() if isinstance(job, dict) and "script" in job]
    return [re.sub(r"^\((.*)\) \|\| true$", r"\1", command) for script in scripts for command in script]


def loaded(name: str) -> dict[str, Any]:
    """A CI file's plain data; its `on` is a text here, not YAML 1.1's true."""
    return yaml.load((PROJECT / name).read_text("utf-8"), yaml.BaseLoader)  # type: ignore[no-any-return]  # noqa: S506


def shards(name: str) -> list[str]:
    """The shards that a CI file starts."""
    if name == JENKINS:
        (values,) = re.findall(r"name 'SHARD'\s+values (.*)", (PROJECT / name).read_text("utf-8"))
        return re.findall(r"'(\w+)'", values)
    if name == GITHUB:
        return list(loaded(name)["jobs"]["shard"]["strategy"]["matrix"]["shard"])
    return list(loaded(name)["shard"]["parallel"]["matrix"][0]["SHARD"])


@pytest.mark.parametrize(
    ("name", "schema"),
    [
        (GITHUB, ("vendor.github-workflows",)),
        (GITLAB, ("vendor.gitlab-ci", "--data-transform=gitlab-ci")),
        ("compose.yaml", ("vendor.compose-spec",)),
    ],
)
def test_file_has_the_shape_that_its_system_reads(name: str, schema: tuple[str, ...]) -> None:
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", *schema, name]

    done = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, check=False)  # noqa: S603 - our own

    assert done.returncode == 0, done.stdout


@each_file
def test_file_runs_the_lines_of_the_readme(name: str) -> None:
    own = [command for command in commands(name) if command.startswith(SET_UP)]

    assert own == readme_lines()[:3]
    assert ".ci/run" in commands(name)


@each_file
def test_shards_that_run_are_those_that_are_judged(name: str) -> None:
    folders = " ".join(f"results/shard-{shard}" for shard in SHARDS)

    _, page, gate, durations = readme_lines()

    assert shards(name) == list(SHARDS)
    assert f"--splits {len(SHARDS)} " in readme_lines()[0]
    assert all(f" {folders}" in line for line in (page, gate, durations))


@each_file
def test_shard_s_failures_do_not_stop_the_gate(name: str) -> None:
    text = (PROJECT / name).read_text("utf-8")
    after = {GITHUB: "continue-on-error: true", GITLAB: "allow_failure: true", JENKINS: "}"}[name]

    line = re.escape(readme_lines()[0])

    assert re.search(rf"{line}'?\s+{after}", text)
    assert name != JENKINS or re.search(rf"catchError\([^)]*\) {{\s+sh '{line}", text)


def test_workflow_may_only_read_and_pins_its_actions() -> None:
    document = loaded(GITHUB)
    used = [step["uses"] for job in document["jobs"].values() for step in job["steps"] if "uses" in step]

    assert document["permissions"] == {"contents": "read"}
    assert all("permissions" not in job for job in document["jobs"].values())
    assert [one for one in used if not re.fullmatch(r"actions/[\w/-]+@v\d+", one)] == []


def test_readme_s_lines_are_the_same_in_both_languages() -> None:
    chinese = (PROJECT / "README.zh-CN.md").read_text("utf-8")

    assert len(readme_lines()) == 4
    assert all(line.startswith(SET_UP) and f"```bash\n{line}\n```" in chinese for line in readme_lines())


Shell = Callable[..., subprocess.CompletedProcess[str]]


@dataclass(frozen=True)
class Ran:
    """A project whose tests ran as CI runs them, and then once more as a whole, into `whole`."""

    project: Project
    shell: Shell
    codes: Sequence[int]
    whole: int

    def folders(self) -> list[Path]:
        return [self.project.root / "results" / f"shard-{shard}" for shard in SHARDS]

    def one(self) -> list[Path]:
        return [self.project.root / "results" / "whole"]


@pytest.fixture(scope="module")
def done(tmp_path_factory: pytest.TempPathFactory) -> Ran:
    """The lines as they stand, without their set-up; the project's `.venv` is that of these tests."""
    project = Project(tmp_path_factory.mktemp("ci"))
    project.cases("some", *(case_entry(f"some-{name}") for name in CASES))
    project.tests("some", SUITE)
    project.write("data/gate.toml", "smoke_green = true\nleast_executed = 9\n[pass_rate]\nnormal = 80\n")
    python = project.root / ".venv" / "bin" / "python"
    python.parent.mkdir(parents=True)
    python.write_text(f'#!/bin/sh\nexec "{sys.executable}" "$@"\n', "utf-8")
    python.chmod(0o755)
    own = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST_")}

    def shell(line: str, **environment: str) -> subprocess.CompletedProcess[str]:
        assert line.startswith(SET_UP)
        return subprocess.run(  # noqa: S603 - the README's own line
            ["sh", "-c", line.removeprefix(SET_UP)],  # noqa: S607 - whatever sh the machine has
            cwd=project.root,
            env={**own, "PYTHONPATH": str(PROJECT), "PYTHONUTF8": "1", **environment},
            capture_output=True,
            encoding="utf-8",
            check=False,
        )

    line = readme_lines()[0]
    codes = [shell(line, SHARD=shard).returncode for shard in SHARDS]
    whole = shell(line.replace("--splits 3 --group $SHARD ", "").replace("shard-$SHARD", "whole"))
    return Ran(project, shell, codes, whole.returncode)


@needs_a_shell
def test_shards_have_the_ledger_of_one_run(done: Ran) -> None:
    (whole,) = ledgers(done.one())
    parts = ledgers(done.folders())

    assert (sorted(done.codes), done.whole) == ([0, 0, 1], 1)
    assert sorted(nodeid for part in parts for nodeid in part.collected) == sorted(whole.collected)
    assert sorted(map(repr, told(*parts))) == sorted(map(repr, told(whole)))
    assert all(part.tests and not part.gaps and not part.leaks for part in parts)
    assert all(part.deselected == len(whole.tests) - len(part.tests) for part in parts)


@needs_a_shell
def test_shards_have_the_allure_results_and_junit_of_one_run(done: Ran) -> None:
    assert identities(done.folders()) == identities(done.one())
    assert in_junit(done.folders()) == in_junit(done.one())
    assert len(in_junit(done.one())) == len(CASES) + 5


@needs_a_shell
def test_gate_says_of_shards_what_it_says_of_one_run(done: Ran) -> None:
    line = readme_lines()[2]

    of_shards = done.shell(line)
    summary = (done.project.root / "results" / "summary.md").read_text("utf-8")
    of_one = done.shell(re.sub(r"(results/shard-\d ?)+", "results/whole ", line))

    assert (of_shards.returncode, of_one.returncode) == (0, 0), of_shards.stdout + of_shards.stderr
    assert figures(of_shards.stdout) == figures(of_one.stdout)
    assert "some-failing" in summary


@needs_a_shell
def test_gate_refuses_when_a_shard_has_brought_no_results(done: Ran) -> None:
    said = done.shell(readme_lines()[2].replace("shard-2", "shard-that-died"))

    assert said.returncode == 4
    assert "results/shard-that-died: there is no ledger" in said.stderr


def ledgers(folders: Sequence[Path]) -> list[Ledger]:
    return [read_ledger(path) for path in find_ledgers(folders)]


def told(*found: Ledger) -> list[Entry]:
    """Their tests, but for the time that each has taken."""
    return [replace(test, seconds=0.0) for ledger in found for test in ledger.tests]


def identities(folders: Sequence[Path]) -> list[tuple[str, ...]]:
    results = [read_json(path) for folder in folders for path in folder.glob("*-result.json")]
    return sorted(tuple(one[key] for key in ("fullName", "historyId", "name", "status")) for one in results)


def in_junit(folders: Sequence[Path]) -> list[tuple[str, str]]:
    files = [folder.with_suffix(".xml") for folder in folders]
    return sorted((one.name, one.outcome) for file in files for one in ran(file))


def figures(table: str) -> list[str]:
    """The gate's table without the seconds, and without the columns' width."""
    return [" ".join(line.split()) for line in table.splitlines() if not line.startswith("seconds of")]
