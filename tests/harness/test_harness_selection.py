"""Which tests a run takes, in which order, with which values; the same with workers as without."""

import json

import pytest

from tests.harness.projects import Project, Ran, case_entry, output, ran

SUITE = """
import json

pytestmark = pytest.mark.event

@cases("bodies")
def test_body(case: Case, events: EventWorkshop, request) -> None:
    body = events.body(case.change)
    del body["resourceId"]  # the platform's
    request.node.user_properties.append(("body", json.dumps(body, ensure_ascii=False, sort_keys=True)))

@cases("calls")
def test_calls(case: Case, platform) -> None:
    for _ in range(case.change["times"]):
        platform.console.login({})
    assert case.id != "calls-failing"

@case("python-one", "E-05", "代码用例一", area=AREA, story="试写", smoke=True)
def test_python_one() -> None: ...

@case("python-two", "E-01", "代码用例二", area=AREA, story="试写")
@pytest.mark.contract
def test_python_two(mark: str, request) -> None:
    request.node.user_properties.append(("body", mark))

def test_without_a_case() -> None: ...

@cases("skipped")
def test_skipped(case: Case) -> None:
    pytest.skip("没有")
"""
OUTCOMES = {
    **dict.fromkeys(("body-one", "body-two", "body-word", "calls-one", "calls-three"), "passed"),
    **dict.fromkeys(("python-one", "python-two", "test_without_a_case"), "passed"),
    "calls-failing": "failure",
    "skipped-one": "skipped",
}


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    made = Project(tmp_path_factory.mktemp("selection"))
    made.cases(
        "bodies",
        case_entry("body-one"),
        case_entry("body-two", smoke=True),
        case_entry("body-word", change={"name": {"$marked": "{}"}}),
    )
    made.cases(
        "calls",
        case_entry("calls-one", rule="C-03", change={"times": 1}),
        case_entry("calls-three", rule="C-03", change={"times": 3}),
        case_entry("calls-failing", rule="C-04", change={"times": 2}),
    )
    made.cases("skipped", case_entry("skipped-one", rule="E-03"))
    made.tests("some", SUITE)
    return made


def run(project: Project, *arguments: str) -> tuple[pytest.RunResult, list[Ran]]:
    report = project.root / f"{'_'.join(arguments)}.xml"
    result = project.run(*arguments, f"--junitxml={report}", "-rs")
    return result, ran(report)


@pytest.fixture(scope="module")
def alone(project: Project) -> tuple[pytest.RunResult, list[Ran]]:
    return run(project, "--seed=7")


@pytest.fixture(scope="module")
def with_workers(project: Project) -> tuple[pytest.RunResult, list[Ran]]:
    return run(project, "--seed=7", "-n2")


@pytest.fixture(scope="module")
def another(project: Project) -> tuple[pytest.RunResult, list[Ran]]:
    return run(project, "--seed=8", "-p", "no:randomly", "--sandbox=http")


def bodies(tests: list[Ran]) -> dict[str, str]:
    return {test.name: test.properties["body"] for test in tests if "body" in test.properties}


def table(result: pytest.RunResult) -> dict[str, list[str]]:
    """The summary's lines by rule, without seconds."""
    lines = result.outlines[next(i for i, line in enumerate(result.outlines) if line.startswith("rule ")) :]
    return {cells[0]: cells[1:-1] for cells in map(str.split, lines[:8]) if len(cells) == 8}


def collected(project: Project, *arguments: str) -> list[str]:
    """The tests that a run with these arguments would take, in its order."""
    lines = project.run("--collect-only", "-q", *arguments).outlines
    return [line.partition("::")[2] for line in lines if line.startswith("tests/")]


def test_outcomes_are_the_same_with_workers(
    alone: tuple[pytest.RunResult, list[Ran]], with_workers: tuple[pytest.RunResult, list[Ran]]
) -> None:
    found = [{test.name: test.outcome for test in tests} for _, tests in (alone, with_workers)]

    assert found == [OUTCOMES, OUTCOMES]
    assert [result.ret for result, _ in (alone, with_workers)] == [1, 1]


def test_outcomes_are_the_same_over_a_socket(another: tuple[pytest.RunResult, list[Ran]]) -> None:
    result, tests = another

    assert {test.name: test.outcome for test in tests} == OUTCOMES
    assert table(result)["C-03"] == ["2", "2", "0", "0", "0", "4"]


def test_same_seed_makes_the_same_values_with_workers_too(
    alone: tuple[pytest.RunResult, list[Ran]], with_workers: tuple[pytest.RunResult, list[Ran]]
) -> None:
    made = bodies(alone[1])

    assert len(set(made.values())) == 4
    assert "体验课" in json.loads(made["body-one"])["name"]
    assert bodies(with_workers[1]) == made


def test_another_seed_makes_other_values(
    alone: tuple[pytest.RunResult, list[Ran]], another: tuple[pytest.RunResult, list[Ran]]
) -> None:
    first, second = bodies(alone[1]), bodies(another[1])

    assert first.keys() == second.keys()
    assert not any(first[name] == second[name] for name in first)


@pytest.mark.parametrize("name", ["alone", "with_workers", "another"])
def test_seed_is_printed_with_how_to_repeat_it(name: str, request: pytest.FixtureRequest) -> None:
    result, _ = request.getfixturevalue(name)

    seed, mode = (8, "http") if name == "another" else (7, "inprocess")
    assert f"seed: {seed} (the same run again: --seed {seed})" in result.outlines
    assert f"profile: sandbox, 内置沙箱 ({mode})" in result.outlines


def test_run_without_randomly_keeps_the_files_order(another: tuple[pytest.RunResult, list[Ran]]) -> None:
    _, tests = another

    assert [test.name for test in tests] == [
        *("body-one", "body-two", "body-word", "calls-one", "calls-three", "calls-failing"),
        *("python-one", "python-two", "test_without_a_case", "skipped-one"),
    ]


def test_seed_gives_the_order_too(project: Project, alone: tuple[pytest.RunResult, list[Ran]]) -> None:
    again = collected(project, "--seed=7")

    names = [name.removesuffix("]").rpartition("[")[2].replace("test_python_", "python-") for name in again]
    assert names == [test.name for test in alone[1]]
    assert sorted(again) != again


def test_another_seed_gives_another_order(
    project: Project, alone: tuple[pytest.RunResult, list[Ran]]
) -> None:
    names = [name.removesuffix("]").rpartition("[")[2] for name in collected(project, "--seed=8")]

    assert [name for name in names if "-" in name] != [test.name for test in alone[1] if test.name in names]


def test_seed_is_drawn_where_none_is_given(project: Project) -> None:
    result = project.run("--collect-only")

    (seed,) = (line.split()[1] for line in result.outlines if line.startswith("seed: "))
    assert f"Using --randomly-seed={seed}" in result.outlines


@pytest.mark.parametrize("name", ["alone", "with_workers"])
def test_table_has_the_run_s_figures(name: str, request: pytest.FixtureRequest) -> None:
    result, _ = request.getfixturevalue(name)

    found = table(result)
    assert found["rule"] == ["cases", "passed", "flaky", "failed", "skipped", "calls"]
    assert found["C-03"] == ["2", "2", "0", "0", "0", "4"]
    assert found["C-04"] == ["1", "0", "0", "1", "0", "2"]
    assert found["E-03"] == ["1", "0", "0", "0", "1", "0"]
    assert found["E-01"][:5] == ["4", "4", "0", "0", "0"]
    assert found["E-05"] == ["1", "1", "0", "0", "0", "0"]
    assert found["all"][:5] == ["9", "7", "0", "1", "1"]


@pytest.mark.parametrize("name", ["alone", "with_workers"])
def test_rule_that_was_only_skipped_is_not_covered(name: str, request: pytest.FixtureRequest) -> None:
    result, _ = request.getfixturevalue(name)

    (missing,) = (line for line in result.outlines if line.startswith("not covered: "))
    assert "covered: 4 of 80 rules" in result.outlines
    assert missing.startswith("not covered: C-01 to C-02, C-05 to C-16, A-01 to A-04, E-02 to E-04, E-06 to")


@pytest.mark.parametrize(
    ("arguments", "tests"),
    [
        (
            ("--rule=C-04", "--rule=E-05", "--case=body-two", "--case=calls-one"),
            {"test_calls[calls-failing]", "test_python_one", "test_body[body-two]", "test_calls[calls-one]"},
        ),
        (("-m", "smoke"), {"test_body[body-two]", "test_python_one"}),
        (
            ("-m", "event and not smoke", "--rule=E-01"),
            {"test_body[body-one]", "test_body[body-word]", "test_python_two"},
        ),
    ],
    ids=["cases and rules", "smoke", "event"],
)
def test_selection_takes_what_was_asked_for(
    project: Project, arguments: tuple[str, ...], tests: set[str]
) -> None:
    assert set(collected(project, *arguments)) == tests


def test_rule_without_a_case_selects_nothing(project: Project) -> None:
    result = project.run("--rule=T-01")

    assert result.ret == pytest.ExitCode.NO_TESTS_COLLECTED
    assert "10 deselected" in output(result)
