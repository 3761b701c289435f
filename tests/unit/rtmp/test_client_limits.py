"""How a client ends, what it waits for, and what it acknowledges (rtmp.md 1.15, 1.18, 1.20)."""

from __future__ import annotations

import math

import pytest

from powerstream_desktop.rtmp import control
from powerstream_desktop.rtmp.amf_values import UNDEFINED, AMFValue
from powerstream_desktop.rtmp.errors import LocalProtocolError, ProtocolError
from powerstream_desktop.rtmp.events import (
    CloseReason,
    ConnectionClosed,
    Stage,
)
from powerstream_desktop.rtmp.messages import Message
from tests.unit.rtmp.pair import (
    ScriptedServer,
    on_status,
    result,
    success,
)


def test_stopping_says_goodbye(server: ScriptedServer) -> None:
    server.go_live()
    server.client.stop(server.now)
    assert server.asked() == ["FCUnpublish(6)", "deleteStream(7)"]
    assert server.client.closed
    server.client.stop(server.now)
    assert server.asked() == []
    assert server.send(on_status("NetStream.Unpublish.Success")) == []


def test_stopping_early_says_only_what_makes_sense(server: ScriptedServer) -> None:
    server.accept_connect()
    server.send(result(4, None, 1))
    server.asked()
    server.client.stop(server.now)
    assert server.asked() == ["deleteStream(6)"]

    other = ScriptedServer()
    other.shake_hands()
    other.client.stop(other.now)
    assert other.asked() == []
    assert other.client.closed


def test_a_player_stops_with_delete_stream(player: ScriptedServer) -> None:
    player.go_live()
    player.client.stop(player.now)
    assert player.asked() == ["deleteStream(4)"]


def test_a_client_starts_once(server: ScriptedServer) -> None:
    server.client.start(1.0)
    with pytest.raises(LocalProtocolError):
        server.client.start(2.0)


# Time.


def test_every_answer_has_its_time(server: ScriptedServer) -> None:
    assert server.client.next_deadline() is None
    server.shake_hands()
    assert server.client.next_deadline() == server.now + 10
    server.now += 5
    server.send(result(1, {}, success("NetConnection.Connect.Success")))
    assert server.client.next_deadline() == server.now + 10
    server.now += 5
    server.send(result(4, None, 1))
    assert server.client.next_deadline() == server.now + 15
    server.now += 5
    server.send(on_status("NetStream.Publish.Start"))
    assert server.client.next_deadline() is None


def test_a_handshake_that_never_ends_is_given_up(server: ScriptedServer) -> None:
    server.client.start(server.now)
    server.receive(b"\x03" + bytes(500))
    assert server.client.handle_deadline(server.now + 9.9) == []
    assert server.client.handle_deadline(server.now + 10) == [
        ConnectionClosed(reason=CloseReason.HANDSHAKE_TIMEOUT, stage=Stage.BEFORE_CONNECT)
    ]


def test_silence_after_publish_is_given_up(server: ScriptedServer) -> None:
    # FFmpeg waits for ever here (rtmp.md 1.16).
    server.accept_connect()
    server.send(result(4, None, 1))
    assert server.client.handle_deadline(server.now + 15) == [
        ConnectionClosed(reason=CloseReason.COMMAND_TIMEOUT, stage=Stage.BEFORE_START)
    ]
    assert server.client.closed


# Acknowledgements and pings.


def test_a_server_hears_how_much_we_received(player: ScriptedServer) -> None:
    player.go_live()
    player.send(control.window_ack_size(50_000))
    for _ in range(3):
        player.send(Message(9, 1, 0, bytes(30_000), 6))
    assert len(player.asked()) == 1


def test_a_ping_is_answered_at_once(server: ScriptedServer) -> None:
    server.go_live()
    server.send(control.ping_request(42))
    assert server.asked() == ["PingResponse 42"]


@pytest.mark.parametrize(
    "stream_id",
    [UNDEFINED, None, "1", math.nan, -1.0, 1e300, {}],
    ids=["undefined", "null", "text", "nan", "-1", "huge", "object"],
)
def test_a_stream_without_a_number_cannot_be_used(server: ScriptedServer, stream_id: AMFValue) -> None:
    server.accept_connect()
    with pytest.raises(ProtocolError):
        server.send(result(4, None, stream_id))
