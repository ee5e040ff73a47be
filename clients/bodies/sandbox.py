"""What the sandbox's own calls answer."""

from typing import Any, TypedDict

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


class SeededFault(TypedDict):
    """A defect that the sandbox can be made to have; `rules` are those that it breaks."""

    name: str
    rules: list[str]
    description: str
    on: bool


class PublishedMessage(TypedDict):
    """A message that the sandbox has put on its queue."""

    id: str
    topic: str
    body: dict[str, Any]
