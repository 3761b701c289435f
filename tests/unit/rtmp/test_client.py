"""The client's end on its way to the start, and its media (rtmp.md 1.15). Hostile servers have a file of their own."""

from __future__ import annotations

import pytest

from powerstream_desktop.rtmp import amf0, control
from powerstream_desktop.rtmp.amf_values import UNDEFINED
from powerstream_desktop.rtmp.chunks import VIDEO_CSID, fmt1_header
from powerstream_desktop.rtmp.client import ClientConnection, Purpose
from powerstream_desktop.rtmp.errors import LocalProtocolError
from powerstream_desktop.rtmp.events import (
    AudioReceived,
    Connected,
    DataReceived,
    HandshakeCompleted,
    PlayStarted,
    PublishStarted,
    StatusReceived,
    VideoReceived,
)
from powerstream_desktop.rtmp.messages import Message
from powerstream_desktop.rtmp.states import ClientState
from powerstream_desktop.rtmp.url import parse_server_url
from tests.unit.rtmp.pair import (
    KEY,
    TARGET,
    YES,
    ScriptedServer,
    command,
    connect_object_of,
    failure,
    on_status,
    result,
    success,
)

# What nginx-rtmp 1.2.2 answered to FFmpeg, from rtmp.md 1.13.
NGINX_CAPTURE = """
02 000000 000004 05 00000000 004c4b40
02 000000 000005 06 00000000 004c4b40 02
02 000000 000004 01 00000000 00001000
03 000000 0000be 14 00000000 0200075f726573756c74 003ff0000000000000 03 0006666d73566572 02000d464d532f332c302c312c313233
   000c6361706162696c6974696573 00403f000000000000 000009 03 00056c6576656c 020006737461747573 0004636f6465
   02001d4e6574436f6e6e656374696f6e2e436f6e6e6563742e53756363657373 000b6465736372697074696f6e 020015436f6e6e656374696f6e207375636365656465642e
   000e6f626a656374456e636f64696e67 000000000000000000 000009
03 000000 00001d 14 00000000 0200075f726573756c74 004010000000000000 05 003ff0000000000000
05 000000 000069 14 01000000 0200086f6e537461747573 000000000000000000 05 03 00056c6576656c 020006737461747573 0004636f6465
   0200174e657453747265616d2e5075626c6973682e5374617274 000b6465736372697074696f6e 0200105374617274207075626c697368696e67 000009
"""


@pytest.mark.parametrize("size", [10_000, 1, 5], ids=["whole", "byte by byte", "in fives"])
def test_nginx_captured_bytes_lead_to_publishing(server: ScriptedServer, size: int) -> None:
    server.shake_hands()
    wire = bytes.fromhex(NGINX_CAPTURE)
    events = [event for i in range(0, len(wire), size) for event in server.receive(wire[i : i + size])]
    assert events == [Connected(server_version="FMS/3,0,1,123", fourcc_list=()), PublishStarted(stream_id=1)]
    assert server.asked() == [
        "WindowAckSize 5000000",
        "releaseStream(2)",
        "FCPublish(3)",
        "createStream(4)",
        "publish(5) on 1",
    ]


def test_the_chunk_size_and_connect_go_out_with_the_end_of_the_handshake(server: ScriptedServer) -> None:
    # As OBS does; both are still in the write that holds C2.
    assert server.shake_hands() == [HandshakeCompleted()]
    assert server.said == ["SetChunkSize 60000", "connect(1)"]


def test_a_publisher_looks_like_obs() -> None:
    assert connect_object_of(ClientConnection(TARGET, KEY, random_bytes=bytes)) == {
        "app": "live",
        "type": "nonprivate",
        "flashVer": "FMLE/3.0 (compatible; PowerStream)",
        "swfUrl": "rtmp://127.0.0.1/live",
        "tcUrl": "rtmp://127.0.0.1/live",
    }


def test_a_player_looks_like_ffmpeg() -> None:
    connect = connect_object_of(ClientConnection(TARGET, KEY, random_bytes=bytes, purpose=Purpose.PLAY))
    assert connect["flashVer"] == "LNX 9,0,124,2"
    assert connect["fpad"] is False
    assert "swfUrl" not in connect


def test_enhanced_rtmp_is_mentioned_only_for_a_stream_that_needs_it() -> None:
    connect = connect_object_of(
        ClientConnection(TARGET, KEY, random_bytes=bytes, fourcc_list=["hvc1", "Opus"])
    )
    assert connect["fourCcList"] == ["hvc1", "Opus"]
    assert connect["capsEx"] == 1.0


def test_the_app_keeps_its_query_and_an_ipv6_host_its_brackets() -> None:
    target = parse_server_url("rtmp://[::1]:1936/live2?backup=1", KEY)
    connect = connect_object_of(ClientConnection(target, KEY, random_bytes=bytes))
    assert (connect["app"], connect["tcUrl"]) == ("live2?backup=1", "rtmp://[::1]:1936/live2?backup=1")


def test_the_key_is_sent_as_it_was_typed() -> None:
    # Facebook's hold ?, = and & (nginx#929).
    key = "FB-1-Ab?s_bl=1&a=Ab/x"
    server = ScriptedServer(ClientConnection(TARGET, key, random_bytes=bytes))
    server.accept_connect()
    server.send(result(4, None, 1))
    messages = server.reader.feed(server.client.data_to_send())
    names = [amf0.decode_all(message.payload) for message in messages if message.type == 20]
    assert names == [
        ["releaseStream", 2.0, None, key],
        ["FCPublish", 3.0, None, key],
        ["createStream", 4.0, None],
        ["publish", 5.0, None, key, "live"],
    ]


def test_answers_may_come_in_any_order_and_with_anything_between(server: ScriptedServer) -> None:
    server.shake_hands()
    events = server.send(
        control.stream_begin(0),
        command("onBWDone", 0, None, 8192),
        result(1, {"fmsVer": "x"}, success("NetConnection.Connect.Success")),
        control.set_peer_bandwidth(2_500_000),
        result(4, None, 7.0),
        result(2, None, UNDEFINED),
        command("_error", 3, None, failure("NetConnection.Call.Failed")),
        command("onFCPublish", 0),
        control.ping_request(5),
        control.window_ack_size(2_500_000),
        on_status("NetStream.Publish.Start", stream_id=7),
    )
    assert events == [Connected(server_version="x", fourcc_list=()), PublishStarted(stream_id=7)]
    assert server.asked() == [
        "releaseStream(2)",
        "FCPublish(3)",
        "createStream(4)",
        "WindowAckSize 2500000",
        "publish(5) on 7",
        "PingResponse 5",
    ]


def test_publish_start_before_it_was_asked_for_is_not_believed(server: ScriptedServer) -> None:
    server.shake_hands()
    server.send(on_status("NetStream.Publish.Start"))
    states = [server.client.state]
    server.send(result(1, None, None), on_status("NetStream.Publish.Start"))
    assert [*states, server.client.state] == [ClientState.CONNECTING, ClientState.CREATING_STREAM]
    assert server.send(result(4, None, 1), on_status("NetStream.Publish.Start")) == [
        PublishStarted(stream_id=1)
    ]


def test_a_result_of_publish_is_no_start(server: ScriptedServer) -> None:
    server.accept_connect()
    assert server.send(result(4, None, 1), result(5, None)) == []
    assert server.client.state is ClientState.STARTING


def test_the_servers_enhanced_codecs_are_told(server: ScriptedServer) -> None:
    server.shake_hands()
    info = {**success("NetConnection.Connect.Success"), "fourCcList": ["hvc1", "av01"]}
    assert server.send(result(1, {}, info)) == [Connected(server_version="", fourcc_list=("hvc1", "av01"))]


def test_playing_goes_its_own_way(player: ScriptedServer) -> None:
    player.shake_hands()
    player.send(result(1, {}, success("NetConnection.Connect.Success")))
    assert player.asked() == ["createStream(2)"]
    player.send(result(2, None, 1))
    assert player.asked() == ["play(3) on 1", "SetBufferLength 1 3000"]
    assert player.send(
        control.stream_begin(1),
        on_status("NetStream.Play.Reset"),
        on_status("NetStream.Play.Start"),
        Message(18, 1, 0, amf0.encode("|RtmpSampleAccess", YES, YES), 5),
        Message(18, 1, 0, amf0.encode("onMetaData", {}), 5),
        Message(9, 0, 40, b"\x17\x00", 6),
        Message(8, 1, 41, b"\xaf\x00", 4),
    ) == [
        StatusReceived(level="status", code="NetStream.Play.Reset", description=""),
        PlayStarted(stream_id=1),
        DataReceived(1, 0, "onMetaData", amf0.encode("onMetaData", {})),
        VideoReceived(1, 40, b"\x17\x00"),
        AudioReceived(1, 41, b"\xaf\x00"),
    ]


# Media.


def test_media_goes_out_in_one_chunk_of_60000_bytes(server: ScriptedServer) -> None:
    server.go_live()
    server.client.send_message(9, 0, b"\x17\x01" + bytes(49_998), 6)
    assert server.client.data_to_send() == bytes.fromhex("06000000 00c350 09 01000000 1701") + bytes(49_998)


def test_media_is_sent_only_while_live(server: ScriptedServer) -> None:
    server.accept_connect()
    with pytest.raises(LocalProtocolError):
        server.client.send_message(9, 0, b"", 6)


def test_the_relays_own_messages_and_send_message_share_one_delta_chain(server: ScriptedServer) -> None:
    server.go_live()
    server.client.send_message(9, 1000, b"\x17\x00", 6)
    wire = server.client.data_to_send()
    wire += fmt1_header(VIDEO_CSID, 40, 2, 9) + b"\x17\x01"
    server.client.writer.resume(VIDEO_CSID, 1040, server.client.stream_id)
    server.client.send_message(9, 1080, b"\x27\x01", 6)
    wire += server.client.data_to_send()
    assert [message.timestamp for message in server.reader.feed(wire)] == [1000, 1040, 1080]


def test_media_from_a_server_that_we_publish_to_is_dropped(server: ScriptedServer) -> None:
    server.go_live()
    assert (
        server.send(Message(9, 1, 0, b"\x17\x00", 6), Message(18, 1, 0, amf0.encode("onMetaData"), 5)) == []
    )
