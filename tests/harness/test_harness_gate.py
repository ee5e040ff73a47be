"""`python -m harness gate`: judges results afterwards; its exit codes, its files, its refusals."""

from collections.abc import Callable
from pathlib import Path

import pytest

from harness.__main__ import main
from harness.ledger import Ledger, write_ledger
from tests.harness.ledgers import entry, ledger
from tests.harness.projects import Project, case_entry

GATE = """
rule_baseline = "gate-baseline.toml"
[pass_rate]
normal = 100
"""
BASELINE = 'rules = ["E-01"]\n'
GOOD, BAD = entry("some-one"), entry("some-two", "failed")
Judge = Callable[..., tuple[int, list[str], list[str]]]


@pytest.fixture
def project(tmp_path: Path) -> Project:
    made = Project(tmp_path)
    for schema in ("gate", "quarantine"):
        made.copied(f"data/{schema}.schema.json")
    made.cases("some", case_entry("some-one"), case_entry("some-two", rule="E-02"))
    made.write("gate.toml", GATE)
    made.write("gate-baseline.toml", BASELINE)
    return made


@pytest.fixture
def judge(project: Project, capsys: pytest.CaptureFixture[str]) -> Judge:
    """Exit code, lines of stdout and of stderr, for the results of these ledgers, each in its folder."""

    def judged(*ledgers: Ledger, options: tuple[str, ...] = ()) -> tuple[int, list[str], list[str]]:
        folders = [project.root / f"results-{number}" for number, _ in enumerate(ledgers)]
        for folder, found in zip(folders, ledgers, strict=True):
            folder.mkdir()
            write_ledger(found, folder)
        data = (f"--data={project.root / 'data'}", f"--tests={project.root / 'tests'}")
        code = main(["gate", str(project.root / "gate.toml"), *map(str, folders), *options, *data])
        said = capsys.readouterr()
        return code, said.out.splitlines(), said.err.splitlines()

    return judged


@pytest.mark.parametrize(
    ("found", "code", "says"),
    [
        (ledger(GOOD), 0, "the gate is passed (exit code 0)"),
        (ledger(GOOD, BAD), 1, "the gate is not passed: pass rate of normal (exit code 1)"),
        (ledger(GOOD, leaks=("x",)), 11, "the run cannot be trusted: leaks (exit code 11)"),
    ],
)
def test_exit_code_and_last_line_are_the_verdict(judge: Judge, found: Ledger, code: int, says: str) -> None:
    given, out, err = judge(found)

    assert (given, out[-1], err) == (code, says, [])


def test_shards_are_judged_together(judge: Judge) -> None:
    code, out, _ = judge(ledger(GOOD), ledger(BAD, run="two"))

    assert code == 1
    assert out[6].split() == ["executed", "cases", "2", "at", "least", "1", "ok"]


def test_quarantine_excuses_a_case(project: Project, judge: Judge) -> None:
    project.write(
        "data/quarantine.yaml",
        'quarantine: [{case: "some-two", reason: "已知", owner: "wang", expires: "2026-01-01"}]\n',
    )

    code, out, _ = judge(ledger(GOOD, BAD))

    assert (code, out[-2]) == (0, "    some-two: failed, until 2026-01-01: 已知 (wang)")


def test_markdown_is_written(project: Project, judge: Judge) -> None:
    file = project.root / "summary.md"

    code, _, _ = judge(ledger(GOOD, BAD), options=(f"--markdown={file}",))

    assert code == 1
    assert file.read_text("utf-8").startswith("## ❌ 门禁未通过")


def test_baseline_is_written_and_is_judged_by_from_now_on(project: Project, judge: Judge) -> None:
    project.write("gate-baseline.toml", 'rules = ["E-01", "P-01"]\n')

    code, _, _ = judge(ledger(GOOD, entry("some-two", rule="E-02")), options=("--baseline",))

    assert code == 0
    assert '[\n    "E-01",\n    "E-02",\n]' in (project.root / "gate-baseline.toml").read_text("utf-8")


def test_first_baseline_needs_none(project: Project, judge: Judge) -> None:
    (project.root / "gate-baseline.toml").unlink()

    assert judge(ledger(GOOD), options=("--baseline",))[0] == 0


def test_rule_that_is_no_longer_covered_breaks_the_gate(project: Project, judge: Judge) -> None:
    project.write("gate-baseline.toml", 'rules = ["E-01", "P-01"]\n')

    code, out, _ = judge(ledger(GOOD))

    assert code == 1
    assert out[out.index("    P-01") - 1].split()[-1] == "broken"


@pytest.mark.parametrize(
    ("gate", "found", "says"),
    [
        (GATE, ledger(GOOD, leaks=("x",)), "no baseline was written: the run cannot be trusted: leaks"),
        (GATE, ledger(entry("x", rule=None)), "no baseline was written: the results cover no rule"),
        ("", ledger(GOOD), 'gate.toml: has no rule_baseline; add rule_baseline = "gate-baseline.toml"'),
    ],
)
def test_baseline_of_what_is_none_is_refused(
    project: Project, judge: Judge, gate: str, found: Ledger, says: str
) -> None:
    project.write("gate.toml", gate)

    code, out, err = judge(found, options=("--baseline",))

    assert (code, out) == (4, [])
    assert err[0].endswith(says)
    assert (project.root / "gate-baseline.toml").read_text("utf-8") == BASELINE


@pytest.mark.parametrize(
    ("arrange", "options", "says"),
    [
        (
            ("gate.toml", "most_flaky = -1"),
            (),
            "gate.toml: most_flaky: -1 is less than the minimum of 0; wanted",
        ),
        (
            ("gate-baseline.toml", 'rules = ["Q-01"]'),
            (),
            "the rule 'Q-01' is not in data/rules.yaml; take it",
        ),
        (
            ("data/quarantine.yaml", 'quarantine: ["a"]'),
            (),
            "quarantine.yaml:1: quarantine.0: 'a' is not of type",
        ),
        (("data/rules.yaml", "rules: {}"), (), "the rule 'E-01' is not in data/rules.yaml; take it out, or"),
        (("ledger-x.json", "{}"), ("ledger-x.json",), "ledger-x.json: not a ledger of a run: "),
        (("ledger-x.json", "{"), ("ledger-x.json",), "ledger-x.json: not valid JSON: "),
        (("x", ""), ("nowhere",), "nowhere: there is no ledger; give a folder that a run with --alluredir="),
        (("x", ""), ("--markdown=nowhere/x.md",), "nowhere/x.md: cannot be written: No such file"),
    ],
)
def test_wrong_use_is_one_message(
    project: Project,
    judge: Judge,
    monkeypatch: pytest.MonkeyPatch,
    arrange: tuple[str, str],
    options: tuple[str, ...],
    says: str,
) -> None:
    project.write(*arrange)
    monkeypatch.chdir(project.root)

    code, out, err = judge(ledger(GOOD), options=options)

    assert (code, out, len(err)) == (4, [], 1)
    assert says in err[0]


@pytest.mark.parametrize("arguments", [(), ("gate.toml",), ("gate.toml", "results", "--nosuch")])
def test_wrong_arguments_are_wrong_use(
    arguments: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as exit_:
        main(["gate", *arguments])

    assert exit_.value.code == 4
    assert "usage: python -m harness" in capsys.readouterr().err


def test_broken_gate_writes_nothing(project: Project, judge: Judge) -> None:
    project.write("gate.toml", "colour = 1")
    before = project.files()

    code, _, _ = judge(options=("--markdown=summary.md", str(project.root)))

    assert (code, project.files()) == (4, before)
