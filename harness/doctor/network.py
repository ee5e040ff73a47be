"""The way to the platform: proxy, CA bundle, names, connections, TLS. What a call needs before it is one."""

import socket
import ssl
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any, Final
from urllib.parse import urlsplit

from requests.utils import DEFAULT_CA_BUNDLE_PATH

from harness.doctor.findings import ADMIN, MEMBER, Finding, State, Subject
from harness.profile import Network

MILLISECONDS: Final = 1000
DAYS_OF_WARNING: Final = 14
_PORTS: Final = {"http": 80, "https": 443}


def network(subject: Subject) -> Iterator[Finding]:
    network = subject.profile.network
    yield _proxy(network)
    yield _bundle(network)
    if subject.profile.sandbox:
        yield Finding("connections", State.OK, "none is needed: the sandbox answers in this process")
        return
    ways: dict[tuple[str, str], list[str]] = {}
    for front, url in ((ADMIN, subject.profile.admin_url), (MEMBER, subject.profile.member_url)):
        parts = urlsplit(network.proxy or url)
        ways.setdefault((parts.scheme, parts.netloc), []).append(front)
    for (scheme, place), fronts in ways.items():
        yield from _way_to(f"{scheme}://{place}", fronts, subject)


def _proxy(network: Network) -> Finding:
    if network.proxy is not None:
        return Finding("proxy", State.OK, f"by {network.proxy_variable}: {_place(network.proxy)}")
    return Finding("proxy", State.OK, "none; HTTP_PROXY and its like are not listened to")


def _bundle(network: Network) -> Finding:
    if network.ca_bundle is None:
        return Finding("CA bundle", State.OK, "the well-known certificates")
    try:
        context = ssl.create_default_context(cafile=str(network.ca_bundle))
    except OSError as error:  # ssl.SSLError is one
        return Finding(
            "CA bundle",
            State.FAILED,
            f"{network.ca_bundle}: cannot be used: {error.strerror or error}",
            "network.ca_bundle must name a PEM file of certificates",
        )
    return Finding(
        "CA bundle", State.OK, f"{network.ca_bundle}: {context.cert_store_stats()['x509']} certificates"
    )


def _way_to(url: str, fronts: list[str], subject: Subject) -> Iterator[Finding]:
    """To the host of some fronts, or to the proxy before them."""
    parts = urlsplit(url)
    host, port = str(parts.hostname), parts.port or _PORTS[parts.scheme]
    what = (
        "network.proxy_env"
        if subject.profile.network.proxy
        else " and ".join(f"urls.{front}" for front in fronts)
    )
    try:
        addresses = sorted(
            {str(found[4][0]) for found in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)}
        )
    except (OSError, UnicodeError) as error:
        subject.unreachable.update(fronts)
        yield Finding("name", State.FAILED, f"{host}: {error}", f"check {what}, and this machine's DNS")
        return
    yield Finding("name", State.OK, f"{host} is {', '.join(addresses)}")
    started = time.perf_counter()
    try:
        connection = socket.create_connection((host, port), subject.profile.limits.connect_seconds)
    except OSError as error:
        subject.unreachable.update(fronts)
        yield Finding(
            "connection",
            State.FAILED,
            f"{host}:{port}: {error.strerror or error}",
            f"check {what}, whether the platform is up, and whether a VPN or proxy is needed",
        )
        return
    with connection:
        took = (time.perf_counter() - started) * MILLISECONDS
        yield Finding("connection", State.OK, f"{host}:{port} stood after {took:.0f} ms")
        if parts.scheme == "https":
            yield _tls(connection, host, subject)


def _tls(connection: socket.socket, host: str, subject: Subject) -> Finding:
    bundle = subject.profile.network.ca_bundle
    try:
        context = ssl.create_default_context(cafile=str(bundle or DEFAULT_CA_BUNDLE_PATH))
        with context.wrap_socket(connection, server_hostname=host) as secured:
            return _told(host, secured.version(), secured.getpeercert() or {})
    except OSError as error:
        return Finding(
            "TLS",
            State.FAILED,
            f"{host}: {error}",
            "where the platform's certificate is of a CA of one's own, network.ca_bundle names its PEM file",
        )


def _told(host: str, version: str | None, certificate: dict[str, Any]) -> Finding:
    until = ssl.cert_time_to_seconds(str(certificate["notAfter"]))
    days = int((until - time.time()) // 86_400)
    found = (
        f"{host}: {version}, a certificate until {datetime.fromtimestamp(until, UTC):%Y-%m-%d} ({days} days)"
    )
    if days < DAYS_OF_WARNING:
        return Finding("TLS", State.WARN, found, "have the certificate renewed")
    return Finding("TLS", State.OK, found)


def _place(url: str) -> str:
    """Where a proxy is, without its user and password."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.hostname}:{parts.port or _PORTS[parts.scheme]}"
