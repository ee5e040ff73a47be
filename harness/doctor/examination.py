"""All checks in their order, and the exit code that they come to."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from clients import Redactor
from harness.doctor.configuration import allowances, shape, variables
from harness.doctor.databases import database, messages
from harness.doctor.findings import Check, Finding, State, Subject
from harness.doctor.fronts import fronts
from harness.doctor.network import network
from harness.doctor.privileges import privileges
from harness.doctor.sign_ins import members, tenants
from harness.doctor.versions import versions
from harness.platform import opened
from harness.profile import Allowances, Profile
from harness.traffic import PLATFORM_UNREACHABLE

CHECKS: Final[tuple[Check, ...]] = (
    versions,
    shape,
    variables,
    network,
    fronts,
    tenants,
    members,
    privileges,
    allowances,
    database,
    messages,
)
READ_ONLY: Final = Allowances(write=False, payment=False, load=False, clock=False, new_members=False)
A_CHECK_FAILED: Final = 1


def examined(profile: Profile, *, use_codes: bool = False) -> tuple[list[Finding], int]:
    """What was found, redacted, and the exit code. Only reading calls leave, each once."""
    redactor = Redactor(profile.secrets())
    careful = replace(profile, allowed=READ_ONLY, limits=replace(profile.limits, retries=0, stop_after=None))
    with opened(careful, "inprocess" if profile.sandbox else None, redactor) as platform:
        subject = Subject(profile, platform, use_codes)
        findings = [finding for check in CHECKS for finding in check(subject)]
    masked = [_masked(finding, redactor) for finding in findings]
    return masked, exit_code(masked, is_unreachable=bool(subject.unreachable))


def exit_code(findings: Sequence[Finding], *, is_unreachable: bool = False) -> int:
    if is_unreachable:
        return PLATFORM_UNREACHABLE
    return A_CHECK_FAILED if any(finding.state is State.FAILED for finding in findings) else 0


def _masked(finding: Finding, redactor: Redactor) -> Finding:
    """Also what was learnt since, the tokens of the sign-ins."""
    return replace(finding, found=redactor.text(finding.found), mend=redactor.text(finding.mend))
