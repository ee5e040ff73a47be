"""What the doctor says of a profile itself, of Python and of the packages: each good and bad."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from harness.doctor.configuration import allowances, variables
from harness.doctor.findings import State
from harness.doctor.versions import packages, versions
from tests.harness.doctored import SECRET, SIGN_IN, VIEWER, found, one, profile_of, states
from tests.harness.projects import PROJECT

ALL_ALLOWED: dict[str, Any] = dict.fromkeys(
    ("allow_write", "allow_payment", "allow_load", "allow_clock", "allow_new_members"), True
)


def test_profile_whose_variables_are_set_lacks_nothing(tmp_path: Path) -> None:
    (only,) = found(variables, profile_of(tmp_path))

    assert only.state is State.OK


@pytest.mark.parametrize("unset", SIGN_IN)
def test_variable_of_the_main_sign_in_is_needed(unset: str, tmp_path: Path) -> None:
    environment = {name: value for name, value in SIGN_IN.items() if name != unset}

    (only,) = found(variables, profile_of(tmp_path, environment))

    assert (only.state, only.found) == (
        State.FAILED,
        f"{unset} is not set (tenants.admin): nothing can run without it",
    )
    assert only.mend == f"export {unset}, or put it into the file .env beside pytest.ini"


def test_every_other_variable_that_is_not_set_is_told_with_its_place(tmp_path: Path) -> None:
    profile = profile_of(
        tmp_path,
        {**SIGN_IN, "DAB_VIEWER_USERNAME": "looker"},
        tenants__viewer=VIEWER,
        tenants_without={"EVENT_VIEW": {"username_env": "DAB_WITHOUT", "password_env": "DAB_WITHOUT_P"}},
        wechat={
            "app_id": "wx1",
            "codes": {"plain": {"code_env": "CLT_PLAIN"}, "staff": {"token_env": "CLT_STAFF"}},
        },
        network={"proxy_env": "DAB_PROXY"},
        payment={"secret_env": "CLT_SECRET"},
        messages={"url_env": "DAB_MQ"},
        database={"url_env": "DAB_ROWS"},
    )

    findings = found(variables, profile)

    assert {finding.state for finding in findings} == {State.WARN}
    assert [finding.found.partition(")")[0] for finding in findings] == [
        "DAB_VIEWER_PASSWORD is not set (tenants.viewer",
        "DAB_WITHOUT is not set (tenants_without.EVENT_VIEW",
        "DAB_WITHOUT_P is not set (tenants_without.EVENT_VIEW",
        "CLT_PLAIN is not set (wechat.codes.plain",
        "CLT_STAFF is not set (wechat.codes.staff",
        "DAB_PROXY is not set (network.proxy_env",
        "CLT_SECRET is not set (payment.secret_env",
        "DAB_MQ is not set (messages.url_env",
        "DAB_ROWS is not set (database.url_env",
    ]
    assert SECRET not in str(findings)


def test_what_is_allowed_is_in_order(tmp_path: Path) -> None:
    assert set(states(found(allowances, profile_of(tmp_path, **ALL_ALLOWED))).values()) == {State.OK}


@pytest.mark.parametrize("key", ALL_ALLOWED)
def test_what_is_not_allowed_says_which_cases_are_skipped(key: str, tmp_path: Path) -> None:
    findings = found(allowances, profile_of(tmp_path, **{**ALL_ALLOWED, key: False}))

    warned = [finding for finding in findings if finding.state is State.WARN and finding.check == key]
    assert "skipped" in warned[0].found
    assert warned[0].mend == f"{key} = true, where that does no harm"


def test_payment_without_writing_is_told(tmp_path: Path) -> None:
    findings = found(allowances, profile_of(tmp_path, **{**ALL_ALLOWED, "allow_write": False}))

    assert findings[-1].found == "a payment is a writing, too, and that is not allowed"


def test_python_and_packages_are_told(tmp_path: Path) -> None:
    findings = found(versions, profile_of(tmp_path))

    assert one(findings, "Python").state is State.OK
    assert one(findings, "packages").found


def test_packages_that_differ_or_are_missing_are_named(tmp_path: Path) -> None:
    pins = tmp_path / "requirements.txt"
    pins.write_text("# --- run\npytest==0.1\nno-such-package==1.0\n\n# --- tools\n", encoding="utf-8")

    finding = packages(pins)

    assert finding.state is State.WARN
    assert finding.found.startswith("2 of 2 differ: pytest ")
    assert "(pinned: 0.1), no-such-package is missing (pinned: 1.0)" in finding.found


def test_packages_of_the_project_are_all_read(tmp_path: Path) -> None:
    text = (PROJECT / "requirements.txt").read_text("utf-8")
    pins = tmp_path / "requirements.txt"
    pins.write_text(text.replace("==", "==0.0."), encoding="utf-8")

    assert packages(pins).found.startswith(f"{text.count('==')} of {text.count('==')} differ")


def test_profile_s_own_allowances_are_told_though_the_doctor_writes_nothing(tmp_path: Path) -> None:
    profile = profile_of(tmp_path)
    frozen = replace(profile, allowed=replace(profile.allowed, write=True))

    assert states(found(allowances, frozen))["allow_write"] is State.OK
