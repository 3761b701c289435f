"""A probe: a client that wants to know whether a server takes its application, and not a word more (rtmp.md 1.15)."""

from __future__ import annotations

import pytest

from powerstream_desktop.rtmp import control
from powerstream_desktop.rtmp.client import ClientConnection, Purpose
from powerstream_desktop.rtmp.errors import LocalProtocolError
from powerstream_desktop.rtmp.events import CloseReason, Connected, ConnectionClosed, ConnectRefused, Stage
from powerstream_desktop.rtmp.states import ClientState
from tests.unit.rtmp.pair import (
    TARGET,
    ScriptedServer,
    command,
    connect_object_of,
    failure,
    on_status,
    result,
    success,
)

ACCEPTED = result(1, {"fmsVer": "FMS/3,0,1,123"}, success("NetConnection.Connect.Success"))


def probe() -> ClientConnection:
    return ClientConnection(TARGET, "", random_bytes=bytes, purpose=Purpose.PROBE)


@pytest.fixture
def server() -> ScriptedServer:
    return ScriptedServer(probe())


def test_a_probe_introduces_itself_as_a_publisher_does() -> None:
    assert connect_object_of(probe()) == connect_object_of(
        ClientConnection(TARGET, "key", random_bytes=bytes)
    )


def test_a_probe_that_was_accepted_is_at_its_end_and_says_no_more(server: ScriptedServer) -> None:
    server.shake_hands()
    assert server.send(ACCEPTED) == [Connected(server_version="FMS/3,0,1,123", fourcc_list=())]
    assert server.client.closed
    assert server.client.state is ClientState.ENDING
    assert server.client.next_deadline() is None
    assert server.asked() == []


def test_control_messages_before_the_answer_are_answered(server: ScriptedServer) -> None:
    server.shake_hands()
    server.send(control.set_peer_bandwidth(2_500_000), control.ping_request(5), ACCEPTED)
    assert server.asked() == ["WindowAckSize 2500000", "PingResponse 5"]


def test_a_probe_is_deaf_to_what_follows_the_answer(server: ScriptedServer) -> None:
    server.shake_hands()
    server.send(ACCEPTED)
    assert (
        server.send(result(4, None, 1), on_status("NetStream.Publish.Start"), control.ping_request(5)) == []
    )
    assert server.asked() == []
    with pytest.raises(LocalProtocolError):
        server.client.send_message(9, 0, b"\x17\x00", 6)


def test_a_start_that_nobody_asked_for_does_not_make_a_probe_live(server: ScriptedServer) -> None:
    server.shake_hands()
    server.send(on_status("NetStream.Publish.Start"))
    assert server.client.state is ClientState.CONNECTING


def test_a_refused_probe_hears_why(server: ScriptedServer) -> None:
    server.shake_hands()
    assert server.send(command("_error", 1, None, failure("NetConnection.Connect.InvalidApp", "no app"))) == [
        ConnectRefused(code="NetConnection.Connect.InvalidApp", description="no app")
    ]
    assert server.client.closed


def test_a_server_that_hangs_up_on_a_probe_is_told_by_its_stage(server: ScriptedServer) -> None:
    server.shake_hands()
    assert server.receive(b"") == [
        ConnectionClosed(reason=CloseReason.PEER_CLOSED, stage=Stage.BEFORE_CONNECT)
    ]
