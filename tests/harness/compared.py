"""Recordings of made-up releases, with other data in each, and what a comparison of two of them says."""

import json
import random
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

from harness.comparing.comparison import Comparison, compare
from harness.comparing.findings import Finding
from harness.comparing.recordings import Recording

CALL = "admin.things.get"
Row = dict[str, Any]
Rows = Callable[[random.Random, int], Row]
Line = dict[str, Any]


def chance_of(seed: int) -> random.Random:
    return random.Random(seed)  # noqa: S311 - made-up data, repeatable


def thing(chance: random.Random, number: int) -> Row:
    """What a call answers of a thing: every value that a run makes up is another in each run."""
    mark = f"q{chance.getrandbits(40):010x}"
    return {
        "id": str(18 * 10**17 + chance.randrange(10**12)),
        "name": f"名称 {mark}",
        "resourceId": f"hd_{chance.randrange(10**17, 10**18)}",
        "image": f"https://img{chance.randrange(99)}.example.test/{mark}.jpg",
        "uuid": f"{chance.getrandbits(32):08x}-1111-4222-8333-{chance.getrandbits(48):012x}",
        "beginTime": 1_780_000_000_000 + chance.randrange(10**7) * 1000,
        "status": ("OPEN", "CLOSED", "DRAFT")[number % 3],
        "price": f"{chance.randrange(1, 900)}.{chance.choice(['00', '50', '25', '99'])}",
        "amount": chance.randrange(1000),
        "count": chance.choice([None, chance.randrange(9)]),
        "owner": None,
        "tel": "***mobile:1***",
        "sessions": [{"quota": chance.randrange(99), "place": "ADDRESS"} for _ in range(chance.randrange(4))],
        "tags": [chance.choice(["长春", "深圳", "体验"]) for _ in range(chance.randrange(3))],
        "counts": {str(chance.randrange(10**9)): chance.randrange(9) for _ in range(3)},
    }


def exchange(test: str, data: Any = None, *, call: str = CALL, n: int = 0, **more: Any) -> Line:
    """One line; `code` and `status` refuse, `more` replaces or adds keys."""
    code, status = more.pop("code", "0"), more.pop("status", 200)
    envelope = {"code": code, "message": "成功" if code == "0" else "不允许", "data": data}
    return {
        "test": f"tests/test_some.py::test_some[{test}]",
        "case": test,
        "rule": "E-01",
        "n": n,
        "call": call,
        "actor": "admin",
        "method": "GET",
        "path": "/dab/things/1",
        "query": [],
        "sent": {"kind": "none"},
        "sent_headers": {},
        "status": status,
        "failure": None,
        "answered": {"kind": "json", "value": envelope},
        "answered_headers": {"Content-Type": "application/json"},
        "ms": 5.0,
        "attempts": [str(status)],
        **more,
    }


def release(seed: int, change: Callable[[Row, int], Any] | None = None, tests: int = 60) -> list[Line]:
    """One call in each test; `change` is what the release does to a row, in place."""
    chance = chance_of(seed)
    lines = []
    for number in range(tests):
        row = thing(chance, number)
        if change is not None:
            change(row, number)
        lines.append(exchange(f"case-{number:03}", row))
    return lines


def written(path: Path, lines: Iterable[Line], **header: Any) -> Path:
    head = {"recording": 1, "started": 1, "title": "沙箱", "profile": {}, "seed": 7, "run": "r", **header}
    text = "".join(f"{json.dumps(line, ensure_ascii=False, sort_keys=True)}\n" for line in (head, *lines))
    path.write_text(text, "utf-8", newline="\n")
    return path


def compared(folder: Path, old: Iterable[Line], new: Iterable[Line]) -> Comparison:
    return compare(Recording(written(folder / "old", old)), Recording(written(folder / "new", new)))


def told(findings: Sequence[Finding]) -> list[tuple[str, str, str | None, str, str]]:
    """Each finding as kind, call, path, old and new."""
    return [(one.kind.value, one.call, one.path, one.old, one.new) for one in findings]
