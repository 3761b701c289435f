"""Both of our ends joined in memory: what one says, the other understands, however the bytes are cut."""

from __future__ import annotations

import pytest

from powerstream_desktop.rtmp import amf0
from powerstream_desktop.rtmp.client import ClientConnection, Purpose
from powerstream_desktop.rtmp.events import (
    AudioReceived,
    BufferLengthChanged,
    CloseReason,
    Connected,
    ConnectionClosed,
    ConnectRequested,
    DataReceived,
    FinishReason,
    HandshakeCompleted,
    PlayFinished,
    PlayRequested,
    PlayStarted,
    PublishFinished,
    PublishRefused,
    PublishRequested,
    PublishStarted,
    RemoteUnpublished,
    Stage,
    StatusReceived,
    VideoReceived,
)
from powerstream_desktop.rtmp.messages import Message
from powerstream_desktop.rtmp.status import StatusCode
from tests.unit.rtmp.pair import KEY, TARGET, ConnectionPair

every_cut = pytest.mark.parametrize(
    "piece_size", [None, 1, 3, 1000], ids=["whole", "bytes", "threes", "thousands"]
)


def pair_for(purpose: Purpose, *, accepts: bool = True, piece_size: int | None = None) -> ConnectionPair:
    client = ClientConnection(TARGET, KEY, random_bytes=bytes, purpose=purpose)
    return ConnectionPair(client, accepts=accepts, piece_size=piece_size)


@every_cut
def test_publishing_from_start_to_goodbye(piece_size: int | None) -> None:
    pair = pair_for(Purpose.PUBLISH, piece_size=piece_size)
    pair.start()
    assert [type(event) for event in pair.client_events] == [HandshakeCompleted, Connected, PublishStarted]
    assert [type(event) for event in pair.server_events] == [
        HandshakeCompleted,
        ConnectRequested,
        PublishRequested,
    ]
    publish = pair.server_events[-1]
    assert isinstance(publish, PublishRequested)
    assert (publish.target.app, publish.target.key) == ("live", KEY)

    pair.server_events.clear()
    metadata = amf0.encode("onMetaData", {"width": 1280.0})
    big = b"\x17\x01" + bytes(150_000)
    pair.client.send_message(18, 0, amf0.encode("@setDataFrame") + metadata, 5)
    pair.client.send_message(9, 0, big, 6)
    pair.client.send_message(8, 21, b"\xaf\x01", 4)
    pair.client.send_message(9, 40, b"\x27\x01", 6)
    pair.exchange()
    assert pair.server_events == [
        DataReceived(1, 0, "onMetaData", metadata),
        VideoReceived(1, 0, big),
        AudioReceived(1, 21, b"\xaf\x01"),
        VideoReceived(1, 40, b"\x27\x01"),
    ]

    pair.server_events.clear()
    pair.client.stop(pair.now)
    pair.exchange()
    assert pair.server_events == [PublishFinished(stream_id=1, reason=FinishReason.UNPUBLISHED)]
    assert pair.hang_up(on=pair.server) == [
        ConnectionClosed(reason=CloseReason.PEER_CLOSED, stage=Stage.LIVE)
    ]


@every_cut
def test_playing_from_start_to_goodbye(piece_size: int | None) -> None:
    pair = pair_for(Purpose.PLAY, piece_size=piece_size)
    pair.start()
    assert [type(event) for event in pair.client_events] == [
        HandshakeCompleted,
        Connected,
        StatusReceived,
        PlayStarted,
    ]
    assert [type(event) for event in pair.server_events] == [
        HandshakeCompleted,
        ConnectRequested,
        PlayRequested,
        BufferLengthChanged,
    ]
    pair.client_events.clear()
    metadata = amf0.encode("onMetaData", {})
    for message in (
        Message(18, 1, 0, metadata, 5),
        Message(9, 1, 0, bytes(70_000), 6),
        Message(8, 1, 21, b"\xaf\x01", 4),
    ):
        pair.client_events += pair.client.receive_data(pair.server.writer.write(message), pair.now)
    pair.server.end_play(1)
    pair.exchange()
    assert pair.client_events == [
        DataReceived(1, 0, "onMetaData", metadata),
        VideoReceived(1, 0, bytes(70_000)),
        AudioReceived(1, 21, b"\xaf\x01"),
        PlayFinished(stream_id=1, reason=FinishReason.UNPUBLISHED),
    ]


def test_a_refused_publisher_learns_the_code_and_the_sentence() -> None:
    pair = pair_for(Purpose.PUBLISH, accepts=False)
    pair.start()
    (connect,) = [event for event in pair.server_events if isinstance(event, ConnectRequested)]
    pair.server.accept_connect(connect.request_id)
    pair.exchange()
    (publish,) = [event for event in pair.server_events if isinstance(event, PublishRequested)]
    pair.server.reject_publish(publish.request_id, StatusCode.PUBLISH_BAD_NAME, "Unknown key.")
    pair.exchange()
    assert pair.client_events[-1] == PublishRefused(
        code="NetStream.Publish.BadName", description="Unknown key.", stage=Stage.BEFORE_START
    )


def test_a_publisher_that_is_taken_over_learns_it() -> None:
    pair = pair_for(Purpose.PUBLISH)
    pair.start()
    pair.server.unpublish(1)
    pair.exchange()
    last = pair.client_events[-1]
    assert isinstance(last, RemoteUnpublished)
    assert last.code == "NetStream.Unpublish.Success"


def test_a_long_broadcast_is_acknowledged_and_nothing_piles_up() -> None:
    pair = pair_for(Purpose.PUBLISH)
    pair.start()
    frame = b"\x27\x01" + bytes(59_000)
    for number in range(200):
        pair.now += 0.033
        pair.client.send_message(9, number * 33, frame, 6)
        pair.exchange()
    frames = [event for event in pair.server_events if isinstance(event, VideoReceived)]
    assert len(frames) == 200
    assert pair.server.bytes_received > 200 * 59_000
    assert pair.client.data_to_send() == pair.server.data_to_send() == b""


def test_timestamps_go_through_the_wrap_of_32_bits() -> None:
    pair = pair_for(Purpose.PUBLISH)
    pair.start()
    pair.server_events.clear()
    times = [0xFFFFFF00, 0xFFFFFFF0, 0x10, 0x20]
    for timestamp in times:
        pair.client.send_message(9, timestamp, b"\x27\x01", 6)
    pair.exchange()
    assert pair.server_events == [VideoReceived(1, timestamp, b"\x27\x01") for timestamp in times]
