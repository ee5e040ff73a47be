"""State machines fail where platform and model disagree, and tell how to see it again, without a secret.

The platform is a sandbox as it is; it is the model that is wrong in one way.
"""

import dataclasses
import re
import shlex
from collections.abc import Callable, Iterator

import pytest
from hypothesis import Phase, settings

from clients import Redactor
from harness.curl import CurlScript
from harness.exploration import BOUNDED
from harness.platform import opened
from harness.profile_files import load_profile
from harness.randomness import Randomness
from harness.run import Run
from tests.harness.projects import PROJECT
from tests.journeys import machines, one_yuan_machine, test_machines
from tests.journeys.machines import Stand
from tests.journeys.models import JOINED, OK, EventModel, GroupBuyModel, Order, Team
from tests.journeys.one_yuan_machine import OneYuanMachine
from tests.journeys.one_yuan_model import OneYuanModel
from tests.journeys.one_yuan_parts import Group, Product
from tests.journeys.one_yuan_parts import Order as PulledOrder
from tests.journeys.one_yuan_steps import PEOPLE
from tests.journeys.scenes import scene_on

SEED = 7
Journey = Callable[[Stand, Run, pytest.Config], None]
Model = type[EventModel] | type[GroupBuyModel] | type[OneYuanModel]
Failure = Callable[[Journey, Model], str]


class Forgiving(EventModel):
    """Lets a member book twice (against E-03)."""

    def book(self, person: int) -> str:
        code = super().book(person)
        return OK if code == JOINED else code


class Forgetful(EventModel):
    """Takes a check-in, and forgets it (against E-13)."""

    def check_in(self, order: Order) -> str:
        code = super().check_in(order)
        order.status = "UNUSED" if code == OK else order.status
        return code


class Impatient(GroupBuyModel):
    """A team is full with its leader (against G-07)."""

    def _fill(self, team: Team) -> None:
        team.status = "SUCCESS" if team.status == "PENDING" else team.status


class Cramped(OneYuanModel):
    """A group is full with one member (against Y-05)."""

    def _seat(self, order: PulledOrder, group: Group) -> None:
        group.needs = 1
        super()._seat(order, group)


class Talkative(OneYuanModel):
    """A group tells twice that it is open (against Y-13)."""

    def _open(self, order: PulledOrder, product: Product) -> None:
        super()._open(order, product)
        self.groups[-1].tell(self.now)


@pytest.fixture(scope="module")
def stand() -> Iterator[Stand]:
    profile, redactor = load_profile("sandbox", PROJECT / "data" / "profiles", {}), Redactor()
    script = CurlScript(redactor)
    with opened(profile, "inprocess", redactor, [script]) as platform:
        scene = scene_on(platform, Randomness(SEED, "machines"), PEOPLE)
        yield Stand(scene, script, scene.clock.now())


@pytest.fixture(scope="module")
def failure(stand: Stand, run: Run, pytestconfig: pytest.Config) -> Failure:
    """What a journey by a wrong model says in the end, without looking for a shorter one."""

    def failed(journey: Journey, model: Model) -> str:
        quick = settings(BOUNDED, stateful_step_count=8, phases=[Phase.generate])
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(test_machines, "exploration", lambda config: quick)
            home = one_yuan_machine if issubclass(model, OneYuanModel) else machines
            patch.setattr(home, model.__bases__[0].__name__, model)
            with pytest.raises(AssertionError) as disagreed:
                journey(stand, dataclasses.replace(run, seed=SEED), pytestconfig)
        return "\n".join([*messages(disagreed.value), *disagreed.value.__notes__])

    return failed


@pytest.fixture(scope="module")
def forgotten(failure: Failure) -> str:
    """What is said of a check-in that the model forgets."""
    return failure(test_machines.test_event_orders_follow_the_model, Forgetful)


def messages(error: BaseException | None) -> list[str]:
    """Those of an error and of what it was raised over."""
    return [] if error is None else [str(error), *messages(error.__context__)]


def curl_lines(told: str) -> list[list[str]]:
    """Each curl line, as a shell reads it."""
    lines = [line for line in told.splitlines() if line.startswith("curl ")]
    return [shlex.split(line, comments=True) for line in lines]


def test_disagreement_on_an_answer_is_told_with_its_codes(failure: Failure) -> None:
    told = failure(test_machines.test_event_orders_follow_the_model, Forgiving)

    assert "应答 0，实为 40903" in told
    assert len(re.findall(r"(?m)^state\.book\(", told)) >= 2


def test_disagreement_on_a_state_is_told_with_its_steps(forgotten: str) -> None:
    steps = re.findall(r"(?m)^state\.(\w+)\(", forgotten)

    assert {"event", "book", "check_in"} <= set(steps)
    assert "'USED'" in forgotten


def test_disagreement_on_teams_is_told(failure: Failure) -> None:
    told = failure(test_machines.test_group_buy_orders_follow_the_model, Impatient)

    assert "state.open_a_team(" in told
    assert "'PENDING'" in told


def test_disagreement_on_one_yuan_groups_is_told(failure: Failure) -> None:
    told = failure(test_machines.test_one_yuan_purchase_follows_the_model, Cramped)

    assert "state.products(" in told
    assert "/one_yuan_orders/pull" in told


def test_disagreement_on_messages_is_told(failure: Failure) -> None:
    told = failure(test_machines.test_one_yuan_purchase_follows_the_model, Talkative)

    assert "/_sandbox/messages" in told


def test_examples_of_the_one_yuan_purchase_reach_its_late_states(
    stand: Stand, run: Run, pytestconfig: pytest.Config
) -> None:
    """In a bounded exploration, each end of a group comes about several times, and each refusal somewhere."""
    OneYuanMachine.reached.clear()

    test_machines.test_one_yuan_purchase_follows_the_model(
        stand, dataclasses.replace(run, seed=SEED), pytestconfig
    )

    reached = OneYuanMachine.reached
    assert reached["example"] == BOUNDED.max_examples
    assert min(reached[state] for state in ("full", "expired", "invalid", "taken_down")) >= 3
    assert {"press 40901", "press 40903", "press 40904", "press 40905", "pull 40001"} <= set(reached)


def test_failure_can_be_repeated_by_its_curl_lines(forgotten: str) -> None:
    calls = [(words[3], words[-1]) for words in curl_lines(forgotten)]

    assert "最短的出错次序，每行一次调用" in forgotten
    assert ("POST", "http://sandbox.localhost/dab/event") in calls
    assert any(method == "POST" and url.endswith("/clt/event_orders") for method, url in calls)
    assert any(url.endswith("/checkin") for _, url in calls)


def test_failure_shows_no_secret(forgotten: str) -> None:
    headers = [
        word
        for words in curl_lines(forgotten)
        for word in words
        if re.match("(?i)(x-token|accesstoken):", word)
    ]

    assert headers
    assert {header.partition(": ")[2] for header in headers} == {"***"}
    assert "eyJ" not in forgotten
