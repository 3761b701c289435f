"""The openings and goodbyes of real encoders and players, as captured or read in their sources (rtmp.md 1.11, 1.13, 1.14).

Each is a list of what the client sends at a time; the test is that it gets to publish or play, and what it hears.
"""

from __future__ import annotations

import pytest

from powerstream_desktop.rtmp import amf0, control
from powerstream_desktop.rtmp.events import (
    BufferLengthChanged,
    ConnectRequested,
    DataReceived,
    Event,
    FinishReason,
    PlayRequested,
    PublishFinished,
    PublishRequested,
    VideoReceived,
)
from powerstream_desktop.rtmp.messages import Message
from tests.unit.rtmp.pair import NO, ScriptedClient, command

CONNECT_RESULT = [
    "WindowAckSize 2500000",
    "SetPeerBandwidth 2500000",
    "SetChunkSize 60000",
    "_result(1) NetConnection.Connect.Success",
]
STARTED = "onStatus(0) on 1 NetStream.Publish.Start"

# Bytes of FFmpeg 5.1 publishing to nginx-rtmp, from rtmp.md 1.13; its metadata is cut short here.
FFMPEG_CAPTURE = """
03 000000 00008c 14 00000000 020007636f6e6e656374 003ff0000000000000 03 0003617070 0200046c697665 000474797065
   02000a6e6f6e70726976617465 0008666c617368566572 020024464d4c452f332e302028636f6d70617469626c653b204c61766635392e32372e31303029
   00057463 55726c 02001b72746d703a2f2f3132372e302e302e313a32 C3 393734392f6c697665 000009
02 000000 000004 01 00000000 00001000
43 000000 000021 14 02000d72656c6561736553747265616d 004000000000000000 05 0200046b657931
43 000000 00001d 14 02000946435075626c697368 004008000000000000 05 0200046b657931
43 000000 000019 14 02000c63726561746553747265616d 004010000000000000 05
08 000000 000022 14 01000000 0200077075626c697368 004014000000000000 05 0200046b657931 0200046c697665
"""


def kinds(events: list[Event]) -> list[type[Event]]:
    return [type(event) for event in events]


@pytest.fixture
def client() -> ScriptedClient:
    client = ScriptedClient()
    client.shake_hands()
    return client


@pytest.mark.parametrize("size", [10_000, 1, 7], ids=["whole", "byte by byte", "in sevens"])
def test_ffmpegs_captured_bytes_lead_to_a_publish(client: ScriptedClient, size: int) -> None:
    wire = bytes.fromhex(FFMPEG_CAPTURE)
    events = [event for i in range(0, len(wire), size) for event in client.receive(wire[i : i + size])]

    connect, publish = events
    assert isinstance(connect, ConnectRequested)
    assert (connect.app, connect.tc_url) == ("live", "rtmp://127.0.0.1:29749/live")
    assert connect.flash_ver == "FMLE/3.0 (compatible; Lavf59.27.100)"
    assert isinstance(publish, PublishRequested)
    assert (publish.stream_id, publish.app, publish.target.key, publish.publish_type) == (
        1,
        "live",
        "key1",
        "live",
    )
    assert client.replies() == [
        *CONNECT_RESULT,
        "_result(2)",
        "_result(3)",
        "onFCPublish(3) NetStream.Publish.Start",
        "_result(4)",
        STARTED,
    ]


def test_ffmpeg_leaves(client: ScriptedClient) -> None:
    client.receive(bytes.fromhex(FFMPEG_CAPTURE))
    assert client.send(command("FCUnpublish", 6, None, "key1"), command("deleteStream", 7, None, 1)) == [
        PublishFinished(stream_id=1, reason=FinishReason.UNPUBLISHED)
    ]


def test_obs_publishes_with_everything_on_chunk_stream_4(client: ScriptedClient) -> None:
    client.send(
        control.set_chunk_size(4096),
        command(
            "connect",
            1,
            {
                "app": "live",
                "type": "nonprivate",
                "flashVer": "FMLE/3.0 (compatible; FMSc/1.0)",
                "swfUrl": "rtmp://h/live",
                "tcUrl": "rtmp://h/live",
            },
        ),
    )
    assert client.replies() == CONNECT_RESULT
    client.send(
        command("releaseStream", 2, None, "k?x=1&y"),
        command("FCPublish", 3, None, "k?x=1&y"),
        command("createStream", 4, None),
    )
    (publish,) = client.send(command("publish", 5, None, "k?x=1&y", "live", stream_id=1, csid=4))
    assert isinstance(publish, PublishRequested)
    assert (publish.target.key, publish.target.query) == ("k", "x=1&y")
    assert client.replies()[-1] == STARTED

    metadata = amf0.encode("@setDataFrame", "onMetaData", {"width": 1920.0})
    assert kinds(
        client.send(
            Message(18, 1, 0, metadata, 4),
            Message(9, 1, 0, b"\x17\x00", 4),
            Message(9, 1, 33, bytes(9000), 4),
        )
    ) == [DataReceived, VideoReceived, VideoReceived]
    assert kinds(
        client.send(command("FCUnpublish", 6, None, "k?x=1&y"), command("deleteStream", 7, None, 1))
    ) == [PublishFinished]


def test_gstreamer_publishes_without_transactions(client: ScriptedClient) -> None:
    client.send(
        command("connect", 1, {"app": "live", "flashVer": "LNX 10,0,32,18", "tcUrl": "rtmp://h/live"})
    )
    client.replies()
    client.send(
        control.window_ack_size(2_500_000),
        command("releaseStream", 0, None, "key"),
        command("FCPublish", 0, None, "key"),
        command("createStream", 2, None),
    )
    assert client.replies() == ["onFCPublish(0) NetStream.Publish.Start", "_result(2)"]
    (publish,) = client.send(command("publish", 0, None, "key", "live", stream_id=1))
    assert isinstance(publish, PublishRequested)
    assert client.replies() == [STARTED]
    assert client.send(control.set_chunk_size(128)) == []
    # Its deleteStream carries the name instead of the number.
    assert kinds(
        client.send(command("FCUnpublish", 0, None, "key"), command("deleteStream", 0, None, "key"))
    ) == [PublishFinished]


def test_wirecast_stops_with_publish_false(client: ScriptedClient) -> None:
    # NMS#67, nginx#789
    client.send(command("connect", 1, {"app": "live", "flashVer": "Wirecast/FM 1.0 (compatible; FMSc/1.0)"}))
    client.send(
        command("releaseStream", 2, None, "key"),
        command("FCPublish", 3, None, "key"),
        command("createStream", 4, None),
    )
    client.send(command("_checkbw", 5, None))
    assert kinds(client.send(command("publish", 6, None, "key", "live", stream_id=1))) == [PublishRequested]
    assert client.send(command("publish", 7, None, NO, stream_id=1)) == [
        PublishFinished(stream_id=1, reason=FinishReason.UNPUBLISHED)
    ]


def test_haivision_makes_its_stream_first_and_needs_the_bandwidth_check_answered(
    client: ScriptedClient,
) -> None:
    # srs#844
    client.send(command("connect", 1, {"app": "live"}))
    client.send(command("_checkbw", 2, None))
    client.send(command("createStream", 3, None))
    client.send(command("releaseStream", 4, None, "key"), command("FCPublish", 5, None, "key"))
    client.replies()
    assert kinds(client.send(command("publish", 6, None, "key", stream_id=1))) == [PublishRequested]
    assert client.replies() == [STARTED]


def test_larix_hears_an_answer_to_everything_it_asks(client: ScriptedClient) -> None:
    # srs#4510
    client.send(
        control.set_chunk_size(65535), command("connect", 1, {"app": "live", "tcUrl": "rtmp://h/live"})
    )
    client.replies()
    client.send(command("releaseStream", 2, None, "key"))
    client.send(command("FCPublish", 3, None, "key"))
    client.send(command("createStream", 4, None))
    client.send(command("_checkbw", 5, None))
    assert client.replies() == [
        "_result(2)",
        "_result(3)",
        "onFCPublish(3) NetStream.Publish.Start",
        "_result(4)",
        "_result(5)",
    ]


def test_flash_publishes_with_amf3_commands(client: ScriptedClient) -> None:
    def amf3(name: str, transaction: float, *values: str | None, stream_id: int = 0) -> Message:
        return Message(17, stream_id, 0, b"\x00" + amf0.encode(name, transaction, *values), 3)

    connect = amf0.encode("connect", 1, {"app": "live", "objectEncoding": 3})
    client.send(Message(17, 0, 0, b"\x00" + connect, 3))
    client.send(amf3("createStream", 2, None))
    assert client.replies()[-1] == "_result(2)"
    assert kinds(client.send(amf3("publish", 3, None, "key", stream_id=1))) == [PublishRequested]


def test_an_encoder_that_never_makes_a_stream_publishes_on_stream_0(client: ScriptedClient) -> None:
    client.send(command("connect", 1, {"app": "live"}))
    (publish,) = client.send(command("publish", 2, None, "key"))
    assert isinstance(publish, PublishRequested)
    assert publish.stream_id == 0
    assert client.send(Message(9, 0, 0, b"\x17\x01", 6)) == [VideoReceived(0, 0, b"\x17\x01")]


@pytest.mark.parametrize(
    ("connect", "name", "target"),
    [
        ({"app": "live"}, "key", ("live", "key", "")),
        ({"app": "a/b"}, "key", ("a/b", "key", "")),
        ({"app": "live/"}, "key?x=1&y=2", ("live", "key", "x=1&y=2")),
        ({"app": "live?tok=z"}, "key", ("live", "key", "tok=z")),
        ({"app": "live/key"}, "", ("live", "key", "")),
        ({"tcurl": "'rtmp://h/live'"}, "key", ("live", "key", "")),
        ({"app": "live"}, "rtmp://h/live/key", ("live", "key", "")),
        ({"app": "live"}, None, ("live", "", "")),
    ],
    ids=str,
)
def test_every_way_to_cut_the_address_leads_to_the_same_target(
    client: ScriptedClient, connect: dict[str, str], name: str | None, target: tuple[str, str, str]
) -> None:
    # srs#681, mediamtx#4309, nginx#929
    client.send(command("connect", 1, {**connect}))
    (publish,) = client.send(command("publish", 2, None, name, stream_id=1))
    assert isinstance(publish, PublishRequested)
    assert (publish.target.app, publish.target.key, publish.target.query) == target


def test_ffmpeg_plays(client: ScriptedClient) -> None:
    client.send(
        command("connect", 1, {"app": "live", "flashVer": "LNX 9,0,124,2", "fpad": False, "capabilities": 15})
    )
    client.replies()
    client.send(control.window_ack_size(5_000_000), command("createStream", 2, None))
    events = client.send(
        command("getStreamLength", 3, None, "key", csid=8),
        command("play", 4, None, "key", -2000, stream_id=1, csid=8),
        control.set_buffer_length(1, 3000),
    )
    assert kinds(events) == [PlayRequested, BufferLengthChanged]
    assert client.replies() == [
        "_result(2)",
        "_result(3)",
        "StreamBegin 1",
        "onStatus(0) on 1 NetStream.Play.Reset",
        "onStatus(0) on 1 NetStream.Play.Start",
        "|RtmpSampleAccess on 1",
    ]


def test_gstreamer_plays_without_a_transaction(client: ScriptedClient) -> None:
    client.send(command("connect", 1, {"app": "live"}))
    client.send(
        control.window_ack_size(2_500_000),
        control.set_buffer_length(0, 300),
        command("createStream", 2, None),
    )
    events = client.send(
        command("play", 0, None, "key", -2, stream_id=1), control.set_buffer_length(1, 30000)
    )
    assert kinds(events) == [PlayRequested, BufferLengthChanged]


def test_rtmpdump_subscribes_before_it_plays(client: ScriptedClient) -> None:
    client.send(command("connect", 1, {"app": "live", "audioCodecs": 3191}))
    client.send(control.set_buffer_length(0, 300), command("createStream", 2, None))
    client.replies()
    events = client.send(
        command("FCSubscribe", 3, None, "key"),
        command("play", 4, None, "key", -1000, stream_id=1, csid=8),
        control.set_buffer_length(1, 36_000_000),
    )
    assert kinds(events) == [PlayRequested, BufferLengthChanged]
    assert client.replies()[:2] == ["_result(3)", "onFCSubscribe(0) NetStream.Play.Start"]


def test_a_camera_may_send_control_messages_on_any_chunk_stream(client: ScriptedClient) -> None:
    # mediamtx#4807
    client.send(
        Message(1, 0, 0, (4096).to_bytes(4, "big"), 5), Message(5, 1, 0, (1000).to_bytes(4, "big"), 3)
    )
    assert kinds(client.send(command("connect", 1, {"app": "live", "junk": "x" * 500}))) == [ConnectRequested]


def test_an_encoder_that_sends_media_at_once_loses_none(client: ScriptedClient) -> None:
    events = client.send(
        command("connect", 1, {"app": "live"}),
        command("createStream", 2, None),
        command("publish", 3, None, "key", stream_id=1),
        Message(9, 1, 0, b"\x17\x00", 6),
    )
    assert kinds(events) == [ConnectRequested, PublishRequested, VideoReceived]
