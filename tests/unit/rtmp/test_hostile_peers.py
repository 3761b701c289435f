"""Hostile servers and clients: whatever they send, at whatever stage, the worst is a ``ProtocolError`` (rtmp.md 5.3.5;
reliability_security.md 6.3). A peer cannot make us wait longer, answer endlessly, or keep what it sends.
"""

from __future__ import annotations

import struct
import time
import tracemalloc
from collections.abc import Callable

import pytest

from powerstream_desktop.rtmp import amf0, control
from powerstream_desktop.rtmp.amf_values import AMFValue
from powerstream_desktop.rtmp.chunks import ChunkWriter
from powerstream_desktop.rtmp.client import Purpose
from powerstream_desktop.rtmp.errors import ProtocolError
from powerstream_desktop.rtmp.events import ConnectionClosed, VideoReceived
from powerstream_desktop.rtmp.messages import Message
from tests.unit.rtmp.pair import ScriptedClient, ScriptedServer, command, failure, on_status, result, success


def chunk_size(size: int) -> bytes:
    return bytes.fromhex("02000000000004010000000000")[:12] + struct.pack(">I", size)


def message(type_id: int, payload: bytes, stream_id: int = 0) -> bytes:
    """One message on a chunk stream that nobody else uses, whatever its content."""
    writer = ChunkWriter(0xFFFFFF)
    return chunk_size(0xFFFFFF) + writer.write(Message(type_id, stream_id, 0, payload, 9)) + chunk_size(128)


def call(name: str, transaction: float, *values: AMFValue) -> bytes:
    return message(20, amf0.encode(name, transaction, *values))


ATTACKS: dict[str, bytes] = {
    "chunk size 0": chunk_size(0),
    "chunk size 1": chunk_size(1)
    + b"\x03\x00\x00\x00\x00\x00\x14\x14\x00\x00\x00\x00\x02"
    + b"\xc3\x00" * 19,
    "chunk size 2^31-1": chunk_size(0x7FFFFFFF),
    "chunk size with top bit": chunk_size(0x80000000),
    "a message of 16 MiB": bytes.fromhex("06000000ffffff0901000000"),
    "64 half messages": b"".join(
        bytes([csid]) + bytes.fromhex("00000000ffff1201000000") + bytes(128) for csid in range(3, 64)
    ),
    "one-byte chunks": chunk_size(1) + bytes.fromhex("06000000ffff000901000000 00") + b"\xc6\x00" * 30_000,
    "empty messages": bytes.fromhex("0600000000000009 01000000") + b"\xc6" * 60_000,
    "window ack size 1": message(5, b"\x00\x00\x00\x01"),
    "window ack size 0": message(5, bytes(4)),
    "window ack size cut": message(5, b"\x00"),
    "peer bandwidth cut": message(6, b"\x00"),
    "peer bandwidths by turns": b"".join(message(6, struct.pack(">IB", n, 2)) for n in range(300)),
    "pings without end": b"".join(message(4, struct.pack(">HI", 6, n)) for n in range(2000)),
    "a user control cut": message(4, b"\x00"),
    "a long control message": message(4, bytes(65)),
    "an abort": message(2, bytes(4)),
    "junk commands": b"".join(call("junk", n, None) for n in range(300)),
    "a command that is no AMF": message(20, b"\xff\xff\xff"),
    "an empty command": message(20, b""),
    "a command of 64 KiB": call("x" * 60_000, 1, None),
    "a command over 64 KiB": message(20, b"\x0c\x00\x01\x00\x00" + bytes(70_000)),
    "AMF nested 1000 deep": message(20, amf0.encode("_result", 1) + b"\x03\x00\x01a" * 1000),
    "AMF with 4 billion members": message(20, amf0.encode("_result", 1) + b"\x0a\xff\xff\xff\xff"),
    "AMF3 in a command": message(17, b"\x00" + amf0.encode("_result", 1) + bytes.fromhex("110a0701")),
    "a result for nobody": call("_result", 99, None),
    "an error for nobody": call("_error", -1, None, failure("x")),
    "a result without anything": message(20, amf0.encode("_result")),
    "an onStatus without anything": message(20, amf0.encode("onStatus")),
    "an onStatus with an array": call("onStatus", 0, None, [1.0, 2.0]),
    "an onStatus of odd members": call(
        "onStatus", 0, None, {"level": 1.0, "code": {}, "description": [None]}
    ),
    "a status storm": b"".join(call("onStatus", 0, None, success("x")) for _ in range(300)),
    "close": call("close", 0, None),
    "connect": call("connect", 1, {"app": "x"}),
    "an aggregate in an aggregate": message(22, bytes.fromhex("160000000000000000000000") * 5),
    "an aggregate of 60000 empty parts": message(
        22, bytes.fromhex("080000000000000000000000000000") * 60_000
    ),
    "metadata that is no AMF": message(18, b"\xff" * 100),
    "media nobody asked for": message(9, bytes(60_000), 1) + message(8, bytes(1000), 7),
    "shared objects and unknown types": message(19, bytes(100))
    + message(16, bytes(100))
    + message(99, bytes(100)),
    "HTTP": b"HTTP/1.1 400 Bad Request\r\nServer: nginx\r\n\r\n<html></html>" * 20,
    "zeros": bytes(10_000),
    "ones": b"\xff" * 10_000,
}

every_attack = pytest.mark.parametrize("attack", ATTACKS.values(), ids=ATTACKS.keys())


def stage_handshake(server: ScriptedServer) -> None:
    server.shake_hands()


def stage_connected(server: ScriptedServer) -> None:
    server.accept_connect()


def stage_starting(server: ScriptedServer) -> None:
    server.accept_connect()
    server.send(result(4 if server.client._purpose is Purpose.PUBLISH else 2, None, 1))


def stage_live(server: ScriptedServer) -> None:
    server.go_live()


@every_attack
@pytest.mark.parametrize("purpose", Purpose, ids=lambda purpose: purpose.value)
@pytest.mark.parametrize("reach", [stage_handshake, stage_connected, stage_starting, stage_live])
def test_a_hostile_server_achieves_a_protocol_error_at_most(
    reach: Callable[[ScriptedServer], None], purpose: Purpose, attack: bytes
) -> None:
    server = ScriptedServer(purpose=purpose)
    reach(server)
    server.client.data_to_send()
    deadline = server.client.next_deadline()
    try:
        server.receive(attack)
    except ProtocolError:
        assert server.client.closed
        assert server.client.data_to_send() == b""
        return
    assert len(server.client.data_to_send()) <= 20 * 256 + 1000
    assert server.client.closed or server.client.next_deadline() in (
        deadline,
        server.now + 10,
        server.now + 15,
    )


@every_attack
@pytest.mark.parametrize(
    "reach", [ScriptedClient.shake_hands, ScriptedClient.connect, ScriptedClient.publish, ScriptedClient.play]
)
def test_a_hostile_client_achieves_a_protocol_error_at_most(
    reach: Callable[[ScriptedClient], object], attack: bytes
) -> None:
    client = ScriptedClient()
    reach(client)
    client.server.data_to_send()
    try:
        client.receive(attack)
    except ProtocolError:
        assert client.server.closed
        assert client.server.data_to_send() == b""
        return
    assert len(client.server.data_to_send()) <= 256 * 200


@every_attack
def test_an_attack_takes_little_time_and_memory(attack: bytes) -> None:
    client = ScriptedClient()
    client.publish()
    tracemalloc.start()
    began = time.perf_counter()
    try:
        client.receive(attack)
    except ProtocolError:
        pass
    finally:
        _, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
    # 50 ms for 64 KiB is the promise; tracing makes everything some ten times slower.
    assert time.perf_counter() - began < 0.5 * max(1, len(attack) / 65536) + 0.5
    assert peak < 8 * len(attack) + 4 * 1024 * 1024


def test_a_server_that_dribbles_gets_no_more_time_than_a_silent_one() -> None:
    server = ScriptedServer()
    server.shake_hands()
    junk = ChunkWriter().write(command("onBWDone", 0, None)) * 40
    deadline = server.client.next_deadline()
    assert deadline == server.now + 10
    for byte in junk:
        if server.now >= deadline:
            break
        server.now += 0.05
        server.receive(bytes([byte]))
    assert server.client.next_deadline() == deadline
    (closed,) = server.client.handle_deadline(deadline)
    assert isinstance(closed, ConnectionClosed)


def test_a_client_that_dribbles_its_handshake_gets_no_more_time_than_a_silent_one() -> None:
    client = ScriptedClient()
    deadline = client.server.next_deadline()
    for byte in b"\x03" + bytes(100):
        client.now += 0.09
        client.receive(bytes([byte]))
    assert client.server.next_deadline() == deadline


def test_a_publishers_server_may_not_fill_our_memory() -> None:
    # librtmp2#88: 64 messages of 4 MiB, all of them half done.
    server = ScriptedServer()
    server.go_live()
    with pytest.raises(ProtocolError):
        server.receive(bytes.fromhex("0600000040000009 01000000"))


def test_a_server_that_says_start_and_dies_is_told_apart() -> None:
    # nginx-rtmp with `deny publish` does both in one packet.
    server = ScriptedServer()
    server.accept_connect()
    events = server.send(result(4, None, 1), on_status("NetStream.Publish.Start"))
    assert [type(event).__name__ for event in events + server.receive(b"")] == [
        "PublishStarted",
        "ConnectionClosed",
    ]


def test_redirects_and_challenges_end_the_connection_each_time() -> None:
    server = ScriptedServer()
    server.shake_hands()
    info = {**failure("NetConnection.Connect.Rejected"), "ex": {"redirect": "rtmp://127.0.0.1/live"}}
    events = server.send(*[command("_error", 1, None, info)] * 50)
    assert len(events) == 1
    assert server.client.closed


def test_a_client_gets_one_acknowledgement_a_read_however_small_its_window() -> None:
    client = ScriptedClient()
    client.publish()
    client.send(control.window_ack_size(1))
    client.server.data_to_send()
    frames = [Message(9, 1, n, b"\x27\x01", 6) for n in range(100)]
    assert client.send(*frames) == [VideoReceived(1, n, b"\x27\x01") for n in range(100)]
    assert len(client.replies()) == 1
