"""Reads a profile: the TOML file, its shape, and the environment variables that it names.

This is the only module that reads the environment; a git-ignored `.env` beside pytest.ini stands behind it.
"""

import re
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from types import MappingProxyType
from typing import Any, TypeVar
from urllib.parse import urlsplit

from dotenv import dotenv_values
from jsonschema.exceptions import ValidationError

from clients import DataError, Limits, MissingCredential, ProfileError, Redactor
from harness.documents import problems, read_json, read_toml
from harness.profile import (
    MAIN_TENANT,
    Allowances,
    Credential,
    Network,
    OneYuanSettings,
    Profile,
    WechatCode,
)

V = TypeVar("V")
_SECRET_PLACES = {"tenants", "tenants_without", "wechat", "payment", "messages", "database", "network"}
_SHARED_LIMITS: Mapping[str, Any] = {"backoff_seconds": 0.5, "stop_after": 10}
"""What a profile of an environment that others use too has, unless it says otherwise."""
_USER_PART = re.compile(".*@")  # of a URL, however broken


def load_profile(
    name_or_path: str, folder: Path, environment: Mapping[str, str], *, needs_main: bool = True
) -> Profile:
    """Read `folder/NAME.toml`, or the file at a path.

    `environment` stands before the project's `.env`. Raises `ProfileError`, or `MissingCredential` when the
    main sign-in is not there and one `needs_main`.
    """
    path = find_profile(name_or_path, folder)
    document = check_profile(path, folder.parent / "profile.schema.json")
    variables = {**_env_file(folder.parent.parent / ".env"), **environment}
    profile = _profile(path, document, variables)
    main = profile.tenants[MAIN_TENANT]
    if needs_main and not main.usable:
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


def find_profile(name_or_path: str, folder: Path) -> Path:
    """The file of a profile, whatever it holds; raises `ProfileError` where there is none."""
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
        return f"{place}: {error.message}{_moved(error)}"
    if error.absolute_path and error.absolute_path[0] in _SECRET_PLACES:
        return f"{place}: not as the example profile has it (data/profiles/example.toml)"
    shown = Redactor().url(_USER_PART.sub("***@", str(error.instance)))
    wanted = f"{error.validator}: {error.validator_value}"
    if isinstance(error.schema, dict) and error.validator == "pattern":
        wanted = error.schema.get("description", wanted)
    return f"{place}: {shown!r} is not a valid value ({wanted})"


def _moved(error: ValidationError) -> str:
    """What of a profile has another place than it had."""
    once = not error.absolute_path and "'may' was unexpected" in error.message
    return "; may.clock is now allow_clock, may.new_members allow_new_members, at the top" if once else ""


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


def _profile(path: Path, document: dict[str, Any], variables: Mapping[str, str | None]) -> Profile:
    urls, settings, wechat = document["urls"], document.get("set", {}), document.get("wechat", {})
    payment, messages = document.get("payment", {}), document.get("messages", {})
    database = document.get("database", {})
    return Profile(
        name=path.stem,
        title=document["title"],
        sandbox=document.get("sandbox", False),
        admin_url=urls["admin"],
        member_url=urls["member"],
        sandbox_url=urls.get("sandbox"),
        limits=_limits(path, document),
        network=_network(path, document.get("network", {}), variables),
        allowed=Allowances(
            write=document.get("allow_write", False),
            payment=document.get("allow_payment", False),
            load=document.get("allow_load", False),
            clock=document.get("allow_clock", False),
            new_members=document.get("allow_new_members", False),
        ),
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


def _limits(path: Path, document: dict[str, Any]) -> Limits:
    given = document.get("limits", {})
    if not document.get("sandbox"):
        return Limits(**{**_SHARED_LIMITS, **given})
    for key in ("requests_per_second", "stop_after"):
        if key in given:
            raise ProfileError(
                f"profile {path}: limits.{key}: the embedded sandbox is shared with nobody "
                "and cannot go away; leave it out"
            )
    return Limits(**given)


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
    names = tuple(entry[key] for key in ("token_env", "code_env") if key in entry)
    code, token = (variables.get(entry.get(key, "")) or None for key in ("code_env", "token_env"))
    return WechatCode(code, names, token)


def _network(path: Path, table: dict[str, str], variables: Mapping[str, str | None]) -> Network:
    """A CA bundle's path counts from the profile's folder; a proxy of the environment may hold a password."""
    variable = table.get("proxy_env")
    proxy = variables.get(variable or "") or None
    if variable is not None and proxy is not None:
        _check_proxy(path, variable, proxy)
    bundle = (path.parent / table["ca_bundle"]).resolve() if "ca_bundle" in table else None
    if bundle is not None and not bundle.is_file():
        raise ProfileError(
            f"profile {path}: network.ca_bundle: there is no file {bundle}; "
            "give the path of a PEM file of certificates, from the profile's folder"
        )
    return Network(proxy, variable, bundle)


def _check_proxy(path: Path, variable: str, proxy: str) -> None:
    try:
        parts = urlsplit(proxy)
        usable = parts.scheme in {"http", "https"} and bool(parts.hostname) and parts.port != 0
    except ValueError:
        usable = False
    if not usable:
        raise ProfileError(
            f"profile {path}: network.proxy_env: the environment variable {variable} holds no "
            "URL of a proxy; it should look like http://user:password@proxy.example.com:3128"
        )


def _frozen(entries: dict[str, V]) -> Mapping[str, V]:
    return MappingProxyType(entries)
