"""Answers on an activity's form (E-12)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sandbox.db import Transaction
from sandbox.models import Activity, Form, FormData, Order
from sandbox.rules.bodies import optional, required
from sandbox.rules.kinds import Text, parse_json
from sandbox.rules.refusals import invalid

WHERE = "formDataList"


@dataclass(frozen=True, kw_only=True)
class AnswerBody:
    """Of what a mini-program sends with an answer, the form itself knows the rest better."""

    key: str = required(Text())
    value: str | None = optional(Text())


@dataclass(frozen=True)
class FormAnswer:
    key: str
    type: str
    value: str


def read_answers(tx: Transaction, activity: Activity, given: Iterable[AnswerBody]) -> list[FormAnswer]:
    """The answers to the fields that the form has; refuses one that is missing or does not fit."""
    form = tx.get(Form, activity.form_id) if activity.form_id else None
    values = {answer.key: answer.value for answer in given}
    fields = parse_json(form.fields or "[]") if form else []
    return [answer for field in fields for answer in _read_answer(field, values)]


def keep_answers(tx: Transaction, order: Order, answers: Iterable[FormAnswer]) -> None:
    rows = [
        FormData(
            id=tx.new_id(), event_order_id=order.id, key=answer.key, type=answer.type, value=answer.value
        )
        for answer in answers
    ]
    tx.add_all(rows)
    order.form_data_ids = ",".join(str(row.id) for row in rows) or None


def _read_answer(field: Mapping[str, Any], values: Mapping[str, str | None]) -> list[FormAnswer]:
    key, value = field["key"], values.get(field["key"])
    if value is None or not value.strip():
        if field.get("isRequire"):
            raise invalid(WHERE, f"缺少必填项 {key}")
        return []
    if field["type"] == "radio" and value not in (field.get("options") or ()):
        raise invalid(WHERE, f"{key} 应为选项之一")
    return [FormAnswer(key, field["type"], value)]
