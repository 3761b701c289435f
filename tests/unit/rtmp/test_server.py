"""The server's end: its exact replies (rtmp.md 1.13). Whole openings of real encoders are in test_openings.py."""

from __future__ import annotations

import pytest

from powerstream_desktop.rtmp import amf0
from powerstream_desktop.rtmp.events import (
    PlayRequested,
)
from powerstream_desktop.rtmp.states import ServerState
from tests.unit.rtmp.pair import NO, ScriptedClient, command


@pytest.fixture
def client() -> ScriptedClient:
    return ScriptedClient()


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
