"""Typed clients of the marketing platform, over one `requests` transport."""

from clients.admin import AdminClient
from clients.auth import Anonymous, FixedHeaders, SignIn, TenantSignIn, WechatSignIn
from clients.breaker import Breaker, Stop
from clients.envelope import answer_from
from clients.errors import (
    DataError,
    ExchangeFailure,
    HarnessError,
    HttpError,
    MissingCredential,
    NotAllowed,
    NotJson,
    PlatformFailure,
    ProfileError,
    Refused,
    RunStopped,
    SchemaBroken,
    TimedOut,
    Unreachable,
    WrongEnvelope,
)
from clients.member import MemberClient
from clients.observers import Call, Observer
from clients.pacing import Pauses, SharedPace
from clients.payment_provider import PaymentProvider
from clients.permissions import Effect, Permissions
from clients.redaction import MASK, Redactor
from clients.response import Answer, Attempt, Exchange
from clients.sandbox import SandboxClient
from clients.transport import Limits, Traffic, Transport, new_session
from clients.wsgi import WsgiAdapter

__all__ = [
    "MASK",
    "AdminClient",
    "Anonymous",
    "Answer",
    "Attempt",
    "Breaker",
    "Call",
    "DataError",
    "Effect",
    "Exchange",
    "ExchangeFailure",
    "FixedHeaders",
    "HarnessError",
    "HttpError",
    "Limits",
    "MemberClient",
    "MissingCredential",
    "NotAllowed",
    "NotJson",
    "Observer",
    "Pauses",
    "PaymentProvider",
    "Permissions",
    "PlatformFailure",
    "ProfileError",
    "Redactor",
    "Refused",
    "RunStopped",
    "SandboxClient",
    "SchemaBroken",
    "SharedPace",
    "SignIn",
    "Stop",
    "TenantSignIn",
    "TimedOut",
    "Traffic",
    "Transport",
    "Unreachable",
    "WechatSignIn",
    "WrongEnvelope",
    "WsgiAdapter",
    "answer_from",
    "new_session",
]
