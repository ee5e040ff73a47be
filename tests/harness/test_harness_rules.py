"""The rules as data: whole, in order, in two languages; a slip in the file is told with its place."""

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from clients import DataError
from harness.rules import AREAS, Rule, load_rules
from tests.harness.projects import PROJECT

COUNTS = {"C": 16, "A": 4, "E": 13, "G": 16, "W": 1, "P": 7, "F": 6, "Y": 13, "T": 4}
ENTRY = {"area": "event", "source": ["doc"], "zh": "规则", "en": "A rule."}


def refusal(folder: Path, document: Any) -> str:
    (folder / "rules.yaml").write_text(json.dumps(document), encoding="utf-8")
    with pytest.raises(DataError) as refused:
        load_rules(folder)
    return str(refused.value)


def test_rules_are_the_contract_s_in_its_order() -> None:
    rules = load_rules(PROJECT / "data")

    letters = Counter(rule_id[0] for rule_id in rules)
    assert letters == COUNTS
    assert list(rules) == [
        f"{letter}-{n:02}" for letter, count in COUNTS.items() for n in range(1, count + 1)
    ]


def test_rules_speak_both_languages() -> None:
    rules = load_rules(PROJECT / "data").values()

    assert [rule.id for rule in rules if rule.en.isascii() and rule.zh.isascii()] == []
    assert all(any("\u4e00" <= letter <= "\u9fff" for letter in rule.zh) for rule in rules)
    assert {rule.area for rule in rules} == set(AREAS)


def test_rule_knows_its_chinese_feature(tmp_path: Path) -> None:
    (tmp_path / "rules.yaml").write_text(json.dumps({"rules": {"E-01": ENTRY}}), encoding="utf-8")

    rules = load_rules(tmp_path)

    assert rules == {"E-01": Rule("E-01", "event", ("doc",), "规则", "A rule.")}
    assert rules["E-01"].feature == "活动"


@pytest.mark.parametrize(
    ("document", "told"),
    [
        ([], "the file: [] is not of type 'object'"),
        ({"rules": {"E-1": ENTRY}}, "rules: 'E-1' does not match"),
        ({"rules": {"E-01": {**ENTRY, "area": "nowhere"}}}, "rules.E-01.area: 'nowhere' is not one of"),
        ({"rules": {"E-01": {**ENTRY, "source": ["heard"]}}}, "rules.E-01.source.0: 'heard' is not one of"),
        ({"rules": {"E-01": {**ENTRY, "zh": ""}}}, "rules.E-01.zh: '' should be non-empty"),
        ({"rules": {"E-01": {"area": "event"}}}, "rules.E-01: 'en' is a required property"),
    ],
)
def test_rules_that_are_no_rules_are_told(tmp_path: Path, document: Any, told: str) -> None:
    assert f"{tmp_path / 'rules.yaml'}:1: {told}" in refusal(tmp_path, document)


def test_rules_tell_every_mistake_with_its_line(tmp_path: Path) -> None:
    (tmp_path / "rules.yaml").write_text("rules:\n  E-01: {}\n  E-02:\n    area: 1\n", encoding="utf-8")

    with pytest.raises(DataError) as refused:
        load_rules(tmp_path)

    lines = [line.removeprefix(str(tmp_path)).split(": ")[0] for line in str(refused.value).splitlines()]
    assert lines == [*4 * ["/rules.yaml:2"], "/rules.yaml:4", *3 * ["/rules.yaml:4"]]
