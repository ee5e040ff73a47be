"""The profile of a replay: what the recording says of its own, with sign-ins that are made up."""

from collections.abc import Mapping
from dataclasses import fields
from datetime import datetime
from decimal import Decimal
from typing import Any

from clients import Limits
from harness.profile import Allowances, Credential, Network, OneYuanSettings, Profile, WechatCode
from harness.recording.files import MEND, Recording, RecordingProblem
from harness.recording.restoring import Secrets
from harness.zone import UTC8

MADE_UP_SECRET = "made-up-payment-secret"  # noqa: S105 - signs what nobody checks


def profile_of(recording: Recording) -> Profile:
    """Named as a replay wherever a report tells of it; raises `RecordingProblem`."""
    header = recording.header
    try:
        return _profile(header["profile"], header, recording)
    except (KeyError, TypeError, ArithmeticError) as error:
        raise RecordingProblem(
            f"{recording.path}: what it says of its profile cannot be used: {error!r}; {MEND}"
        ) from None


def _profile(facts: Mapping[str, Any], header: Mapping[str, Any], recording: Recording) -> Profile:
    secrets, urls, one_yuan = Secrets(header["tokens"]), facts["urls"], facts["one_yuan"]
    recorded = datetime.fromtimestamp(header["started"] / 1000, UTC8).strftime("%Y-%m-%d %H:%M")
    return Profile(
        name=f"replay-of-{facts['name']}",
        title=f"{header['title']}（回放录制 {recording.path.name}）",
        sandbox=facts["sandbox"],
        admin_url=urls["admin"],
        member_url=urls["member"],
        sandbox_url=urls["sandbox"],
        limits=Limits(retries=facts["retries"], resend_on_503=facts["resend_on_503"]),
        network=Network(),
        allowed=Allowances(**{one.name: facts["allowed"][one.name] for one in fields(Allowances)}),
        payment_secret=MADE_UP_SECRET if facts["signs_payments"] else None,
        payment_variable=None,
        tenant_token_hours=facts["tenant_token_hours"],
        member_token_hours=facts["member_token_hours"],
        one_yuan=OneYuanSettings(
            subsidy_min=Decimal(one_yuan["subsidy_min"]),
            subsidy_max=Decimal(one_yuan["subsidy_max"]),
            group_hours=one_yuan["group_hours"],
        ),
        messages_url=None,
        messages_variable=None,
        messages_exchange="",
        database_url=None,
        database_variable=None,
        app_id=facts["app_id"],
        other_app_id=facts["other_app_id"],
        wechat_codes={
            kind: WechatCode(_made_up(code, secrets), token=_made_up(facts["tokens"][kind], secrets))
            for kind, code in facts["codes"].items()
        },
        tenants=_credentials(facts["tenants"], secrets),
        tenants_without=_credentials(facts["tenants_without"], secrets),
        recording=f"{recording.path.name}，录于 {recorded} UTC+8",
    )


def _credentials(known: Mapping[str, Mapping[str, str | None]], secrets: Secrets) -> Mapping[str, Credential]:
    return {
        role: Credential(one["username"], _made_up(one["password"], secrets)) for role, one in known.items()
    }


def _made_up(placeholder: str | None, secrets: Secrets) -> str | None:
    return None if placeholder is None else secrets.text(placeholder)
