"""The findings as a table for a terminal, and as JSON for a machine."""

from collections import Counter
from collections.abc import Iterator, Sequence

from harness.doctor.findings import Finding, State
from harness.showing import printable, readable_json

_SENTENCES = {
    0: "nothing stands in the way of a run",
    1: "a check failed",
    10: "the platform is not reachable",
}


def table(findings: Sequence[Finding], code: int) -> Iterator[str]:
    """A line for each check: state, check, what was found; below it the mend."""
    width = max(len(finding.check) for finding in findings)
    for finding in findings:
        yield f"{finding.state.value:<7}  {finding.check:<{width}}  {printable(finding.found)}".rstrip()
        if finding.mend:
            yield f"{'':<7}  {'':<{width}}  -> {printable(finding.mend)}"
    counted = Counter(finding.state for finding in findings)
    figures = ", ".join(f"{counted[state]} {state.value}" for state in State if counted[state])
    yield f"{_SENTENCES[code]}: {figures} (exit code {code})"


def document(profile: str, findings: Sequence[Finding], code: int) -> str:
    checks = [
        {"check": one.check, "state": one.state.value, "found": one.found, "mend": one.mend}
        for one in findings
    ]
    return readable_json({"profile": profile, "exit": code, "checks": checks})
