"""The contract's rules, as `data/rules.yaml` holds them."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from clients import DataError
from harness.documents import lines_of, problems, read_yaml, told

AREAS = {
    "conventions": "接口约定",
    "sign_in": "登录与权限",
    "event": "活动",
    "group_buy": "拼课团",
    "worker": "员工",
    "order_payment": "订单与支付",
    "referral": "推荐关系",
    "one_yuan": "一元购",
    "table": "数据表",
}
_SCHEMA = {
    "type": "object",
    "required": ["rules"],
    "additionalProperties": False,
    "properties": {
        "rules": {
            "type": "object",
            "propertyNames": {"pattern": "^[A-Z]-[0-9]{2}$"},
            "additionalProperties": {
                "type": "object",
                "required": ["area", "source", "zh", "en"],
                "additionalProperties": False,
                "properties": {
                    "area": {"enum": sorted(AREAS)},
                    "source": {"type": "array", "minItems": 1, "items": {"enum": ["doc", "seen", "set"]}},
                    "zh": {"type": "string", "minLength": 1},
                    "en": {"type": "string", "minLength": 1},
                },
            },
        }
    },
}


@dataclass(frozen=True)
class Rule:
    """`source` says how the rule is known: doc (documents), seen (public test code), set (assumed)."""

    id: str
    area: str
    source: tuple[str, ...]
    zh: str
    en: str

    @property
    def feature(self) -> str:
        return AREAS[self.area]


def load_rules(data: Path) -> Mapping[str, Rule]:
    """All rules by id, in the contract's order; raises `DataError` with a line for each mistake."""
    path = data / "rules.yaml"
    document = read_yaml(path)
    if found := problems(document, _SCHEMA):
        lines = lines_of(path, [error.absolute_path for error in found])
        mistakes = (f"{path}:{line}: {told(error)}" for line, error in zip(lines, found, strict=True))
        raise DataError("\n".join(mistakes))
    return {
        rule_id: Rule(rule_id, entry["area"], tuple(entry["source"]), entry["zh"], entry["en"])
        for rule_id, entry in document["rules"].items()
    }
