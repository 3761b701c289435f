"""The client's end against scripted servers: order, verdicts, time limits (rtmp.md 1.15 to 1.18). Hostile ones have a file of their own."""

from __future__ import annotations

import math

import pytest

from powerstream_desktop.rtmp import amf0, control
from powerstream_desktop.rtmp.amf_values import UNDEFINED, AMFValue
from powerstream_desktop.rtmp.auth import Credentials
from powerstream_desktop.rtmp.chunks import VIDEO_CSID, fmt1_header
from powerstream_desktop.rtmp.client import ClientConnection, Purpose
from powerstream_desktop.rtmp.errors import LocalProtocolError, ProtocolError
from powerstream_desktop.rtmp.events import (
    AudioReceived,
    AuthenticationRequired,
    CloseReason,
    Connected,
    ConnectionClosed,
    ConnectRefused,
    DataReceived,
    FinishReason,
    HandshakeCompleted,
    PlayFinished,
    PlayRefused,
    PlayStarted,
    PublishRefused,
    PublishStarted,
    ReconnectRequested,
    RemoteUnpublished,
    Stage,
    StatusReceived,
    VideoReceived,
)
from powerstream_desktop.rtmp.handshake import ServerHandshake
from powerstream_desktop.rtmp.messages import Message
from powerstream_desktop.rtmp.states import ClientState
from powerstream_desktop.rtmp.url import RTMPURL, parse_server_url
from tests.unit.rtmp.pair import (
    KEY,
    TARGET,
    YES,
    ScriptedServer,
    command,
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


@pytest.fixture
def server() -> ScriptedServer:
    return ScriptedServer()


@pytest.fixture
def player() -> ScriptedServer:
    return ScriptedServer(purpose=Purpose.PLAY)


def connect_object_of(client: ClientConnection) -> dict[str, AMFValue]:
    """What a client says in its connect."""
    server, handshake = ScriptedServer(client), ServerHandshake(bytes)
    client.start(server.now)
    server.receive(handshake.receive(client.data_to_send()))
    handshake.receive(client.data_to_send())
    connect = amf0.decode_all(server.reader.feed(handshake.leftover)[-1].payload)[2]
    assert isinstance(connect, dict)
    return connect


# The way to the start.


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


# Verdicts.


def test_a_refused_connect_says_why(server: ScriptedServer) -> None:
    server.shake_hands()
    assert server.send(command("_error", 1, None, failure("NetConnection.Connect.InvalidApp", "no app"))) == [
        ConnectRefused(code="NetConnection.Connect.InvalidApp", description="no app")
    ]
    assert server.client.closed
    assert server.client.next_deadline() is None
    assert server.send(result(4, None, 1)) == []
    assert server.receive(b"") == [
        ConnectionClosed(reason=CloseReason.PEER_CLOSED, stage=Stage.BEFORE_CONNECT)
    ]


@pytest.mark.parametrize(
    "refusal",
    [
        result(1, {}, failure("NetConnection.Connect.Rejected")),
        command("_error", 1, failure("NetConnection.Connect.Rejected")),
        on_status("NetConnection.Connect.Rejected", level="error", stream_id=0),
        on_status("NetConnection.Connect.Rejected", level=None, stream_id=0),
    ],
    ids=["result of level error", "info in the wrong place", "status", "status without level"],
)
def test_a_connect_can_be_refused_in_many_ways(server: ScriptedServer, refusal: Message) -> None:
    server.shake_hands()
    (event,) = server.send(refusal)
    assert isinstance(event, ConnectRefused)
    assert event.code == "NetConnection.Connect.Rejected"


@pytest.mark.parametrize(
    "code", ["BadName", "Rejected", "Denied", "Failed", "Unauthorized", "SomethingOfTheirOwn"]
)
def test_a_refused_publish_says_why(server: ScriptedServer, code: str) -> None:
    server.accept_connect()
    refusal = on_status(f"NetStream.Publish.{code}", level="error", description="because")
    assert server.send(result(4, None, 1), refusal) == [
        PublishRefused(code=f"NetStream.Publish.{code}", description="because", stage=Stage.BEFORE_START)
    ]
    assert server.client.closed


@pytest.mark.parametrize("transaction", [4, 5], ids=["createStream", "publish"])
def test_an_error_to_create_stream_or_publish_is_a_refusal(server: ScriptedServer, transaction: int) -> None:
    server.accept_connect()
    if transaction == 5:
        server.send(result(4, None, 1))
    (event,) = server.send(command("_error", transaction, None, failure("NetStream.Failed")))
    assert event == PublishRefused(code="NetStream.Failed", description="", stage=Stage.BEFORE_START)


def test_a_refusal_after_the_start_tells_its_stage(server: ScriptedServer) -> None:
    server.go_live()
    assert server.send(on_status("NetStream.Publish.Rejected", level="error")) == [
        PublishRefused(code="NetStream.Publish.Rejected", description="", stage=Stage.LIVE)
    ]


def test_a_refused_player_hears_it(player: ScriptedServer) -> None:
    player.accept_connect()
    assert player.send(result(2, None, 1), on_status("NetStream.Play.StreamNotFound", level="error")) == [
        PlayRefused(code="NetStream.Play.StreamNotFound", description="", stage=Stage.BEFORE_START)
    ]


def test_a_remote_end_counts_once_live(server: ScriptedServer) -> None:
    server.accept_connect()
    assert server.send(result(4, None, 1), on_status("NetStream.Unpublish.Success")) == []
    server.send(on_status("NetStream.Publish.Start"))
    # Facebook, when another encoder wins (HaishinKit#549).
    assert server.send(on_status("NetStream.Unpublish.InternalKill", description="x")) == [
        RemoteUnpublished(code="NetStream.Unpublish.InternalKill", description="x")
    ]
    assert server.client.closed


@pytest.mark.parametrize(
    "code", ["NetStream.Play.Stop", "NetStream.Play.Complete", "NetStream.Play.UnpublishNotify"]
)
def test_a_player_hears_the_end(player: ScriptedServer, code: str) -> None:
    player.go_live()
    assert player.send(control.stream_eof(1), on_status(code)) == [
        PlayFinished(stream_id=1, reason=FinishReason.UNPUBLISHED)
    ]
    assert player.client.closed


@pytest.mark.parametrize(
    ("steps", "stage"),
    [
        ("", Stage.BEFORE_CONNECT),
        ("connect", Stage.BEFORE_START),
        ("connect stream", Stage.BEFORE_START),
        ("live", Stage.LIVE),
    ],
)
def test_an_end_of_input_tells_how_far_we_had_come(server: ScriptedServer, steps: str, stage: Stage) -> None:
    if steps == "live":
        server.go_live()
    elif steps:
        server.accept_connect()
    else:
        server.shake_hands()
    if "stream" in steps:
        server.send(result(4, None, 1))
    assert server.receive(b"") == [ConnectionClosed(reason=CloseReason.PEER_CLOSED, stage=stage)]
    with pytest.raises(LocalProtocolError):
        server.receive(b"x")


def test_another_status_is_for_the_log(server: ScriptedServer) -> None:
    server.go_live()
    assert server.send(on_status("NetStream.Record.Start", description="d"), command("close", 0, None)) == [
        StatusReceived(level="status", code="NetStream.Record.Start", description="d")
    ]


@pytest.mark.parametrize("description", [f"Stream {KEY} is busy", f"{KEY}?a=1"])
def test_a_server_cannot_make_us_show_the_key(description: str) -> None:
    server = ScriptedServer(ClientConnection(TARGET, f"{KEY}?a=1", random_bytes=bytes))
    server.accept_connect()
    (event,) = server.send(result(4, None, 1), on_status(f"x.{KEY}", level="error", description=description))
    assert KEY not in repr(event)
    assert "***" in repr(event)


# Moving and signing in.


@pytest.mark.parametrize(
    ("target", "wanted", "resolved"),
    [
        ("rtmp://h/live", "rtmp://other:1936/app", "rtmp://other:1936/app"),
        ("rtmp://h/live", "rtmps://other/app", "rtmps://other/app"),
        ("rtmps://h/live", "rtmp://other/app", None),
        ("rtmp://h/live", "http://other/app", None),
        ("rtmps://h:444/live", "/app2", "rtmps://h:444/app2"),
        ("rtmp://h/a/b", "c", "rtmp://h/c"),
    ],
)
def test_a_reconnect_request_never_leads_out_of_tls(target: str, wanted: str, resolved: str | None) -> None:
    server = ScriptedServer(ClientConnection(parse_server_url(target, KEY), KEY, random_bytes=bytes))
    server.go_live()
    code = "NetConnection.Connect.ReconnectRequest"
    (event,) = server.send(on_status(code, stream_id=0, tcUrl=wanted, description="bye"))
    if resolved is None:
        assert event == StatusReceived(level="status", code=code, description="bye")
    else:
        assert event == ReconnectRequested(tc_url=resolved, description="bye")
    assert server.client.state is ClientState.LIVE


def test_a_reconnect_request_without_an_address_means_the_same_one(server: ScriptedServer) -> None:
    server.go_live()
    request = on_status("NetConnection.Connect.ReconnectRequest", stream_id=0)
    assert server.send(request) == [ReconnectRequested(tc_url=None, description="")]


@pytest.mark.parametrize(
    ("scheme", "redirect", "told"),
    [
        ("rtmp", "rtmp://other/live", "rtmp://other/live"),
        ("rtmps", "rtmp://other/live", None),
        ("rtmp", "http://evil/", None),
        ("rtmp", "", None),
    ],
)
def test_a_redirect_is_told(scheme: str, redirect: str, told: str | None) -> None:
    target = RTMPURL(scheme=scheme, host="h", port=1935, app="live")
    server = ScriptedServer(ClientConnection(target, KEY, random_bytes=bytes))
    server.shake_hands()
    info = failure("NetConnection.Connect.Rejected")
    info["ex"] = {"code": 302, "redirect": redirect}
    (event,) = server.send(command("_error", 1, None, info))
    assert isinstance(event, ConnectRefused)
    assert event.redirect == told


ADOBE = "[ AccessManager.Reject ] : [ code=403 need auth; authmod=adobe ] :"


def rejected(description: str, *, auth_query: str = "", credentials: Credentials | None) -> object:
    client = ClientConnection(TARGET, KEY, random_bytes=bytes, credentials=credentials, auth_query=auth_query)
    server = ScriptedServer(client)
    server.shake_hands()
    (event,) = server.send(command("_error", 1, None, failure("NetConnection.Connect.Rejected", description)))
    assert client.closed
    return event


def test_signing_in_takes_three_connections() -> None:
    me = Credentials(user="ann", password="pw")
    first = rejected(ADOBE, credentials=me)
    assert first == AuthenticationRequired(auth_query="?authmod=adobe&user=ann")
    assert isinstance(first, AuthenticationRequired)
    second = rejected(
        "authmod=adobe ?reason=needauth&salt=s&challenge=c", auth_query=first.auth_query, credentials=me
    )
    assert isinstance(second, AuthenticationRequired)
    assert "&response=" in second.auth_query
    third = rejected("authmod=adobe ?reason=authfailed", auth_query=second.auth_query, credentials=me)
    assert isinstance(third, ConnectRefused)


def test_without_credentials_a_challenge_is_a_refusal() -> None:
    event = rejected(ADOBE, credentials=None)
    assert isinstance(event, ConnectRefused)
    assert event.description == ADOBE


@pytest.mark.parametrize(("app", "sent"), [("live", "live?authmod=x"), ("live?a=1", "live?a=1&authmod=x")])
def test_the_answer_to_a_challenge_ends_app_and_url(app: str, sent: str) -> None:
    target = parse_server_url(f"rtmp://h/{app}", KEY)
    connect = connect_object_of(ClientConnection(target, KEY, random_bytes=bytes, auth_query="?authmod=x"))
    assert (connect["app"], connect["tcUrl"]) == (sent, f"rtmp://h/{sent}")


# The end.


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
