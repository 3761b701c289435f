"""The server's end: exact replies (rtmp.md 1.13), requests that wait, time limits. Real encoders are in test_openings.py."""

from __future__ import annotations

import pytest

from powerstream_desktop.rtmp import amf0, control
from powerstream_desktop.rtmp.errors import HandshakeError, LimitExceeded, LocalProtocolError, ProtocolError
from powerstream_desktop.rtmp.events import (
    AudioReceived,
    BufferLengthChanged,
    CloseReason,
    ConnectionClosed,
    ConnectRequested,
    DataReceived,
    FinishReason,
    HandshakeCompleted,
    PauseRequested,
    PlayFinished,
    PlayRequested,
    PublishFinished,
    PublishRequested,
    ReceiveAudioRequested,
    ReceiveVideoRequested,
    Stage,
    VideoReceived,
)
from powerstream_desktop.rtmp.limits import Limits
from powerstream_desktop.rtmp.messages import Message
from powerstream_desktop.rtmp.server import ServerConnection
from powerstream_desktop.rtmp.states import ServerState
from powerstream_desktop.rtmp.status import StatusCode
from tests.unit.rtmp.pair import NO, YES, ScriptedClient, command

KEY_FRAME = bytes.fromhex("1701000050000000026588")
SOUND = bytes.fromhex("af0121")


def video(timestamp: int, payload: bytes = KEY_FRAME, stream_id: int = 1) -> Message:
    return Message(9, stream_id, timestamp, payload, 6)


def audio(timestamp: int, payload: bytes = SOUND, stream_id: int = 1) -> Message:
    return Message(8, stream_id, timestamp, payload, 4)


@pytest.fixture
def client() -> ScriptedClient:
    return ScriptedClient()


# Replies.


def test_connect_is_answered_in_one_write_with_the_chunk_size_before_the_long_reply(
    client: ScriptedClient,
) -> None:
    client.shake_hands()
    client.send(command("connect", 1, {"app": "live", "tcUrl": "rtmp://h/live"}))
    answer = client.server.data_to_send()

    assert answer.startswith(
        bytes.fromhex(
            "0200000000000405 00000000 002625a0 4200000000000506 002625a002 4200000000000401 0000ea60 0300000000"
        )
    )
    assert [message.type for message in client.reader.feed(answer)] == [5, 6, 1, 20]


def test_the_reply_to_connect_says_what_clients_look_at(client: ScriptedClient) -> None:
    client.shake_hands()
    client.send(command("connect", 7, {"app": "live", "objectEncoding": 3}))
    reply = client.reader.feed(client.server.data_to_send())[-1]
    assert amf0.decode_all(reply.payload) == [
        "_result",
        7.0,
        {"fmsVer": "FMS/3,5,3,888", "capabilities": 31.0, "mode": 1.0},
        {
            "level": "status",
            "code": "NetConnection.Connect.Success",
            "description": "Connection succeeded.",
            "objectEncoding": 0.0,
        },
    ]


@pytest.mark.parametrize(
    "members", [{"fourCcList": ["hvc1", "av01"]}, {"videoFourCcInfoMap": {"*": 2}}, {"capsEx": 1}], ids=str
)
def test_enhanced_rtmp_is_answered_to_those_who_speak_it(
    client: ScriptedClient, members: dict[str, object]
) -> None:
    client.shake_hands()
    client.send(command("connect", 1, {"app": "live", **members}))  # type: ignore[dict-item]
    info = amf0.decode_all(client.reader.feed(client.server.data_to_send())[-1].payload)[3]
    assert isinstance(info, dict)
    assert info["fourCcList"] == ["*"]
    assert info["videoFourCcInfoMap"] == info["audioFourCcInfoMap"] == {"*": 4.0}
    assert info["capsEx"] == 14.0


def test_the_commands_of_an_encoder_are_answered_in_order_and_in_one_write(client: ScriptedClient) -> None:
    client.connect()
    client.send(
        command("releaseStream", 2, None, "key"),
        command("FCPublish", 3, None, "key"),
        command("createStream", 4, None),
    )
    assert client.replies() == [
        "_result(2)",
        "_result(3)",
        "onFCPublish(3) NetStream.Publish.Start",
        "_result(4)",
    ]


def test_create_stream_gives_ascending_numbers(client: ScriptedClient) -> None:
    client.connect()
    client.send(command("createStream", 4, None), command("createStream", 5, None))
    answers = [
        amf0.decode_all(message.payload) for message in client.reader.feed(client.server.data_to_send())
    ]
    assert answers == [["_result", 4.0, None, 1.0], ["_result", 5.0, None, 2.0]]


def test_calls_without_a_transaction_get_no_result(client: ScriptedClient) -> None:
    client.connect()
    client.send(
        command("releaseStream", 0, None, "key"),
        command("FCPublish", 0, None, "key"),
        command("whatever", 0, None),
    )
    assert client.replies() == ["onFCPublish(0) NetStream.Publish.Start"]


def test_an_unknown_call_gets_an_empty_result(client: ScriptedClient) -> None:
    client.connect()
    client.send(command("_checkbw", 5, None), command("setPeerInfo", 6, None, "x"))
    assert client.replies() == ["_result(5)", "_result(6)"]


def test_answers_are_not_answered(client: ScriptedClient) -> None:
    client.connect()
    client.send(command("_result", 5, None), command("_error", 6, None), command("onStatus", 7, None))
    assert client.replies() == []


def test_a_second_connect_is_refused_and_nothing_else_happens(client: ScriptedClient) -> None:
    client.connect()
    assert client.send(command("connect", 9, {"app": "other"})) == []
    assert client.replies() == ["_error(9) NetConnection.Call.Failed"]
    assert client.server.state is ServerState.CONNECTED


def test_play_is_answered_in_the_order_players_need(client: ScriptedClient) -> None:
    client.connect()
    client.send(command("createStream", 2, None))
    client.replies()
    (request,) = client.send(command("play", 4, None, "key", -2000.0, stream_id=1))
    assert isinstance(request, PlayRequested)
    assert (request.stream_id, request.app, request.target.key) == (1, "live", "key")
    assert client.replies() == [
        "StreamBegin 1",
        "onStatus(0) on 1 NetStream.Play.Reset",
        "onStatus(0) on 1 NetStream.Play.Start",
        "|RtmpSampleAccess on 1",
    ]


def test_a_player_that_wants_no_reset_gets_none(client: ScriptedClient) -> None:
    client.connect()
    client.send(command("play", 4, None, "key", -2, -1, NO, stream_id=1))
    assert "onStatus(0) on 1 NetStream.Play.Reset" not in client.replies()


def test_the_stream_key_is_in_no_reply(client: ScriptedClient) -> None:
    client.connect()
    for name in (
        "releaseStream",
        "FCPublish",
        "publish",
        "FCUnpublish",
        "FCSubscribe",
        "play",
        "getStreamLength",
    ):
        client.send(command(name, 5, None, "very-secret-key", stream_id=1))
    assert b"very-secret-key" not in client.server.data_to_send()


def test_no_event_shows_the_stream_key_when_it_is_printed(client: ScriptedClient) -> None:
    client.shake_hands()
    events = client.send(
        command("connect", 1, {"app": "live/very-secret-key", "tcUrl": "rtmp://h/live/very-secret-key"})
    )
    events += client.send(command("publish", 2, None, "very-secret-key", stream_id=1))
    assert len(events) == 2
    assert "secret" not in repr(events)


# Requests.


def test_connect_tells_what_the_client_says_of_itself(client: ScriptedClient) -> None:
    client.shake_hands()
    events = client.send(
        command(
            "connect",
            1,
            {
                "app": "live",
                "tcurl": "rtmp://h/live",
                "flashVer": "x\n1",
                "fourCcList": ["hvc1", 3],
                "capsEx": 7,
            },
        )
    )
    assert events == [
        ConnectRequested(
            request_id=1,
            app="live",
            tc_url="rtmp://h/live",
            flash_ver="x1",
            object_encoding=0,
            fourcc_list=("hvc1",),
            caps_ex=7,
        )
    ]


def test_connect_may_hold_anything_at_all(client: ScriptedClient) -> None:
    # NMS died of odd URLs; librtmp users append strings (srs#186).
    client.shake_hands()
    events = client.send(
        command("connect", 1, {"app": 7, "tcUrl": None, "fourCcList": "x", "capsEx": "y"}, "a", "b")
    )
    assert isinstance(events[0], ConnectRequested)
    assert (events[0].app, events[0].tc_url, events[0].fourcc_list, events[0].caps_ex) == ("", "", (), 0)


def test_connect_without_an_object_is_a_request_as_well(client: ScriptedClient) -> None:
    client.shake_hands()
    assert isinstance(client.send(command("connect", 1, None))[0], ConnectRequested)


def test_the_publish_target_is_what_the_client_meant(client: ScriptedClient) -> None:
    client.connect(app="live/")
    (event,) = client.send(command("publish", 5, None, "key?token=1", "live", stream_id=1))
    assert isinstance(event, PublishRequested)
    assert (event.name, event.target.app, event.target.key, event.target.query) == (
        "key?token=1",
        "live",
        "key",
        "token=1",
    )


def test_nothing_is_said_to_a_publisher_before_it_is_accepted() -> None:
    # Publish.Start before the key check makes OBS reconnect for ever (srs#4037).
    client = ScriptedClient()
    client.connect()
    client.send(command("createStream", 2, None))
    client.replies()
    client.accepts = False
    (event,) = client.send(command("publish", 3, None, "key", "live", stream_id=1))
    assert isinstance(event, PublishRequested)
    assert client.replies() == []

    client.server.accept_publish(event.request_id)
    assert client.replies() == ["onStatus(0) on 1 NetStream.Publish.Start"]


def test_what_comes_behind_a_request_waits_for_its_answer_and_is_lost_by_none() -> None:
    client = ScriptedClient()
    client.connect()
    client.accepts = False
    (request,) = client.send(
        command("publish", 3, None, "key", "live", stream_id=1), video(0), audio(5), control.ping_request(9)
    )
    assert isinstance(request, PublishRequested)
    assert client.send(video(40)) == []
    assert client.server.next_deadline() is None

    client.server.accept_publish(request.request_id)
    assert client.server.next_deadline() == client.now
    assert client.server.handle_deadline(client.now) == [
        VideoReceived(1, 0, KEY_FRAME),
        AudioReceived(1, 5, SOUND),
        VideoReceived(1, 40, KEY_FRAME),
    ]
    assert client.replies() == ["onStatus(0) on 1 NetStream.Publish.Start", "PingResponse 9"]


def test_held_input_also_goes_on_with_the_next_data() -> None:
    client = ScriptedClient()
    client.connect()
    client.accepts = False
    (request,) = client.send(command("publish", 3, None, "key", "live", stream_id=1), video(0))
    assert isinstance(request, PublishRequested)
    client.server.accept_publish(request.request_id)
    assert client.send(video(40)) == [VideoReceived(1, 0, KEY_FRAME), VideoReceived(1, 40, KEY_FRAME)]


def test_reading_stops_while_a_slow_decision_lets_data_pile_up() -> None:
    # zap-stream#75: the buffer behind a slow hook had no end.
    client = ScriptedClient()
    client.connect()
    client.accepts = False
    (request,) = client.send(command("publish", 3, None, "key", "live", stream_id=1))
    assert isinstance(request, PublishRequested)
    frame = KEY_FRAME + bytes(100_000)
    wanted = [client.server.wants_read]
    client.send(video(0, frame), video(40, frame))
    wanted.append(client.server.wants_read)
    client.send(video(80, frame))
    wanted.append(client.server.wants_read)
    client.server.accept_publish(request.request_id)
    assert [*wanted, client.server.wants_read] == [True, True, False, True]
    assert len(client.server.handle_deadline(client.now)) == 3


def test_a_refused_publisher_hears_why_and_the_connection_ends() -> None:
    client = ScriptedClient()
    client.connect()
    client.accepts = False
    (request,) = client.send(command("publish", 3, None, "key", "live", stream_id=1), video(0))
    assert isinstance(request, PublishRequested)
    client.server.reject_publish(request.request_id, StatusCode.PUBLISH_BAD_NAME, "Unknown key.")

    (status,) = client.reader.feed(client.server.data_to_send())
    assert amf0.decode_all(status.payload)[3] == {
        "level": "error",
        "code": "NetStream.Publish.BadName",
        "description": "Unknown key.",
    }
    assert client.server.closed
    assert client.send(video(40)) == []
    assert client.server.next_deadline() is None
    assert client.receive(b"") == [ConnectionClosed(reason=CloseReason.PEER_CLOSED, stage=Stage.BEFORE_START)]


def test_a_refused_publisher_does_not_take_another_stream_of_its_connection_along(
    client: ScriptedClient,
) -> None:
    client.publish()
    client.accepts = False
    (request,) = client.send(command("publish", 4, None, "other", stream_id=2))
    assert isinstance(request, PublishRequested)
    client.server.reject_publish(request.request_id, StatusCode.PUBLISH_DENIED, "")
    assert not client.server.closed
    assert client.send(video(0)) == [VideoReceived(1, 0, KEY_FRAME)]


def test_a_refused_connect_and_a_refused_player_hear_why() -> None:
    refused = ScriptedClient(accepts=False)
    refused.shake_hands()
    refused.send(command("connect", 1, {"app": "nope"}))
    refused.server.reject_connect(1, StatusCode.CONNECT_INVALID_APP, "No such application.")
    assert refused.replies() == ["_error(1) NetConnection.Connect.InvalidApp"]
    assert refused.server.closed

    player = ScriptedClient()
    player.connect()
    player.accepts = False
    (request,) = player.send(command("play", 4, None, "key", stream_id=1))
    assert isinstance(request, PlayRequested)
    player.server.reject_play(request.request_id, StatusCode.PLAY_STREAM_NOT_FOUND, "")
    assert player.replies() == ["onStatus(0) on 1 NetStream.Play.StreamNotFound"]
    assert player.server.closed


def test_a_request_is_answered_once_and_by_the_right_method() -> None:
    client = ScriptedClient(accepts=False)
    client.shake_hands()
    client.send(command("connect", 1, {"app": "live"}))
    with pytest.raises(LocalProtocolError):
        client.server.accept_publish(1)
    with pytest.raises(LocalProtocolError):
        client.server.accept_connect(2)
    client.server.accept_connect(1)
    with pytest.raises(LocalProtocolError):
        client.server.accept_connect(1)
    (request,) = client.send(command("publish", 3, None, "key", stream_id=1))
    assert isinstance(request, PublishRequested)
    for answer in (client.server.accept_connect, client.server.accept_play):
        with pytest.raises(LocalProtocolError):
            answer(request.request_id)
    client.server.accept_publish(request.request_id)


def test_a_stream_in_use_refuses_another_publish_and_goes_on(client: ScriptedClient) -> None:
    client.publish()
    assert client.send(command("publish", 5, None, "other", stream_id=1)) == []
    assert client.send(command("play", 5, None, "other", stream_id=1)) == []
    assert client.replies() == [
        "onStatus(0) on 1 NetStream.Publish.BadName",
        "onStatus(0) on 1 NetStream.Play.Failed",
    ]
    assert client.send(video(0)) == [VideoReceived(1, 0, KEY_FRAME)]


# Media.


def test_media_of_a_publisher_comes_as_it_was_sent(client: ScriptedClient) -> None:
    client.publish()
    metadata = amf0.encode("onMetaData", {"width": 1.0})
    assert client.send(
        Message(18, 1, 0, amf0.encode("@setDataFrame") + metadata, 4),
        video(1000),
        audio(0xFFFFFFFF),
        video(1040, b""),
    ) == [
        DataReceived(1, 0, "onMetaData", metadata),
        VideoReceived(1, 1000, KEY_FRAME),
        AudioReceived(1, 0xFFFFFFFF, SOUND),
        VideoReceived(1, 1040, b""),
    ]


def test_media_without_a_stream_id_belongs_to_the_only_publisher(client: ScriptedClient) -> None:
    client.publish()
    assert client.send(video(0, stream_id=0)) == [VideoReceived(1, 0, KEY_FRAME)]
    client.send(command("publish", 4, None, "second", stream_id=2))
    assert client.send(video(0, stream_id=0)) == []
    assert client.send(video(0, stream_id=2)) == [VideoReceived(2, 0, KEY_FRAME)]


def test_an_aggregate_comes_as_its_parts(client: ScriptedClient) -> None:
    client.publish()
    payload = bytes.fromhex(
        "0800000300006400000000af01210000000e0900000a00008c000000002701000000000000014100000015"
    )
    assert client.send(Message(22, 1, 5000, payload, 4)) == [
        AudioReceived(1, 5000, SOUND),
        VideoReceived(1, 5040, bytes.fromhex("27010000000000000141")),
    ]


def test_media_on_an_idle_stream_is_dropped_and_before_connect_it_is_an_error(client: ScriptedClient) -> None:
    client.connect()
    assert client.send(video(0), audio(0), Message(18, 1, 0, amf0.encode("onMetaData"), 4)) == []

    early = ScriptedClient()
    early.shake_hands()
    with pytest.raises(ProtocolError):
        early.send(video(0))


@pytest.mark.parametrize("early", ["createStream", "publish", "play", "whatever"])
def test_nothing_but_connect_may_come_first(client: ScriptedClient, early: str) -> None:
    client.shake_hands()
    with pytest.raises(ProtocolError):
        client.send(command(early, 1, None, "key"))


# The end.


@pytest.mark.parametrize(
    ("goodbye", "replies"),
    [
        (
            command("FCUnpublish", 6, None, "key"),
            [
                "onFCUnpublish(0) NetStream.Unpublish.Success",
                "_result(6)",
                "onStatus(0) on 1 NetStream.Unpublish.Success",
            ],
        ),
        (command("deleteStream", 7, None, 1.0), ["onStatus(0) on 1 NetStream.Unpublish.Success"]),
        (command("deleteStream", 0, None, "key"), ["onStatus(0) on 1 NetStream.Unpublish.Success"]),
        (command("deleteStream", 0, None), ["onStatus(0) on 1 NetStream.Unpublish.Success"]),
        (command("closeStream", 0, None, stream_id=1), ["onStatus(0) on 1 NetStream.Unpublish.Success"]),
        (command("publish", 8, None, NO, stream_id=1), ["onStatus(0) on 1 NetStream.Unpublish.Success"]),
    ],
    ids=[
        "FCUnpublish",
        "deleteStream",
        "deleteStream by name",
        "deleteStream of nothing",
        "closeStream",
        "publish(false)",
    ],
)
def test_every_goodbye_ends_the_publish_once(
    client: ScriptedClient, goodbye: Message, replies: list[str]
) -> None:
    client.publish()
    assert client.send(goodbye) == [PublishFinished(stream_id=1, reason=FinishReason.UNPUBLISHED)]
    assert client.replies() == replies
    assert client.send(command("deleteStream", 9, None, 1.0), video(0)) == []
    assert client.receive(b"") == [ConnectionClosed(reason=CloseReason.PEER_CLOSED, stage=Stage.LIVE)]


def test_deleting_a_stream_that_does_not_exist_ends_no_other(client: ScriptedClient) -> None:
    client.publish()
    assert (
        client.send(command("deleteStream", 7, None, 5.0), command("deleteStream", 7, None, float("nan")))
        == []
    )


def test_a_connection_can_publish_again_after_its_goodbye(client: ScriptedClient) -> None:
    client.publish()
    client.send(command("deleteStream", 7, None, 1.0), command("createStream", 8, None))
    (event,) = client.send(command("publish", 9, None, "again", stream_id=2))
    assert isinstance(event, PublishRequested)
    assert client.send(video(0, stream_id=2)) == [VideoReceived(2, 0, KEY_FRAME)]


def test_a_lost_publisher_is_reported_before_the_connection(client: ScriptedClient) -> None:
    client.publish()
    assert client.receive(b"") == [
        PublishFinished(stream_id=1, reason=FinishReason.LOST),
        ConnectionClosed(reason=CloseReason.PEER_CLOSED, stage=Stage.LIVE),
    ]
    assert client.server.closed
    with pytest.raises(LocalProtocolError):
        client.server.receive_data(b"x", client.now)
    with pytest.raises(LocalProtocolError):
        client.server.handle_deadline(client.now)
    assert client.server.next_deadline() is None


def test_a_publisher_that_is_lost_before_its_answer_was_never_there() -> None:
    client = ScriptedClient()
    client.connect()
    client.accepts = False
    (request,) = client.send(command("publish", 3, None, "key", stream_id=1), video(0))
    assert isinstance(request, PublishRequested)
    assert client.receive(b"") == [ConnectionClosed(reason=CloseReason.PEER_CLOSED, stage=Stage.BEFORE_START)]
    with pytest.raises(LocalProtocolError):
        client.server.accept_publish(request.request_id)


def test_a_publisher_that_is_taken_over_hears_it(client: ScriptedClient) -> None:
    client.publish()
    client.server.unpublish(1)
    assert client.replies() == ["onStatus(0) on 1 NetStream.Unpublish.Success"]
    assert client.server.closed
    assert client.receive(b"") == [ConnectionClosed(reason=CloseReason.PEER_CLOSED, stage=Stage.LIVE)]


def test_a_player_whose_stream_ends_hears_it(client: ScriptedClient) -> None:
    client.play()
    client.server.end_play(1)
    assert client.replies() == ["StreamEOF 1", "onStatus(0) on 1 NetStream.Play.UnpublishNotify"]
    assert client.server.closed


def test_only_what_is_in_use_can_be_ended(client: ScriptedClient) -> None:
    client.publish()
    for end in (client.server.end_play, lambda _: client.server.unpublish(2)):
        with pytest.raises(LocalProtocolError):
            end(1)


# Players.


def test_a_player_gets_what_is_sent_to_it(client: ScriptedClient) -> None:
    client.play()
    client.server.send_message(1, 9, 0, KEY_FRAME, 6)
    client.server.send_message(1, 8, 21, SOUND, 4)
    assert client.replies() == ["type 9: 11 bytes on 1 at 0", "type 8: 3 bytes on 1 at 21"]


def test_media_is_only_sent_on_an_open_connection(client: ScriptedClient) -> None:
    with pytest.raises(LocalProtocolError):
        client.server.send_message(1, 9, 0, KEY_FRAME, 6)
    client.play()
    client.server.end_play(1)
    with pytest.raises(LocalProtocolError):
        client.server.send_message(1, 9, 0, KEY_FRAME, 6)


def test_what_a_player_wants_is_answered_and_told(client: ScriptedClient) -> None:
    client.play()
    assert client.send(
        control.set_buffer_length(1, 3000),
        command("pause", 5, None, YES, 100, stream_id=1),
        command("pause", 6, None, NO, 100, stream_id=1),
        command("receiveAudio", 0, None, NO, stream_id=1),
        command("receiveVideo", 0, None, YES, stream_id=1),
        command("seek", 7, None, 1000, stream_id=1),
    ) == [
        BufferLengthChanged(stream_id=1, buffer_ms=3000),
        PauseRequested(stream_id=1, paused=True),
        PauseRequested(stream_id=1, paused=False),
        ReceiveAudioRequested(stream_id=1, wanted=False),
        ReceiveVideoRequested(stream_id=1, wanted=True),
    ]
    assert client.replies() == [
        "onStatus(0) on 1 NetStream.Pause.Notify",
        "StreamEOF 1",
        "onStatus(0) on 1 NetStream.Unpause.Notify",
        "StreamBegin 1",
        "_error(7) NetStream.Seek.Failed",
    ]


def test_a_publisher_can_neither_pause_nor_seek(client: ScriptedClient) -> None:
    client.publish()
    for name in ("pause", "receiveAudio", "receiveVideo", "seek"):
        assert client.send(command(name, 5, None, YES, stream_id=1)) == []
    assert client.replies() == []


def test_a_player_that_leaves_is_reported(client: ScriptedClient) -> None:
    client.play()
    assert client.send(command("deleteStream", 5, None, 1.0)) == [
        PlayFinished(stream_id=1, reason=FinishReason.UNPUBLISHED)
    ]
    other = ScriptedClient()
    other.play()
    assert other.receive(b"")[0] == PlayFinished(stream_id=1, reason=FinishReason.LOST)


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
