"""How a gate's verdict looks, in a terminal and in a pull request."""

from fractions import Fraction

from harness.gate.markdown import markdown
from harness.gate.table import table
from harness.gate.verdict import Verdict
from tests.harness.ledgers import entry, ledger, verdict

FULL: dict[str, Fraction] = {"blocker": Fraction(100), "normal": Fraction(99)}


def broken(failed: int = 1) -> Verdict:
    bad = [entry(f"case-bad-{number:02}", "failed", severity="blocker") for number in range(failed)]
    return verdict(ledger(*bad, entry("case-good")), pass_rate=FULL, most_skipped=0)


def test_table_has_a_line_with_figure_limit_and_verdict() -> None:
    assert list(table(broken())) == [
        "line                   figure            limit          verdict",
        "runs that did not end  0                 none           ok",
        "tests of two runs      0                 none           ok",
        "collection errors      0                 none           ok",
        "gaps in the ledger     0                 none           ok",
        "leaks                  0                 none           ok",
        "executed cases         2                 at least 1     ok",
        "skipped cases          0                 at most 0      ok",
        "pass rate of blocker   0% (0 of 1)       at least 100%  broken",
        "    case-bad-00",
        "pass rate of normal    100% (1 of 1)     at least 99%   ok",
        "flaky cases            0                 -              ok",
        "seconds of the run     10.0              -              ok",
        "seconds of all tests   2.0               -              ok",
        "quarantined cases      0, and 0 expired  none expired   ok",
        "the gate is not passed: pass rate of blocker (exit code 1)",
    ]


def test_table_ends_with_the_verdict() -> None:
    passed = verdict(ledger(entry("case-good")))
    untrusted = verdict(ledger(gaps=("a",), leaks=("b",)))

    assert list(table(passed))[-1] == "the gate is passed (exit code 0)"
    assert list(table(untrusted))[-1] == (
        "the run cannot be trusted: gaps in the ledger, leaks, executed cases (exit code 11)"
    )


def test_twenty_names_are_shown_and_the_others_counted() -> None:
    twenty, more = list(table(broken(20))), list(table(broken(22)))

    assert [row.strip() for row in twenty if row.startswith("    ")][-1] == "case-bad-19"
    assert [row.strip() for row in more if row.startswith("    ")][-2:] == ["case-bad-19", "and 2 more"]


def test_name_of_several_lines_is_one() -> None:
    said = verdict(ledger(entry("case-good"), leaks=("a.txt:\n  密码",)))

    assert "    a.txt: 密码" in list(table(said))


def test_markdown_has_verdict_table_and_failed_cases() -> None:
    rows = markdown(broken()).splitlines()

    assert rows[0] == "## ❌ 门禁未通过 · the gate is not passed: pass rate of blocker (exit code 1)"
    assert "| 通过率 blocker pass rate of blocker | 0% (0 of 1) | at least 100% | ❌ broken |" in rows
    assert rows[-5:] == [
        "### 失败用例 Failed cases: 1",
        "",
        "| 用例 case | 规则 rule | 首行 first line |",
        "|---|---|---|",
        "| case-bad-00 | E-01 | case-bad-00 不符 |",
    ]


def test_markdown_of_a_passed_gate_is_the_verdict_and_the_table() -> None:
    text = markdown(verdict(ledger(entry("case-good"))))

    assert text.startswith("## ✅ 门禁通过 · the gate is passed (exit code 0)\n\n| 项目 line |")
    assert "失败用例" not in text


def test_markdown_shows_twenty_failed_cases() -> None:
    rows = markdown(broken(22)).splitlines()

    assert rows[-1] == "and 2 more"
    assert sum(row.startswith("| case-bad-") for row in rows) == 20


def test_markdown_takes_texts_as_they_stand() -> None:
    reason = "应为 `a|b`\n<script> @all [x](http://y) &amp; *"
    text = markdown(verdict(ledger(entry("case-bad", "failed", reason=reason))))

    (row,) = (row for row in text.splitlines() if row.startswith("| case-bad"))
    assert row == (
        "| case-bad | E-01 | 应为 &#96;a&#124;b&#96; &#60;script&#62; &#64;all "
        "&#91;x&#93;(http://y) &#38;amp; &#42; |"
    )


def test_markdown_cuts_a_long_first_line() -> None:
    text = markdown(verdict(ledger(entry("case-bad", "failed", reason="x" * 5000))))

    assert f"| {'x' * 200}… |" in text
