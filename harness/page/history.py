"""The runs before, of which the page shows trends: a small line of JSON for each, in a file beside it."""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

_LABELS_OF_CHARTS = frozenset({"epic", "feature"})
_LEFT_OUT = frozenset({"fullName", "message", "trace", "environment", "reportLinks"})


def history_beside(page: Path) -> Path:
    return page.with_suffix(".history.jsonl")


def read_runs(path: Path) -> list[dict[str, Any]]:
    """The runs of the file; a line that is cut off is left out, as a missing file is none."""
    if not path.is_file():
        return []
    return [
        run for line in path.read_text("utf-8", "replace").splitlines() if (run := _run(line)) is not None
    ]


def write_runs(path: Path, runs: Iterable[dict[str, Any]]) -> None:
    lines = [json.dumps(run, ensure_ascii=False, separators=(",", ":")) + "\n" for run in runs]
    path.write_text("".join(lines), "utf-8", newline="\n")


def brief(run: dict[str, Any]) -> dict[str, Any]:
    """Without what neither trend nor history shows: of thousands of tests it would be most of the file."""
    tests = {identity: _brief_test(test) for identity, test in run["testResults"].items()}
    return {**run, "testResults": tests}


def _brief_test(test: dict[str, Any]) -> dict[str, Any]:
    labels = [label for label in test.get("labels", ()) if label.get("name") in _LABELS_OF_CHARTS]
    return {**{name: value for name, value in test.items() if name not in _LEFT_OUT}, "labels": labels}


def _run(line: str) -> dict[str, Any] | None:
    try:
        run = json.loads(line)
    except ValueError:
        return None
    return run if isinstance(run, dict) and isinstance(run.get("testResults"), dict) else None
