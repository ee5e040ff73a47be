"""What the lines come to: one judgement, one exit code."""

from collections.abc import Sequence
from dataclasses import dataclass

from harness.gate.lines import Judgement, Line, Subject, lines_of_quality, lines_of_trust
from harness.gate.results import CaseResult

PASSED, BROKEN, UNTRUSTED = 0, 1, 11


@dataclass(frozen=True)
class Verdict:
    """The table's lines, and the cases that failed and are not in quarantine."""

    lines: Sequence[Line]
    failed: Sequence[CaseResult]

    @property
    def judgement(self) -> Judgement:
        given = {line.judgement for line in self.lines}
        worst_first = (Judgement.UNTRUSTED, Judgement.BROKEN)
        return next((judgement for judgement in worst_first if judgement in given), Judgement.HOLDS)

    @property
    def code(self) -> int:
        codes = {Judgement.HOLDS: PASSED, Judgement.BROKEN: BROKEN, Judgement.UNTRUSTED: UNTRUSTED}
        return codes[self.judgement]

    @property
    def broken_lines(self) -> list[str]:
        """The lines that decide: where the run cannot be trusted, those that say so."""
        worst = self.judgement
        return [line.name for line in self.lines if line.judgement is worst is not Judgement.HOLDS]


def judged(subject: Subject) -> Verdict:
    lines = [*lines_of_trust(subject), *lines_of_quality(subject)]
    return Verdict(lines, [case for case in subject.blocking if case.failed])
