"""What `clients` offers by name; a change here is a change for everything above it."""

import subprocess
import sys
from inspect import ismodule
from pathlib import Path

import pytest

import clients

PROJECT = Path(__file__).parents[2]
EXPORTS = {
    "callers": {"AdminClient", "MemberClient", "PaymentProvider", "SandboxClient"},
    "transport": {"Limits", "Transport", "WsgiAdapter", "new_session"},
    "traffic": {"Breaker", "Pauses", "SharedPace", "Stop", "Traffic"},
    "permissions": {"Effect", "Permissions"},
    "sign-in": {"Anonymous", "FixedHeaders", "SignIn", "TenantSignIn", "WechatSignIn"},
    "answers": {"Answer", "Attempt", "Exchange", "answer_from"},
    "observers": {"Call", "Observer"},
    "redaction": {"MASK", "Redactor"},
    "platform's faults": {
        "ExchangeFailure",
        "HttpError",
        "NotJson",
        "PlatformFailure",
        "Refused",
        "RunStopped",
        "SchemaBroken",
        "TimedOut",
        "Unreachable",
        "WrongEnvelope",
    },
    "our faults": {"DataError", "HarnessError", "MissingCredential", "NotAllowed", "ProfileError"},
}
EVERY_EXPORT = set().union(*EXPORTS.values())


def test_exports_are_exactly_the_pinned_ones() -> None:
    assert set(clients.__all__) == EVERY_EXPORT


def test_exports_are_sorted_and_named_once() -> None:
    in_order = [name for name in clients.__all__ if name.isupper()]
    in_order += sorted(name for name in clients.__all__ if name[0].isupper() and not name.isupper())
    in_order += sorted(name for name in clients.__all__ if name.islower())
    assert clients.__all__ == in_order


@pytest.mark.parametrize("name", sorted(EVERY_EXPORT))
def test_export_can_be_imported(name: str) -> None:
    assert getattr(clients, name) is not None


def test_nothing_else_is_public_by_accident() -> None:
    public = {
        name
        for name, value in vars(clients).items()
        if not name.startswith("_") and not (ismodule(value) and value.__name__ == f"clients.{name}")
    }
    assert public == EVERY_EXPORT


@pytest.mark.parametrize(
    ("package", "names"), [("clients.admin", ["AdminClient"]), ("clients.member", ["MemberClient"])]
)
def test_front_package_exports_its_client_alone(package: str, names: list[str]) -> None:
    assert vars(sys.modules[package])["__all__"] == names


def test_clients_import_nothing_of_the_project_but_themselves() -> None:
    code = "import clients, sys; print(*sorted({name.partition('.')[0] for name in sys.modules}))"
    command = [sys.executable, "-c", code]
    ran = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, check=True)  # noqa: S603 - our own text
    assert {"harness", "sandbox", "schemas", "pytest", "flask"} & set(ran.stdout.split()) == set()
