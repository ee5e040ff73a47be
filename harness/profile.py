"""A profile: where the platform is, how to sign in, what may be done there. Frozen, and read once.

This is the only module that reads the environment; a git-ignored `.env` beside pytest.ini stands behind it.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from types import MappingProxyType
from typing import Any, TypeVar
from urllib.parse import unquote

from dotenv import dotenv_values
from jsonschema.exceptions import ValidationError

from clients import DataError, Limits, MissingCredential, ProfileError, Redactor
from harness.documents import problems, read_json, read_toml

V = TypeVar("V")
MAIN_TENANT = "admin"
_SECRET_PLACES = {"tenants", "tenants_without", "wechat", "payment", "messages", "database"}
_USER_PART = re.compile(".*@")  # of a URL, however broken


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
    code: str | None = field(repr=False)
    variables: tuple[str, ...] = ()


@dataclass(frozen=True)
class OneYuanSettings:
    """The platform's settings of the one-yuan purchase: bounds of the subsidy (Y-03), hours of a group."""

    subsidy_min: Decimal
    subsidy_max: Decimal
    group_hours: int


@dataclass(frozen=True)
class Profile:
    name: str
    title: str
    sandbox: bool
    admin_url: str
    member_url: str
    sandbox_url: str | None
    limits: Limits
    may_set_clock: bool
    may_make_members: bool
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

    def secrets(self) -> list[str]:
        """What the redactor must know by value; the sandbox's sign-ins are public, everyday words."""
        if self.sandbox:
            return []
        credentials = [*self.tenants.values(), *self.tenants_without.values()]
        values = [credential.password for credential in credentials]
        values += [code.code for code in self.wechat_codes.values()]
        values += [self.payment_secret, self.messages_url, self.database_url]
        urls = [url for url in (self.messages_url, self.database_url) if url is not None]
        values += [unquote(url.rpartition("@")[0].rpartition(":")[2]) for url in urls]
        return [value for value in values if value]


@dataclass(frozen=True)
class Build:
    """The CI's build that this run is a part of; `number` is empty where the CI counts none."""

    system: str
    job: str
    number: str
    url: str


def build_of(environment: Mapping[str, str]) -> Build | None:
    """By the variables of GitHub, GitLab and Jenkins, or of others like it (BUILD_URL); None at a desk."""
    have = environment.get
    github = f"{have('GITHUB_SERVER_URL')}/{have('GITHUB_REPOSITORY')}/actions/runs/{have('GITHUB_RUN_ID')}"
    builds = [
        Build("GitHub", have("GITHUB_WORKFLOW", ""), have("GITHUB_RUN_NUMBER", ""), github),
        Build("GitLab", have("CI_JOB_NAME", ""), have("CI_PIPELINE_IID", ""), have("CI_JOB_URL", "")),
        Build("Jenkins", have("JOB_NAME", ""), have("BUILD_NUMBER", ""), have("BUILD_URL", "")),
    ]
    return next((build for build in builds if build.url.startswith(("http://", "https://"))), None)


def load_profile(name_or_path: str, folder: Path, environment: Mapping[str, str]) -> Profile:
    """Read `folder/NAME.toml`, or the file at a path.

    `environment` stands before the project's `.env`. Raises `ProfileError`, or `MissingCredential` when the
    main sign-in is not there.
    """
    path = _find(name_or_path, folder)
    document = check_profile(path, folder.parent / "profile.schema.json")
    variables = {**_env_file(folder.parent.parent / ".env"), **environment}
    profile = _profile(path.stem, document, variables)
    main = profile.tenants[MAIN_TENANT]
    if not main.usable:
        unset = ", ".join(name for name in main.variables if not variables.get(name))
        raise MissingCredential(
            f"profile {profile.name}: the main sign-in needs the environment variable {unset}, "
            f"which is not set; export it or put it into .env ({path}, tenants.{MAIN_TENANT})"
        )
    return profile


def check_profile(path: Path, schema: Path) -> dict[str, Any]:
    """The content of a profile that has the right shape, whatever the environment; raises `ProfileError`."""
    try:
        document = read_toml(path)
    except DataError as error:
        raise ProfileError(str(error)) from None
    _validate(path, document, schema)
    return document


def _env_file(path: Path) -> Mapping[str, str | None]:
    try:
        return dotenv_values(path, interpolate=False, encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is not UTF-8"
        raise ProfileError(f"{path}: cannot be read: {reason}") from None


def _find(name_or_path: str, folder: Path) -> Path:
    given = Path(name_or_path)
    path = given if given.suffix == ".toml" or len(given.parts) > 1 else folder / f"{name_or_path}.toml"
    if not path.is_file():
        known = ", ".join(sorted(file.stem for file in folder.glob("*.toml")))
        raise ProfileError(
            f"no profile {name_or_path!r}: there is no file {path}; known profiles: {known}. "
            "Name one of them, or give the path of a .toml file"
        )
    return path


def _validate(path: Path, document: dict[str, Any], schema: Path) -> None:
    found = [_told_safely(error) for error in problems(document, read_json(schema))]
    if not found and not document.get("sandbox"):
        found = _inline_secrets(document)
    if found:
        raise ProfileError("\n".join(f"profile {path}: {mistake}" for mistake in found))


def _told_safely(error: ValidationError) -> str:
    """As `told`, but never with a value from a place that may hold a secret."""
    place = ".".join(str(part) for part in error.absolute_path) or "the file"
    if error.validator in {"required", "additionalProperties"} and isinstance(error.instance, dict):
        return f"{place}: {error.message}"
    if error.absolute_path and error.absolute_path[0] in _SECRET_PLACES:
        return f"{place}: not as the example profile has it (data/profiles/example.toml)"
    shown = Redactor().url(_USER_PART.sub("***@", str(error.instance)))
    wanted = f"{error.validator}: {error.validator_value}"
    if isinstance(error.schema, dict) and error.validator == "pattern":
        wanted = error.schema.get("description", wanted)
    return f"{place}: {shown!r} is not a valid value ({wanted})"


def _inline_secrets(document: dict[str, Any]) -> list[str]:
    places = [
        f"{table}.{role}"
        for table in ("tenants", "tenants_without")
        for role, entry in document.get(table, {}).items()
        if "password" in entry
    ]
    codes = document.get("wechat", {}).get("codes", {})
    places += [f"wechat.codes.{kind}" for kind, entry in codes.items() if "code" in entry]
    places += ["payment.secret"] if "secret" in document.get("payment", {}) else []
    mend = "a secret may not stand in a profile; name an environment variable instead"
    return [f"{place}: {mend}" for place in places]


def _profile(name: str, document: dict[str, Any], variables: Mapping[str, str | None]) -> Profile:
    urls, settings, wechat = document["urls"], document.get("set", {}), document.get("wechat", {})
    may, payment = document.get("may", {}), document.get("payment", {})
    messages, database = document.get("messages", {}), document.get("database", {})
    return Profile(
        name=name,
        title=document["title"],
        sandbox=document.get("sandbox", False),
        admin_url=urls["admin"],
        member_url=urls["member"],
        sandbox_url=urls.get("sandbox"),
        limits=Limits(**document.get("limits", {})),
        may_set_clock=may.get("clock", False),
        may_make_members=may.get("new_members", False),
        payment_secret=payment.get("secret") or variables.get(payment.get("secret_env", "")) or None,
        payment_variable=payment.get("secret_env"),
        tenant_token_hours=settings.get("tenant_token_hours", 12),
        member_token_hours=settings.get("member_token_hours", 2),
        one_yuan=OneYuanSettings(
            subsidy_min=Decimal(settings.get("one_yuan_subsidy_min", "3.00")),
            subsidy_max=Decimal(settings.get("one_yuan_subsidy_max", "7.00")),
            group_hours=settings.get("one_yuan_group_hours", 24),
        ),
        messages_url=variables.get(messages.get("url_env", "")) or None,
        messages_variable=messages.get("url_env"),
        messages_exchange=messages.get("exchange", "marketing"),
        database_url=variables.get(database.get("url_env", "")) or None,
        database_variable=database.get("url_env"),
        app_id=wechat.get("app_id"),
        other_app_id=wechat.get("other_app_id"),
        wechat_codes=_frozen(
            {kind: _code(entry, variables) for kind, entry in wechat.get("codes", {}).items()}
        ),
        tenants=_credentials(document["tenants"], variables),
        tenants_without=_credentials(document.get("tenants_without", {}), variables),
    )


def _credentials(table: dict[str, Any], variables: Mapping[str, str | None]) -> Mapping[str, Credential]:
    return _frozen({role: _credential(entry, variables) for role, entry in table.items()})


def _credential(entry: dict[str, str], variables: Mapping[str, str | None]) -> Credential:
    if "username" in entry:
        return Credential(entry["username"], entry["password"])
    names = (entry["username_env"], entry["password_env"])
    username, password = (variables.get(name) or None for name in names)
    return Credential(username, password, names)


def _code(entry: dict[str, str], variables: Mapping[str, str | None]) -> WechatCode:
    if "code" in entry:
        return WechatCode(entry["code"])
    return WechatCode(variables.get(entry["code_env"]) or None, (entry["code_env"],))


def _frozen(entries: dict[str, V]) -> Mapping[str, V]:
    return MappingProxyType(entries)
