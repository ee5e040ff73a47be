"""`python -m harness cases`: lists the cases, or judges their files, with a line for each mistake."""

from pathlib import Path
from typing import Any

import pytest

from harness.__main__ import main
from harness.suites import suite_files, suite_paths
from tests.harness.projects import PROJECT, Project, case_entry

PYTHON_CASE = """
@case("some-python", "E-05", "只用代码写的用例", area=AREA, story="试写")
def test_python() -> None: ...
"""
OVER_CASES = """
@cases("some")
def test_some(case: Case) -> None: ...
"""


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """In order: two cases in a file, one in Python."""
    made = Project(tmp_path)
    made.cases("some", case_entry("some-one"), case_entry("some-two", rule="C-03", title="带“引号”的标题"))
    made.tests("some", OVER_CASES + PYTHON_CASE)
    return made


def judged(project: Project, capsys: pytest.CaptureFixture[str]) -> tuple[int, str, list[str]]:
    """Exit code, what was said, and the mistakes with the project's folder cut off."""
    code = main(["cases", "--check", *folders(project)])
    said = capsys.readouterr()
    return code, said.out, [line.replace(f"{project.root}/", "") for line in said.err.splitlines()]


def folders(project: Project) -> list[str]:
    return [f"--data={project.root / 'data'}", f"--tests={project.root / 'tests'}"]


def test_check_of_what_is_in_order_counts_the_cases(
    project: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    assert judged(project, capsys) == (0, "2 cases in 1 files, 1 in Python: fine\n", [])


def test_check_of_the_project_itself_is_fine(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["cases", "--check"]) == 0
    assert capsys.readouterr().out.endswith(": fine\n")


def test_list_is_a_table_of_id_rule_and_title(project: Project, capsys: pytest.CaptureFixture[str]) -> None:
    code = main(["cases", *folders(project)])

    assert code == 0
    assert capsys.readouterr().out.splitlines() == [
        "id          rule  title",
        "some-one    E-01  用例 some-one",
        "some-two    C-03  带“引号”的标题",
        "some-python E-05  只用代码写的用例",
    ]


def test_commands_run_as_a_module_in_utf_8(project: Project) -> None:
    ran = project.command("cases", PYTHONUTF8="0", PYTHONIOENCODING="", LC_ALL="C")

    assert ran.ret == 0
    assert ran.outlines[-1] == "some-python E-05  只用代码写的用例"


@pytest.mark.parametrize("arguments", [[], ["case"], ["cases", "--chek"], ["cases", "--check", "extra"]])
def test_wrong_use_is_one_message(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as exit_:
        main(arguments)

    assert exit_.value.code == 4
    assert "usage: python -m harness" in capsys.readouterr().err


def test_folder_that_is_not_there_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code = main(["cases", "--check", f"--data={tmp_path / 'nowhere'}"])

    assert code == 1
    told = capsys.readouterr().err.splitlines()
    assert told == [f"{tmp_path / 'nowhere'}: there is no such folder"]


@pytest.mark.parametrize(
    ("name", "entries", "told"),
    [
        ("some", [case_entry("some-one", titel="x")], "data/cases/some.yaml:6: case some-one: cases.0: "),
        (
            "some",
            [case_entry("some-one", rule="E-99")],
            "data/cases/some.yaml:6: case some-one: the rule 'E-99'",
        ),
        (
            "some",
            [case_entry("some-python")],
            "tests/test_some.py:12: the case id 'some-python' is taken by data",
        ),
        (
            "other",
            [case_entry("other-one")],
            "data/cases/other.yaml: no test runs these cases; name the file by",
        ),
        (
            "other",
            [case_entry("some-one")],
            "data/cases/some.yaml:6: the case id 'some-one' is taken by data",
        ),
    ],
)
def test_mistake_in_a_case_file_is_told(
    project: Project, capsys: pytest.CaptureFixture[str], name: str, entries: list[Any], told: str
) -> None:
    project.cases(name, *entries)

    code, said, mistakes = judged(project, capsys)

    assert (code, said) == (1, "")
    assert any(mistake.startswith(told) for mistake in mistakes), mistakes


@pytest.mark.parametrize("name", ["other.yml", "other.json", "deeper/other.yaml"])
def test_case_file_that_is_never_read_is_told(
    project: Project, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    (project.root / "data" / "cases" / "deeper").mkdir()
    project.write(f"data/cases/{name}", "")

    _, _, mistakes = judged(project, capsys)

    assert mistakes == [f"data/cases/{name}: is not read: a case file is data/cases/NAME.yaml"]


@pytest.mark.parametrize(
    ("source", "told"),
    [
        (PYTHON_CASE.replace("E-05", "E-99"), "case some-python: the rule 'E-99' is not in data/rules.yaml"),
        (PYTHON_CASE.replace("some-p", "Some-p"), "the case id 'Some-python' must be lower-case words"),
        (
            PYTHON_CASE.replace("some-python", "some-one"),
            "the case id 'some-one' is taken by data/cases/some.yaml:",
        ),
        (PYTHON_CASE * 2, "the case id 'some-python' is taken by tests/test_one.py:9; give it another"),
        (
            OVER_CASES.replace("some", "nosuch"),
            "@cases('nosuch') names no file: there is no data/cases/nosuch.yaml",
        ),
        ("def broken(:\n", "not valid Python: "),
    ],
    ids=["rule", "id", "of a file", "twice", "no file", "syntax"],
)
def test_mistake_in_a_test_file_is_told_with_its_line(
    project: Project, capsys: pytest.CaptureFixture[str], source: str, told: str
) -> None:
    project.tests("some", OVER_CASES)
    project.tests("one", source)

    code, _, mistakes = judged(project, capsys)

    (mistake,) = mistakes
    place, _, rest = mistake.partition(": ")
    assert (code, rest[: len(told)]) == (1, told)
    assert place.startswith("tests/test_one.py:")


def test_python_case_of_two_files_is_told(project: Project, capsys: pytest.CaptureFixture[str]) -> None:
    project.tests("another", PYTHON_CASE)

    _, _, mistakes = judged(project, capsys)

    (mistake,) = mistakes
    assert mistake.startswith(
        "tests/test_some.py:12: the case id 'some-python' is taken by tests/test_another.py:9"
    )


def test_mistake_in_a_profile_is_told(project: Project, capsys: pytest.CaptureFixture[str]) -> None:
    project.profile("real", title=None)
    project.write("data/profiles/broken.toml", "title = \n")

    code, _, mistakes = judged(project, capsys)

    assert code == 1
    assert mistakes[0].startswith("data/profiles/broken.toml: not valid TOML: ")
    assert mistakes[1] == "profile data/profiles/real.toml: the file: 'title' is a required property"


def test_profile_needs_no_credentials_to_be_judged(
    project: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    project.profile("real")

    assert judged(project, capsys)[0] == 0


def test_mistakes_of_all_kinds_are_told_at_once(project: Project, capsys: pytest.CaptureFixture[str]) -> None:
    project.write("data/rules.yaml", "rules: {E-01: {}}\n")
    project.write("data/cases/broken.yaml", "a: no\n")
    project.cases("other", case_entry("some-one"))
    project.tests("more", OVER_CASES.replace("some", "nosuch"))
    project.profile("real", title=None)

    _, _, mistakes = judged(project, capsys)

    places = {mistake.removeprefix("profile ").partition(":")[0] for mistake in mistakes}
    files = ("rules.yaml", "cases/broken.yaml", "cases/some.yaml", "cases/other.yaml", "profiles/real.toml")
    assert places == {*(f"data/{file}" for file in files), "tests/test_more.py"}
    assert not any("'E-01' is not in data/rules.yaml" in mistake for mistake in mistakes)


def test_listing_stops_at_files_that_cannot_be_read(
    project: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    project.write("data/cases/broken.yaml", "a: no\n")

    code = main(["cases", *folders(project)])

    said = capsys.readouterr()
    assert (code, said.out) == (1, "")
    assert "broken.yaml:1: not valid YAML: YAML may read no as something else" in said.err


def test_suites_are_where_pytest_looks_for_them() -> None:
    files = {path.relative_to(PROJECT).as_posix() for path in suite_files(PROJECT, suite_paths(PROJECT))}

    assert "tests/test_event.py" in files
    assert not any(file.startswith(("tests/harness/", "tests/sandbox/")) for file in files)
