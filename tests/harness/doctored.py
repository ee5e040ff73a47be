"""An environment that the doctor looks over: a profile of its own, and a platform of canned answers."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import jwt
import responses

from clients import Redactor
from harness.doctor.examination import READ_ONLY
from harness.doctor.findings import Finding, State, Subject
from harness.platform import opened
from harness.profile import Profile
from harness.profile_files import load_profile
from tests.harness.projects import Project
from tests.harness.stub_platform import envelope

ROOT = "http://platform.test"
SECRET = "pa55-canary-w0rd"
SIGN_IN = {"DAB_ADMIN_USERNAME": "boss", "DAB_ADMIN_PASSWORD": SECRET}
VIEWER = {"username_env": "DAB_VIEWER_USERNAME", "password_env": "DAB_VIEWER_PASSWORD"}
KEY = "a key of thirty-two bytes or more"


def profile_of(
    folder: Path, environment: Mapping[str, str] = SIGN_IN, *, root: str = ROOT, **changes: Any
) -> Profile:
    project = Project(folder)
    urls = {"urls__admin": f"{root}/dab", "urls__member": f"{root}/clt"}
    project.profile("real", **{**urls, **changes})
    return load_profile("real", folder / "data" / "profiles", environment, needs_main=False)


@contextmanager
def subject_of(profile: Profile, *, use_codes: bool = False) -> Iterator[Subject]:
    careful = replace(profile, allowed=READ_ONLY, limits=replace(profile.limits, retries=0, stop_after=None))
    with opened(careful, None, Redactor(profile.secrets())) as platform:
        yield Subject(profile, platform, use_codes)


def found(
    check: Callable[[Subject], Iterator[Finding]], profile: Profile, *, use_codes: bool = False
) -> list[Finding]:
    with subject_of(profile, use_codes=use_codes) as subject:
        return list(check(subject))


def one(findings: list[Finding], check: str) -> Finding:
    """The only finding of a check."""
    (only,) = [finding for finding in findings if finding.check == check]
    return only


def states(findings: list[Finding]) -> dict[str, State]:
    return {finding.check: finding.state for finding in findings}


def token(**claims: Any) -> str:
    return jwt.encode(claims, KEY, algorithm="HS256")


def signs_in(mock: responses.RequestsMock, given: str, path: str = "dab/tenants/login") -> None:
    key, method = ("token", "POST") if path.startswith("dab") else ("accessToken", "GET")
    mock.add(method, f"{ROOT}/{path}", body=envelope("0", "ok", {key: given}))
