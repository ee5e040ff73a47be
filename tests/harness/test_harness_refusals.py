"""Bad input to the harness: one clear message, the right exit code, no traceback, nothing half-written."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tests.harness.projects import Project, case_entry, output, told
from tests.harness.stub_platform import LOGIN_PAGE, answering, closed_port, envelope

USAGE, COLLECTION, UNREACHABLE = 4, 2, 10
SECRET = "pa55-canary-w0rd"
SIGN_IN = {"DAB_ADMIN_USERNAME": "boss", "DAB_ADMIN_PASSWORD": SECRET}
FEW_LINES = 12
PASSING = """
@cases("some")
def test_some(case: Case) -> None: ...
"""
ONE_CASE = """
@case("{}", "{}", "标题", area=AREA, story="试写")
def test_{}() -> None: ...
"""


@dataclass(frozen=True)
class Wrong:
    """What is wrong with a project, and what a run of it has to say."""

    name: str
    arrange: Callable[[Project], object]
    says: tuple[str, ...]
    code: int = USAGE
    arguments: tuple[str, ...] = ()
    environment: dict[str, str] = field(default_factory=dict)


def python_case(case_id: str, rule: str = "E-01", name: str = "one") -> str:
    return ONE_CASE.format(case_id, rule, name)


def nothing(project: Project) -> None:
    """The project is in order; the arguments are not."""


REAL = ("--profile=real",)
WRONG = [
    Wrong(
        "unknown profile",
        nothing,
        ("no profile 'nosuch'", "known profiles: sandbox"),
        arguments=("--profile=nosuch",),
    ),
    Wrong(
        "profile with an unknown key",
        lambda project: project.profile("real", colour="red"),
        ("real.toml: the file: Additional properties are not allowed ('colour' was unexpected)",),
        arguments=REAL,
    ),
    Wrong(
        "profile with a bad URL",
        lambda project: project.profile("real", urls__admin="marketing.test"),
        ("real.toml: urls.admin: 'marketing.test' is not a valid value",),
        arguments=REAL,
    ),
    Wrong(
        "profile with an inline secret",
        lambda project: project.profile("real", tenants__viewer={"username": "x", "password": SECRET}),
        ("real.toml: tenants.viewer: a secret may not stand in a profile; name an environment variable",),
        arguments=REAL,
    ),
    Wrong(
        "missing credential",
        lambda project: project.profile("real"),
        ("the environment variable DAB_ADMIN_PASSWORD, which is not set", "real.toml, tenants.admin"),
        arguments=REAL,
        environment={"DAB_ADMIN_USERNAME": "boss"},
    ),
    Wrong(
        "bad YAML",
        lambda project: project.write("data/cases/some.yaml", "epic: [\n"),
        ("some.yaml:2: not valid YAML: ",),
    ),
    Wrong(
        "ambiguous word",
        lambda project: project.write("data/cases/some.yaml", 'epic: "x"\nfeature: no\n'),
        ("some.yaml:2: not valid YAML: YAML may read no as something else: put it in quotes",),
    ),
    Wrong(
        "ambiguous number in the rules",
        lambda project: project.write("data/rules.yaml", "rules:\n  E-01: 010\n"),
        ("rules.yaml:2: not valid YAML: YAML may read 010 as something else",),
    ),
    Wrong(
        "duplicate key",
        lambda project: project.write("data/cases/some.yaml", 'epic: "x"\nepic: "y"\n'),
        ("some.yaml:2: not valid YAML: the key 'epic' stands here twice",),
    ),
    Wrong(
        "duplicate case id",
        lambda project: project.cases("some", case_entry("some-one"), case_entry("some-one")),
        ("the case id 'some-one' is taken by", "some.yaml:6"),
    ),
    Wrong(
        "unknown rule",
        lambda project: project.cases("some", case_entry("some-one", rule="E-99")),
        ("some.yaml:6: case some-one: the rule 'E-99' is not in data/rules.yaml",),
    ),
    Wrong(
        "unknown --rule",
        nothing,
        ("--rule E-99: there is no such id; did you mean E-0",),
        arguments=("--rule=E-99",),
    ),
    Wrong(
        "unknown --case",
        nothing,
        ("--case some-onee: there is no such id; did you mean some-one?",),
        arguments=("--case=some-onee",),
    ),
    Wrong(
        "sandbox mode on a real environment",
        lambda project: project.profile("real"),
        ("--sandbox=http is for the sandbox; profile real is a real environment",),
        arguments=(*REAL, "--sandbox=http"),
        environment=SIGN_IN,
    ),
    Wrong("seed that is no number", nothing, ("--seed: invalid int value: 'x'",), arguments=("--seed=x",)),
    Wrong(
        "Python id that a file has",
        lambda project: project.tests("one", python_case("some-one")),
        ("test_one.test_one: the case id 'some-one' is taken by", "some.yaml:6; give it another"),
        COLLECTION,
    ),
    Wrong(
        "Python id that another test has",
        lambda project: project.tests("one", python_case("py-id") + python_case("py-id", name="two")),
        ("test_one.test_two: the case id 'py-id' is taken by", "test_one.test_one; give it another"),
        COLLECTION,
    ),
    Wrong(
        "unknown rule in Python",
        lambda project: project.tests("one", python_case("py-id", "E-99")),
        ("test_one.test_one: case py-id: the rule 'E-99' is not in data/rules.yaml",),
        COLLECTION,
    ),
    Wrong(
        "cases of no file",
        lambda project: project.tests("one", PASSING.replace('"some"', '"nosuch"')),
        ("tests/test_one.py::test_some: there is no data/cases/nosuch.yaml",),
        COLLECTION,
    ),
]
WRONG_WITH_WORKERS = (
    "duplicate case id",
    "missing credential",
    "Python id that a file has",
    "cases of no file",
)


@pytest.fixture
def project(tmp_path: Path) -> Project:
    made = Project(tmp_path)
    made.cases("some", case_entry("some-one"))
    made.tests("some", PASSING)
    return made


@pytest.fixture(scope="module")
def login_page() -> Iterator[str]:
    with answering(LOGIN_PAGE) as url:
        yield url


@pytest.fixture(scope="module")
def refusing() -> Iterator[str]:
    with answering(envelope("40101", "wrong user or password"), "application/json") as url:
        yield url


def check_told(result: pytest.RunResult, code: int, says: tuple[str, ...]) -> None:
    """One message that says all of it, and nothing that one would not want to read or show."""
    said = output(result)
    assert result.ret == code, said
    assert [part for part in says if part not in said] == [], said
    assert "Traceback" not in said, said
    assert "INTERNALERROR" not in said, said
    assert SECRET not in said
    assert said.count(says[0]) == 1, said
    assert len(told(result)) <= FEW_LINES, said


@pytest.mark.parametrize("wrong", WRONG, ids=lambda wrong: wrong.name)
def test_wrong_input_is_one_message(project: Project, wrong: Wrong) -> None:
    wrong.arrange(project)
    before = project.files()

    result = project.run(
        "-p", "no:cacheprovider", "--alluredir=results", *wrong.arguments, **wrong.environment
    )

    check_told(result, wrong.code, wrong.says)
    assert {file for file in project.files() - before if "__pycache__" not in file} == set()


@pytest.mark.parametrize(
    "wrong", [one for one in WRONG if one.name in WRONG_WITH_WORKERS], ids=lambda wrong: wrong.name
)
def test_wrong_input_is_one_message_with_workers(project: Project, wrong: Wrong) -> None:
    wrong.arrange(project)

    result = project.run("-n2", *wrong.arguments, **wrong.environment)

    check_told(result, wrong.code, wrong.says)


@pytest.mark.parametrize("arguments", [(), ("-n2",)], ids=["alone", "with workers"])
def test_unreachable_platform_is_one_message(project: Project, arguments: tuple[str, ...]) -> None:
    with closed_port() as url:
        project.profile("real", urls__admin=f"{url}/dab", limits__retries=0)

        result = project.run(*REAL, *arguments, **SIGN_IN)

    says = (
        "profile real: the platform cannot be used (check urls.admin)",
        f"平台不可达：POST {url}/dab/tenants/login",
    )
    check_told(result, UNREACHABLE, says)


@pytest.mark.parametrize("arguments", [(), ("-n2",)], ids=["alone", "with workers"])
def test_platform_that_answers_html_is_one_message(
    project: Project, login_page: str, arguments: tuple[str, ...]
) -> None:
    project.profile("real", urls__admin=f"{login_page}/dab")

    result = project.run(*REAL, *arguments, **SIGN_IN)

    says = (
        "profile real: the platform cannot be used (check urls.admin)",
        "答复不是 JSON",
        "text/html",
        LOGIN_PAGE,
    )
    check_told(result, UNREACHABLE, says)


@pytest.mark.parametrize("arguments", [(), ("-n2",)], ids=["alone", "with workers"])
def test_refused_main_sign_in_is_one_message(
    project: Project, refusing: str, arguments: tuple[str, ...]
) -> None:
    project.profile("real", urls__admin=f"{refusing}/dab")

    result = project.run(*REAL, *arguments, **SIGN_IN)

    says = (
        "profile real: the main sign-in (tenants.admin) was refused, check its environment variables",
        "40101",
    )
    check_told(result, USAGE, says)


def test_collecting_alone_needs_no_platform(project: Project) -> None:
    with closed_port() as url:
        project.profile("real", urls__admin=f"{url}/dab")

        result = project.run(*REAL, "--collect-only", **SIGN_IN)

    assert result.ret == 0
    assert "1 test collected" in output(result)
