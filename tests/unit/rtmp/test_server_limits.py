"""What a server's client may not do: be silent, be endless, be something else (rtmp.md 1.18, 3.6, 4.1)."""

from __future__ import annotations

import pytest

from powerstream_desktop.rtmp import amf0, control
from powerstream_desktop.rtmp.errors import HandshakeError, LimitExceeded, LocalProtocolError, ProtocolError
from powerstream_desktop.rtmp.events import (
    CloseReason,
    ConnectionClosed,
    FinishReason,
    HandshakeCompleted,
    PlayFinished,
    PublishFinished,
    Stage,
    VideoReceived,
)
from powerstream_desktop.rtmp.limits import Limits
from powerstream_desktop.rtmp.messages import Message
from powerstream_desktop.rtmp.server import ServerConnection
from tests.unit.rtmp.pair import KEY_FRAME, ScriptedClient, audio, command, video


@pytest.fixture
def client() -> ScriptedClient:
    return ScriptedClient()


# Control.


def test_a_ping_is_answered_in_the_same_call(client: ScriptedClient) -> None:
    client.publish()
    client.send(control.ping_request(0x01020304))
    assert client.replies() == [f"PingResponse {0x01020304}"]


def test_a_peer_bandwidth_is_answered_when_it_differs_from_what_was_announced(client: ScriptedClient) -> None:
    client.connect()
    client.send(control.set_peer_bandwidth(5_000_000), control.set_peer_bandwidth(5_000_000))
    assert client.replies() == ["WindowAckSize 5000000"]


def test_received_bytes_are_acknowledged_in_total_and_modulo_32_bits(client: ScriptedClient) -> None:
    client.publish()
    client.send(control.window_ack_size(10_000))
    before = client.server.bytes_received
    client.send(video(0, KEY_FRAME + bytes(20_000)))
    assert client.replies() == [f"Acknowledgement {client.server.bytes_received}"]
    assert client.server.bytes_received > before + 20_000

    client.server._acknowledger.count(2**32)
    client.send(video(40))
    assert client.replies() == [f"Acknowledgement {client.server.bytes_received - 2**32}"]


def test_without_a_window_every_2500000_bytes_are_acknowledged(client: ScriptedClient) -> None:
    client.publish()
    for _ in range(25):
        client.send(video(0, bytes(99_000)))
    assert client.replies() == []
    client.send(video(0, bytes(99_000)))
    assert client.replies() == [f"Acknowledgement {client.server.bytes_received}"]


def test_a_window_of_zero_is_none(client: ScriptedClient) -> None:
    client.publish()
    client.send(control.window_ack_size(0), video(0))
    assert client.replies() == []


@pytest.mark.parametrize("number", [0, 131_325, 0xF0000001, 0xFFFFFFFF])
def test_the_numbers_of_a_peers_acknowledgements_mean_nothing(client: ScriptedClient, number: int) -> None:
    # YouTube's are constant (HPRTMP#28), SRS wraps early (srs#730).
    client.publish()
    assert client.send(control.acknowledgement(number), video(0)) == [VideoReceived(1, 0, KEY_FRAME)]


# Time.


def test_a_client_that_does_not_shake_hands_is_given_up_after_ten_seconds() -> None:
    server = ServerConnection(now=50.0, random_bytes=bytes)
    assert server.next_deadline() == 60.0
    server.receive_data(b"\x03" + bytes(1000), 59.0)
    assert server.handle_deadline(59.9) == []
    assert server.handle_deadline(60.0) == [
        ConnectionClosed(reason=CloseReason.HANDSHAKE_TIMEOUT, stage=Stage.BEFORE_CONNECT)
    ]
    assert server.closed


def test_a_client_that_asks_for_nothing_is_given_up_after_twenty_seconds(client: ScriptedClient) -> None:
    client.connect()
    assert client.server.next_deadline() == client.now + 20.0
    client.now += 15
    client.send(control.ping_request(1))
    client.now += 5
    assert client.server.handle_deadline(client.now) == [
        ConnectionClosed(reason=CloseReason.COMMAND_TIMEOUT, stage=Stage.BEFORE_START)
    ]


def test_a_publisher_has_ten_seconds_for_its_first_media_and_metadata_is_none(client: ScriptedClient) -> None:
    client.publish()
    client.now += 9
    client.send(Message(18, 1, 0, amf0.encode("onMetaData"), 4))
    assert client.server.next_deadline() == client.now + 1


def test_a_silent_publisher_is_given_up_after_thirty_seconds(client: ScriptedClient) -> None:
    client.publish()
    client.send(audio(0))
    assert client.server.next_deadline() == client.now + 30
    client.now += 29
    client.send(audio(40), control.ping_request(1))
    assert client.server.next_deadline() == client.now + 30
    client.now += 30
    assert client.server.handle_deadline(client.now) == [
        PublishFinished(stream_id=1, reason=FinishReason.LOST),
        ConnectionClosed(reason=CloseReason.IDLE, stage=Stage.LIVE),
    ]


def test_a_publisher_that_said_goodbye_has_twenty_seconds_to_come_back(client: ScriptedClient) -> None:
    client.publish()
    client.now += 25
    client.send(video(0), command("deleteStream", 7, None, 1.0))
    assert client.server.next_deadline() == client.now + 20


def test_a_silent_player_is_pinged_and_then_given_up(client: ScriptedClient) -> None:
    client.play()
    heard = client.now
    assert client.server.next_deadline() == heard + 30
    assert client.server.handle_deadline(heard + 30) == []
    assert client.replies() == [f"PingRequest {int((heard + 30) * 1000)}"]
    assert client.server.next_deadline() == heard + 60
    assert client.server.handle_deadline(heard + 60) == [
        PlayFinished(stream_id=1, reason=FinishReason.LOST),
        ConnectionClosed(reason=CloseReason.IDLE, stage=Stage.LIVE),
    ]


def test_a_player_that_answers_its_ping_stays(client: ScriptedClient) -> None:
    client.play()
    client.server.handle_deadline(client.now + 30)
    client.now += 31
    client.send(control.ping_response(1))
    assert client.server.next_deadline() == client.now + 30


def test_a_slow_decision_is_not_the_clients_fault() -> None:
    client = ScriptedClient(accepts=False)
    client.shake_hands()
    client.send(command("connect", 1, {"app": "live"}))
    assert client.server.next_deadline() is None
    assert client.server.handle_deadline(client.now + 100) == []


# Limits.


@pytest.mark.parametrize(
    ("first", "code"),
    [(b"GET / HTTP/1.1\r\n\r\n", "http"), (b"\x16\x03\x01", "tls"), (b"\x06", "rtmpe"), (b"\x00", "other")],
)
def test_another_protocol_is_closed_without_a_word(first: bytes, code: str) -> None:
    server = ServerConnection(now=0.0, random_bytes=bytes)
    with pytest.raises(HandshakeError) as caught:
        server.receive_data(first, 1.0)
    assert caught.value.code == code
    assert server.data_to_send() == b""
    assert server.closed
    with pytest.raises(LocalProtocolError):
        server.receive_data(b"x", 1.0)


def test_streams_are_limited(client: ScriptedClient) -> None:
    # srs#607
    client.connect()
    client.send(*[command("createStream", n, None) for n in range(1, 17)])
    with pytest.raises(LimitExceeded):
        client.send(command("createStream", 17, None))


def test_streams_that_were_deleted_do_not_count(client: ScriptedClient) -> None:
    client.connect()
    for number in range(1, 40):
        client.send(command("createStream", 1, None), command("deleteStream", 0, None, number))
    assert not client.server.closed


def test_commands_are_limited_until_a_stream_is_in_use(client: ScriptedClient) -> None:
    client.connect()
    for _ in range(250):
        client.now += 0.05
        client.send(command("FCPublish", 2, None, "key"))
    with pytest.raises(LimitExceeded):
        client.send(*[command("FCPublish", 2, None, "key")] * 10)


def test_commands_are_limited_per_second_while_a_stream_is_in_use(client: ScriptedClient) -> None:
    client.play()
    for _ in range(1000):
        client.now += 0.1
        client.send(control.ping_request(1))
    with pytest.raises(LimitExceeded):
        client.send(*[control.ping_request(n) for n in range(300)])


def test_a_stranger_cannot_make_us_keep_megabytes_of_an_unfinished_message(client: ScriptedClient) -> None:
    client.connect()
    client.send(control.set_chunk_size(0xFFFFFF))
    client.receive(begun_picture(1024 * 1024))
    other = ScriptedClient()
    other.connect()
    other.send(control.set_chunk_size(0xFFFFFF))
    with pytest.raises(LimitExceeded):
        other.receive(begun_picture(1024 * 1024 + 1))


def test_a_publisher_may_send_large_pictures(client: ScriptedClient) -> None:
    client.publish()
    client.send(control.set_chunk_size(0xFFFFFF))
    client.receive(begun_picture(8 * 1024 * 1024))
    assert not client.server.closed


def test_an_encoder_in_a_hurry_may_begin_its_picture_before_its_key_was_looked_at() -> None:
    client = ScriptedClient(accepts=False)
    client.shake_hands()
    hello = (command("connect", 1, {"app": "live"}), control.set_chunk_size(0xFFFFFF))
    client.receive(b"".join(map(client.writer.write, hello)) + begun_picture(8 * 1024 * 1024))
    assert not client.server.closed


def begun_picture(length: int) -> bytes:
    """The first bytes of a video message."""
    return bytes.fromhex("06000000") + length.to_bytes(3, "big") + bytes.fromhex("0901000000") + KEY_FRAME


def test_tiny_sounds_in_aggregates_are_a_flood_as_well(client: ScriptedClient) -> None:
    client.publish()
    aggregate = Message(22, 1, 0, bytes.fromhex("0800000100000000000000af0000000c") * 4000, 4)
    with pytest.raises(LimitExceeded):
        client.send(aggregate, aggregate)


def test_after_a_protocol_error_nothing_is_left_to_send() -> None:
    client = ScriptedClient(limits=Limits(max_command_message=1000))
    client.connect()
    with pytest.raises(ProtocolError):
        client.send(command("createStream", 2, None), command("publish", 3, None, "x" * 2000))
    assert client.server.data_to_send() == b""
    assert client.server.closed
    assert client.server.next_deadline() is None


def test_the_first_event_says_how_hands_were_shaken(client: ScriptedClient) -> None:
    assert client.shake_hands() == [HandshakeCompleted(digest=False)]


def test_a_user_control_event_that_is_cut_off_is_ignored(client: ScriptedClient) -> None:
    client.publish()
    assert client.send(Message(4, 0, 0, b"\x00\x06\x00", 2), video(0)) == [VideoReceived(1, 0, KEY_FRAME)]
