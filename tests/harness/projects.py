"""Small projects in a folder of their own, and runs of them in a process of their own."""

import json
import os
import shutil
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from textwrap import dedent
from typing import Any
from xml.etree import ElementTree as ET

import pytest

PROJECT = Path(__file__).parents[2]
SECONDS = 120
_INI = f"""
[pytest]
pythonpath = {PROJECT}
testpaths = tests
addopts = --import-mode=importlib --strict-markers --strict-config
filterwarnings = error
harness_data = data
markers =
    smoke: first of all
    event: events
    load: many calls at once
    contract: conventions
"""
_CALLERS = """
import pytest
from clients import AdminClient
from harness.cases import Area, Case, case, cases
from harness.checks import check_outcome
from harness.kinds.event import EventWorkshop

AREA = Area("管理后台", "活动")
"""


class Project:
    """The real conftest.py, rules, schemas and sandbox profile; cases and tests are the test's own."""

    def __init__(self, root: Path) -> None:
        self.root = root
        for path in (
            "conftest.py",
            "data/case.schema.json",
            "data/profile.schema.json",
            "data/rules.yaml",
            "data/rows.yaml",
            "data/rows.schema.json",
        ):
            self.copied(path)
        self.copied("data/profiles/sandbox.toml")
        (root / "data" / "cases").mkdir()
        (root / "tests").mkdir()
        self.write("pytest.ini", _INI)

    def write(self, path: str, text: str) -> Path:
        """Write a file below the project, its text without its common indent."""
        file = self.root / path
        file.write_text(dedent(text).lstrip(), encoding="utf-8")
        return file

    def cases(self, name: str, *entries: dict[str, Any]) -> Path:
        """A case file, `data/cases/NAME.yaml`; each entry is `case_entry` with what differs."""
        document = {"epic": "管理后台", "feature": "活动", "story": "试写", "cases": entries}
        return self.write(f"data/cases/{name}.yaml", json.dumps(document, ensure_ascii=False, indent=1))

    def tests(self, name: str, source: str) -> Path:
        """A test file, `tests/test_NAME.py`; what tests of cases need is imported already."""
        return self.write(f"tests/test_{name}.py", _CALLERS + dedent(source))

    def profile(self, name: str, **changes: Any) -> Path:
        """A profile of a real environment; a key such as `urls__admin` is replaced, None leaves it out."""
        document = real_profile("http://127.0.0.1:9")
        for key, value in changes.items():
            *tables, last = key.split("__")
            place = document
            for table in tables:
                place = place.setdefault(table, {})
            place.update({last: value})
            if value is None:
                del place[last]
        return self.write(f"data/profiles/{name}.toml", _toml(document))

    def run(self, *arguments: str, **environment: str) -> pytest.RunResult:
        return _process("pytest", *arguments, at=self.root, **environment)

    def command(self, *arguments: str, **environment: str) -> pytest.RunResult:
        """`python -m harness` of the real project, told of this one's data and tests."""
        folders = (f"--data={self.root / 'data'}", f"--tests={self.root / 'tests'}")
        return _process("harness", *arguments, *folders, at=PROJECT, **environment)

    def harness(self, *arguments: str, **environment: str) -> pytest.RunResult:
        """`python -m harness` in this folder."""
        return _process("harness", *arguments, at=self.root, **environment)

    def files(self) -> set[str]:
        """All but bytecode."""
        files = (path for path in self.root.rglob("*") if path.is_file() and path.suffix != ".pyc")
        return {path.relative_to(self.root).as_posix() for path in files}

    def copied(self, path: str) -> None:
        """Take a file of the real project."""
        (self.root / path).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(PROJECT / path, self.root / path)


def run_here(*arguments: str) -> pytest.RunResult:
    """pytest of the real project, without workers and leaving no cache behind."""
    return _process("pytest", "-n0", "-p", "no:cacheprovider", *arguments, at=PROJECT)


def _process(module: str, *arguments: str, at: Path, **environment: str) -> pytest.RunResult:
    started = time.perf_counter()
    done = subprocess.run(  # noqa: S603 - our own command
        [sys.executable, "-m", module, *arguments],
        cwd=at,
        env={**own_environment(), **environment},
        capture_output=True,
        encoding="utf-8",
        timeout=SECONDS,
        check=False,
    )
    seconds = time.perf_counter() - started
    return pytest.RunResult(done.returncode, done.stdout.splitlines(), done.stderr.splitlines(), seconds)


def case_entry(case_id: str, **changes: Any) -> dict[str, Any]:
    """A case in order, with what differs from it."""
    return {"id": case_id, "title": f"用例 {case_id}", "rule": "E-01", "expect": {"ok": True}, **changes}


def real_profile(url: str) -> dict[str, Any]:
    """A profile whose main sign-in stands in DAB_ADMIN_USERNAME and DAB_ADMIN_PASSWORD."""
    variables = {"username_env": "DAB_ADMIN_USERNAME", "password_env": "DAB_ADMIN_PASSWORD"}
    return {
        "title": "预发环境",
        "allow_write": True,
        "allow_payment": True,
        "urls": {"admin": f"{url}/dab", "member": f"{url}/clt"},
        "tenants": {"admin": variables},
    }


def output(result: pytest.RunResult) -> str:
    return "\n".join([*result.outlines, *result.errlines])


@dataclass(frozen=True)
class Ran:
    """One test of a run, by its JUnit XML: `name` is the case's id, or the function where it is no case."""

    name: str
    outcome: str
    message: str
    properties: dict[str, str]


def ran(report: Path) -> list[Ran]:
    """The tests of a run with `--junitxml`, in the order in which they were done."""
    return [_ran(node) for node in ET.parse(report).iter("testcase")]  # noqa: S314 - our own file


def _ran(node: ET.Element) -> Ran:
    properties = {one.get("name", ""): one.get("value", "") for one in node.iter("property")}
    bad = next((child for child in node if child.tag in {"failure", "error", "skipped"}), None)
    outcome, message = ("passed", "") if bad is None else (bad.tag, bad.get("message", ""))
    return Ran(properties.get("case", node.get("name", "")), outcome, message, properties)


def told(result: pytest.RunResult) -> list[str]:
    """What a run that could not be made has to say: its lines, without pytest's own frame."""
    return [line for line in [*result.errlines, *result.outlines] if line.strip() and line[0] not in "=_"]


def own_environment() -> dict[str, str]:
    """This process's, without what steers pytest, names a real platform, or keeps bytecode away."""
    foreign = ("PYTEST_", "DAB_", "CLT_", "PYTHONDONTWRITEBYTECODE")  # else each run compiles all anew
    kept = {name: value for name, value in os.environ.items() if not name.startswith(foreign)}
    return {**kept, "PYTHONUTF8": "1", "COLUMNS": "200"}


def _toml(document: dict[str, Any]) -> str:
    """Plain values of a level first, as JSON writes them, then its tables."""
    return "".join(_toml_lines(document, ()))


def _toml_lines(table: dict[str, Any], path: tuple[str, ...]) -> list[str]:
    plain = [f"{key} = {json.dumps(value, ensure_ascii=False)}\n" for key, value in table.items()]
    lines = [line for line, value in zip(plain, table.values(), strict=True) if not isinstance(value, dict)]
    for key, value in table.items():
        if isinstance(value, dict):
            lines += [f"[{'.'.join([*path, key])}]\n", *_toml_lines(value, (*path, key))]
    return lines
