"""Encoders at the relay's door: keys, take-over, limits (rtmp.md 1.12, 3.5, 3.6, reliability_security.md 3.5)."""

from __future__ import annotations

import asyncio
import sys

import pytest

from powerstream_desktop.common.errors import SystemFault
from powerstream_desktop.common.secrets import Secret
from powerstream_desktop.relay.ingest.server import (
    MAX_CONNECTIONS,
    MAX_CONNECTIONS_PER_ADDRESS,
    SILENT_S,
    StreamingServer,
)
from powerstream_desktop.relay.stream.stream import Stream
from powerstream_desktop.rtmp.chunks import VIDEO_CSID, ChunkWriter
from powerstream_desktop.rtmp.events import (
    Connected,
    ConnectRefused,
    PublishRefused,
    PublishStarted,
    RemoteUnpublished,
)
from powerstream_desktop.rtmp.handshake import ClientHandshake
from powerstream_desktop.rtmp.messages import Message
from tests.integration.relay.door import KEY, door
from tests.integration.relay.peers import Client
from tests.integration.relay.swift_loop import eventually, let_pass, swiftly
from tests.unit.relay.packets import PICTURE_HEADER, key_frame
from tests.unit.rtmp.pair import command

needs_many_loopback_addresses = pytest.mark.skipif(
    sys.platform != "linux", reason="only Linux answers on all of 127.0.0.0/8"
)


@swiftly
async def test_a_publisher_with_the_right_key_reaches_the_stream() -> None:
    async with door() as d:
        encoder = await d.publisher()
        encoder.send_frame()
        await eventually(lambda: len(d.audience.packets) >= 6)
        assert d.log == ["publish program"]
        assert d.audience.calls == ["started"]


@swiftly
async def test_a_wrong_key_is_refused_before_publishing_starts() -> None:
    async with door() as d:
        encoder = await d.encoder("wrong_key_123456")
        refused = await encoder.hears(PublishRefused)
        await eventually(lambda: encoder.closed)
        assert refused.code == "NetStream.Publish.BadName"
        assert encoder.heard(PublishStarted) == []
        assert d.log == []
        assert not d.stream.publishing


@pytest.mark.parametrize("key", ["", KEY[:-1], KEY + "x", KEY.upper(), "ключ\udc80"])
def test_a_key_that_is_nearly_right_is_wrong(key: str) -> None:
    server = StreamingServer(lambda: 0.0)
    server.add_stream("program", Secret(KEY), Stream("program", lambda: 0.0))
    assert server._route(key) is None
    assert server._route(KEY) is not None


@pytest.mark.parametrize("app", ["other", "livelive", ""])
def test_an_unknown_application_is_not_ours(app: str) -> None:
    assert not StreamingServer(lambda: 0.0).knows_app(app)


@pytest.mark.parametrize("app", ["live", "/live/", "live?token=1", "live/some_key"])
def test_what_encoders_write_for_our_application_is_ours(app: str) -> None:
    assert StreamingServer(lambda: 0.0).knows_app(app)


@swiftly
async def test_an_unknown_application_is_refused_and_closed() -> None:
    async with door() as d:
        encoder = await d.encoder(app="other")
        refused = await encoder.hears(ConnectRefused)
        await eventually(lambda: encoder.closed)
        assert refused.code == "NetConnection.Connect.InvalidApp"
        assert encoder.heard(Connected) == []


@swiftly
async def test_an_encoder_in_a_hurry_loses_nothing() -> None:
    """It sends everything in one write and waits for no answer (rtmp.md 1.11)."""
    async with door() as d:
        writer, handshake = ChunkWriter(), ClientHandshake(bytes)
        messages = [
            command("connect", 1, {"app": "live", "tcUrl": "rtmp://h/live"}),
            command("createStream", 2, None),
            command("publish", 3, None, KEY, "live", stream_id=1),
            Message(9, 1, 0, PICTURE_HEADER, VIDEO_CSID),
            Message(9, 1, 0, key_frame(), VIDEO_CSID),
        ]
        _, impatient = await asyncio.open_connection("127.0.0.1", d.server.port)
        greeting = handshake.start()
        impatient.write(greeting + bytes(1536) + b"".join(map(writer.write, messages)))
        await eventually(lambda: len(d.audience.packets) == 2)
        assert d.audience.packets[1].payload == key_frame()
        impatient.close()
        await impatient.wait_closed()


@swiftly
async def test_the_same_encoder_coming_again_takes_its_stream_over() -> None:
    async with door() as d:
        first = await d.publisher()
        second = await d.publisher()
        await first.hears(RemoteUnpublished)
        await eventually(lambda: first.closed)
        second.send_frame()
        await eventually(lambda: len(d.audience.packets) >= 9)
        assert d.audience.calls == ["started"]
        assert not second.closed
        times = [packet.dts_ms for packet in d.audience.packets if packet.info.is_keyframe]
        assert times == sorted(times)


@needs_many_loopback_addresses
@swiftly
async def test_another_encoder_is_refused_while_the_first_one_publishes() -> None:
    async with door() as d:
        first = await d.publisher()
        second = await d.encoder(source="127.0.0.2")
        assert (await second.hears(PublishRefused)).code == "NetStream.Publish.BadName"
        await eventually(lambda: second.closed)
        before = len(d.audience.packets)
        first.send_frame()
        await eventually(lambda: len(d.audience.packets) > before)
        assert not first.closed
        assert d.audience.calls == ["started"]


@needs_many_loopback_addresses
@swiftly
async def test_another_encoder_takes_over_from_one_that_has_fallen_silent() -> None:
    async with door() as d:
        ghost = await d.publisher()
        await let_pass(SILENT_S + 0.5)
        await d.publisher(source="127.0.0.2")
        await eventually(lambda: ghost.closed)
        await eventually(lambda: d.log[-1] == "bridged program")
        assert d.audience.calls == ["started"]
        assert d.log == ["publish program", "bridge program", "bridged program"]


@swiftly
async def test_a_second_publish_on_one_connection_is_refused_and_the_first_goes_on() -> None:
    async with door() as d:
        encoder = await d.publisher()
        for message in (
            command("createStream", 50, None),
            command("publish", 51, None, KEY, "live", stream_id=2),
        ):
            encoder.transport.write(encoder.rtmp.writer.write(message))
        await let_pass(1.0)
        before = len(d.audience.packets)
        encoder.transport.write(encoder.rtmp.writer.write(Message(9, 1, 40, key_frame(), VIDEO_CSID)))
        await eventually(lambda: len(d.audience.packets) > before)
        assert d.log == ["publish program"]
        assert not encoder.closed


@swiftly
async def test_an_encoder_that_says_goodbye_ends_the_broadcast_at_once() -> None:
    async with door() as d:
        encoder = await d.publisher()
        encoder.say_goodbye()
        await eventually(lambda: d.audience.calls == ["started", "ended"], patience_s=1.0)
        assert d.log == ["publish program", "done program: goodbye"]


@swiftly
async def test_an_encoder_that_vanishes_may_come_back_within_the_limit() -> None:
    async with door(bridge_limit_s=10.0) as d:
        (await d.publisher()).hang_up()
        await let_pass(8.0)
        assert d.log == ["publish program", "bridge program"]
        await d.publisher()
        await eventually(lambda: d.log[-1] == "bridged program")
        await let_pass(1.0)
        assert d.audience.calls == ["started"]
        assert d.log == ["publish program", "bridge program", "bridged program"]


@swiftly
async def test_an_encoder_that_stays_away_ends_the_broadcast_once() -> None:
    async with door(bridge_limit_s=10.0) as d:
        (await d.publisher()).hang_up()
        await let_pass(11.0)
        assert d.audience.calls == ["started", "ended"]
        assert d.log == ["publish program", "bridge program", "done program: not-back"]
        await d.publisher()
        await let_pass(1.0)
        assert d.log[3:] == ["publish program"]


@swiftly
async def test_a_server_to_which_nobody_published_ends_nothing() -> None:
    async with door() as d:
        await d.encoder()
        await d.server.aclose()
        assert d.log == []


@swiftly
async def test_without_a_bridge_an_encoder_that_vanishes_ends_the_broadcast_at_once() -> None:
    async with door(bridge_limit_s=0.0) as d:
        (await d.publisher()).hang_up()
        await eventually(lambda: d.audience.calls == ["started", "ended"], patience_s=0.5)
        assert d.log == ["publish program", "done program: not-back"]


@swiftly
async def test_the_end_of_the_server_ends_a_broadcast_that_waits_for_its_encoder() -> None:
    async with door() as d:
        (await d.publisher()).hang_up()
        await eventually(lambda: d.stream.bridged_since_s)
        await d.server.aclose()
        assert d.audience.calls == ["started", "ended"]


@swiftly
async def test_an_encoder_that_sends_no_media_for_half_a_minute_is_let_go() -> None:
    async with door() as d:
        encoder = await d.publisher()
        began = asyncio.get_running_loop().time()
        await eventually(lambda: encoder.closed)
        assert 29 < asyncio.get_running_loop().time() - began < 32
        assert d.audience.calls == ["started"]


@swiftly
async def test_who_does_not_finish_the_handshake_is_closed_after_ten_seconds() -> None:
    async with door() as d:
        began = asyncio.get_running_loop().time()
        reader, writer = await asyncio.open_connection("127.0.0.1", d.server.port)
        writer.write(b"\x03" + bytes(100))
        assert await reader.read() == b""
        assert 9.5 < asyncio.get_running_loop().time() - began < 11
        writer.close()
        await writer.wait_closed()


@swiftly
async def test_what_is_not_rtmp_is_cut_and_hurts_nobody() -> None:
    async with door() as d:
        encoder = await d.publisher()
        reader, writer = await asyncio.open_connection("127.0.0.1", d.server.port)
        writer.write(b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n")
        assert await reader.read() == b""
        writer.close()
        before = len(d.audience.packets)
        encoder.send_frame()
        await eventually(lambda: len(d.audience.packets) > before)


@swiftly
async def test_a_publisher_that_breaks_the_protocol_counts_as_lost() -> None:
    async with door() as d:
        encoder = await d.publisher()
        too_long = bytes.fromhex("04000000ffffff0801000000")
        encoder.transport.write(too_long)
        await eventually(lambda: encoder.closed)
        assert d.audience.calls == ["started"]
        assert d.stream.bridged_since_s is not None


@swiftly
async def test_one_address_gets_eight_connections() -> None:
    async with door() as d:
        clients = [await d.encoder("any") for _ in range(MAX_CONNECTIONS_PER_ADDRESS)]
        ninth = await d.encoder()
        await eventually(lambda: ninth.closed)
        for client in clients:
            client.hang_up()
        await let_pass(0.5)
        await d.publisher()


@needs_many_loopback_addresses
@swiftly
async def test_all_addresses_together_get_thirty_two_connections() -> None:
    async with door() as d:
        clients = []
        for number in range(MAX_CONNECTIONS):
            source = f"127.0.0.{number // MAX_CONNECTIONS_PER_ADDRESS + 2}"
            _, writer = await asyncio.open_connection("127.0.0.1", d.server.port, local_addr=(source, 0))
            clients.append(writer)
        one_too_many = await d.encoder()
        await eventually(lambda: one_too_many.closed)
        for writer in clients:
            writer.close()
        await let_pass(0.5)
        await d.publisher()


@swiftly
async def test_closing_ends_everybody_and_may_be_repeated() -> None:
    async with door() as d:
        encoder = await d.publisher()
        idle = await Client.connect(d.server.port, KEY)
        await d.server.aclose()
        await d.server.aclose()
        await eventually(lambda: encoder.closed and idle.closed)
        assert encoder.heard(RemoteUnpublished)
        assert d.log == ["publish program", "done program: goodbye"]
        with pytest.raises(ConnectionRefusedError):
            await asyncio.open_connection("127.0.0.1", d.server.port)


@swiftly
async def test_closing_does_not_wait_for_a_peer_that_reads_nothing() -> None:
    async with door() as d:
        _, deaf = await asyncio.open_connection("127.0.0.1", d.server.port)
        began = asyncio.get_running_loop().time()
        await d.server.aclose()
        assert asyncio.get_running_loop().time() - began < 2
        deaf.close()


@swiftly
async def test_a_port_in_use_is_said_in_one_sentence() -> None:
    async with door() as d:
        second = StreamingServer(asyncio.get_running_loop().time)
        with pytest.raises(SystemFault, match=f"Port {d.server.port} on 127.0.0.1 is in use"):
            await second.start(port=d.server.port)
        await second.aclose()


@swiftly
async def test_the_address_for_encoders_holds_the_key_only_where_it_is_asked_for() -> None:
    async with door() as d:
        assert d.server.server_url == f"rtmp://127.0.0.1:{d.server.port}/live"
        assert d.server.ingest_url(Secret(KEY)) == f"{d.server.server_url}/{KEY}"
