"""Chunk reader and writer under hypothesis: round trips, split invariance, and nothing but ``ProtocolError`` (rtmp.md 7.2).

``sender`` writes chunks independently of our writer, with all that the rules allow: every fmt, every form of chunk stream id,
interleaving, extended timestamps repeated or not, new chunk sizes between the chunks of a message.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass, field

from hypothesis import given
from hypothesis import strategies as st

from powerstream_desktop.rtmp import control
from powerstream_desktop.rtmp.chunks import ChunkReader, ChunkWriter
from powerstream_desktop.rtmp.errors import ProtocolError
from powerstream_desktop.rtmp.messages import Message

CSIDS = (3, 4, 63, 64, 319, 320, 65599)
STEPS_MS = (0, 1, 23, 0xFFFFFE, 0xFFFFFF, 0x1000000, 0xFFFFFFF6)

messages = st.builds(
    Message,
    type=st.sampled_from([3, 8, 9, 18, 20, 99]),
    stream_id=st.integers(0, 2),
    timestamp=st.one_of(st.integers(0, 200), st.integers(0xFFFFF0, 0x100000F), st.integers(0, 0xFFFFFFFF)),
    payload=st.binary(max_size=64),
    chunk_stream_id=st.sampled_from([2, 3, 4, 6, 63]),
)


@dataclass
class Outgoing:
    """One chunk stream of the independent sender."""

    csid: int
    wide_id: bool = False
    last: Message | None = None
    delta: int = 0
    extension: bytes = b""
    message: Message | None = None
    unsent: bytes = b""


@dataclass
class Sender:
    """Writes chunks as the reference describes them, and remembers what a reader has to find."""

    repeats_extension: bool
    chunk_size: int = 128
    wire: bytes = b""
    expected: list[Message] = field(default_factory=list)

    def begin(self, stream: Outgoing, fmt: int, value: int, message: Message) -> None:
        extended = fmt != 3 and value >= 0xFFFFFF
        if fmt != 3:
            stream.extension = value.to_bytes(4, "big") if extended else b""
            stream.delta = value
        number = b"" if fmt == 3 else min(value, 0xFFFFFF).to_bytes(3, "big")
        if fmt < 2:
            number += len(message.payload).to_bytes(3, "big") + bytes([message.type])
        if fmt == 0:
            number += message.stream_id.to_bytes(4, "little")
        # An empty message has no byte that could tell a reader that the timestamp was left out.
        repeated = stream.extension if fmt != 3 or self.repeats_extension or not message.payload else b""
        stream.message, stream.last, stream.unsent = message, message, message.payload
        self._chunk(stream, fmt, number + repeated)

    def go_on(self, stream: Outgoing) -> None:
        self._chunk(stream, 3, stream.extension if self.repeats_extension else b"")

    def _chunk(self, stream: Outgoing, fmt: int, header: bytes) -> None:
        part, stream.unsent = stream.unsent[: self.chunk_size], stream.unsent[self.chunk_size :]
        self.wire += basic_header(fmt, stream.csid, wide=stream.wide_id) + header + part
        if not stream.unsent and stream.message is not None:
            self.expected.append(stream.message)
            if stream.message.type == 1:
                self.chunk_size = int.from_bytes(stream.message.payload, "big")
            stream.message = None


def basic_header(fmt: int, csid: int, *, wide: bool) -> bytes:
    if csid < 64:
        return bytes([fmt << 6 | csid])
    if csid < 320 and not wide:
        return bytes([fmt << 6, csid - 64])
    return bytes([fmt << 6 | 1]) + (csid - 64).to_bytes(2, "little")


def filler(length: int) -> bytes:
    """Payload that never looks like the extended timestamps in use, which begin with 00, 01 or ff."""
    return bytes(0x10 + i % 0x60 for i in range(length))


@st.composite
def conversations(draw: st.DrawFn) -> Sender:
    sender = Sender(repeats_extension=draw(st.booleans()))
    streams = {csid: Outgoing(csid, wide_id=draw(st.booleans())) for csid in CSIDS}
    for _ in range(draw(st.integers(1, 25))):
        stream = streams[draw(st.sampled_from(CSIDS))]
        if stream.message is not None:
            sender.go_on(stream)
        elif draw(st.integers(0, 9)) == 0:
            size = draw(st.sampled_from([1, 2, 3, 4, 7, 128, 300, 70_000]))
            sender.begin(stream, 0, 0, Message(1, 0, 0, size.to_bytes(4, "big"), stream.csid))
        else:
            begin_any_message(draw, sender, stream)
    for stream in streams.values():
        while stream.message is not None:
            sender.go_on(stream)
    return sender


def begin_any_message(draw: st.DrawFn, sender: Sender, stream: Outgoing) -> None:
    last = stream.last
    allowed = (0, 1) if last is None or last.type == 1 else (0, 1, 2, 3)
    fmt = draw(st.sampled_from(allowed))
    value = draw(st.sampled_from(STEPS_MS)) if fmt != 3 else stream.delta
    before = last or Message(0, 0, 0, b"", stream.csid)
    sender.begin(
        stream,
        fmt,
        value,
        Message(
            type=before.type if fmt >= 2 else draw(st.sampled_from([8, 9, 20])),
            stream_id=draw(st.integers(0, 0xFFFFFFFF)) if fmt == 0 else before.stream_id,
            timestamp=((0 if fmt == 0 else before.timestamp) + value) & 0xFFFFFFFF,
            payload=filler(
                len(before.payload) if fmt >= 2 else draw(st.sampled_from([0, 1, 2, 5, 127, 128, 129, 400]))
            ),
            chunk_stream_id=stream.csid,
        ),
    )


def outcome(pieces: Sequence[bytes]) -> tuple[list[Message], str]:
    """The messages of a reader, or what it refused; the messages before a refusal depend on the split."""
    reader = ChunkReader()
    read: list[Message] = []
    try:
        for piece in pieces:
            read += reader.feed(piece)
    except ProtocolError as error:
        return [], f"{error.code}: {error.detail}"
    return read, ""


def cut(wire: bytes, cuts: list[int]) -> list[bytes]:
    edges = [0, *sorted(edge % (len(wire) + 1) for edge in cuts), len(wire)]
    return [wire[start:end] for start, end in itertools.pairwise(edges)]


@given(conversations())
def test_whatever_the_rules_allow_is_read(sender: Sender) -> None:
    assert outcome([sender.wire]) == (sender.expected, "")


@given(conversations(), st.lists(st.integers(0, 10_000), max_size=20))
def test_no_split_changes_what_is_read(sender: Sender, cuts: list[int]) -> None:
    assert outcome(cut(sender.wire, cuts)) == (sender.expected, "")


@given(st.lists(messages, max_size=20), st.integers(1, 200), st.lists(st.integers(0, 10_000), max_size=10))
def test_what_is_written_is_read_again(sent: list[Message], chunk_size: int, cuts: list[int]) -> None:
    writer = ChunkWriter()
    announcement = writer.write(control.set_chunk_size(chunk_size))
    wire = b"".join(writer.write(message) for message in sent)
    reader = ChunkReader()
    reader.feed(announcement)
    assert [message for piece in cut(wire, cuts) for message in reader.feed(piece)] == sent


@given(st.lists(messages, min_size=1, max_size=10), st.lists(st.integers(1, 200), max_size=5))
def test_the_chunk_size_may_change_between_any_two_messages(sent: list[Message], sizes: list[int]) -> None:
    writer, reader = ChunkWriter(), ChunkReader()
    for number, message in enumerate(sent):
        if number < len(sizes):
            reader.feed(writer.write(control.set_chunk_size(sizes[number])))
        assert reader.feed(writer.write(message)) == [message]
    assert reader.chunk_size == writer.chunk_size


@given(st.binary(max_size=400), st.lists(st.integers(0, 400), max_size=10))
def test_noise_is_read_or_refused_however_it_is_split(noise: bytes, cuts: list[int]) -> None:
    assert outcome(cut(noise, cuts)) == outcome([noise])


@given(
    conversations(),
    st.lists(st.tuples(st.integers(0, 10_000), st.integers(0, 255)), min_size=1, max_size=4),
    st.integers(1, 50),
)
def test_a_damaged_stream_is_read_or_refused_however_it_is_split(
    sender: Sender, damage: list[tuple[int, int]], step: int
) -> None:
    wire = bytearray(sender.wire)
    for position, value in damage:
        wire[position % len(wire)] = value
    pieces = [bytes(wire[i : i + step]) for i in range(0, len(wire), step)]
    assert outcome(pieces) == outcome([bytes(wire)])
