"""A recorded run goes on after an answer that breaks its schema: what comes after it is recorded too."""

from pathlib import Path

import pytest

from tests.harness.projects import Project, output, ran
from tests.harness.recorded import Recorded

BROKEN = "product-prices-without-zeros"
SUITE = """
@case("goes-on", "Y-01", "坏答复之后", area=AREA, story="试写")
def test_goes_on(one_yuan_products, admin: AdminClient) -> None:
    made = one_yuan_products.make()
    admin.one_yuan_products.list(page=1, size=1)

@case("fails-after-it", "Y-01", "坏答复之后失败", area=AREA, story="试写")
def test_fails(one_yuan_products) -> None:
    one_yuan_products.make()
    assert False, "后来的失败"

@case("skipped-after-it", "Y-01", "坏答复之后跳过", area=AREA, story="试写")
def test_skipped(one_yuan_products) -> None:
    one_yuan_products.make()
    pytest.skip("后来跳过")

@pytest.fixture
def product(one_yuan_products):
    return one_yuan_products.make()

@case("set-up-by-it", "Y-01", "准备时的坏答复", area=AREA, story="试写")
def test_set_up(product, admin: AdminClient) -> None:
    admin.channels.list(page=1, size=1)

@case("torn-down-by-it", "Y-01", "清理时的坏答复", area=AREA, story="试写")
def test_torn_down(listed) -> None: ...

@pytest.fixture
def listed(admin: AdminClient):
    yield
    admin.one_yuan_products.get("1")
    first = admin.one_yuan_products.list(page=1, size=1).require_data()[0]
    admin.one_yuan_products.get(first["id"])

@case("has-none", "C-02", "没有坏答复", area=AREA, story="试写")
def test_has_none(admin: AdminClient) -> None:
    admin.channels.list(page=1, size=1)
"""


@pytest.fixture(scope="module")
def recorded(tmp_path_factory: pytest.TempPathFactory) -> Recorded:
    project = Project(tmp_path_factory.mktemp("objections"))
    project.tests("some", SUITE)
    return Recorded(project, f"--sandbox-change={BROKEN}", f"--junitxml={project.root / 'junit.xml'}")


def calls_of(recorded: Recorded, case_id: str) -> list[str]:
    return [one["call"] for one in recorded.exchanges if one["case"] == case_id]


@pytest.mark.parametrize(
    ("case_id", "later"),
    [("goes-on", "admin.one_yuan_products.list"), ("set-up-by-it", "admin.channels.list")],
)
def test_calls_after_a_broken_answer_are_recorded(recorded: Recorded, case_id: str, later: str) -> None:
    calls = calls_of(recorded, case_id)

    assert "admin.one_yuan_products.get" in calls
    assert later in calls[calls.index("admin.one_yuan_products.get") :]


@pytest.mark.parametrize(
    "case_id", ["goes-on", "fails-after-it", "skipped-after-it", "set-up-by-it", "torn-down-by-it"]
)
def test_broken_answer_fails_its_test_all_the_same(recorded: Recorded, case_id: str) -> None:
    tests = {test.name: test for test in ran(Path(recorded.project.root) / "junit.xml")}

    assert tests[case_id].outcome in {"failure", "error"}, output(recorded.result)
    assert "答复不符合 JSON Schema：admin.one_yuan_products.get" in tests[case_id].message


def test_test_without_a_broken_answer_passes(recorded: Recorded) -> None:
    tests = {test.name: test for test in ran(Path(recorded.project.root) / "junit.xml")}

    assert tests["has-none"].outcome == "passed"
