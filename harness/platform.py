"""The platform under test: opens the profile's, or starts the embedded sandbox (the only place that does)."""

from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlsplit

import requests
from sqlalchemy import URL

from clients import (
    AdminClient,
    Anonymous,
    FixedHeaders,
    HarnessError,
    MemberClient,
    Observer,
    PaymentProvider,
    Permissions,
    Redactor,
    SandboxClient,
    SignIn,
    TenantSignIn,
    Traffic,
    Transport,
    WechatSignIn,
    WsgiAdapter,
    new_session,
)
from harness.brokers import Exchange
from harness.profile import MAIN_TENANT, Credential, Network, Profile, WechatCode
from harness.services import scratch_database
from harness.traffic import traffic_of

OTHER_TENANT = "other"
NEW_MEMBER = "new-"
"""What the WeChat codes of members begin with that cases make for themselves."""


class Unavailable(HarnessError):
    """A caller that this profile does not have; the message is the (Chinese) reason of a skip."""


class Platform:
    """Clients of both fronts, one for each caller; a caller signs in once and is kept.

    `database_url` is where its rows can be read, or None.
    """

    def __init__(
        self,
        profile: Profile,
        session: requests.Session,
        redactor: Redactor,
        observers: Iterable[Observer],
        *,
        database_url: str | None = None,
        traffic: Traffic | None = None,
    ) -> None:
        self.profile = profile
        self._traffic = traffic
        self.database_url = database_url
        self.redactor = redactor
        self._session = session
        self._observers = tuple(observers)
        self.console = AdminClient(self._transport(profile.admin_url))
        self.mini_program = MemberClient(self._transport(profile.member_url))
        self._sandbox = SandboxClient(self._transport(profile.sandbox_url)) if profile.sandbox_url else None
        self._tenants: dict[str, AdminClient] = {}
        self._members: dict[str, MemberClient] = {}

    @property
    def sandbox(self) -> SandboxClient:
        if self._sandbox is None:
            raise Unavailable(f"环境 {self.profile.title} 不是沙箱，没有 /_sandbox")
        return self._sandbox

    def tenant(self, role: str = MAIN_TENANT) -> AdminClient:
        """The console as `admin`, `viewer` or `other` (another organization)."""
        if role not in self._tenants:
            self._tenants[role] = self.console.signed_in(self.tenant_sign_in(role))
        return self._tenants[role]

    def tenant_sign_in(self, role: str = MAIN_TENANT, *, header: str = "X-Token") -> SignIn:
        return _tenant_sign_in(role, self.profile.tenants.get(role), self.profile, header)

    def tenant_without(self, privilege: str) -> AdminClient:
        """The console as a tenant with every privilege but one (A-03)."""
        actor = f"without {privilege}"
        if actor not in self._tenants:
            credential = self.profile.tenants_without.get(privilege)
            sign_in = _tenant_sign_in(actor, credential, self.profile, "X-Token")
            self._tenants[actor] = self.console.signed_in(sign_in)
        return self._tenants[actor]

    def may_delete_rows_of(self, actor: str) -> AdminClient:
        """A tenant of the actor's organization that may delete."""
        return self.tenant(OTHER_TENANT if actor == OTHER_TENANT else MAIN_TENANT)

    def member(self, kind: str = "plain") -> MemberClient:
        """The mini-program as a `plain` member, a `staff` member or a `student`."""
        if kind not in self._members:
            sign_in = _member_sign_in(kind, self.profile.wechat_codes.get(kind), self.profile)
            self._members[kind] = self.mini_program.signed_in(sign_in)
        return self._members[kind]

    def new_member(self, name: str, *, of_other_organization: bool = False) -> MemberClient:
        """The mini-program as a member that nobody has been before; `name` tells it from others."""
        profile = self.profile
        app_id = profile.other_app_id if of_other_organization else profile.app_id
        if of_other_organization and app_id is None:
            raise Unavailable(f"环境 {profile.title} 没有第二个组织的小程序（wechat.other_app_id）")
        if app_id is None or not profile.allowed.new_members:
            raise Unavailable(f"环境 {profile.title} 不允许用例新建会员（allow_new_members）")
        return self.mini_program.signed_in(WechatSignIn(f"member {name}", app_id, f"{NEW_MEMBER}{name}"))

    @property
    def payment_provider(self) -> PaymentProvider:
        """The payment provider, as far as its callbacks go."""
        profile = self.profile
        if profile.payment_secret is None:
            variables = (profile.payment_variable,) if profile.payment_variable else ()
            raise Unavailable(_missing("支付通知的签名密钥", variables, profile))
        transport = self.mini_program.transport.signed_in(Anonymous(actor="payment provider"))
        return PaymentProvider(transport, profile.payment_secret)

    def _transport(self, base_url: str) -> Transport:
        return Transport(
            base_url,
            session=self._session,
            limits=self.profile.limits,
            redactor=self.redactor,
            observers=self._observers,
            sign_in=Anonymous(),
            permissions=Permissions(self.profile.allowed.write, self.profile.allowed.payment),
            traffic=self._traffic,
        )


@contextmanager
def opened(
    profile: Profile,
    sandbox_mode: str | None,
    redactor: Redactor,
    observers: Iterable[Observer] = (),
    *,
    database: URL | None = None,
    exchange: Exchange | None = None,
    faults: Iterable[str] = (),
    changes: Iterable[str] = (),
    shared: Path | None = None,
) -> Iterator[Platform]:
    """The platform of a profile, ready to be called; what was started is stopped at the end.

    The sandbox keeps its rows in a scratch database beside `database` (raises `ServiceMissing` where there
    is no such server), publishes its messages to `exchange`, has the seeded defects that `faults` name,
    and answers with the seeded differences of a release that `changes` name.
    Calls to a real environment keep to the profile's limits, together with all that use the folder `shared`.
    """
    with ExitStack() as stack:
        if sandbox_mode is None or profile.recording is not None:
            session = stack.enter_context(new_session())
            _connect(session, profile.network)
            traffic = stack.enter_context(traffic_of(profile.limits, shared))
            rows = profile.database_url
            yield Platform(profile, session, redactor, observers, database_url=rows, traffic=traffic)
        else:
            kept_in = stack.enter_context(scratch_database(database)) if database is not None else None
            session, at, rows = stack.enter_context(
                _sandbox(profile, sandbox_mode, kept_in, exchange, tuple(faults), tuple(changes))
            )
            yield Platform(_moved(profile, at), session, redactor, observers, database_url=rows)


@contextmanager
def _sandbox(
    profile: Profile,
    mode: str,
    database: str | None,
    exchange: Exchange | None,
    faults: tuple[str, ...],
    changes: tuple[str, ...],
) -> Iterator[tuple[requests.Session, str, str]]:
    """Its session, the URL below which it answers, and that of its database."""
    import sandbox  # here alone: a run on a real environment does not load it

    at = _root(profile.admin_url)
    messages, name = (exchange.url, exchange.name) if exchange is not None else (None, "")
    with sandbox.running(database, messages=messages, exchange=name, faults=faults, changes=changes) as app:
        if mode == "inprocess":
            with new_session(WsgiAdapter(app), at) as session:
                yield session, at, app.database_url
        else:
            with sandbox.serving(app) as url, new_session() as session:
                _wait_until_answering(session, f"{url}/_sandbox/clock", profile.limits.connect_seconds)
                yield session, url, app.database_url


def check_faults(names: Iterable[str]) -> None:
    """Raises `HarnessError` for a name that is no seeded defect of the sandbox."""
    if wanted := tuple(names):
        import sandbox  # only a run that asks for a defect needs it so early

        try:
            sandbox.faults_named(wanted)
        except sandbox.UnknownFaultError as error:
            raise HarnessError(str(error)) from None


def check_changes(names: Iterable[str]) -> None:
    """Raises `HarnessError` for a name that is no seeded difference of a release."""
    if wanted := tuple(names):
        import sandbox  # likewise

        try:
            sandbox.changes_named(wanted)
        except sandbox.UnknownChangeError as error:
            raise HarnessError(str(error)) from None


def _wait_until_answering(session: requests.Session, url: str, seconds: float) -> None:
    """Ask once: the listening socket queues the call until the server takes it, so no waiting by time."""
    try:
        session.get(url, timeout=(seconds, 30)).raise_for_status()
    except requests.RequestException as error:
        raise HarnessError(f"the sandbox does not answer at {url}: {error}") from None


def _moved(profile: Profile, root: str) -> Profile:
    """The profile with its URLs below the place where the sandbox really listens."""
    return replace(
        profile,
        admin_url=_below(root, profile.admin_url),
        member_url=_below(root, profile.member_url),
        sandbox_url=_below(root, profile.sandbox_url) if profile.sandbox_url else None,
    )


def _root(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"


def _below(root: str, url: str) -> str:
    return root.rstrip("/") + urlsplit(url).path


def _connect(session: requests.Session, network: Network) -> None:
    if network.proxy is not None:
        session.proxies = {"http": network.proxy, "https": network.proxy}
    if network.ca_bundle is not None:
        session.verify = str(network.ca_bundle)


def _member_sign_in(kind: str, found: WechatCode | None, profile: Profile) -> SignIn:
    actor = f"member {kind}"
    if profile.app_id is not None and found is not None:
        if found.token is not None:
            return FixedHeaders({"X-Wx-Appid": profile.app_id, "accessToken": found.token}, actor)
        if found.code is not None:
            return WechatSignIn(actor, profile.app_id, found.code)
    raise Unavailable(_missing(f"微信登录码 {kind}", found.variables if found else (), profile))


def _tenant_sign_in(actor: str, credential: Credential | None, profile: Profile, header: str) -> SignIn:
    if credential is None or credential.username is None or credential.password is None:
        raise Unavailable(_missing(f"租户 {actor}", credential.variables if credential else (), profile))
    return TenantSignIn(actor, credential.username, credential.password, header=header)


def messages_missing(profile: Profile) -> str:
    """Why the profile's message queue cannot be read."""
    variables = (profile.messages_variable,) if profile.messages_variable else ()
    return _missing("消息队列的地址", variables, profile)


def database_missing(profile: Profile) -> str:
    """Why the profile's database cannot be read."""
    variables = (profile.database_variable,) if profile.database_variable else ()
    return _missing("数据库的地址", variables, profile)


def _missing(what: str, variables: tuple[str, ...], profile: Profile) -> str:
    how = f"未设置环境变量 {', '.join(variables)}" if variables else "配置中没有"
    return f"环境 {profile.title} 缺少{what}（{how}）"
