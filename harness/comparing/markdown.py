"""A comparison as Markdown for a pull request, in Chinese and English: counts, a table, the rest folded."""

from collections.abc import Iterator
from typing import Final

from harness.comparing.comparison import Comparison
from harness.comparing.findings import CHINESE, RATINGS, Finding, Rating
from harness.comparing.text import notes, seen_by, summary
from harness.gate.markdown import plain

ROWS: Final = 20
MOST_FOLDED: Final = 200
CHINESE_RATINGS: Final = {
    Rating.BREAKING: "破坏性",
    Rating.SLOWER: "变慢",
    Rating.ADDITIVE: "兼容",
    Rating.FASTER: "变快",
}
_MARKS: Final = {Rating.BREAKING: "❌", Rating.SLOWER: "🐢", Rating.ADDITIVE: "➕", Rating.FASTER: "⚡"}


def as_markdown(comparison: Comparison) -> str:
    return "\n".join([*_head(comparison), *_table(comparison), *_details(comparison), *_notes(comparison)])


def _head(comparison: Comparison) -> Iterator[str]:
    if not comparison.findings:
        verdict = "✅ 没有发现变化 · no change found"
    elif comparison.is_broken:
        verdict = f"❌ {comparison.counts[Rating.BREAKING]} 处破坏性变化 · breaking changes"
    else:
        verdict = "✅ 没有破坏性变化 · no breaking change"
    yield f"## {verdict}"
    yield ""
    yield f"{plain(comparison.old)} → {plain(comparison.new)}"
    yield ""
    yield plain(summary(comparison))
    yield ""


def _table(comparison: Comparison) -> Iterator[str]:
    """The worst first; those that a table of a comment has no room for are told among the details."""
    if not comparison.findings:
        return
    yield "| 级别 rating | 变化 change | 接口 call | 字段 field | 旧 old | 新 new |"
    yield "|---|---|---|---|---|---|"
    for one in comparison.findings[:ROWS]:
        rating = f"{_MARKS[one.rating]} {CHINESE_RATINGS[one.rating]}"
        cells = (f"{CHINESE[one.kind]} {one.kind}", one.call, one.path or "", one.old, one.new)
        yield f"| {rating} | {' | '.join(map(plain, cells))} |"
    if len(comparison.findings) > ROWS:
        yield ""
        more = len(comparison.findings) - ROWS
        yield f"另有 {more} 处，见下 · and {more} more below"
    yield ""


def _details(comparison: Comparison) -> Iterator[str]:
    if comparison.findings:
        yield from _folded(
            "理由与用例 Reasons and cases", [_detail(one) for one in comparison.findings[:MOST_FOLDED]]
        )


def _detail(finding: Finding) -> str:
    place = f"{finding.call} {finding.path or ''}".strip()
    told = f"{finding.old} → {finding.new}"
    reason = f"{RATINGS[finding.kind][2]} {finding.reason}"
    return f"- **{plain(place)}** {plain(told)}: {plain(reason)} ({plain(seen_by(finding))})"


def _notes(comparison: Comparison) -> Iterator[str]:
    said = [f"- {plain(note)}" for note in notes(comparison)]
    if said:
        yield from _folded("未见或未知 Not seen, or not known", said)


def _folded(title: str, lines: list[str]) -> Iterator[str]:
    yield f"<details><summary>{title}</summary>"
    yield ""
    yield from lines
    yield ""
    yield "</details>"
    yield ""
