"""Streams on a server's connection: media, goodbyes, players (rtmp.md 1.12, 1.13)."""

from __future__ import annotations

import pytest

from powerstream_desktop.rtmp import amf0, control
from powerstream_desktop.rtmp.errors import LocalProtocolError, ProtocolError
from powerstream_desktop.rtmp.events import (
    AudioReceived,
    BufferLengthChanged,
    CloseReason,
    ConnectionClosed,
    DataReceived,
    FinishReason,
    PauseRequested,
    PlayFinished,
    PublishFinished,
    PublishRequested,
    ReceiveAudioRequested,
    ReceiveVideoRequested,
    Stage,
    VideoReceived,
)
from powerstream_desktop.rtmp.messages import Message
from tests.unit.rtmp.pair import KEY_FRAME, NO, SOUND, YES, ScriptedClient, audio, command, video


@pytest.fixture
def client() -> ScriptedClient:
    return ScriptedClient()


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


def test_a_player_may_leave_with_play_false(client: ScriptedClient) -> None:
    client.play()
    assert client.send(command("play", 5, None, NO, stream_id=1)) == [
        PlayFinished(stream_id=1, reason=FinishReason.UNPUBLISHED)
    ]


def test_a_new_stream_gets_no_number_that_the_client_took_by_itself(client: ScriptedClient) -> None:
    client.connect()
    client.send(command("publish", 3, None, "key", stream_id=1))
    client.replies()
    client.send(command("createStream", 4, None))
    (answer,) = client.reader.feed(client.server.data_to_send())
    assert amf0.decode_all(answer.payload)[3] == 2.0


def test_a_goodbye_without_the_right_name_ends_the_stream_it_came_on(client: ScriptedClient) -> None:
    client.publish("one")
    client.send(command("publish", 4, None, "two", stream_id=2))
    assert client.send(command("FCUnpublish", 5, None, "three", stream_id=2)) == [
        PublishFinished(stream_id=2, reason=FinishReason.UNPUBLISHED)
    ]
    client.send(command("publish", 6, None, "two", stream_id=2))
    assert client.send(command("FCUnpublish", 7, None, "three")) == []
