"""Leftovers of killed runs are shown and taken away; rows of others, and of runs that go on, are not."""

import io
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import responses
from faker import Faker

import harness.__main__
from clients import AdminClient, Redactor, SandboxClient, Transport
from harness.clock import SandboxClock
from harness.kinds.event import EventWorkshop
from harness.kinds.event_orders import EventBookings
from harness.kinds.group_buy import GroupBuyWorkshop
from harness.kinds.one_yuan import OneYuanWorkshop
from harness.known_ids import KnownIds
from harness.marks import Stamp, stamp_of_run
from harness.material import Material
from harness.people import Person
from harness.platform import Platform, opened
from harness.profile_files import load_profile
from harness.randomness import Randomness
from tests.harness.projects import Project

SIGN_IN = {"DAB_ADMIN_USERNAME": "admin", "DAB_ADMIN_PASSWORD": "sandbox", "CLT_CODE": "plain"}
BEGAN = 1_790_000_000_000
OLD, RECENT = stamp_of_run(BEGAN, "an old run"), stamp_of_run(3_000_000_000_000, "a run that goes on")
LOOKALIKE = f"regress-{'b' * 20}"


@dataclass
class Workplace:
    """A project with a profile of the served sandbox, and its clients."""

    project: Project
    platform: Platform
    clock: SandboxClock

    @property
    def admin(self) -> AdminClient:
        return self.platform.tenant()

    def profile(self, **changes: Any) -> None:
        """Change the profile that the command will read."""
        write_profile(self.project, self.platform.profile.admin_url.removesuffix("/dab"), **changes)

    def material(self, stamp: Stamp) -> Material:
        randomness = Randomness(7, "sweep", stamp)
        fake = randomness.seeded(Faker("zh_CN"))
        return Material(self.admin, self.clock, KnownIds(self.platform), fake, randomness)


@pytest.fixture
def place(tmp_path: Path, served_sandbox: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Workplace]:
    project = Project(tmp_path)
    for name, value in SIGN_IN.items():
        monkeypatch.setenv(name, value)
    write_profile(project, served_sandbox)
    profile = load_profile("real", project.root / "data" / "profiles", SIGN_IN)
    with opened(profile, None, Redactor()) as platform:
        clock = SandboxClock(SandboxClient(Transport(f"{served_sandbox}/_sandbox")))
        yield Workplace(project, platform, clock)


def write_profile(project: Project, url: str, **changes: Any) -> None:
    wechat = {"app_id": "wx-sandbox-main", "codes": {"plain": {"code_env": "CLT_CODE"}}}
    urls = {"urls__admin": f"{url}/dab", "urls__member": f"{url}/clt"}
    project.profile("real", **{"wechat": wechat, **urls, **changes})


def sweep(place: Workplace, *arguments: str, profile: str = "real") -> int:
    data = place.project.root / "data"
    return harness.__main__.main(["sweep", f"--profile={profile}", f"--data={data}", *arguments])


def there(place: Workplace, *ids: str) -> list[bool]:
    return [place.admin.events.get(event_id).ok for event_id in ids]


def orders_of_mine(place: Workplace) -> Any:
    return place.platform.member().event_orders.list(page=1, size=1000).require_data()


def left_by(place: Workplace, stamp: Stamp) -> dict[str, Any]:
    """One of each kind, an event's copy, and a live order."""
    material = place.material(stamp)
    events, group_buys = EventWorkshop(material), GroupBuyWorkshop(material)
    bookings, products = EventBookings(events), OneYuanWorkshop(material)
    event = bookings.activity()
    person = Person("", place.platform.member())
    order = bookings.book(event, person)
    place.admin.events.copy(event["id"]).require_ok()
    worker = place.admin.workers.create({"name": events.mark, "workerNo": material.randomness.serial})
    return {
        "events": event["id"],
        "order": order["orderId"],
        "copy": events.copy_of(event)["id"],  # type: ignore[arg-type]
        "group_buys": group_buys.make()["id"],
        "workers": worker.require_data(),
        "one_yuan_products": products.make()["id"],
    }


def test_leftovers_are_taken_away_and_told(place: Workplace, capsys: pytest.CaptureFixture[str]) -> None:
    made = left_by(place, OLD)

    code = sweep(place, "--yes")

    out = capsys.readouterr().out
    assert code == 0
    assert there(place, made["events"], made["copy"]) == [False, False]
    assert not place.admin.group_buys.get(made["group_buys"]).ok
    assert place.admin.workers.list(search_key=OLD.text).data == []
    assert place.admin.one_yuan_products.get(made["one_yuan_products"]).require_data()["isShow"] == 0
    assert {order["id"]: order["status"] for order in orders_of_mine(place)}[made["order"]] == "CANCELED"
    assert all(made[kind] in out for kind in made if kind != "order")
    assert "预发环境: 5 rows taken away, 0 left" in out
    assert out.count("2026-09-21 ") == 5


def test_rows_of_runs_that_may_go_on_and_of_others_are_left_alone(place: Workplace) -> None:
    running = EventWorkshop(place.material(RECENT)).make()
    others = EventWorkshop(place.material(OLD)).make({"name": LOOKALIKE, "brief": "别人的"})

    sweep(place, "--yes")

    assert there(place, running["id"], others["id"]) == [True, True]
    place.admin.events.delete(running["id"]).require_ok()


def test_age_says_which_runs_are_left_alone(place: Workplace) -> None:
    running = EventWorkshop(place.material(stamp_of_run(int(time.time() * 1000), "just now"))).make()

    codes = [sweep(place, "--yes"), sweep(place, "--yes", "--older-than=1h")]
    alive = there(place, running["id"])
    codes.append(sweep(place, "--yes", "--older-than=0s"))

    assert (codes, alive, there(place, running["id"])) == ([0, 0, 0], [True], [False])


def test_leftovers_are_only_shown_without_a_yes(place: Workplace, capsys: pytest.CaptureFixture[str]) -> None:
    left = EventWorkshop(place.material(OLD)).make()

    code = sweep(place)

    told = capsys.readouterr()
    assert (code, there(place, left["id"])) == (1, [True])
    assert left["id"] in told.out
    assert told.err == "nothing was done (--yes takes them away without asking)\n"
    place.admin.events.delete(left["id"]).require_ok()


@pytest.mark.parametrize(("typed", "alive"), [("y\n", False), ("yes\n", False), ("\n", True), ("n\n", True)])
def test_person_at_a_terminal_is_asked(
    place: Workplace, monkeypatch: pytest.MonkeyPatch, typed: str, alive: bool
) -> None:
    left = EventWorkshop(place.material(OLD)).make()
    terminal = io.StringIO(typed)
    monkeypatch.setattr(terminal, "isatty", lambda: True)
    monkeypatch.setattr("sys.stdin", terminal)

    sweep(place)

    assert there(place, left["id"]) == [alive]
    place.admin.events.delete(left["id"]).require_ok()


def test_profile_that_may_not_write_only_looks(place: Workplace, capsys: pytest.CaptureFixture[str]) -> None:
    left = EventWorkshop(place.material(OLD)).make()
    place.profile(allow_write=False)

    code = sweep(place, "--yes")

    assert (code, there(place, left["id"])) == (1, [True])
    assert "profile real does not allow writing (allow_write): nothing was done" in capsys.readouterr().err
    place.admin.events.delete(left["id"]).require_ok()


def test_row_that_cannot_be_taken_away_is_told_with_its_reason(
    place: Workplace, capsys: pytest.CaptureFixture[str]
) -> None:
    kept, gone = (EventWorkshop(place.material(OLD)).make() for _ in range(2))
    with responses.RequestsMock(assert_all_requests_are_fired=False) as mock:
        mock.add_passthru("http://127.0.0.1")
        refusal = {"code": "40901", "message": "使用中", "data": None}
        mock.delete(f"{place.platform.profile.admin_url}/event/{kept['id']}", json=refusal)
        code = sweep(place, "--yes")

    told = capsys.readouterr().out
    assert (code, there(place, kept["id"], gone["id"])) == (1, [True, False])
    assert "1 rows taken away, 1 left" in told
    assert "平台拒绝了应当成功的调用：admin.events.delete" in told.splitlines()[-1]
    place.admin.events.delete(kept["id"]).require_ok()


def test_nothing_that_is_left_is_told(place: Workplace, capsys: pytest.CaptureFixture[str]) -> None:
    assert sweep(place, "--yes") == 0
    assert capsys.readouterr().out == "预发环境: nothing is left\n"


def test_sandbox_leaves_nothing_to_sweep(place: Workplace, capsys: pytest.CaptureFixture[str]) -> None:
    assert sweep(place, profile="sandbox") == 4
    assert "a sandbox ends with its run" in capsys.readouterr().err


def test_platform_that_is_down_is_unreachable(place: Workplace, capsys: pytest.CaptureFixture[str]) -> None:
    place.profile(urls__admin="http://127.0.0.1:9/dab")

    assert sweep(place) == 10
    assert capsys.readouterr().err.startswith("平台不可达")


@pytest.mark.parametrize("age", ["2", "h", "-1h", "2w", "1.5h", ""])
def test_age_that_is_none_is_told(place: Workplace, capsys: pytest.CaptureFixture[str], age: str) -> None:
    with pytest.raises(SystemExit) as refused:
        sweep(place, f"--older-than={age}")

    assert refused.value.code == 4
    assert f"{age!r} is no age; write it as 30m, 2h or 1d" in capsys.readouterr().err
