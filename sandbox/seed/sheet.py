"""What the sandbox tells about its seed, so that whoever tests need not know it by heart."""

from typing import Any, Final

from sandbox.rules.tenants import Privilege
from sandbox.settings import APP_ID, OTHER_APP_ID, PASSWORD, PAYMENT_SECRET, WECHAT_CODES

ADMIN: Final = "admin"
VIEWER: Final = "viewer"
OTHER: Final = "other"


def username_without(privilege: Privilege) -> str:
    return f"without_{privilege.lower()}"


def seed_sheet() -> dict[str, Any]:
    return {
        "tenants": {username: _sign_in(username) for username in (ADMIN, VIEWER, OTHER)},
        "withoutPrivilege": {privilege: _sign_in(username_without(privilege)) for privilege in Privilege},
        "wechatCodes": {code: code for code in WECHAT_CODES},
        "appId": APP_ID,
        "otherAppId": OTHER_APP_ID,
        "paymentSecret": PAYMENT_SECRET,
    }


def _sign_in(username: str) -> dict[str, str]:
    return {"username": username, "password": PASSWORD}
