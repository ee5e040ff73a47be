"""What a call is held against: what the platform sees of it, and what it brings."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, NamedTuple

import responses

from clients import (
    AdminClient,
    Answer,
    MemberClient,
    Observer,
    PaymentProvider,
    Permissions,
    SandboxClient,
    SignIn,
    Transport,
)

ROOT = "http://platform.test"
JSON = "application/json"
FORM = "application/x-www-form-urlencoded"
PAYMENT_SECRET = "pay-secret"


@dataclass(frozen=True)
class Clients:
    admin: AdminClient
    member: MemberClient
    sandbox: SandboxClient
    provider: PaymentProvider


class Wire(NamedTuple):
    """What the platform sees. A body is JSON as a Python value, or bytes as they are; `...` is none."""

    call: str
    method: str
    target: str
    body: Any = ...
    content_type: str | None = None


Made = tuple[Callable[[Clients], Answer[Any]], Wire]
"""A call, and how it goes over the wire."""
Calls = dict[str, Made]
"""By the method as a caller writes it, and after a space what is told apart."""


def clients_of(
    *observers: Observer,
    tenant: SignIn | None = None,
    member: SignIn | None = None,
    permissions: Permissions | None = None,
) -> Clients:
    """Clients of the three fronts of a platform at `ROOT`, and its payment provider."""

    def front(path: str, sign_in: SignIn | None = None) -> Transport:
        return Transport(f"{ROOT}/{path}", observers=observers, sign_in=sign_in, permissions=permissions)

    return Clients(
        AdminClient(front("dab", tenant)),
        MemberClient(front("clt", member)),
        SandboxClient(front("_sandbox")),
        PaymentProvider(front("clt"), PAYMENT_SECRET),
    )


def answer_everything(mock: responses.RequestsMock, **answer: Any) -> None:
    """Have any call answered alike; without an `answer`, by a success."""
    for method in ("GET", "POST", "PUT", "DELETE"):
        mock.add(
            method,
            re.compile(f"{ROOT}/.*"),
            **(answer or {"json": {"code": "0", "message": "ok", "data": None}}),
        )
