"""A result's identity is its case: whatever is renamed, with workers or without, no two collapse."""

import json
from pathlib import Path
from typing import Any

import pytest
from allure_commons import model2
from allure_commons.model2 import Label, Parameter, StatusDetails

from clients import Redactor
from harness.results import ResultsWriter, identify, identity_of, results_of
from tests.harness.projects import Project, case_entry

RUN_ID = "abcdef0123456789"
LIKE_A_MOBILE = "event-order-book-name-null"
"""A case whose hash has eleven digits in a row that would be a mobile."""
SUITE = """
@cases("twins")
def test_twins(case: Case) -> None: ...

@pytest.mark.parametrize("value", [True, 1, 1.0, "1"], ids=["a", "b", "c", "d"])
def test_alike(value: object) -> None: ...

@pytest.mark.parametrize("value", ["1"], ids=["e"])
def test_{0}(value: object) -> None: ...
"""
WORKERS = pytest.mark.parametrize("workers", [(), ("-n2",)], ids=["alone", "with workers"])


@pytest.fixture
def unwritten() -> list[str]:
    return []


@pytest.fixture
def writer(tmp_path: Path, unwritten: list[str]) -> ResultsWriter:
    folder = str(tmp_path / "results")
    return ResultsWriter(folder, redactor=Redactor(["s3cret"]), run_id=RUN_ID, unwritten=unwritten)


def result(
    nodeid: str = "tests/t.py::test_it", case: str | None = "some-case", **more: Any
) -> model2.TestResult:
    labels = [Label("nodeid", nodeid), *([Label("case", case)] if case else [])]
    return model2.TestResult(uuid="1", name="名字", fullName="tests.t#test_it", labels=labels, **more)


def written(folder: Path) -> list[dict[str, Any]]:
    return results_of(folder / "results", RUN_ID)


def test_identity_is_the_case_s_whatever_the_rest_is_called() -> None:
    one, other = result(), result("tests/moved.py::test_renamed[x]")
    identify(one)
    identify(other)

    assert (one.historyId, one.testCaseId) == (other.historyId, other.testCaseId)
    assert (one.fullName, other.fullName) == ("tests/t.py::test_it", "tests/moved.py::test_renamed[x]")


def test_without_a_case_the_node_id_tells_tests_apart() -> None:
    one, other = result("tests/t.py::test[1]", None), result("tests/t.py::test[True]", None)
    identify(one)
    identify(other)

    assert one.historyId != other.historyId


def test_result_without_its_labels_is_left_to_the_ledger(writer: ResultsWriter, tmp_path: Path) -> None:
    writer.report_result(model2.TestResult(uuid="1", name="x", fullName="tests.t#test_it"))

    assert written(tmp_path) == []


def test_identity_that_looks_like_a_mobile_is_kept(writer: ResultsWriter, tmp_path: Path) -> None:
    identity = identity_of("", LIKE_A_MOBILE)
    made = result(case=LIKE_A_MOBILE)
    made.attachments = [model2.Attachment(name="13912345678", source="13912345678-attachment.txt")]

    writer.report_result(made)

    (one,) = written(tmp_path)
    assert Redactor().text(identity) != identity
    assert (one["historyId"], one["testCaseId"]) == (identity, identity)
    assert one["attachments"] == [{"name": "***", "source": "13912345678-attachment.txt"}]


def test_every_text_of_a_result_is_redacted(writer: ResultsWriter, tmp_path: Path) -> None:
    made = result(statusDetails=StatusDetails(message="with s3cret", trace="s3cret 13912345678"))
    made.parameters = [Parameter("key", "'s3cret'"), Parameter("other", "open", mode="masked")]
    made.description = "s3cret"

    writer.report_result(made)

    (one,) = written(tmp_path)
    assert "s3cret" not in json.dumps(one)
    assert (one["statusDetails"]["message"], one["statusDetails"]["trace"]) == ("with ***", "*** ***")
    assert [parameter["value"] for parameter in one["parameters"]] == ["'***'", "***"]


@pytest.mark.parametrize(
    ("message", "shown"),
    [
        ("clients.errors.SchemaBroken: 答复不符合", "答复不符合"),
        ("harness.rows.witness.RowsBroken: 数据库行与规则不符", "数据库行与规则不符"),
        ("AssertionError: 应为空\nassert 1 == 2", "应为空\nassert 1 == 2"),
        ("ValueError: no", "ValueError: no"),
        ("assert 1 == 2", "assert 1 == 2"),
    ],
)
def test_first_line_of_a_failure_is_its_own(
    writer: ResultsWriter, tmp_path: Path, message: str, shown: str
) -> None:
    writer.report_result(result(statusDetails=StatusDetails(message=message)))

    (one,) = written(tmp_path)
    assert one["statusDetails"]["message"] == shown


def test_attached_bytes_are_redacted_in_whatever_form(writer: ResultsWriter, tmp_path: Path) -> None:
    for number, content in enumerate((b"s3cret", "s3cret".encode("utf-16"), b"\xff s3cret", "活 s3cret")):
        writer.report_attached_data(content, f"{number}-attachment.txt")

    texts = [path.read_bytes() for path in (tmp_path / "results").iterdir()]
    assert len(texts) == 4
    assert not any(b"s3cret" in text or b"s\x003" in text for text in texts)


def test_attached_file_is_redacted(writer: ResultsWriter, tmp_path: Path) -> None:
    source = tmp_path / "log.txt"
    source.write_text("s3cret", "utf-8")

    writer.report_attached_file(str(source), "1-attachment.txt")

    assert (tmp_path / "results" / "1-attachment.txt").read_text("utf-8") == "***"


@pytest.mark.parametrize(("status", "shown"), [("passed", 0), ("skipped", 0), ("broken", 1), ("failed", 1)])
def test_fixture_is_shown_where_it_failed(
    writer: ResultsWriter, tmp_path: Path, status: str, shown: int
) -> None:
    fixture = model2.TestBeforeResult(name="admin", status=status)

    writer.report_container(model2.TestResultContainer(uuid="1", befores=[fixture], afters=[]))

    assert len(list((tmp_path / "results").glob("*-container.json"))) == shown


def test_what_cannot_be_written_is_kept_in_mind(
    writer: ResultsWriter, tmp_path: Path, unwritten: list[str]
) -> None:
    (tmp_path / "results").rmdir()

    writer.report_result(result())
    writer.report_attached_data(b"x", "1-attachment.txt")

    assert len(unwritten) == 2
    assert unwritten[0].startswith("tests/t.py::test_it could not be written to ")


def test_results_of_other_runs_are_not_this_one_s(writer: ResultsWriter, tmp_path: Path) -> None:
    writer.report_result(result())
    (tmp_path / "results" / "other-result.json").write_text("{}", "utf-8")

    assert len(written(tmp_path)) == 1


def identities(project: Project, folder: str, *arguments: str) -> dict[str, tuple[str, str]]:
    """By full name: history and test case of each result."""
    project.run(f"--alluredir={folder}", *arguments)
    files = (project.root / folder).glob("*-result.json")
    found = [json.loads(path.read_text("utf-8")) for path in files]
    assert len(found) == len({one["fullName"] for one in found})
    return {one["fullName"]: (one["historyId"], one["testCaseId"]) for one in found}


@WORKERS
def test_no_two_tests_of_a_run_have_one_identity(tmp_path: Path, workers: tuple[str, ...]) -> None:
    project = Project(tmp_path)
    project.cases("twins", case_entry("twin-one"), case_entry("twin-two"))
    project.tests("some", SUITE.replace("{0}", "alone"))

    found = identities(project, "results", *workers)

    assert len(found) == 7
    assert len({history for history, _ in found.values()}) == 7


@WORKERS
def test_cleaning_removes_earlier_results_alone(tmp_path: Path, workers: tuple[str, ...]) -> None:
    project = Project(tmp_path)
    project.tests("some", "\n".join(f"def test_{number}() -> None: ..." for number in range(8)))
    before = identities(project, "results")
    (project.root / "results" / "notes.txt").write_text("mine", "utf-8")

    after = identities(project, "results", "--clean-alluredir", *workers)

    assert before.keys() == after.keys()
    assert len(list((project.root / "results").glob("ledger-*.json"))) == 1
    assert (project.root / "results" / "notes.txt").is_file()


def test_renamed_title_function_and_file_keep_a_case_s_history(tmp_path: Path) -> None:
    project = Project(tmp_path)
    project.cases("twins", case_entry("twin-one"), case_entry("twin-two"))
    path = project.tests("some", SUITE.replace("{0}", "alone"))
    before = identities(project, "before")

    path.unlink()
    project.cases("twins", case_entry("twin-one", title="新的名字"), case_entry("twin-two"))
    project.tests("moved", SUITE.replace("test_twins", "test_renamed").replace("{0}", "alone"))
    after = identities(project, "after", "-n2")

    of_cases = [{name: one for name, one in found.items() if "twin-" in name} for found in (before, after)]
    assert of_cases[0].keys().isdisjoint(of_cases[1])
    assert set(of_cases[0].values()) == set(of_cases[1].values())
