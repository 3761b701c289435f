"""Control messages as we write them (rtmp.md A.3) and as peers may send them (rtmp.md 1.5, 1.6)."""

from __future__ import annotations

import pytest

from powerstream_desktop.rtmp import control
from powerstream_desktop.rtmp.chunks import ChunkReader, ChunkWriter
from powerstream_desktop.rtmp.control import PeerBandwidth, PeerBandwidthLimit, UserControl
from powerstream_desktop.rtmp.errors import ChunkError, ProtocolError
from powerstream_desktop.rtmp.messages import Message, MessageType

VECTORS = {
    "K1 SetChunkSize": (control.set_chunk_size(60000), "0200000000000401000000000000ea60"),
    "K2 Ack": (control.acknowledgement(2_500_000), "020000000000040300000000002625a0"),
    "K3 WinAck": (control.window_ack_size(2_500_000), "020000000000040500000000002625a0"),
    "K4 PeerBW": (control.set_peer_bandwidth(2_500_000), "020000000000050600000000002625a002"),
    "K5 StreamBegin": (control.stream_begin(1), "020000000000060400000000000000000001"),
    "K6 SetBufferLength": (
        control.set_buffer_length(1, 3000),
        "0200000000000a040000000000030000000100000bb8",
    ),
    "K7 PingRequest": (control.ping_request(0x01020304), "020000000000060400000000000601020304"),
    "K8 PingResponse": (control.ping_response(0x01020304), "020000000000060400000000000701020304"),
}

every_vector = pytest.mark.parametrize(("message", "wire"), VECTORS.values(), ids=VECTORS.keys())


@every_vector
def test_a_control_message_is_written_like_its_vector(message: Message, wire: str) -> None:
    assert ChunkWriter().write(message).hex() == wire


@every_vector
def test_a_vector_is_read_as_its_control_message_at_every_cut(message: Message, wire: str) -> None:
    data = bytes.fromhex(wire)
    for cut in range(len(data) + 1):
        reader = ChunkReader()
        assert reader.feed(data[:cut]) + reader.feed(data[cut:]) == [message]


@pytest.mark.parametrize(
    ("message", "expected"),
    [
        (control.stream_begin(7), UserControl(0, (7,))),
        (control.stream_eof(7), UserControl(1, (7,))),
        (control.set_buffer_length(7, 36_000_000), UserControl(3, (7, 36_000_000))),
        (control.ping_request(9), UserControl(6, (9,))),
        (control.ping_response(9), UserControl(7, (9,))),
    ],
)
def test_a_user_control_event_is_read_back(message: Message, expected: UserControl) -> None:
    assert message.type == MessageType.USER_CONTROL
    assert control.parse_user_control(message.payload) == expected


@pytest.mark.parametrize(
    "payload", ["", "00", "0000", "0000000000", "000300000001000000", "0006", "0006010203"]
)
def test_a_short_user_control_event_is_ignored(payload: str) -> None:
    assert control.parse_user_control(bytes.fromhex(payload)) is None


def test_an_unknown_user_control_event_has_no_values() -> None:
    assert control.parse_user_control(bytes.fromhex("001a0001")) == UserControl(26, ())


def test_more_data_than_documented_is_ignored() -> None:
    assert control.parse_user_control(bytes.fromhex("0006 00000009 ffffffff")) == UserControl(6, (9,))
    assert control.parse_number(bytes.fromhex("00000009ff")) == 9


def test_the_byte_count_of_an_acknowledgement_wraps() -> None:
    assert control.parse_number(control.acknowledgement((1 << 32) + 5).payload) == 5


@pytest.mark.parametrize(
    ("payload", "limit"), [("002625a000", 0), ("002625a0", PeerBandwidthLimit.DYNAMIC), ("002625a0ee", 0xEE)]
)
def test_the_limit_type_of_a_peer_bandwidth_may_be_missing_or_odd(payload: str, limit: int) -> None:
    assert control.parse_peer_bandwidth(bytes.fromhex(payload)) == PeerBandwidth(2_500_000, limit)


def test_a_truncated_number_is_refused() -> None:
    with pytest.raises(ProtocolError):
        control.parse_number(b"\0\0\0")
    with pytest.raises(ProtocolError):
        control.parse_peer_bandwidth(b"\0\0\0")


@pytest.mark.parametrize("payload", ["000000", "00000000", "80000000"])
def test_a_chunk_size_that_cannot_be_is_refused(payload: str) -> None:
    with pytest.raises(ProtocolError):
        control.parse_chunk_size(bytes.fromhex(payload))


def test_a_chunk_size_of_zero_is_an_error_of_the_chunk_stream() -> None:
    with pytest.raises(ChunkError):
        control.parse_chunk_size(bytes(4))
