"""Profiles: what is wrong is told with its place and mend, and a secret is never shown."""

import dataclasses
import re
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from clients import HarnessError, Limits, MissingCredential, ProfileError, Redactor
from harness.profile import Profile
from harness.profile_files import check_profile, load_profile
from tests.harness.projects import PROJECT, Project

SECRET = "pa55-canary-w0rd"
SIGN_IN = {"DAB_ADMIN_USERNAME": "boss", "DAB_ADMIN_PASSWORD": SECRET}


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return Project(tmp_path)


def loaded(project: Project, name: str = "real", environment: dict[str, str] | None = None) -> Profile:
    return load_profile(
        name, project.root / "data" / "profiles", SIGN_IN if environment is None else environment
    )


def refusal(project: Project, name: str = "real", environment: dict[str, str] | None = None) -> str:
    with pytest.raises(HarnessError) as refused:
        loaded(project, name, environment)
    assert isinstance(refused.value, ProfileError | MissingCredential)
    return str(refused.value)


def test_profile_signs_in_by_the_environment(project: Project) -> None:
    project.profile("real")

    profile = loaded(project)

    assert (profile.name, profile.title, profile.sandbox) == ("real", "预发环境", False)
    assert profile.tenants["admin"].username == "boss"
    assert profile.tenants["admin"].password == SECRET
    assert profile.secrets() == [SECRET]


def test_profile_left_short_has_the_contract_s_values(project: Project) -> None:
    project.profile("real")

    profile = loaded(project)

    assert profile.limits == Limits(backoff_seconds=0.5, stop_after=10)
    assert (profile.tenant_token_hours, profile.member_token_hours) == (12, 2)
    assert (profile.app_id, profile.sandbox_url, dict(profile.wechat_codes)) == (None, None, {})


def test_profile_may_stand_anywhere(project: Project, tmp_path: Path) -> None:
    path = project.profile("real").rename(tmp_path / "elsewhere.toml")

    assert loaded(project, str(path)).name == "elsewhere"


def test_profile_is_frozen(project: Project) -> None:
    project.profile("real")
    profile: Any = loaded(project)

    with pytest.raises(dataclasses.FrozenInstanceError):
        profile.title = "别的"
    with pytest.raises(TypeError):
        profile.tenants["viewer"] = None


def test_profile_s_repr_hides_passwords_and_codes(project: Project) -> None:
    project.profile("real", wechat={"app_id": "wx1", "codes": {"plain": {"code_env": "CLT_CODE"}}})

    profile = loaded(project, environment={**SIGN_IN, "CLT_CODE": "code-canary"})

    assert profile.wechat_codes["plain"].code == "code-canary"
    assert profile.secrets() == [SECRET, "code-canary"]
    assert SECRET not in repr(profile)
    assert "code-canary" not in repr(profile)


def test_env_file_stands_behind_the_environment(project: Project) -> None:
    project.profile("real")
    project.write(".env", "DAB_ADMIN_USERNAME=from_file\nDAB_ADMIN_PASSWORD='from ${file} #1'\n")

    profile = loaded(project, environment={"DAB_ADMIN_USERNAME": "from_environment"})

    assert profile.tenants["admin"].username == "from_environment"
    assert profile.tenants["admin"].password == "from ${file} #1"


def test_env_file_that_is_no_text_is_told(project: Project) -> None:
    project.profile("real")
    (project.root / ".env").write_bytes(b"DAB_ADMIN_USERNAME=\xff\xfe")

    assert f"{project.root / '.env'}: cannot be read" in refusal(project)


def test_profile_allows_nothing_that_it_does_not_name(project: Project) -> None:
    project.profile("real", allow_write=None, allow_payment=None)

    assert not any(dataclasses.asdict(loaded(project).allowed).values())


@pytest.mark.parametrize("name", ["write", "payment", "load", "clock", "new_members"])
@pytest.mark.parametrize("allowed", [True, False])
def test_profile_allows_one_thing_by_itself(project: Project, name: str, allowed: bool) -> None:
    nothing = {"allow_write": False, "allow_payment": False}
    project.profile("real", **{**nothing, f"allow_{name}": allowed})

    found = dataclasses.asdict(loaded(project).allowed)

    assert found.pop(name) is allowed
    assert not any(found.values())


def test_place_where_permissions_once_stood_is_told_with_the_new_one(project: Project) -> None:
    project.profile("real", may__clock=False)

    assert refusal(project).endswith(
        "; may.clock is now allow_clock, may.new_members allow_new_members, at the top"
    )


def test_member_token_stands_in_place_of_a_code(project: Project) -> None:
    project.profile("real", wechat={"app_id": "wx1", "codes": {"plain": {"token_env": "CLT_TOKEN"}}})

    profile = loaded(project, environment={**SIGN_IN, "CLT_TOKEN": "token-canary"})

    assert (profile.wechat_codes["plain"].token, profile.wechat_codes["plain"].code) == ("token-canary", None)
    assert profile.secrets() == [SECRET, "token-canary"]
    assert "token-canary" not in repr(profile)


def test_proxy_with_a_password_stands_in_the_environment(project: Project) -> None:
    project.profile("real", network={"proxy_env": "DAB_PROXY"})

    profile = loaded(
        project, environment={**SIGN_IN, "DAB_PROXY": "http://me:proxy%40canary@proxy.test:3128"}
    )

    assert profile.network.proxy == "http://me:proxy%40canary@proxy.test:3128"
    assert "canary" not in repr(profile)
    assert Redactor(profile.secrets()).text("proxy@canary refused") == "*** refused"


@pytest.mark.parametrize("value", ["proxy.test:3128", "socks9://proxy.test", "http://:3128", "http://[::1"])
def test_proxy_that_is_no_url_is_told_by_its_variable(project: Project, value: str) -> None:
    path = project.profile("real", network={"proxy_env": "DAB_PROXY"})

    message = refusal(project, environment={**SIGN_IN, "DAB_PROXY": value})

    assert message.startswith(
        f"profile {path}: network.proxy_env: the environment variable DAB_PROXY holds no URL"
    )
    assert value not in message


def test_proxy_without_a_password_is_no_secret(project: Project) -> None:
    project.profile("real", network={"proxy_env": "DAB_PROXY"})

    profile = loaded(project, environment={**SIGN_IN, "DAB_PROXY": "http://proxy.test:3128"})

    assert (profile.network.proxy, profile.secrets()) == ("http://proxy.test:3128", [SECRET])


def test_ca_bundle_counts_from_the_profile(project: Project) -> None:
    project.write("data/profiles/ca.pem", "x")
    project.profile("real", network={"ca_bundle": "ca.pem"})

    assert loaded(project).network.ca_bundle == project.root / "data" / "profiles" / "ca.pem"


def test_ca_bundle_that_is_not_there_is_told(project: Project) -> None:
    path = project.profile("real", network={"ca_bundle": "ca.pem"})

    assert refusal(project) == (
        f"profile {path}: network.ca_bundle: there is no file {path.parent / 'ca.pem'}; "
        "give the path of a PEM file of certificates, from the profile's folder"
    )


def test_payment_secret_stands_in_the_environment(project: Project) -> None:
    project.profile("real", payment__secret_env="CLT_PAY_SECRET")

    profile = loaded(project, environment={**SIGN_IN, "CLT_PAY_SECRET": "pay-canary"})

    assert (profile.payment_secret, profile.payment_variable) == ("pay-canary", "CLT_PAY_SECRET")
    assert profile.secrets() == [SECRET, "pay-canary"]
    assert Redactor(profile.secrets()).text("signed by pay-canary") == "signed by ***"
    assert "pay-canary" not in repr(profile)


@pytest.mark.parametrize("environment", [SIGN_IN, {**SIGN_IN, "CLT_PAY_SECRET": ""}], ids=["unset", "empty"])
def test_payment_secret_that_is_unset_is_none(project: Project, environment: dict[str, str]) -> None:
    project.profile("real", payment__secret_env="CLT_PAY_SECRET")

    profile = loaded(project, environment=environment)

    assert (profile.payment_secret, profile.payment_variable) == (None, "CLT_PAY_SECRET")
    assert profile.secrets() == [SECRET]


def test_url_of_messages_stands_in_the_environment_with_its_password(project: Project) -> None:
    project.profile("real", messages={"url_env": "DAB_MQ", "exchange": "events"})

    profile = loaded(project, environment={**SIGN_IN, "DAB_MQ": "amqp://boss:mq%40canary@mq.test/%2F"})

    assert (profile.messages_url, profile.messages_exchange) == (
        "amqp://boss:mq%40canary@mq.test/%2F",
        "events",
    )
    assert "mq%40canary" not in repr(profile)
    assert Redactor(profile.secrets()).text("mq@canary refused") == "*** refused"


@pytest.mark.parametrize("environment", [SIGN_IN, {**SIGN_IN, "DAB_MQ": ""}], ids=["unset", "empty"])
def test_url_of_messages_that_is_unset_is_none(project: Project, environment: dict[str, str]) -> None:
    project.profile("real", messages={"url_env": "DAB_MQ"})

    profile = loaded(project, environment=environment)

    assert (profile.messages_url, profile.messages_variable, profile.messages_exchange) == (
        None,
        "DAB_MQ",
        "marketing",
    )
    assert profile.secrets() == [SECRET]


def test_settings_of_the_one_yuan_purchase_are_exact(project: Project) -> None:
    project.profile("real", set={"one_yuan_subsidy_min": "2.100001", "one_yuan_group_hours": 48})

    settings = loaded(project).one_yuan

    assert (settings.subsidy_min, settings.subsidy_max) == (Decimal("2.100001"), Decimal("7.00"))
    assert settings.group_hours == 48


def test_sandbox_s_sign_ins_are_no_secrets() -> None:
    profile = load_profile("sandbox", PROJECT / "data" / "profiles", {})

    assert profile.secrets() == []
    assert profile.tenants["admin"].usable
    assert (profile.payment_secret, profile.allowed.new_members) == ("sandbox-pay", True)


@pytest.mark.parametrize(
    "path", sorted((PROJECT / "data" / "profiles").glob("*.toml")), ids=lambda path: path.stem
)
def test_project_s_profiles_have_the_right_shape(path: Path) -> None:
    assert check_profile(path, PROJECT / "data" / "profile.schema.json")["title"]


def test_example_profile_is_right_with_its_optional_parts(project: Project) -> None:
    text = (PROJECT / "data" / "profiles" / "example.toml").read_text("utf-8")
    whole = re.sub(r"(?m)^# (?=\[\w+\]$|\w+ = )", "", text)
    project.write("data/profiles/whole.toml", whole)
    project.write("data/profiles/staging-ca.pem", "")

    profile = loaded(project, "whole")

    assert whole.count("\n#") == text.count("\n#") - 12
    assert (profile.messages_variable, profile.messages_exchange) == ("DAB_MESSAGES_URL", "marketing")
    assert profile.database_variable == "DAB_DATABASE_URL"
    assert (profile.payment_variable, profile.other_app_id) == ("CLT_PAYMENT_SECRET", "wx1111111111111111")
    assert not any(dataclasses.asdict(profile.allowed).values())
    assert profile.wechat_codes["staff"].variables == ("CLT_STAFF_TOKEN",)


@pytest.mark.parametrize("name", ["nosuch", "no.such", "nosuch.toml", "./nosuch", ""])
def test_unknown_profile_is_told_with_those_known(project: Project, name: str) -> None:
    project.profile("real")

    message = refusal(project, name)

    assert message.startswith(f"no profile {name!r}: there is no file ")
    assert "known profiles: real, sandbox. Name one of them, or give the path of a .toml file" in message


@pytest.mark.parametrize(
    ("environment", "unset"),
    [
        ({}, "DAB_ADMIN_USERNAME, DAB_ADMIN_PASSWORD"),
        ({"DAB_ADMIN_USERNAME": "boss"}, "DAB_ADMIN_PASSWORD"),
        ({"DAB_ADMIN_PASSWORD": SECRET}, "DAB_ADMIN_USERNAME"),
        ({"DAB_ADMIN_PASSWORD": SECRET, "DAB_ADMIN_USERNAME": ""}, "DAB_ADMIN_USERNAME"),
    ],
)
def test_missing_credential_is_told_by_its_variable(
    project: Project, environment: dict[str, str], unset: str
) -> None:
    path = project.profile("real")

    message = refusal(project, environment=environment)

    assert f"needs the environment variable {unset}, which is not set" in message
    assert f"({path}, tenants.admin)" in message
    assert SECRET not in message


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"title": None}, "the file: 'title' is a required property"),
        ({"colour": "red"}, "the file: Additional properties are not allowed ('colour' was unexpected)"),
        ({"urls__admn": "http://x"}, "urls: Additional properties are not allowed ('admn' was unexpected)"),
        ({"urls__member": None}, "urls: 'member' is a required property"),
        ({"urls__admin": "marketing.test/dab"}, "urls.admin: 'marketing.test/dab' is not a valid value"),
        ({"urls__admin": "ftp://marketing.test"}, "urls.admin: 'ftp://marketing.test' is not a valid value"),
        (
            {"urls__admin": "http://"},
            "urls.admin: 'http://' is not a valid value (http or https, a host, perhaps a port and a path; ",
        ),
        ({"urls__admin": "http://marketing.test/dab?x=1"}, "urls.admin: "),
        ({"urls__admin": "http://[::1/dab"}, "urls.admin: "),
        ({"urls__admin": "http://marketing.test:99999/dab"}, "urls.admin: "),
        ({"urls__admin": "http://marketing.test:http/dab"}, "urls.admin: "),
        ({"urls__admin": 7}, "urls.admin: '7' is not a valid value (type: string)"),
        ({"urls": "http://marketing.test"}, "urls: "),
        ({"limits__retries": 11}, "limits.retries: '11' is not a valid value (maximum: 10)"),
        ({"limits__read_seconds": 0}, "limits.read_seconds: "),
        ({"limits__backoff_seconds": 61}, "limits.backoff_seconds: '61' is not a valid value (maximum: 60)"),
        ({"limits__requests_per_second": 0}, "limits.requests_per_second: '0' is not a valid value"),
        ({"limits__stop_after": 0}, "limits.stop_after: '0' is not a valid value (minimum: 1)"),
        ({"limits__resend_on_503": "yes"}, "limits.resend_on_503: 'yes' is not a valid value"),
        (
            {"sandbox": True, "limits__stop_after": 3},
            "limits.stop_after: the embedded sandbox is shared with nobody and cannot go away; leave it out",
        ),
        ({"allow_write": "yes"}, "allow_write: 'yes' is not a valid value (type: boolean)"),
        ({"allow_new_members": 1}, "allow_new_members: '1' is not a valid value (type: boolean)"),
        ({"network": {"proxy_env": "http://proxy.test"}}, "network.proxy_env: not as the example"),
        ({"network": {"ca_bundle": ""}}, "network.ca_bundle: not as the example"),
        ({"payment": {}}, "payment: 'secret_env' is a required property"),
        ({"messages": {}}, "messages: 'url_env' is a required property"),
        ({"messages": {"url_env": "DAB_MQ", "exchange": ""}}, "messages.exchange: not as the example"),
        ({"set__one_yuan_subsidy_min": 3}, "set.one_yuan_subsidy_min: '3' is not a valid value"),
        (
            {"set__one_yuan_subsidy_max": "7"},
            "set.one_yuan_subsidy_max: '7' is not a valid value (yuan with two to six places, in quotes)",
        ),
        ({"set__one_yuan_group_hours": 0}, "set.one_yuan_group_hours: '0' is not a valid value (minimum: 1)"),
        ({"payment": "x"}, "payment: not as the example profile has it (data/profiles/example.toml)"),
        ({"tenants__boss": {}}, "tenants: Additional properties are not allowed ('boss' was unexpected)"),
        ({"tenants": "admin"}, "tenants: "),
        ({"tenants__admin": "boss"}, "tenants.admin: "),
        ({"tenants__admin": {"username_env": "lower", "password_env": "X"}}, "tenants.admin.username_env: "),
        ({"tenants_without": ["EVENT_VIEW"]}, "tenants_without: "),
        ({"wechat": "wx1"}, "wechat: "),
        ({"wechat": {"app_id": "wx1", "codes": {"plain": 1}}}, "wechat.codes.plain: "),
    ],
    ids=lambda value: str(value) if isinstance(value, dict) else "",
)
def test_profile_of_another_shape_is_told(project: Project, changes: dict[str, Any], told: str) -> None:
    path = project.profile("real", **changes)

    assert f"profile {path}: {told}" in refusal(project)


def test_profile_tells_each_mistake_in_a_line(project: Project) -> None:
    path = project.profile("real", title=None, urls__member="nowhere", limits__retries=-1)

    lines = refusal(project).splitlines()

    assert len(lines) == 3
    assert all(line.startswith(f"profile {path}: ") for line in lines)


@pytest.mark.parametrize(
    "changes",
    [
        {"tenants__admin": {"username": "boss", "password": SECRET}},
        {"tenants__admin": {"username_env": "DAB_ADMIN_USERNAME", "password": SECRET}},
        {"tenants__admin": {"username_env": "DAB_ADMIN_USERNAME", "password_env": SECRET}},
        {"tenants__viewer": {"username": "boss", "password": SECRET}, "title": None},
        {"tenants__viewer": [SECRET]},
        {"tenants__viewer": SECRET},
        {"tenants": SECRET},
        {"tenants_without__EVENT_VIEW": {"username": "boss", "password": SECRET}},
        {"wechat": {"app_id": "wx1", "codes": {"plain": {"code": SECRET}}}},
        {"wechat": {"app_id": "wx1", "codes": {"plain": SECRET}}},
        {"payment": {"secret": SECRET}},
        {"payment": {"secret": SECRET, "secret_env": "CLT_PAY_SECRET"}},
        {"payment": {"secret": [SECRET]}},
        {"payment": {"secrett": SECRET}},
        {"payment": {"secret_env": SECRET}},
        {"payment": SECRET},
        {"messages": f"amqp://boss:{SECRET}@mq.test/"},
        {"messages": {"url": f"amqp://boss:{SECRET}@mq.test/"}},
        {"messages": {"url_env": f"amqp://boss:{SECRET}@mq.test/"}},
        {"urls__admin": f"https://boss:{SECRET}@marketing.test/dab"},
        {"urls__admin": f"boss:{SECRET}@marketing.test/dab"},
        {"urls__admin": f"https:/boss:{SECRET}@marketing.test/dab"},
        {"urls__admin": f"https://marketing.test/dab?token={SECRET}"},
        {"urls__admin": f"https://marketing.test/dab#token={SECRET}"},
        {"urls__admin": {"password": SECRET}},
    ],
    ids=str,
)
def test_inline_secret_is_refused_and_never_shown(project: Project, changes: dict[str, Any]) -> None:
    path = project.profile("real", **changes)

    message = refusal(project)

    assert str(path) in message
    assert SECRET not in message


@pytest.mark.parametrize(
    ("place", "entry"),
    [("tenants.viewer", {"username": "boss", "password": SECRET}), ("payment.secret", SECRET)],
)
def test_inline_secret_is_told_with_its_mend(project: Project, place: str, entry: Any) -> None:
    project.profile("real", **{place.replace(".", "__"): entry})

    assert refusal(project).endswith(
        f"{place}: a secret may not stand in a profile; name an environment variable instead"
    )


def test_profile_that_is_no_toml_is_told_with_its_line(project: Project) -> None:
    path = project.write("data/profiles/real.toml", f'title = "x"\npassword = {SECRET}\n')

    message = refusal(project)

    assert message.startswith(f"{path}: not valid TOML: ")
    assert "line 2" in message
    assert SECRET not in message
