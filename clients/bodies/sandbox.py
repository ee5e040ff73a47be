"""What the sandbox's own calls answer."""

from typing import TypedDict

from clients.bodies.people import SignInNames


class ClockReading(TypedDict):
    now: int


class SandboxSeed(TypedDict):
    """What the sandbox starts with: sign-ins by role, tenants that lack one privilege each, WeChat codes."""

    tenants: dict[str, SignInNames]
    withoutPrivilege: dict[str, SignInNames]
    wechatCodes: dict[str, str]
    appId: str
    otherAppId: str
    paymentSecret: str
