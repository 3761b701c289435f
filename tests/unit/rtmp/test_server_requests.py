"""The requests of a server's client: what they say, and that everything behind them waits for the answer."""

from __future__ import annotations

import pytest

from powerstream_desktop.rtmp import amf0, control
from powerstream_desktop.rtmp.errors import LocalProtocolError, ProtocolError
from powerstream_desktop.rtmp.events import (
    AudioReceived,
    CloseReason,
    ConnectionClosed,
    ConnectRequested,
    PlayRequested,
    PublishRequested,
    Stage,
    VideoReceived,
)
from powerstream_desktop.rtmp.messages import Message
from powerstream_desktop.rtmp.status import StatusCode
from tests.unit.rtmp.pair import KEY_FRAME, SOUND, ScriptedClient, audio, command, video


@pytest.fixture
def client() -> ScriptedClient:
    return ScriptedClient()


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


def test_an_error_in_held_input_comes_when_it_is_processed() -> None:
    client = ScriptedClient()
    client.connect()
    client.accepts = False
    (request,) = client.send(
        command("publish", 3, None, "key", "live", stream_id=1), Message(20, 0, 0, b"\xff", 3)
    )
    assert isinstance(request, PublishRequested)
    client.server.accept_publish(request.request_id)
    with pytest.raises(ProtocolError):
        client.server.handle_deadline(client.now)
    assert client.server.closed
