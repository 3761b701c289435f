"""RTMPS: no byte of RTMP, and never the key, goes to a server that cannot prove who it is (reliability_security.md F10 to F12)."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import pytest
import trustme

from powerstream_desktop.platforms.causes import Cause
from powerstream_desktop.relay.connect import connector
from powerstream_desktop.relay.destination.destination_states import DestinationState
from tests.integration.relay.peers import Platform, PlatformConnection, endpoint
from tests.integration.relay.stage import Stage
from tests.integration.relay.swift_loop import eventually, let_pass, swiftly

S = DestinationState
KEY = "sk_platform_4711"


@dataclass(frozen=True)
class Authority:
    """Who signs certificates, and who trusts it."""

    ca: trustme.CA = field(default_factory=lambda: trustme.CA(key_type=trustme.KeyType.ECDSA))

    def server(self, *names: str, valid_until: datetime | None = None) -> ssl.SSLContext:
        """A server's side with a certificate for ``names``."""
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        not_before = valid_until - timedelta(days=30) if valid_until else None
        self.ca.issue_cert(*names, not_after=valid_until, not_before=not_before).configure_cert(context)
        return context

    def client(self) -> ssl.SSLContext:
        """What the relay would have, with this authority instead of the system's."""
        context = ssl.create_default_context()
        context.minimum_version = ssl.TLSVersion.TLSv1_2
        self.ca.configure_trust(context)
        return context


@pytest.fixture(scope="module")
def authority() -> Authority:
    return Authority()


class Wire:
    """A TCP server that keeps every raw byte, and answers with ``reply``."""

    def __init__(self, reply: Callable[[asyncio.StreamWriter], None]) -> None:
        self.bytes = bytearray()
        self.port = 0
        self.connections = 0
        self._reply = reply

    async def listen(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        self._reply(writer)
        try:
            while data := await reader.read(65_536):
                self.bytes += data
        except ConnectionError:
            pass
        finally:
            writer.close()


@asynccontextmanager
async def wire(reply: Callable[[asyncio.StreamWriter], None]) -> AsyncIterator[Wire]:
    tap = Wire(reply)
    async with await asyncio.start_server(tap.listen, "127.0.0.1", 0) as server:
        tap.port = server.sockets[0].getsockname()[1]
        yield tap


async def refusal(stage: Stage) -> Cause:
    """Wait until the destination gives up; return why."""
    await stage.publish()
    light = await stage.turns(S.RETRYING)
    assert light.cause is not None
    return light.cause


def assert_nothing_was_said(platform: Platform) -> None:
    """Not a byte of RTMP was decrypted, for TLS never came up."""
    assert [bytes(connection.received) for connection in platform.connections] == []


def test_a_server_that_proves_itself_gets_the_stream(authority: Authority) -> None:
    @swiftly
    async def broadcast() -> None:
        async with (
            Platform(tls=authority.server("127.0.0.1")) as platform,
            Stage(platform.endpoint(), tls=authority.client()) as stage,
        ):
            encoder = await stage.publish()
            await stage.turns(S.LIVE)
            for _ in range(30):
                encoder.send_frame(size=20_000)
            await eventually(lambda: len(platform.last.pictures) == 31)
            assert platform.last.picture_numbers == list(range(31))

    broadcast()


def test_a_broadcast_over_tls_ends_with_a_proper_goodbye(authority: Authority) -> None:
    @swiftly
    async def broadcast() -> None:
        async with Platform(tls=authority.server("127.0.0.1")) as platform:
            async with Stage(platform.endpoint(), tls=authority.client()) as stage:
                await stage.publish()
                await stage.turns(S.LIVE)
            assert b"FCUnpublish" in platform.last.received
            assert b"deleteStream" in platform.last.received
            await eventually(lambda: platform.last.lost)

    broadcast()


EXPIRED = datetime.now(UTC) - timedelta(days=1)


@pytest.mark.parametrize(
    ("certificate", "code"),
    [
        (lambda authority: authority.server("ingest.example.com"), "tls-wrong-name"),
        (lambda authority: authority.server("127.0.0.2"), "tls-wrong-name"),
        (lambda authority: authority.server("127.0.0.1", valid_until=EXPIRED), "tls-expired"),
        (lambda _: Authority().server("127.0.0.1"), "tls-untrusted"),
        (lambda _: self_signed("127.0.0.1"), "tls-untrusted"),
    ],
    ids=["another host", "another address", "expired", "unknown authority", "self-signed"],
)
def test_a_certificate_that_proves_nothing_gets_nothing(
    authority: Authority,
    certificate: Callable[[Authority], ssl.SSLContext],
    code: str,
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level("DEBUG")

    @swiftly
    async def broadcast() -> None:
        async with (
            Platform(tls=certificate(authority)) as platform,
            Stage(platform.endpoint(), tls=authority.client()) as stage,
        ):
            cause = await refusal(stage)
            assert cause.code == code
            assert "The key was not sent." in cause.sentence
            await let_pass(3)
            assert_nothing_was_said(platform)
            assert KEY not in caplog.text

    broadcast()


def self_signed(name: str) -> ssl.SSLContext:
    """A server whose certificate is signed by nobody but itself."""
    ca = trustme.CA(key_type=trustme.KeyType.ECDSA, organization_name=name)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    with ca.private_key_pem.tempfile() as key, ca.cert_pem.tempfile() as certificate:
        context.load_cert_chain(certificate, key)
    return context


@pytest.mark.filterwarnings("ignore:ssl.TLSVersion.TLSv1_1 is deprecated:DeprecationWarning")
def test_a_server_of_yesterdays_tls_gets_nothing(authority: Authority) -> None:
    @swiftly
    async def broadcast() -> None:
        old = authority.server("127.0.0.1")
        old.minimum_version = ssl.TLSVersion.MINIMUM_SUPPORTED
        old.maximum_version = ssl.TLSVersion.TLSv1_1
        async with Platform(tls=old) as platform, Stage(platform.endpoint(), tls=authority.client()) as stage:
            assert (await refusal(stage)).code == "tls-failed"
            assert_nothing_was_said(platform)

    broadcast()


def test_the_default_trusts_no_stranger(authority: Authority) -> None:
    @swiftly
    async def broadcast() -> None:
        async with (
            Platform(tls=authority.server("127.0.0.1")) as platform,
            Stage(platform.endpoint()) as stage,
        ):
            assert (await refusal(stage)).code == "tls-untrusted"
            assert_nothing_was_said(platform)

    broadcast()


def test_a_system_whose_authorities_cannot_be_read_has_a_light_of_its_own(
    monkeypatch: pytest.MonkeyPatch, authority: Authority
) -> None:
    """Windows: one malformed certificate in the system's store is enough."""

    def broken_store() -> ssl.SSLContext:
        raise ssl.SSLError(1, "[ASN1] nested asn1 error")

    monkeypatch.setattr(connector, "verifying_context", broken_store)

    @swiftly
    async def broadcast() -> None:
        async with (
            Platform(tls=authority.server("127.0.0.1")) as platform,
            Stage(platform.endpoint()) as stage,
        ):
            assert (await refusal(stage)).code == "tls-failed"
            assert_nothing_was_said(platform)

    broadcast()


@swiftly
async def test_a_port_of_plain_rtmp_is_told_apart() -> None:
    async with Platform() as platform, Stage(endpoint(platform.port, scheme="rtmps")) as stage:
        assert (await refusal(stage)).code == "tls-failed"
        assert all(KEY.encode() not in connection.received for connection in platform.connections)


@pytest.mark.parametrize(
    ("reply", "code"),
    [
        (lambda _: None, "tls-failed"),
        (lambda writer: writer.write(b"HTTP/1.1 400 Bad Request\r\n\r\n"), "tls-missing"),
        (lambda writer: writer.close(), "tls-failed"),
    ],
    ids=["says nothing", "speaks HTTP", "hangs up"],
)
def test_whoever_does_not_speak_tls_hears_no_rtmp(
    reply: Callable[[asyncio.StreamWriter], None], code: str
) -> None:
    @swiftly
    async def broadcast() -> None:
        async with wire(reply) as tap, Stage(endpoint(tap.port, scheme="rtmps")) as stage:
            cause = await refusal(stage)
            assert cause.code == code
            await eventually(lambda: tap.connections >= 1)
            assert KEY.encode() not in tap.bytes
            assert b"connect" not in tap.bytes

    broadcast()


class Deaf(PlatformConnection):
    """Takes the start and then never reads."""

    def on_media(self) -> None:
        self.transport.pause_reading()


def test_a_server_that_stops_reading_is_noticed_through_tls_as_well(authority: Authority) -> None:
    @swiftly
    async def broadcast() -> None:
        async with (
            Platform(Deaf, tls=authority.server("127.0.0.1")) as platform,
            Stage(platform.endpoint(), tls=authority.client()) as stage,
        ):
            encoder = await stage.publish()
            await eventually(lambda: platform.connections and platform.last.pictures)
            for _ in range(30):
                encoder.send_frame(size=100_000)
            light = await stage.turns(S.RETRYING)
            assert light.cause is not None
            assert light.cause.code == "stalled"

    broadcast()


def test_a_cut_without_tls_saying_goodbye_is_a_cut(authority: Authority) -> None:
    @swiftly
    async def broadcast() -> None:
        async with (
            Platform(tls=authority.server("127.0.0.1")) as platform,
            Stage(platform.endpoint(), tls=authority.client()) as stage,
        ):
            await stage.publish()
            await stage.turns(S.LIVE)
            platform.last.transport.abort()
            light = await stage.turns(S.RETRYING)
            assert light.cause is not None
            assert light.cause.code in ("reset", "closed-soon")
            await stage.turns(S.LIVE)
            assert len(platform.connections) == 2

    broadcast()
