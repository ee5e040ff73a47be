"""Tells a test's calls to its Allure result: a step for each, and how to repeat a test that failed."""

from dataclasses import dataclass
from uuid import uuid4

import allure_commons
from allure_commons.model2 import Attachment, StatusDetails, TestResult, TestStepResult

from clients import Redactor
from harness.cases import Case
from harness.evidence import Evidence, Finished
from harness.rules import Rule
from harness.run import Run
from harness.told_calls import call_title, curl, record, texts

TEXT = "text/plain"


@dataclass(frozen=True)
class Subject:
    """The test whose calls are told: its case and that case's rule, where it has any."""

    nodeid: str
    case: Case | None
    rule: Rule | None
    run: Run


def tell(evidence: Evidence, result: TestResult, subject: Subject, *, failed: bool) -> None:
    """A passed test keeps one text of all its calls; a failed one has each call's parts in its step."""
    calls = evidence.taken()
    redactor = evidence.redactor
    result.steps.extend(_step(one, redactor, whole=failed) for one in calls)
    if failed:
        again = _repetition(calls, redactor, subject, evidence.clock)
        result.attachments.append(written("规则与复现", again))
    elif calls:
        result.attachments.append(written("调用记录", record(calls, redactor)))


def written(name: str, text: str) -> Attachment:
    """An attachment, handed to whatever writes the results."""
    source = f"{uuid4()}-attachment.txt"
    body = text.encode("utf-8", "backslashreplace")  # an answer may hold half an emoji, which no file can
    allure_commons.plugin_manager.hook.report_attached_data(body=body, file_name=source)
    return Attachment(name=name, source=source, type=TEXT)


def _step(one: Finished, redactor: Redactor, *, whole: bool) -> TestStepResult:
    problem = one.problem
    details = StatusDetails(message=redactor.text(str(problem))) if problem is not None else None
    status = "passed" if problem is None else "failed"
    step = TestStepResult(
        name=call_title(one), status=status, statusDetails=details, start=one.started, stop=one.stopped
    )
    if whole:
        line = curl(one, redactor)
        parts = {**texts(one, redactor), **({"curl": line} if line else {})}
        step.attachments.extend(written(name, text) for name, text in parts.items())
    return step


def _repetition(calls: list[Finished], redactor: Redactor, subject: Subject, clock: int | None) -> str:
    run, rule = subject.run, subject.rule
    lines = [] if rule is None else [f"{rule.id}：{rule.zh}", rule.en, ""]
    lines += [f"用例：{subject.case.id if subject.case else subject.nodeid}", f"环境：{run.profile.title}"]
    lines += [f"种子：{run.seed}", f"时钟：{clock if clock is not None else '本机时间'}"]
    if subject.case is not None:
        where = (
            f"--replay=FILE（{run.profile.recording}）"
            if run.profile.recording
            else (f"--profile={run.profile.name} --seed {run.seed}")
        )
        lines.append(f"重跑：pytest --case {subject.case.id} {where}")
    curls = [curl(one, redactor) or f"# {one.call.name}" for one in calls]
    return "\n".join([*lines, "", "逐个重复这些调用（打码之处换成自己的）：", *curls])
