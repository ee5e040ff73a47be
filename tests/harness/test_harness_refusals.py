"""Bad input to the harness: one clear message, the right exit code, no traceback, nothing half-written."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tests.harness.projects import Project, case_entry, output, told
from tests.harness.stub_platform import LOGIN_PAGE, answering, closed_port, envelope

FAILED, COLLECTION, USAGE, UNREACHABLE = 1, 2, 4, 10
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


def wrong_case_files(project: Project) -> None:
    project.write("data/cases/broken.yaml", "epic: [\n")
    project.write("data/cases/no.yaml", 'epic: "x"\nfeature: no\n')
    project.write("data/cases/twice.yaml", 'epic: "x"\nepic: "y"\n')
    project.cases("other", case_entry("some-one"))
    project.cases("unknown", case_entry("rule-unknown", rule="E-99"))


REAL = ("--profile=real",)
WRONG = [
    Wrong(
        "unknown profile",
        nothing,
        ("no profile 'nosuch'", "known profiles: sandbox"),
        arguments=("--profile=nosuch",),
    ),
    Wrong(
        "profile of another shape",
        lambda project: project.profile("real", colour="red", urls__admin="marketing.test"),
        (
            "real.toml: the file: Additional properties are not allowed ('colour' was unexpected)",
            "real.toml: urls.admin: 'marketing.test' is not a valid value",
        ),
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
        "rules that cannot be read",
        lambda project: project.write("data/rules.yaml", "rules:\n  E-01: 010\n"),
        ("rules.yaml:2: not valid YAML: YAML may read 010 as something else",),
    ),
    Wrong(
        "case files",
        wrong_case_files,
        (
            "broken.yaml:2: not valid YAML: ",
            "no.yaml:2: not valid YAML: YAML may read no as something else: put it in quotes",
            "twice.yaml:2: not valid YAML: the key 'epic' stands here twice",
            "the case id 'some-one' is taken by ",
            "unknown.yaml:6: case rule-unknown: the rule 'E-99' is not in data/rules.yaml",
        ),
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
    Wrong(
        "sandbox database on a real environment",
        lambda project: project.profile("real"),
        ("--sandbox-database is for the sandbox; profile real is a real environment",),
        arguments=(*REAL, f"--sandbox-database=mysql+pymysql://root:{SECRET}@127.0.0.1/rows"),
        environment=SIGN_IN,
    ),
    Wrong(
        "sandbox database that is no URL",
        nothing,
        ("--sandbox-database: …: not a database URL that can be used: ", "; write mysql+pymysql://USER:"),
        arguments=(f"--sandbox-database=root:{SECRET}@127.0.0.1/rows",),
    ),
    Wrong(
        "sandbox database without a file",
        nothing,
        ("--sandbox-database: sqlite://…: ", "a SQLite URL needs a file; write "),
        arguments=("--sandbox-database=sqlite://",),
    ),
    Wrong(
        "MariaDB that is none",
        nothing,
        ("--mariadb: nosuch://…: not a database URL that can be used: Can't load plugin: ",),
        arguments=(f"--mariadb=nosuch://root:{SECRET}@127.0.0.1",),
    ),
    Wrong(
        "sandbox messages on a real environment",
        lambda project: project.profile("real"),
        ("--sandbox-messages is for the sandbox; profile real is a real environment",),
        arguments=(*REAL, f"--sandbox-messages=amqp://guest:{SECRET}@127.0.0.1/"),
        environment=SIGN_IN,
    ),
    Wrong(
        "sandbox messages that are no URL",
        nothing,
        (
            "--sandbox-messages: amqp://…: not a URL of RabbitMQ that can be used; write amqp://USER:PASSWORD@",
        ),
        arguments=(f"--sandbox-messages=amqp://guest:{SECRET}",),
    ),
    Wrong(
        "RabbitMQ that is none",
        nothing,
        ("--rabbitmq: http://…: not a URL of RabbitMQ that can be used; write amqp://",),
        arguments=(f"--rabbitmq=http://guest:{SECRET}@127.0.0.1",),
    ),
    Wrong(
        "unknown profile of exploration",
        nothing,
        (
            "--hypothesis-profile=nosuch: there is no such profile; write --hypothesis-profile=long, "
            "or leave it out for a bounded exploration",
        ),
        arguments=("--hypothesis-profile=nosuch",),
    ),
]
WRONG_WITH_WORKERS = [wrong for wrong in WRONG if wrong.name in {"missing credential", "case files"}]
WRONG_IN_PYTHON = (
    "test_a.test_one: the case id 'some-one' is taken by",
    "test_b.test_two: the case id 'py-id' is taken by",
    "test_c.test_one: case py-other: the rule 'E-99' is not in data/rules.yaml",
    "tests/test_d.py::test_some: there is no data/cases/nosuch.yaml",
)


def wrong_tests(project: Project) -> None:
    project.tests("a", python_case("some-one"))
    project.tests("b", python_case("py-id") + python_case("py-id", name="two"))
    project.tests("c", python_case("py-other", "E-99"))
    project.tests("d", PASSING.replace('"some"', '"nosuch"'))


@pytest.fixture
def project(tmp_path: Path) -> Project:
    made = Project(tmp_path)
    made.cases("some", case_entry("some-one"))
    made.tests("some", PASSING)
    return made


@pytest.fixture(scope="module")
def login_page() -> Iterator[str]:
    with answering(LOGIN_PAGE, "text/html; charset=utf-8") as url:
        yield url


@pytest.fixture(scope="module")
def refusing() -> Iterator[str]:
    with answering(envelope("40101", "wrong user or password")) as url:
        yield url


def check_told(result: pytest.RunResult, code: int, says: tuple[str, ...], *, lines: int = FEW_LINES) -> None:
    """One message that says all of it, and nothing that one would not want to read or show."""
    said = output(result)
    assert result.ret == code, said
    assert [part for part in says if part not in said] == [], said
    assert "Traceback" not in said, said
    assert "INTERNALERROR" not in said, said
    assert SECRET not in said
    assert len(told(result)) <= lines, said


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
    ("arguments", "code"), [((), COLLECTION), (("-n2",), FAILED)], ids=["alone", "with workers"]
)
def test_wrong_cases_in_python_are_a_line_each(
    project: Project, arguments: tuple[str, ...], code: int
) -> None:
    wrong_tests(project)

    result = project.run(*arguments)

    check_told(result, code, WRONG_IN_PYTHON, lines=40)


@pytest.mark.parametrize("wrong", WRONG_WITH_WORKERS, ids=lambda wrong: wrong.name)
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
