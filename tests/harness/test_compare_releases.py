"""Two releases of the sandbox differ in seeded ways, each named and rated; one release twice is silent."""

import json
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from tests.harness.projects import PROJECT

SECONDS = 900
PART = [
    *("event_order", "event_list", "event_page", "event", "event_order_desk", "event_access"),
    *("group_buy_event", "group_buy_event_list", "worker", "pick_lists"),
    *("one_yuan_list", "one_yuan_page"),
]
"""The suites that meet every difference often enough."""
DIFFERENCES = {
    "event-rows-tell-heat": ("admin.events.list", "data[].heat", "field added", "additive"),
    "event-times-in-seconds": ("admin.events.get", "data.beginTime", "format", "breaking"),
    "absent-event-is-404": ("member.events.get", "", "HTTP status", "breaking"),
    "event-names-gone": ("admin.events.ids_and_names", "", "call gone", "breaking"),
    "group-buy-without-guide-image": ("admin.group_buys.get", "data.guideImage", "field gone", "breaking"),
    "group-buys-opening": ("admin.group_buys.list", "data[].status", "value added", "breaking"),
    "order-amount-as-text": ("admin.event_orders.list", "data[].chargedMount", "type", "breaking"),
    "free-order-counts-as-paid": (
        "member.event_orders.list",
        "data[].pamentStatus",
        "value gone",
        "breaking",
    ),
    "booking-out-of-time-is-40901": ("member.event_orders.book", "", "refusal code", "breaking"),
    "worker-number-null": ("admin.workers.list", "data[].workerNo", "nullable", "breaking"),
    "worker-privilege-is-401": ("admin.workers.list", "", "HTTP status", "breaking"),
    "member-email-empty": ("member.members.me", "data.email", "never null", "additive"),
    "channels-in-reverse": ("admin.channels.list", "data[]", "order of a list", "breaking"),
    "stores-slower": ("admin.stores.list", "", "slower", "slower"),
    "shown-prices-with-four-places": (
        "member.one_yuan_products.list",
        "data[].disPrice",
        "more decimal places",
        "additive",
    ),
    "product-prices-without-zeros": (
        "admin.one_yuan_products.get",
        "data.disPrice",
        "fewer decimal places",
        "breaking",
    ),
}
"""By the names of the sandbox's differences: where each shows, as what, and how it is rated."""


def recorded(file: Path, seed: int, *options: str, part: Sequence[str] = PART) -> Path:
    """A part of the suites, recorded on a sandbox; what of it fails is recorded as well."""
    suites = [f"tests/test_{name}.py" for name in part]
    plain = ("-q", "-n", "2", "-p", "no:cacheprovider", "--rows=off")
    subprocess.run(  # noqa: S603 - our own command
        [sys.executable, "-m", "pytest", *plain, f"--record={file}", f"--seed={seed}", *options, *suites],
        cwd=PROJECT,
        capture_output=True,
        timeout=SECONDS,
        check=False,
    )
    return file


def compared(old: Path, new: Path, file: Path) -> list[dict[str, Any]]:
    subprocess.run(  # noqa: S603 - our own command
        [sys.executable, "-m", "harness", "compare", str(old), str(new), f"--json={file}"],
        cwd=PROJECT,
        capture_output=True,
        timeout=SECONDS,
        check=True,
    )
    return list(json.loads(file.read_text("utf-8"))["findings"])


def unnamed(findings: list[dict[str, Any]]) -> list[str]:
    """The differences that no finding names, or that one rates otherwise."""
    found = {(one["call"], one["path"] or "", one["kind"], one["rating"]) for one in findings}
    return [name for name, difference in DIFFERENCES.items() if difference not in found]


def beyond(findings: list[dict[str, Any]]) -> set[tuple[str, str]]:
    """What is no difference's: one may show at more fields and calls, what only follows from it is none."""
    kinds = {(call, kind) for call, _, kind, _ in DIFFERENCES.values()}
    kinds |= {(f"admin.workers.{call}", "HTTP status") for call in ("create", "update", "delete")}
    kinds |= {("member.event_orders.list", "value added")}
    return {(one["call"], one["kind"]) for one in findings} - kinds


def test_differences_of_a_release_are_named_and_one_release_twice_is_silent(tmp_path: Path) -> None:
    """In one test, since each recording is a run of hundreds of cases."""
    old = recorded(tmp_path / "old.jsonl", 1)
    new = recorded(tmp_path / "new.jsonl", 2, "--sandbox-change=all")
    again = recorded(tmp_path / "again.jsonl", 3, part=PART[1:])

    findings = compared(old, new, tmp_path / "new.json")
    of_the_same = compared(old, again, tmp_path / "again.json")

    assert (unnamed(findings), beyond(findings)) == ([], set()), findings
    assert of_the_same == []
