"""Recordings of small projects, and what became of a replay of them."""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from tests.harness.projects import PROJECT, Project, Ran, output, ran

FILE = "run.jsonl"


class Recorded:
    """A project whose run has been recorded to `run.jsonl` on its sandbox."""

    def __init__(self, project: Project, *options: str, **environment: str) -> None:
        self.project = project
        self.result = project.run(f"--record={FILE}", "--rows=off", *options, **environment)

    @property
    def path(self) -> Path:
        return self.project.root / FILE

    @property
    def header(self) -> dict[str, Any]:
        assert self.path.is_file(), output(self.result)
        return dict(self.lines()[0])

    @property
    def exchanges(self) -> list[dict[str, Any]]:
        return self.lines()[1:]

    def lines(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.path.read_text("utf-8").splitlines()]

    def rewrite(self, *lines: Mapping[str, Any]) -> None:
        self.path.write_text("".join(f"{json.dumps(line)}\n" for line in lines), "utf-8")

    def replayed(self, *options: str) -> list[Ran]:
        """The tests of a replay, in the order of their names."""
        report = self.project.root / "replay.xml"
        report.unlink(missing_ok=True)
        result = self.project.run(f"--replay={FILE}", f"--junitxml={report}", *options)
        assert report.is_file(), output(result)
        return sorted(ran(report), key=lambda one: one.name)

    def command(self, *arguments: str) -> Any:
        """`python -m harness replay` in the project's folder."""
        return self.project.harness("replay", *arguments, PYTHONPATH=str(PROJECT))


def outcomes(tests: list[Ran]) -> dict[str, str]:
    return {one.name: one.outcome for one in tests}


def changed(lines: list[dict[str, Any]], call: str, **changes: Any) -> Iterator[dict[str, Any]]:
    """The lines, with every exchange of a call changed."""
    for line in lines:
        yield {**line, **changes} if line.get("call") == call else line
