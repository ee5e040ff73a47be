"""The verdict as Markdown for a pull request, in Chinese and English: short, the table, the failed cases."""

import re
from collections.abc import Iterator, Sequence

from harness.gate.lines import Judgement, Line
from harness.gate.results import CaseResult
from harness.gate.table import SHOWN, sentence, shown
from harness.gate.verdict import Verdict

_CHINESE = {
    Judgement.HOLDS: "门禁通过",
    Judgement.BROKEN: "门禁未通过",
    Judgement.UNTRUSTED: "本次运行不可信",
}
_MARKS = {Judgement.HOLDS: "✅", Judgement.BROKEN: "❌", Judgement.UNTRUSTED: "⛔"}
_SPECIAL = re.compile(r"[\\`*_\[\]<>|~#@&]")
_LONGEST = 200


def markdown(verdict: Verdict) -> str:
    return "\n".join(
        [*_head(verdict), *_table(verdict.lines), *_names(verdict.lines), *_failed(verdict.failed)]
    )


def _head(verdict: Verdict) -> Iterator[str]:
    yield f"## {_MARKS[verdict.judgement]} {_CHINESE[verdict.judgement]} · {sentence(verdict)}"
    yield ""


def _table(lines: Sequence[Line]) -> Iterator[str]:
    yield "| 项目 line | 实际 figure | 限制 limit | 结论 verdict |"
    yield "|---|---|---|---|"
    for line in lines:
        cells = (f"{line.chinese} {line.name}", line.figure, line.limit)
        mark = f"{_MARKS[line.judgement]} {line.judgement}"
        yield f"| {' | '.join(map(plain, cells))} | {mark} |"
    yield ""


def _names(lines: Sequence[Line]) -> Iterator[str]:
    """What broke a line. The cases that failed follow by themselves, with more than their ids."""
    for line in lines:
        if line.names:
            yield f"**{line.chinese} {line.name}**"
            yield ""
            yield from (f"- {plain(name)}" for name in shown(line.names))
            yield ""


def _failed(cases: Sequence[CaseResult]) -> Iterator[str]:
    if not cases:
        return
    yield f"### 失败用例 Failed cases: {len(cases)}"
    yield ""
    yield "| 用例 case | 规则 rule | 首行 first line |"
    yield "|---|---|---|"
    for case in cases[:SHOWN]:
        yield f"| {plain(case.name)} | {case.rule or ''} | {plain(case.reason)} |"
    if len(cases) > SHOWN:
        yield ""
        yield f"and {len(cases) - SHOWN} more"
    yield ""


def plain(text: str) -> str:
    """One line that Markdown takes as it stands: no mark-up, no mention, no end of a cell."""
    one_line = " ".join(text.split())
    short = one_line if len(one_line) <= _LONGEST else f"{one_line[:_LONGEST]}…"
    return _SPECIAL.sub(lambda found: f"&#{ord(found[0])};", short)
