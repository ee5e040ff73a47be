"""What the doctor says of both fronts: whether they answer as the platform does, and of its clock."""

import time
from collections.abc import Iterator
from email.utils import formatdate
from pathlib import Path
from typing import Any

import pytest
import requests
import responses

from harness.doctor.findings import ADMIN, MEMBER, Finding, State
from harness.doctor.fronts import fronts, skewed
from tests.harness.doctored import ROOT, found, one, profile_of, subject_of
from tests.harness.stub_platform import LOGIN_PAGE, envelope

REFUSED = envelope("401", "未登录")
PATHS = {ADMIN: f"{ROOT}/dab/channel/list", MEMBER: f"{ROOT}/clt/members"}


@pytest.fixture
def mock() -> Iterator[responses.RequestsMock]:
    with responses.RequestsMock(assert_all_requests_are_fired=False) as mock:
        yield mock


def answers(mock: responses.RequestsMock, *, ahead: float | None = 0, **front: Any) -> None:
    """Both fronts answer nobody with a refusal, or as is said of one; by a clock so many seconds ahead."""
    headers = {"Server": "nginx"}
    if ahead is not None:
        headers["Date"] = formatdate(time.time() + ahead, usegmt=True)
    for name, url in PATHS.items():
        mock.get(url, **front.get(name, {"body": REFUSED, "status": 401, "headers": headers}))


def test_refusal_of_nobody_is_an_answer_of_the_platform(mock: responses.RequestsMock, tmp_path: Path) -> None:
    answers(mock)

    findings = found(fronts, profile_of(tmp_path))

    assert {finding.state for finding in findings} == {State.OK}
    said = one(findings, "admin front").found
    assert said.startswith(f"{PATHS[ADMIN]} answers as the platform does, in ")
    assert said.endswith("(server: nginx)")
    assert {call.request.method for call in mock.calls} == {"GET"}


@pytest.mark.parametrize("front", [ADMIN, MEMBER])
@pytest.mark.parametrize(
    ("answer", "says", "mend"),
    [
        ({"body": LOGIN_PAGE}, "答复不是 JSON：GET ", "is not the platform"),
        ({"body": "{}"}, "答复信封不符（C-01）：GET ", "is not the platform"),
        ({"body": "", "status": 502}, "HTTP 状态异常：GET ", "is not the platform"),
        (
            {"body": requests.ConnectionError("cut")},
            "平台不可达：GET ",
            "whether the platform is up, and [network]",
        ),
        ({"body": requests.ReadTimeout("late")}, "平台超时未答：GET ", "limits.read_seconds"),
    ],
    ids=["login page", "no envelope", "bad gateway", "broken", "late"],
)
def test_front_that_does_not_answer_as_the_platform_is_not_reachable(
    front: str, answer: dict[str, Any], says: str, mend: str, mock: responses.RequestsMock, tmp_path: Path
) -> None:
    given: dict[str, Any] = {front: answer}
    answers(mock, **given)

    with subject_of(profile_of(tmp_path)) as subject:
        finding = one(list(fronts(subject)), f"{front} front")

    assert finding.state is State.FAILED
    assert finding.found.startswith(says)
    assert mend in finding.mend
    assert subject.unreachable == {front}


def test_front_without_a_connection_is_not_called(mock: responses.RequestsMock, tmp_path: Path) -> None:
    answers(mock)

    with subject_of(profile_of(tmp_path)) as subject:
        subject.unreachable.add(ADMIN)
        finding = one(list(fronts(subject)), "admin front")

    assert finding.state is State.SKIPPED
    assert {call.request.url for call in mock.calls} == {PATHS[MEMBER]}


def clock(mock: responses.RequestsMock, folder: Path, ahead: float | None) -> tuple[Finding, float]:
    answers(mock, ahead=ahead)
    with subject_of(profile_of(folder)) as subject:
        return one(list(fronts(subject)), "platform clock"), subject.skew_seconds


@pytest.mark.parametrize("ahead", [-3600, 3600])
def test_clock_that_is_far_off_is_a_warning(
    ahead: float, mock: responses.RequestsMock, tmp_path: Path
) -> None:
    finding, skew = clock(mock, tmp_path, ahead)

    assert finding.state is State.WARN
    assert skew == pytest.approx(ahead, abs=60)


def test_clock_of_an_answer_without_a_date_is_not_known(mock: responses.RequestsMock, tmp_path: Path) -> None:
    finding, skew = clock(mock, tmp_path, None)

    assert (finding.state, skew) == (State.SKIPPED, 0)


@pytest.mark.parametrize(
    ("least", "most", "state"),
    [
        (-0.2, 0.8, State.OK),
        (4.9, 5.9, State.OK),
        (-5.9, -4.9, State.OK),
        (5.1, 6.1, State.WARN),
        (-6.1, -5.1, State.WARN),
        (-30, 30, State.OK),
    ],
)
def test_clock_is_off_only_where_it_is_so_at_least(least: float, most: float, state: State) -> None:
    assert skewed("clock", least, most).state is state
