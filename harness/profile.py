"""A profile: where the platform is, how to sign in, what may be done there. Frozen, and read once."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from urllib.parse import unquote

from clients import Limits

MAIN_TENANT = "admin"


@dataclass(frozen=True)
class Credential:
    """How one caller signs in. A value is None while its environment variable (in `variables`) is unset."""

    username: str | None
    password: str | None = field(repr=False)
    variables: tuple[str, ...] = ()

    @property
    def usable(self) -> bool:
        return self.username is not None and self.password is not None


@dataclass(frozen=True)
class WechatCode:
    """How a member signs in: by a WeChat code, or by a token of the mini-program in its place."""

    code: str | None = field(repr=False)
    variables: tuple[str, ...] = ()
    token: str | None = field(default=None, repr=False)


@dataclass(frozen=True)
class Allowances:
    """What may be done: write, pay, send many calls at once, set the clock, make new members."""

    write: bool
    payment: bool
    load: bool
    clock: bool
    new_members: bool


@dataclass(frozen=True)
class Network:
    """How the platform is reached; `proxy` is a URL that may hold a password, `ca_bundle` a PEM file."""

    proxy: str | None = field(default=None, repr=False)
    proxy_variable: str | None = None
    ca_bundle: Path | None = None


@dataclass(frozen=True)
class OneYuanSettings:
    """The platform's settings of the one-yuan purchase: bounds of the subsidy (Y-03), hours of a group."""

    subsidy_min: Decimal
    subsidy_max: Decimal
    group_hours: int


@dataclass(frozen=True)
class Profile:
    """`recording` names the recording from which all calls are answered, in place of a platform."""

    name: str
    title: str
    sandbox: bool
    admin_url: str
    member_url: str
    sandbox_url: str | None
    limits: Limits
    network: Network
    allowed: Allowances
    payment_secret: str | None = field(repr=False)
    payment_variable: str | None
    tenant_token_hours: int
    member_token_hours: int
    one_yuan: OneYuanSettings
    messages_url: str | None = field(repr=False)
    messages_variable: str | None
    messages_exchange: str
    database_url: str | None = field(repr=False)
    database_variable: str | None
    app_id: str | None
    other_app_id: str | None
    wechat_codes: Mapping[str, WechatCode]
    tenants: Mapping[str, Credential]
    tenants_without: Mapping[str, Credential]
    recording: str | None = None

    def secrets(self) -> list[str]:
        """What the redactor must know by value; the sandbox's sign-ins are public, everyday words."""
        if self.sandbox:
            return []
        credentials = [*self.tenants.values(), *self.tenants_without.values()]
        values = [credential.password for credential in credentials]
        values += [value for code in self.wechat_codes.values() for value in (code.code, code.token)]
        urls = [
            url for url in (self.messages_url, self.database_url, self._secret_proxy()) if url is not None
        ]
        values += [self.payment_secret, *urls]
        values += [unquote(url.rpartition("@")[0].rpartition(":")[2]) for url in urls]
        return [value for value in values if value]

    def _secret_proxy(self) -> str | None:
        proxy = self.network.proxy
        return proxy if proxy is not None and "@" in proxy else None
