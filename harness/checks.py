"""The oracles: what a case expects, held against what the platform did. Their messages begin in Chinese."""

from collections.abc import Iterable, Mapping
from typing import Any, Final

from clients import Answer
from harness.case_words import LEFT_OUT, WordContext, at_path, resolved
from harness.cases import Case

READ_ONLY: Final = frozenset(
    {"published", "status", "stores", "organizationId", "createdTime", "updatedTime"}
)
"""What a read-back is not compared by: computed, or changed by calls of their own."""


def check_outcome(answer: Answer[Any], case: Case) -> None:
    """The answer is the success or refusal that the case expects; a refusal names its field (C-03)."""
    expect = case.expect
    if "http" in expect:
        check_http(answer, expect["http"])
    elif "code" in expect:
        check_refused(answer, expect["code"], expect.get("names"))
    else:
        answer.require_ok()


def check_http(answer: Answer[Any], status: int) -> None:
    """C-04: the status, and the envelope's code the same as a string."""
    shown = f"HTTP {answer.http_status}, code {answer.code}"
    assert (answer.http_status, answer.code) == (status, str(status)), f"应答 HTTP {status}，实为 {shown}"
    assert answer.data is None, f"HTTP {status} 的答复不应带数据，实为 {answer.data!r}"


def check_refused(answer: Answer[Any], code: str, names: str | None = None) -> None:
    """C-03: HTTP 200 with this code, no data, and a message that names the field or state."""
    shown = f"HTTP {answer.http_status}, code {answer.code}: {answer.message}"
    assert (answer.http_status, answer.code) == (200, code), f"应以 {code} 拒绝，实为 {shown}"
    assert answer.data is None, f"被拒绝的答复不应带数据，实为 {answer.data!r}"
    if names is not None:
        assert names in answer.message, f"拒绝信息应指出 {names}，实为 {answer.message!r}"


def check_kept(sent: Mapping[str, Any], read: Mapping[str, Any], case: Case, words: WordContext) -> None:
    """Every field that was sent is read back the same, but where the case says what it becomes."""
    expected = {path: resolved(value, words) for path, value in case.expect.get("kept", {}).items()}
    differences = [
        f"{path}: 应为 {_shown(value)}，实为 {_shown(_at(read, path))}"
        for path, value in expected.items()
        if not same(_at(read, path), value)
    ]
    differences += _differences(sent, read, "", set(expected))
    assert not differences, "读回的内容与写入的不同：\n  " + "\n  ".join(differences)


def check_same(before: Mapping[str, Any], after: Mapping[str, Any]) -> None:
    """Nothing has changed (C-03: a refused call changes nothing)."""
    pairs = {key: (_at(before, key), _at(after, key)) for key in sorted(before.keys() | after.keys())}
    changed = {key: pair for key, pair in pairs.items() if not same(*pair)}
    told = [f"{key}: 原为 {_shown(old)}，现为 {_shown(new)}" for key, (old, new) in changed.items()]
    assert not changed, "被拒绝的调用改变了数据：\n  " + "\n  ".join(told)


def check_page(answer: Answer[Any], case: Case, total: int) -> None:
    """A page has the figures that the case names, of a list of so many rows (C-02, C-05)."""
    seen = {"page": answer.page, "size": answer.size, "rows": len(answer.data or [])}
    assert (seen, answer.total) == (dict(case.expect), total), f"分页应为 {dict(case.expect)}，共 {total} 条"


def ids_of(rows: Iterable[Mapping[str, Any]] | None) -> list[str]:
    """The ids of a list's rows, in its order."""
    return [row["id"] for row in rows or ()]


def same(one: Any, other: Any) -> bool:
    """Equal as JSON is: 1 is neither true nor 1.0, at any depth."""
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(same(value, other[key]) for key, value in one.items())
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(same, one, other))
    return type(one) is type(other) and bool(one == other)


def _differences(sent: Any, read: Any, path: str, skipped: set[str]) -> list[str]:
    if path in skipped or path in READ_ONLY:
        return []
    if isinstance(sent, dict) and isinstance(read, dict):
        return [line for key, value in sent.items() for line in _below(value, read, key, path, skipped)]
    if isinstance(sent, list) and isinstance(read, list) and len(sent) == len(read):
        pairs = enumerate(zip(sent, read, strict=True))
        return [line for i, (a, b) in pairs for line in _differences(a, b, f"{path}.{i}", skipped)]
    return [] if same(sent, read) else [f"{path}: 写入 {sent!r}，读回 {_shown(read)}"]


def _below(value: Any, read: dict[str, Any], key: str, path: str, skipped: set[str]) -> list[str]:
    return _differences(value, read.get(key, LEFT_OUT), f"{path}.{key}" if path else key, skipped)


def _at(body: Any, path: str) -> Any:
    try:
        return at_path(body, path)
    except (KeyError, IndexError, TypeError, ValueError):
        return LEFT_OUT


def _shown(value: Any) -> str:
    return "没有这个字段" if value is LEFT_OUT else repr(value)
