"""Runs whose sandbox publishes to a RabbitMQ: nothing is left there, and a broker that is down is a skip.

With --require-services it is a failure.
"""

from pathlib import Path
from urllib.parse import urlsplit

import pytest

from harness.brokers import scratch_exchange
from harness.run import Run
from tests.harness.projects import Project, Ran, output, ran
from tests.harness.stub_platform import closed_port

SECRET = "pa55canary"
SUITE = """
from harness.messages import BrokerMessages, Messages
from harness.one_yuan import OneYuanGroups

@case("queue-{0}", "Y-13", "开团的消息", area=AREA, story="试写")
def test_{0}(one_yuan_groups: OneYuanGroups, messages: Messages) -> None:
    group = one_yuan_groups.open(one_yuan_groups.products.make())
    assert isinstance(messages, BrokerMessages)
    assert [told["status"] for told in messages.of(group.id, expected=1)] == [0]
"""
WORKERS = pytest.mark.parametrize("workers", [(), ("-n2",)], ids=["alone", "with workers"])


@pytest.fixture
def project(tmp_path: Path) -> Project:
    made = Project(tmp_path)
    made.tests("one", SUITE.format("one"))
    made.tests("two", SUITE.format("two"))
    return made


@pytest.fixture
def rabbitmq(run: Run) -> str:
    """A broker that is there."""
    with scratch_exchange(run.rabbitmq):
        return run.rabbitmq


def run_without_a_broker(project: Project, *arguments: str) -> tuple[pytest.RunResult, list[Ran]]:
    report = project.root / "junit.xml"
    with closed_port() as url:
        broker = f"amqp://guest:{SECRET}@127.0.0.1:{urlsplit(url).port}/"
        result = project.run(f"--junitxml={report}", f"--sandbox-messages={broker}", *arguments)
    return result, ran(report)


@WORKERS
def test_messages_are_read_from_the_broker(project: Project, rabbitmq: str, workers: tuple[str, ...]) -> None:
    result = project.run(f"--sandbox-messages={rabbitmq}", *workers)

    assert result.ret == 0, output(result)


def test_messages_are_read_from_the_broker_over_a_socket(project: Project, rabbitmq: str) -> None:
    result = project.run(f"--sandbox-messages={rabbitmq}", "--sandbox=http")

    assert result.ret == 0, output(result)


def test_broker_that_is_down_is_a_skip_with_its_reason(project: Project) -> None:
    result, tests = run_without_a_broker(project, "-rs")

    assert result.ret == 0
    assert [test.outcome for test in tests] == ["skipped"] * 2
    assert all(test.message.startswith("消息队列不可用：amqp://127.0.0.1:") for test in tests)
    assert SECRET not in output(result)


def test_broker_that_is_down_is_a_failure_where_services_are_required(project: Project) -> None:
    result, tests = run_without_a_broker(project, "--require-services", "--showlocals")

    assert result.ret == pytest.ExitCode.TESTS_FAILED
    assert [test.outcome for test in tests] == ["error"] * 2
    assert SECRET not in output(result)
