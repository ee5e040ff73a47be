"""Typed clients of the marketing platform, over one `requests` transport."""

from clients.admin import AdminClient
from clients.auth import Anonymous, FixedHeaders, SignIn, TenantSignIn, WechatSignIn
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
    SchemaBroken,
    TimedOut,
    Unreachable,
    WrongEnvelope,
)
from clients.member import MemberClient
from clients.observers import Call, Observer
from clients.payment_provider import PaymentProvider
from clients.permissions import Effect, Permissions
from clients.redaction import MASK, Redactor
from clients.response import Answer, Attempt, Exchange
from clients.sandbox import SandboxClient
from clients.transport import Limits, Transport, new_session
from clients.wsgi import WsgiAdapter

__all__ = [
    "MASK",
    "AdminClient",
    "Anonymous",
    "Answer",
    "Attempt",
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
    "PaymentProvider",
    "Permissions",
    "PlatformFailure",
    "ProfileError",
    "Redactor",
    "Refused",
    "SandboxClient",
    "SchemaBroken",
    "SignIn",
    "TenantSignIn",
    "TimedOut",
    "Transport",
    "Unreachable",
    "WechatSignIn",
    "WrongEnvelope",
    "WsgiAdapter",
    "answer_from",
    "new_session",
]
