"""State machines of orders and of the one-yuan purchase against simple models (Hypothesis).

A failure tells the shortest sequence that Hypothesis found, as its steps and as curl lines.
"""

from collections.abc import Iterator

import pytest
from hypothesis import seed
from hypothesis.stateful import RuleBasedStateMachine, run_state_machine_as_test

from clients import Observer, Redactor
from harness.cases import Area, case
from harness.curl import CurlScript
from harness.evidence import Evidence
from harness.exploration import exploration
from harness.platform import Unavailable, opened
from harness.profile import Profile
from harness.randomness import Randomness
from harness.rows.watching import witnessed
from harness.run import Run
from tests.journeys.machines import PEOPLE, EventOrderMachine, GroupBuyOrderMachine, Stand
from tests.journeys.one_yuan_machine import OneYuanMachine
from tests.journeys.one_yuan_steps import PEOPLE as NEWCOMERS
from tests.journeys.scenes import scene_on

pytestmark = pytest.mark.journey

MACHINES = Area("状态机", "订单与支付")
ONE_YUAN = Area("状态机", "一元购")


@pytest.fixture(scope="session")
def stand(run: Run, profile: Profile, redactor: Redactor, onlookers: tuple[Observer, ...]) -> Iterator[Stand]:
    """A sandbox in the process, whose clock the machines may move as they like; its rows are judged too."""
    if profile.recording is not None:
        pytest.skip("状态机的步骤随机，录制里没有它们的答复")
    if not profile.sandbox:
        raise Unavailable(f"环境 {profile.title} 不是沙箱，状态机不在其上走")
    script, evidence = CurlScript(redactor), Evidence(redactor, in_report=False, strict_schema=False)
    observers = (*onlookers, script, evidence)
    with (
        opened(
            profile,
            "inprocess",
            redactor,
            observers,
            database=run.sandbox_database,
            faults=run.sandbox_faults,
            changes=run.sandbox_changes,
        ) as platform,
        witnessed(platform, run, evidence),
    ):
        scene = scene_on(platform, Randomness(run.seed, "machines"), max(PEOPLE, NEWCOMERS))
        yield Stand(scene, script, scene.clock.now())


@case(
    "event-order-machine",
    "P-05",
    "活动订单：任意次序的预约、支付、审核、核销、取消和时间流逝，平台与模型一致",
    story="随机次序",
    severity="blocker",
    area=MACHINES,
)
def test_event_orders_follow_the_model(stand: Stand, run: Run, pytestconfig: pytest.Config) -> None:
    _explore(EventOrderMachine, stand, run, pytestconfig)


@case(
    "group-buy-order-machine",
    "G-07",
    "拼课团订单：任意次序的开团、参团、支付、核销、取消和时间流逝，平台与模型一致",
    story="随机次序",
    severity="blocker",
    area=MACHINES,
)
def test_group_buy_orders_follow_the_model(stand: Stand, run: Run, pytestconfig: pytest.Config) -> None:
    _explore(GroupBuyOrderMachine, stand, run, pytestconfig)


@case(
    "one-yuan-machine",
    "Y-05",
    "一元购：任意次序的开团、参团、订单拉取、退款、读取、下架和时间流逝，平台与模型一致",
    story="随机次序",
    severity="blocker",
    area=ONE_YUAN,
)
def test_one_yuan_purchase_follows_the_model(stand: Stand, run: Run, pytestconfig: pytest.Config) -> None:
    _explore(OneYuanMachine, stand, run, pytestconfig)


def _explore(kind: type[RuleBasedStateMachine], stand: Stand, run: Run, config: pytest.Config) -> None:
    machine = seed(run.seed)(type(kind.__name__, (kind,), {"stand": stand}))
    try:
        run_state_machine_as_test(machine, settings=exploration(config))
    except AssertionError as failure:
        failure.add_note(
            f"最短的出错次序，每行一次调用，id、令牌和签名要换成自己的（{kind.__name__}）：\n{stand.script.text()}"
        )
        raise
