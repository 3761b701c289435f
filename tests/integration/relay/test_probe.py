"""Probes of servers that are well, and of servers that fail at each stage (rtmp.md 1.15; reliability_security.md F04, F07 to F12, F24)."""

from __future__ import annotations

import asyncio
import socket
import ssl
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from powerstream_desktop.platforms.failures import FailureKind
from powerstream_desktop.platforms.probe_result import ProbeResult, ProbeStage
from powerstream_desktop.relay.probe import probe as probe_module
from powerstream_desktop.relay.probe.probe import Prober
from powerstream_desktop.rtmp.commands import parse_command
from powerstream_desktop.rtmp.events import ConnectRequested, PublishRequested
from powerstream_desktop.rtmp.messages import MessageType
from powerstream_desktop.rtmp.status import StatusCode
from powerstream_desktop.rtmp.url import RTMPURL, parse_server_url
from tests.integration.relay.peers import Platform, PlatformConnection
from tests.integration.relay.swift_loop import eventually, swiftly
from tests.integration.relay.test_dial import closed_port, only_linux, silent
from tests.integration.relay.test_tls import EXPIRED, Authority, self_signed, wire

K = FailureKind
PLAIN = [ProbeStage.DNS, ProbeStage.TCP, ProbeStage.HANDSHAKE, ProbeStage.CONNECT]
KEY = "sk_platform_4711"
PROTOCOL_VERSION_ALERT = bytes.fromhex("15 0301 0002 0246")
SERVER_HELLO_OF_TLS_1_0 = bytes.fromhex("16 0301 002a 02 000026 0301") + bytes(32) + bytes.fromhex("00002f00")


@pytest.fixture(scope="module")
def authority() -> Authority:
    return Authority()


def server_at(port: int, *, scheme: str = "rtmp", host: str = "127.0.0.1") -> RTMPURL:
    return parse_server_url(f"{scheme}://{host}:{port}/app", KEY)


async def probe(server: RTMPURL, tls: ssl.SSLContext | None = None) -> ProbeResult:
    return await Prober(asyncio.get_running_loop().time, tls=tls).probe(server)


def failed_at(result: ProbeResult) -> tuple[ProbeStage, FailureKind]:
    """Where and how a probe ended; every stage before that was well."""
    *before, last = result.stages
    assert all(stage.ok for stage in before)
    assert not last.ok
    assert result.failure is not None
    assert not result.ok
    return last.stage, result.failure.kind


def commands(connection: PlatformConnection) -> list[str]:
    """What a platform was asked, by an observer of its own."""
    parsed = [parse_command(each) for each in connection.messages if each.type == MessageType.COMMAND_AMF0]
    return [command.name for command in parsed if command is not None]


# Servers that are well.


@swiftly
async def test_a_server_that_is_well_passes_every_stage() -> None:
    async with Platform() as platform:
        result = await probe(server_at(platform.port))
        assert [stage.stage for stage in result.stages] == PLAIN
        assert all(stage.ok for stage in result.stages)
        assert result.ok
        assert result.address == "127.0.0.1"
        assert result.server == f"rtmp://127.0.0.1:{platform.port}/app"
        assert result.server_version
        assert (result.tls_version, result.certificate_days_left) == ("", None)


@swiftly
async def test_after_connect_a_platform_hears_nothing_but_the_end() -> None:
    async with Platform() as platform:
        await probe(server_at(platform.port))
        await eventually(lambda: platform.last.lost)
        assert commands(platform.last) == ["connect"]
        assert not platform.last.has(PublishRequested)


@swiftly
async def test_the_key_never_leaves_this_computer() -> None:
    async with Platform() as platform:
        server = server_at(platform.port)
        assert server.key == KEY
        result = await probe(server)
        await eventually(lambda: platform.last.lost)
        assert platform.last.received
        assert KEY.encode() not in platform.last.received
        assert KEY not in repr(result)


def test_a_server_that_proves_itself_is_known_by_its_tls(authority: Authority) -> None:
    @swiftly
    async def go() -> None:
        until = datetime.now(UTC) + timedelta(days=5, hours=1)
        async with Platform(tls=authority.server("127.0.0.1", valid_until=until)) as platform:
            result = await probe(server_at(platform.port, scheme="rtmps"), authority.client())
            assert result.ok
            assert [stage.stage for stage in result.stages] == list(ProbeStage)
            assert result.tls_version in ("TLSv1.2", "TLSv1.3")
            assert result.certificate_days_left == 5
            await eventually(lambda: platform.last.lost)
            assert commands(platform.last) == ["connect"]

    go()


def test_a_system_whose_authorities_cannot_be_read_ends_the_probe_and_no_other(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def broken_store() -> ssl.SSLContext:
        raise ssl.SSLError(1, "[ASN1] nested asn1 error")

    monkeypatch.setattr(probe_module, "verifying_context", broken_store)

    @swiftly
    async def go() -> None:
        async with Platform() as platform:
            prober = Prober(asyncio.get_running_loop().time)
            servers = [server_at(platform.port, scheme="rtmps"), server_at(platform.port)]
            broken, well = await prober.probe_all(servers)
            assert broken.failure is not None
            assert (broken.failure.kind, broken.stages) == (FailureKind.TLS_FAILED, ())
            assert well.ok

    go()


# Servers that fail.


@swiftly
async def test_a_name_that_does_not_exist_ends_the_probe() -> None:
    result = await probe(server_at(1935, host="ingest.invalid"))
    assert failed_at(result) == (ProbeStage.DNS, K.DNS)
    assert result.address == ""


@pytest.mark.parametrize("host", ["a..invalid", f"{'a' * 64}.invalid"])
def test_a_name_that_no_system_takes_for_one_is_a_matter_of_dns(host: str) -> None:
    @swiftly
    async def go() -> None:
        server = RTMPURL(scheme="rtmp", host=host, port=1935, app="app")
        assert failed_at(await probe(server)) == (ProbeStage.DNS, K.DNS)

    go()


def test_a_name_that_python_itself_refuses_is_a_matter_of_dns(monkeypatch: pytest.MonkeyPatch) -> None:
    async def refuses(*_: object, **__: object) -> None:
        raise UnicodeError("label empty or too long")

    @swiftly
    async def go() -> None:
        monkeypatch.setattr(asyncio.get_running_loop(), "getaddrinfo", refuses)
        result = await probe(server_at(1935, host="ingest.invalid"))
        assert failed_at(result) == (ProbeStage.DNS, K.DNS)

    go()


def test_a_name_server_that_hangs_is_left_after_5_s(monkeypatch: pytest.MonkeyPatch) -> None:
    @swiftly
    async def go() -> None:
        loop = asyncio.get_running_loop()
        monkeypatch.setattr(loop, "getaddrinfo", hangs)
        result = await probe(server_at(1935, host="ingest.invalid"))
        assert failed_at(result) == (ProbeStage.DNS, K.DNS)
        assert 5_000 <= result.stages[-1].took_ms < 5_200

    go()


async def hangs(*_: object, **__: object) -> None:
    await asyncio.Event().wait()


def test_the_name_is_looked_up_once_and_no_other_address_is_called(monkeypatch: pytest.MonkeyPatch) -> None:
    @swiftly
    async def go() -> None:
        loop, asked = asyncio.get_running_loop(), []

        async def answers_once(host: str, port: int, **_: object) -> list[object]:
            asked.append(host)
            return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", port))]

        monkeypatch.setattr(loop, "getaddrinfo", answers_once)
        async with Platform() as platform:
            assert (await probe(server_at(platform.port, host="ingest.invalid"))).ok
        assert asked == ["ingest.invalid"]

    go()


@swiftly
async def test_a_port_that_nobody_listens_on_is_refused() -> None:
    assert failed_at(await probe(server_at(closed_port()))) == (ProbeStage.TCP, K.REFUSED)


@only_linux
@swiftly
async def test_a_port_that_swallows_calls_is_left_after_5_s() -> None:
    with silent() as port:
        result = await probe(server_at(port))
        assert failed_at(result) == (ProbeStage.TCP, K.CONNECT_TIMEOUT)
        assert 5_000 <= result.stages[-1].took_ms < 5_200


@pytest.mark.parametrize(
    ("certificate", "kind"),
    [
        (lambda authority: authority.server("ingest.example.com"), K.TLS_WRONG_NAME),
        (lambda authority: authority.server("127.0.0.1", valid_until=EXPIRED), K.TLS_EXPIRED),
        (lambda _: Authority().server("127.0.0.1"), K.TLS_UNTRUSTED),
        (lambda _: self_signed("127.0.0.1"), K.TLS_UNTRUSTED),
    ],
    ids=["another host", "expired", "unknown authority", "self-signed"],
)
def test_a_certificate_that_proves_nothing_ends_the_probe(
    authority: Authority, certificate: Callable[[Authority], ssl.SSLContext], kind: FailureKind
) -> None:
    @swiftly
    async def go() -> None:
        async with Platform(tls=certificate(authority)) as platform:
            result = await probe(server_at(platform.port, scheme="rtmps"), authority.client())
            assert failed_at(result) == (ProbeStage.TLS, kind)
            assert result.address == "127.0.0.1"
            assert [bytes(connection.received) for connection in platform.connections] == []

    go()


@pytest.mark.parametrize(
    ("reply", "kind"),
    [
        (lambda _: None, K.TLS_FAILED),
        (lambda writer: writer.close(), K.TLS_FAILED),
        (lambda writer: writer.write(b"HTTP/1.1 400 Bad Request\r\n\r\n"), K.TLS_MISSING),
        (lambda writer: writer.write(b"\x03" + bytes(3072)), K.TLS_MISSING),
        (lambda writer: writer.write(PROTOCOL_VERSION_ALERT), K.TLS_TOO_OLD),
        (lambda writer: writer.write(SERVER_HELLO_OF_TLS_1_0), K.TLS_TOO_OLD),
    ],
    ids=["says nothing", "hangs up", "speaks HTTP", "speaks RTMP", "refuses our TLS", "speaks old TLS"],
)
def test_whoever_does_not_speak_our_tls_hears_no_rtmp(
    reply: Callable[[asyncio.StreamWriter], None], kind: FailureKind
) -> None:
    @swiftly
    async def go() -> None:
        async with wire(reply) as tap:
            result = await probe(server_at(tap.port, scheme="rtmps"))
            assert failed_at(result) == (ProbeStage.TLS, kind)
            assert result.stages[-1].took_ms < 5_200
            await eventually(lambda: tap.connections == 1)
            assert b"connect" not in tap.bytes

    go()


@pytest.mark.parametrize(
    ("reply", "kind"),
    [
        (lambda _: None, K.HANDSHAKE_TIMEOUT),
        (lambda writer: writer.write(b"HTTP/1.1 302 Found\r\nLocation: /login\r\n\r\n"), K.WEB_PAGE),
        (lambda writer: writer.write(b"<!doctype html>"), K.WEB_PAGE),
        (lambda writer: writer.write(b"SSH-2.0-OpenSSH_9.2\r\n"), K.NOT_RTMP),
        (lambda writer: writer.write(b"\x15\x03\x03\x00\x02\x02\x0a"), K.NOT_RTMP),
        (lambda writer: writer.close(), K.NOT_RTMP),
        (lambda writer: writer.transport.abort(), K.NOT_RTMP),
    ],
    ids=["silence", "a captive portal", "a page", "another protocol", "TLS", "a hang-up", "a reset"],
)
def test_whoever_is_no_rtmp_server_is_found_out_by_the_handshake(
    reply: Callable[[asyncio.StreamWriter], None], kind: FailureKind
) -> None:
    @swiftly
    async def go() -> None:
        async with wire(reply) as tap:
            result = await probe(server_at(tap.port))
            assert failed_at(result) == (ProbeStage.HANDSHAKE, kind)
            assert result.stages[-1].took_ms < 10_200

    go()


class NoSuchApp(PlatformConnection):
    """Refuses the application, at length."""

    def on_connect(self, request: ConnectRequested) -> None:
        self.rtmp.reject_connect(request.request_id, StatusCode.CONNECT_INVALID_APP, "Where\x1b[31m to?" * 99)


class ClosesAtConnect(PlatformConnection):
    """What nginx-rtmp does for an application it does not have."""

    def on_connect(self, request: ConnectRequested) -> None:
        self.transport.close()


class ResetsAtConnect(PlatformConnection):
    """The same, ruder."""

    def on_connect(self, request: ConnectRequested) -> None:
        self.transport.abort()


class NeverAnswers(PlatformConnection):
    """Shakes hands and leaves it at that."""

    def on_connect(self, request: ConnectRequested) -> None:
        pass


class AnswersNonsense(PlatformConnection):
    """Breaks the protocol instead of answering."""

    def on_connect(self, request: ConnectRequested) -> None:
        self.transport.write(bytes.fromhex("03000000ffffff1400000000"))


@pytest.mark.parametrize(
    ("kind", "failure"),
    [
        (NoSuchApp, K.CONNECT_REJECTED),
        (ClosesAtConnect, K.CLOSED_BEFORE_CONNECT),
        (ResetsAtConnect, K.CLOSED_BEFORE_CONNECT),
        (NeverAnswers, K.HANDSHAKE_TIMEOUT),
        (AnswersNonsense, K.PROTOCOL),
    ],
)
def test_a_server_that_does_not_accept_connect_says_so_in_its_own_way(
    kind: type[PlatformConnection], failure: FailureKind
) -> None:
    @swiftly
    async def go() -> None:
        async with Platform(kind) as platform:
            result = await probe(server_at(platform.port))
            assert failed_at(result) == (ProbeStage.CONNECT, failure)

    go()


@swiftly
async def test_a_refusal_is_told_in_the_servers_own_words_without_what_terminals_obey() -> None:
    async with Platform(NoSuchApp) as platform:
        result = await probe(server_at(platform.port))
        assert result.failure is not None
        assert result.failure.detail.startswith("NetConnection.Connect.InvalidApp: Where[31m to?")
        assert result.failure.detail.isprintable()


class NeverCloses(PlatformConnection):
    """Keeps its side open whatever happens, and goes on talking."""

    def eof_received(self) -> bool:
        self.transport.write(b"more")
        return True


@swiftly
async def test_a_server_that_never_closes_is_cut_after_a_second() -> None:
    async with Platform(NeverCloses) as platform:
        loop = asyncio.get_running_loop()
        began = loop.time()
        assert (await probe(server_at(platform.port))).ok
        assert 1.0 <= loop.time() - began < 1.3


class ReadsNoGoodbye(PlatformConnection):
    """Accepts the application, and then never reads again."""

    def on_connect(self, request: ConnectRequested) -> None:
        super().on_connect(request)
        self.transport.pause_reading()


def test_tls_is_not_waited_for_longer_than_a_second_either(authority: Authority) -> None:
    @swiftly
    async def go() -> None:
        async with Platform(ReadsNoGoodbye, tls=authority.server("127.0.0.1")) as platform:
            loop = asyncio.get_running_loop()
            began = loop.time()
            assert (await probe(server_at(platform.port, scheme="rtmps"), authority.client())).ok
            assert 1.0 <= loop.time() - began < 1.3

    go()
