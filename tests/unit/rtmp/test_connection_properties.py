"""Properties of both ends: how the bytes are cut makes no difference, and nothing but our own errors comes out."""

from __future__ import annotations

import itertools

from hypothesis import given
from hypothesis import strategies as st

from powerstream_desktop.rtmp import amf0
from powerstream_desktop.rtmp.amf_values import AMFValue
from powerstream_desktop.rtmp.chunks import ChunkWriter
from powerstream_desktop.rtmp.client import Purpose
from powerstream_desktop.rtmp.errors import ProtocolError
from powerstream_desktop.rtmp.events import Event
from powerstream_desktop.rtmp.messages import Message
from tests.unit.rtmp.pair import ScriptedClient, ScriptedServer, command, failure, on_status, result, success

numbers = st.one_of(st.integers(-2, 20), st.floats())
values: st.SearchStrategy[AMFValue] = st.one_of(
    st.none(),
    st.booleans(),
    numbers,
    st.sampled_from(["key", "", "live", "a/b?c=d"]),
    st.just({"app": "live", "level": "error", "code": "NetStream.Play.Stop"}),
)
names = st.sampled_from(
    [
        "connect",
        "createStream",
        "releaseStream",
        "FCPublish",
        "FCUnpublish",
        "publish",
        "play",
        "deleteStream",
        "closeStream",
        "pause",
        "seek",
        "receiveVideo",
        "getStreamLength",
        "_checkbw",
        "junk",
        "_result",
        "_error",
        "onStatus",
    ]
)
stream_ids = st.integers(0, 3)


@st.composite
def commands(draw: st.DrawFn) -> Message:
    arguments = draw(st.lists(values, max_size=4))
    return command(draw(names), draw(numbers), *arguments, stream_id=draw(stream_ids))


@st.composite
def media(draw: st.DrawFn) -> Message:
    csid = draw(st.sampled_from([4, 6]))
    return Message(
        draw(st.sampled_from([8, 9, 18, 22])),
        draw(stream_ids),
        draw(st.integers(0, 0xFFFFFFFF)),
        draw(st.binary(max_size=300)),
        csid,
    )


@st.composite
def controls(draw: st.DrawFn) -> Message:
    return Message(draw(st.sampled_from([3, 4, 5, 6])), 0, 0, draw(st.binary(min_size=4, max_size=10)), 2)


sessions = st.lists(st.one_of(commands(), media(), controls()), max_size=25)
cuts = st.lists(st.integers(0, 2000), max_size=12)


def pieces(wire: bytes, at: list[int]) -> list[bytes]:
    marks = sorted({0, len(wire), *(mark % (len(wire) + 1) for mark in at)})
    return [wire[a:b] for a, b in itertools.pairwise(marks)]


def serve(parts: list[bytes]) -> list[Event] | None:
    """The events of a session, None when an error ended it: its own piece's events are lost with it."""
    client = ScriptedClient()
    client.connect()
    events: list[Event] = []
    try:
        for part in parts:
            events += client.receive(part)
    except ProtocolError:
        return None
    return events


@given(sessions, cuts)
def test_a_server_takes_any_session_in_any_pieces(session: list[Message], at: list[int]) -> None:
    writer = ChunkWriter()
    wire = b"".join(writer.write(each) for each in session)
    whole = serve([wire] if wire else [])
    assert serve(pieces(wire, at)) == whole


@given(
    st.lists(st.one_of(commands(), media(), controls()), max_size=20),
    st.sampled_from(Purpose),
    cuts,
    st.booleans(),
)
def test_a_client_takes_any_server_in_any_pieces(
    session: list[Message], purpose: Purpose, at: list[int], live: bool
) -> None:
    def play(parts: list[bytes]) -> list[Event] | None:
        server = ScriptedServer(purpose=purpose)
        if live:
            server.go_live()
        else:
            server.shake_hands()
        events: list[Event] = []
        try:
            for part in parts:
                events += server.receive(part)
        except ProtocolError:
            return None
        return events

    # One that goes with the client all the way, mixed with anything.
    create = 4 if purpose is Purpose.PUBLISH else 2
    script = [
        result(1, {}, success("NetConnection.Connect.Success")),
        result(create, None, 1),
        on_status("NetStream.Publish.Start" if purpose is Purpose.PUBLISH else "NetStream.Play.Start"),
    ]
    writer = ScriptedServer(purpose=purpose).writer
    mixed = (
        [*script, *session]
        if len(session) % 2
        else [*session, *script, command("_error", 1, None, failure("x"))]
    )
    wire = b"".join(writer.write(each) for each in mixed)
    whole = play([wire])
    # What follows a refusal is not parsed, so in pieces an error behind it may not be noticed.
    assert whole is None or play(pieces(wire, at)) == whole


@given(st.binary(max_size=4000), cuts)
def test_a_server_takes_any_bytes(wire: bytes, at: list[int]) -> None:
    assert serve(pieces(wire, at)) == serve([wire] if wire else [])


@given(st.binary(max_size=600))
def test_metadata_comes_through_untouched(body: bytes) -> None:
    client = ScriptedClient()
    client.publish()
    payload = amf0.encode("onMetaData") + body
    (event,) = client.send(Message(18, 1, 0, amf0.encode("@setDataFrame") + payload, 4))
    assert getattr(event, "payload", None) == payload
