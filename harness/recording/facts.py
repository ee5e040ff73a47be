"""What a recording's first line says of the profile: all that a run depends on, and no secret."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from harness.profile import Credential, Profile
from harness.recording.masking import Masker


def facts_of(profile: Profile, masker: Masker) -> dict[str, Any]:
    """A secret stands as the placeholder that it has in the exchanges, one that is not set as null."""
    sandbox = profile.sandbox_url
    settings = asdict(profile.one_yuan)
    return {
        "name": profile.name,
        "sandbox": profile.sandbox,
        "urls": {
            "admin": masker.path(profile.admin_url),
            "member": masker.path(profile.member_url),
            "sandbox": masker.path(sandbox) if sandbox is not None else None,
        },
        "retries": profile.limits.retries,
        "resend_on_503": profile.limits.resend_on_503,
        "allowed": asdict(profile.allowed),
        "signs_payments": profile.payment_secret is not None,
        "tenant_token_hours": profile.tenant_token_hours,
        "member_token_hours": profile.member_token_hours,
        "one_yuan": {
            name: value if isinstance(value, int) else str(value) for name, value in settings.items()
        },
        "app_id": profile.app_id,
        "other_app_id": profile.other_app_id,
        "codes": {kind: _hidden(found.code, masker) for kind, found in profile.wechat_codes.items()},
        "tokens": {kind: _hidden(found.token, masker) for kind, found in profile.wechat_codes.items()},
        "tenants": _credentials(profile.tenants, masker),
        "tenants_without": _credentials(profile.tenants_without, masker),
    }


def _credentials(known: Mapping[str, Credential], masker: Masker) -> dict[str, Any]:
    return {
        role: {
            "username": masker.text(one.username) if one.username is not None else None,
            "password": _hidden(one.password, masker),
        }
        for role, one in known.items()
    }


def _hidden(secret: str | None, masker: Masker) -> str | None:
    return masker.hidden(secret) if secret is not None else None
