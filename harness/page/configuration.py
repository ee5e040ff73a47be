"""What Allure is told: names, language, groups, charts, and categories of failures by their first line."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from harness.rules import Rule

TITLE: Final = "营销平台接口回归"
RUNS_KEPT: Final = 30
LONGEST_SENTENCE: Final = 80
CHARTS: Final = (  # without titles: Allure then takes those of the reader's language
    {"type": "currentStatus"},
    {"type": "statusDynamics"},
    {"type": "statusTransitions"},
    {"type": "successRateDistribution"},
    {"type": "testResultSeverities", "includeUnset": False},
    {"type": "stabilityDistribution", "groupBy": "feature", "threshold": 90},
    {"type": "durations", "groupBy": "none"},
    {"type": "durationDynamics"},
    {"type": "testBaseGrowthDynamics"},
    {"type": "statusAgePyramid"},
)
NOT_SHOWN: Final = ("framework", "host", "language", "package", "parentSuite", "suite", "subSuite", "thread")
TOLD_BY: Final = {
    "Schema 不符": "不符合(其)? JSON Schema|(答复|消息)不是 JSON|答复信封不符",
    "数据行不符": "被拒绝的调用改变了数据|读回的内容与写入的不同|导出缺少列表里的值"
    "|数据库?行.*(不符|不同|不一致)",
    "平台不可达": "平台不可达|平台超时未答|平台已断开",
}
"""By category, what the first line of a failure says; README's "Reading a failure" has the same lines."""


def configuration(output: Path, history: Path, rules: Mapping[str, Rule]) -> dict[str, Any]:
    """`report/page.mjs`'s file: Allure's own keys, and `page`."""
    return {
        "name": TITLE,
        "output": str(output),
        "historyPath": str(history),
        "historyLimit": RUNS_KEPT,
        "categories": categories(),
        "hideLabels": NOT_SHOWN,
        "page": {
            "reportName": TITLE,
            "reportLanguage": "zh",
            "singleFile": True,
            "groupBy": ["epic", "feature", "story"],
            "charts": CHARTS,
            "stepTreeExpansion": "expand_failed_only",
            "rules": {name: _short(rule.zh) for name, rule in rules.items()},
        },
    }


def categories() -> list[dict[str, Any]]:
    """A test is in the first that fits: a failed one is told by its fault; flaky is what passed at last."""
    told = "|".join(TOLD_BY.values())
    broken_rule = _category("规则不符", statuses=["failed"], message=rf"^(?![^\n]*(?:{told}))")
    by_message = [
        _category(name, message=rf"^[^\n]*(?:{words})", statuses=["failed", "broken"])
        for name, words in TOLD_BY.items()
    ]
    harness_error = _category("用例框架错误", statuses=["broken"])
    return [broken_rule, *by_message, harness_error, _category("不稳定", flaky=True)]


def _category(name: str, **matcher: Any) -> dict[str, Any]:
    return {
        "name": name,
        "matchers": matcher,
        "groupBy": [{"label": "rule"}],
        "groupByMessage": False,
        "expand": True,
    }


def _short(sentence: str) -> str:
    return sentence if len(sentence) <= LONGEST_SENTENCE else f"{sentence[: LONGEST_SENTENCE - 1]}…"
