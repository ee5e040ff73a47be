"""Who signs in, and with what."""

from typing import TypedDict


class Member(TypedDict, total=False):
    id: str
    organizationId: str
    name: str | None
    nickName: str | None
    mobile: str | None
    worker: bool | None
    student: bool | None


class TenantToken(TypedDict):
    token: str


class MemberToken(TypedDict):
    accessToken: str


class SignInNames(TypedDict):
    username: str
    password: str
