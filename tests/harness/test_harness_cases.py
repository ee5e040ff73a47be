"""Case files: read whole or refused with a line for each mistake; cases in Python share their ids."""

import json
from collections.abc import Callable
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest

from clients import DataError
from harness.cases import Area, Case, Catalogue, case, check_python_case, load_catalogue
from harness.rules import Rule, load_rules
from tests.harness.projects import PROJECT, Project, case_entry

AREA = Area("管理后台", "活动")
RULES = {"E-01": Rule("E-01", "event", ("doc",), "规则", "A rule.")}


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return Project(tmp_path)


def loaded(project: Project) -> Catalogue:
    return load_catalogue(project.root / "data", RULES)


def mistakes(project: Project) -> list[str]:
    with pytest.raises(DataError) as refused:
        loaded(project)
    return str(refused.value).splitlines()


def python_case(**changes: Any) -> Case:
    values = {
        "id": "python-case",
        "title": "用例",
        "rule": "E-01",
        "place": "tests.test_it.test_one",
        **changes,
    }
    return Case(epic="管理后台", feature="活动", story="试写", **values)


def test_catalogue_holds_each_file_s_cases(project: Project) -> None:
    project.cases("some", case_entry("some-one", severity="minor", smoke=True), case_entry("some-two"))

    catalogue = loaded(project)

    first, second = catalogue.files["some"]
    assert catalogue.ids() == {"some-one", "some-two"}
    assert (first.epic, first.feature, first.story, first.severity, first.smoke) == (
        *("管理后台", "活动", "试写"),
        *("minor", True),
    )
    assert (second.severity, second.smoke, second.owner, second.expect) == (
        "normal",
        False,
        None,
        {"ok": True},
    )


def test_case_shows_its_id_alone(project: Project) -> None:
    project.cases("some", case_entry("some-one", change={"name": "不该在报告参数里"}))

    assert [repr(found) for found in loaded(project)] == ["some-one"]


def test_case_knows_its_file_and_line(project: Project) -> None:
    path = project.write(
        "data/cases/some.yaml",
        """
        epic: "管理后台"
        feature: "活动"
        story: "试写"
        cases:
          - {id: "some-one", title: "一", rule: "E-01", expect: {ok: true}}
          # a comment
          - {id: "some-two", title: "二", rule: "E-01", expect: {ok: true}}
        """,
    )

    assert [found.place for found in loaded(project)] == [f"{path}:5", f"{path}:7"]


def test_schema_and_case_have_the_same_keys() -> None:
    schema = json.loads((PROJECT / "data" / "case.schema.json").read_text(encoding="utf-8"))

    of_the_case = set(schema["$defs"]["case"]["properties"])
    of_the_file = set(schema["properties"]) - {"cases"}

    assert of_the_case | of_the_file | {"place"} == {field.name for field in fields(Case)}


@pytest.mark.parametrize(
    ("entry", "told"),
    [
        (case_entry("Not-lower"), "case Not-lower: cases.0.id: 'Not-lower' does not match"),
        (case_entry("single"), "case single: cases.0.id: 'single' does not match"),
        (case_entry("some-one", titel="x"), "('titel' was unexpected)"),
        (case_entry("some-one", rule="E1"), "case some-one: cases.0.rule: 'E1' does not match"),
        (case_entry("some-one", expect={}), "case some-one: cases.0.expect: {} should be non-empty"),
        (
            case_entry("some-one", expect={"code": 40001}),
            "cases.0.expect.code: 40001 is not of type 'string'",
        ),
        (case_entry("some-one", smoke=False), "cases.0.smoke: True was expected"),
        (case_entry("some-one", change={"a b": 1}), "cases.0.change: 'a b' does not match"),
        (
            case_entry("some-one", change={"name": "$left_off"}),
            "cases.0.change.name: '$left_off' is not one of",
        ),
        (case_entry("some-one", change={"name": {"$txt": 1}}), "('$txt' was unexpected)"),
        (case_entry("some-one", change={"name": {"$text": "1"}}), "change.name.$text: '1' is not of type"),
        (case_entry("some-one", change={"a": {"$text": 1, "$emoji": 1}}), "has too many properties"),
        (case_entry("some-one", change={"a": [{"$clock": "1s"}]}), "change.a.0.$clock: '1s' does not match"),
        (case_entry("some-one", change={"a": {"b": {"$id_of": "me"}}}), "a.b.$id_of: 'me' is not one of"),
        ({"title": "x"}, "case without an id: cases.0: 'expect' is a required property"),
        ("not a case", "cases.0: 'not a case' is not of type 'object'"),
    ],
)
def test_case_that_is_no_case_is_told_with_line_and_id(project: Project, entry: Any, told: str) -> None:
    path = project.cases("some", entry)

    found = mistakes(project)

    assert any(told in line for line in found), found
    assert all(line.startswith(f"{path}:") and line.split(":")[1].isdecimal() for line in found)


def test_catalogue_tells_every_mistake_of_every_file(project: Project) -> None:
    project.cases("broken", case_entry("some-one", titel="x", rule="E1"))
    project.write("data/cases/duplicate_key.yaml", "epic: 1\nepic: 2\n")
    project.cases("empty")
    project.cases("unknown", case_entry("some-two", rule="Z-99"))

    found = mistakes(project)

    stems = [line.removeprefix(f"{project.root}/data/cases/").partition(":")[0] for line in found]
    assert stems == [*2 * ["broken.yaml"], "duplicate_key.yaml", "empty.yaml", "unknown.yaml"]


def test_duplicate_id_is_told_with_both_places(project: Project) -> None:
    first = project.cases("first", case_entry("some-one"))
    second = project.cases("second", case_entry("some-two"), case_entry("some-one"))

    (told,) = mistakes(project)

    place, _, rest = told.partition(": ")
    assert place.startswith(f"{second}:")
    assert rest.startswith(f"the case id 'some-one' is taken by {first}:")


def test_duplicate_id_within_a_file_is_told(project: Project) -> None:
    project.cases("some", case_entry("some-one"), case_entry("some-one"))

    (told,) = mistakes(project)

    assert "the case id 'some-one' is taken by" in told


def test_unknown_rule_is_told_with_case_and_place(project: Project) -> None:
    path = project.cases("some", case_entry("some-one", rule="E-99"))

    (told,) = mistakes(project)

    assert told.startswith(f"{path}:")
    assert "case some-one: the rule 'E-99' is not in data/rules.yaml" in told


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"id": "Python_case"}, "the case id 'Python_case' must be lower-case words joined by hyphens"),
        ({"rule": "E-99"}, "case python-case: the rule 'E-99' is not in data/rules.yaml"),
        ({"id": "taken-case"}, "the case id 'taken-case' is taken by some.yaml:3; give it another"),
        ({"severity": "bad"}, "the severity 'bad' is none of blocker, critical, normal, minor, trivial"),
    ],
)
def test_python_case_that_is_no_case_is_told(changes: dict[str, Any], told: str) -> None:
    known = {"taken-case": "some.yaml:3"}

    problem = check_python_case(python_case(**changes), known, RULES)

    assert problem == f"tests.test_it.test_one: {told}"


def test_python_case_met_again_at_its_place_is_fine() -> None:
    assert check_python_case(python_case(), {"python-case": "tests.test_it.test_one"}, RULES) is None


def test_case_decorator_describes_the_test() -> None:
    @case("some-python", "E-05", "标题", area=AREA, story="复制", severity="minor", smoke=True)
    def test_it() -> None: ...

    function: Callable[..., None] = test_it
    (mark,) = function.pytestmark  # type: ignore[attr-defined]  # pytest's own attribute
    described = mark.args[0]
    assert (described.id, described.rule, described.title, described.story) == (
        *("some-python", "E-05"),
        *("标题", "复制"),
    )
    assert (described.epic, described.feature) == ("管理后台", "活动")
    assert (described.severity, described.smoke) == ("minor", True)
    assert described.place.endswith("test_it")


def test_project_s_own_cases_are_in_order() -> None:
    catalogue = load_catalogue(PROJECT / "data", load_rules(PROJECT / "data"))

    assert len(catalogue.ids()) == len(list(catalogue)) >= 150
