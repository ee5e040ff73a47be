"""What the doctor says of the way to a platform: proxy, CA bundle, names, connections, TLS."""

import shutil
import socket
import ssl
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

from harness.doctor.findings import ADMIN, MEMBER, State
from harness.doctor.network import network
from harness.profile import Profile
from tests.harness.doctored import SIGN_IN, found, one, profile_of, subject_of
from tests.harness.stub_platform import closed_port

OPENSSL = shutil.which("openssl")
needs_a_certificate = pytest.mark.skipif(OPENSSL is None, reason="没有 openssl，无法签发证书")
PROXY = "http://user:pr0xy-canary@127.0.0.1:{}"


@contextmanager
def listening(context: ssl.SSLContext | None = None) -> Iterator[int]:
    """A port that takes connections and says nothing, by TLS where there is a context."""
    with socket.create_server(("127.0.0.1", 0)) as server:

        def accept() -> None:
            while True:
                try:
                    connection, _ = server.accept()
                except OSError:
                    return
                try:
                    if context is not None:
                        connection = context.wrap_socket(connection, server_side=True)
                    connection.recv(1)
                except OSError:
                    pass
                connection.close()

        thread = Thread(target=accept, daemon=True)
        thread.start()
        yield server.getsockname()[1]
        server.shutdown(socket.SHUT_RDWR)
    thread.join()


def certificate(folder: Path, days: int) -> Path:
    """A self-signed certificate of localhost with its key, in one PEM file."""
    pem, key = folder / "ca.pem", folder / "key.pem"
    subprocess.run(  # noqa: S603 - our own command
        [str(OPENSSL), "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", str(key), "-out", str(pem),
         "-days", str(days), "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost"],
        check=True, capture_output=True,
    )  # fmt: skip
    return pem


@contextmanager
def secured(folder: Path, days: int) -> Iterator[tuple[int, Path]]:
    pem = certificate(folder, days)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(pem, folder / "key.pem")
    with listening(context) as port:
        yield port, pem


def by(profile: Profile, **changes: Any) -> Profile:
    return replace(profile, network=replace(profile.network, **changes))


def unreachable_after_looking(profile: Profile) -> set[str]:
    with subject_of(profile) as subject:
        list(network(subject))
        return subject.unreachable


def test_connections_to_both_fronts_are_told_once_where_they_share_a_host(tmp_path: Path) -> None:
    with listening() as port:
        findings = found(network, profile_of(tmp_path, root=f"http://127.0.0.1:{port}"))

    assert one(findings, "name").found == "127.0.0.1 is 127.0.0.1"
    assert one(findings, "connection").found.startswith(f"127.0.0.1:{port} stood after ")
    assert one(findings, "proxy").found.startswith("none; HTTP_PROXY")
    assert {finding.state for finding in findings} == {State.OK}


def test_closed_port_makes_both_fronts_unreachable(tmp_path: Path) -> None:
    with closed_port() as url:
        profile = profile_of(tmp_path, root=url)
        finding = one(found(network, profile), "connection")
        unreachable = unreachable_after_looking(profile)

    assert finding.state is State.FAILED
    assert finding.mend.startswith("check urls.admin and urls.member, whether the platform is up")
    assert unreachable == {ADMIN, MEMBER}


def test_front_on_a_host_of_its_own_is_looked_at_by_itself(tmp_path: Path) -> None:
    with closed_port() as url, listening() as port:
        profile = profile_of(tmp_path, root=f"http://127.0.0.1:{port}", urls__member=f"{url}/clt")
        unreachable = unreachable_after_looking(profile)

    assert unreachable == {MEMBER}


def test_name_that_nobody_knows_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown(*_: object, **__: object) -> None:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    profile = profile_of(tmp_path)

    finding = one(found(network, profile), "name")

    assert finding.state is State.FAILED
    assert "platform.test: " in finding.found
    assert unreachable_after_looking(profile) == {ADMIN, MEMBER}


def test_with_a_proxy_the_way_to_it_is_looked_at_and_its_password_not_shown(tmp_path: Path) -> None:
    with listening() as port:
        environment = {**SIGN_IN, "DAB_PROXY": PROXY.format(port)}
        findings = found(network, profile_of(tmp_path, environment, network={"proxy_env": "DAB_PROXY"}))

    assert one(findings, "proxy").found == f"by DAB_PROXY: http://127.0.0.1:{port}"
    assert one(findings, "connection").found.startswith(f"127.0.0.1:{port} stood")
    assert "canary" not in str(findings)


def test_proxy_that_is_down_is_told(tmp_path: Path) -> None:
    with closed_port() as url:
        environment = {**SIGN_IN, "DAB_PROXY": url}
        findings = found(network, profile_of(tmp_path, environment, network={"proxy_env": "DAB_PROXY"}))

    assert one(findings, "connection").mend.startswith("check network.proxy_env, ")


def test_bundle_that_is_none_is_told(tmp_path: Path) -> None:
    (tmp_path / "ca.pem").write_text("no certificate", encoding="utf-8")
    with listening() as port:
        profile = profile_of(tmp_path, root=f"http://127.0.0.1:{port}")
        findings = found(network, by(profile, ca_bundle=tmp_path / "ca.pem"))

    assert one(findings, "CA bundle").state is State.FAILED


@needs_a_certificate
def test_certificate_of_the_bundle_s_ca_is_told_with_its_end(tmp_path: Path) -> None:
    with secured(tmp_path, days=90) as (port, pem):
        profile = profile_of(tmp_path, root=f"https://localhost:{port}")
        findings = found(network, by(profile, ca_bundle=pem))

    assert one(findings, "CA bundle").found == f"{pem}: 1 certificates"
    assert one(findings, "TLS").state is State.OK
    assert "(89 days)" in one(findings, "TLS").found or "(90 days)" in one(findings, "TLS").found


@needs_a_certificate
def test_certificate_that_ends_soon_is_a_warning(tmp_path: Path) -> None:
    with secured(tmp_path, days=5) as (port, pem):
        profile = profile_of(tmp_path, root=f"https://localhost:{port}")
        finding = one(found(network, by(profile, ca_bundle=pem)), "TLS")

    assert (finding.state, finding.mend) == (State.WARN, "have the certificate renewed")


@needs_a_certificate
def test_certificate_of_an_unknown_ca_is_told(tmp_path: Path) -> None:
    with secured(tmp_path, days=90) as (port, _):
        finding = one(found(network, profile_of(tmp_path, root=f"https://localhost:{port}")), "TLS")

    assert finding.state is State.FAILED
    assert "network.ca_bundle names its PEM file" in finding.mend


def test_sandbox_needs_no_connection(tmp_path: Path) -> None:
    with subject_of(profile_of(tmp_path)) as subject:
        subject.profile = replace(subject.profile, sandbox=True)
        findings = list(network(subject))

    assert one(findings, "connections").found.startswith("none is needed")
