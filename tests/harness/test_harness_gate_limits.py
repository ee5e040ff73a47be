"""Gate files: read into limits, their mistakes told with value, place and mend; and the rule baseline."""

from fractions import Fraction
from pathlib import Path

import pytest

from clients import DataError
from harness.gate.limits import Limits, load_limits, read_baseline, write_baseline
from harness.rules import load_rules
from harness.written import write_whole
from tests.harness.projects import PROJECT

DATA = PROJECT / "data"
RULES = ("E-01", "E-02", "P-01")
WHOLE = """
smoke_green = true
rule_baseline = "gate-baseline.toml"
least_executed = 3
most_skipped = 0
most_flaky = 1
most_run_seconds = 60
most_test_seconds = 90.5
[pass_rate]
blocker = 100
normal = 99.5
"""


def loaded(folder: Path, text: str) -> Limits:
    (folder / "gate.toml").write_text(text, encoding="utf-8")
    return load_limits(folder / "gate.toml", DATA, RULES)


def test_gate_file_says_the_limits(tmp_path: Path) -> None:
    write_baseline(tmp_path / "gate-baseline.toml", ["E-01", "P-01"])

    assert loaded(tmp_path, WHOLE) == Limits(
        source=tmp_path / "gate.toml",
        pass_rate={"blocker": Fraction(100), "normal": Fraction(199, 2)},
        smoke_green=True,
        rule_baseline=tmp_path / "gate-baseline.toml",
        rules=frozenset({"E-01", "P-01"}),
        least_executed=3,
        most_skipped=0,
        most_flaky=1,
        most_run_seconds=60,
        most_test_seconds=90.5,
    )


def test_empty_gate_file_wants_one_executed_case(tmp_path: Path) -> None:
    assert loaded(tmp_path, "") == Limits(source=tmp_path / "gate.toml", least_executed=1)


def test_shipped_gate_is_in_order_and_covers_known_rules() -> None:
    limits = load_limits(DATA / "gate.toml", DATA, load_rules(DATA))

    assert limits.pass_rate["blocker"] == limits.pass_rate["critical"] == Fraction(100)
    assert limits.smoke_green
    assert len(limits.rules) > 70


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (
            "[pass_rate]\nblocker = 101",
            "pass_rate.blocker: 101 is greater than the maximum of 100; wanted: per",
        ),
        (
            "[pass_rate]\nnormal = -0.5",
            "pass_rate.normal: -0.5 is less than the minimum of 0; wanted: percent ",
        ),
        ("[pass_rate]\nnormal = nan", "pass_rate.normal: nan is no number that can be kept; write one of "),
        (
            "[pass_rate]\nnormal = '99'",
            "pass_rate.normal: '99' is not of type 'number'; wanted: percent of the",
        ),
        (
            "[pass_rate]\nhigh = 100",
            "pass_rate: Additional properties are not allowed ('high' was unexpected);",
        ),
        ("pass_rate = 100", "pass_rate: 100 is not of type 'object'; wanted: a table of severities: blocker"),
        (
            "smoke_green = 1",
            "smoke_green: 1 is not of type 'boolean'; wanted: true, if every smoke case must",
        ),
        (
            "least_executed = 0",
            "least_executed: 0 is less than the minimum of 1; wanted: how many cases must",
        ),
        ("most_skipped = -1", "most_skipped: -1 is less than the minimum of 0; wanted: how many cases may"),
        (
            "most_flaky = 1.5",
            "most_flaky: 1.5 is not of type 'integer'; wanted: how many cases may have passed",
        ),
        (
            "most_flaky = 2026-01-01",
            "most_flaky: datetime.date(2026, 1, 1) is not of type 'integer'; wanted: ",
        ),
        (
            "most_run_seconds = 0",
            "most_run_seconds: 0 is less than or equal to the minimum of 0; wanted: how",
        ),
        (
            "most_run_seconds = inf",
            "most_run_seconds: inf is no number that can be kept; write one of seconds",
        ),
        ("rule_baseline = 'rules.txt'", "rule_baseline: 'rules.txt' does not match"),
        (
            "colour = 'red'",
            "Additional properties are not allowed ('colour' was unexpected); wanted: as data/",
        ),
        ("least_executed = \n", "not valid TOML: Invalid value"),
        (
            "rule_baseline = 'nosuch.toml'",
            "nosuch.toml: the rule baseline of the gate is not there; write it by",
        ),
    ],
)
def test_mistake_is_told_with_value_place_and_mend(tmp_path: Path, text: str, says: str) -> None:
    with pytest.raises(DataError) as mistake:
        loaded(tmp_path, text)

    assert str(mistake.value).startswith(f"{tmp_path}/")
    assert says in str(mistake.value)


def test_all_mistakes_are_told_at_once(tmp_path: Path) -> None:
    with pytest.raises(DataError) as mistake:
        loaded(tmp_path, "most_flaky = -1\nleast_executed = 0\ncolour = 1")

    assert len(str(mistake.value).splitlines()) == 3


def test_gate_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(DataError, match=r"gate\.toml: cannot be read: No such file"):
        load_limits(tmp_path / "gate.toml", DATA, RULES)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (
            'rules = ["E-01", "E-99"]',
            "the rule 'E-99' is not in data/rules.yaml; take it out, or write it by",
        ),
        (
            "rules = []",
            "rules: [] should be non-empty; write it by `python -m harness gate FILE RESULTS… --base",
        ),
        ('rules = "E-01"', "rules: 'E-01' is not of type 'array'; write it by"),
        ('regeln = ["E-01"]', "'rules' is a required property; write it by"),
        ("rules = [", "not valid TOML: "),
    ],
)
def test_mistake_in_a_baseline_is_told(tmp_path: Path, text: str, says: str) -> None:
    path = tmp_path / "gate-baseline.toml"
    path.write_text(text, encoding="utf-8")

    with pytest.raises(DataError) as mistake:
        read_baseline(path, RULES)

    assert str(mistake.value).startswith(f"{path}: ")
    assert says in str(mistake.value)


def test_baseline_is_read_as_it_was_written(tmp_path: Path) -> None:
    path = tmp_path / "gate-baseline.toml"

    write_baseline(path, ["E-02", "P-01"])

    assert read_baseline(path, RULES) == {"E-02", "P-01"}
    assert path.read_text("utf-8").endswith('\nrules = [\n    "E-02",\n    "P-01",\n]\n')


def test_file_that_cannot_be_written_leaves_nothing(tmp_path: Path) -> None:
    (tmp_path / "taken").mkdir()

    with pytest.raises(DataError, match="taken: cannot be written: "):
        write_whole(tmp_path / "taken", "text")

    assert [path.name for path in tmp_path.iterdir()] == ["taken"]


def test_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(DataError, match=r"nowhere/summary\.md: cannot be written: No such file"):
        write_whole(tmp_path / "nowhere" / "summary.md", "text")
