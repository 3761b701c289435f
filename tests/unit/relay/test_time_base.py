"""Two connections of one destination give a picture the same time."""

from __future__ import annotations

from powerstream_desktop.relay.destination.time_base import TimeBase
from powerstream_desktop.relay.push.push_writer import PushWriter
from powerstream_desktop.relay.stream.burst import OUT_CHUNK_SIZE
from powerstream_desktop.rtmp import control
from powerstream_desktop.rtmp.chunks import ChunkReader, ChunkWriter
from powerstream_desktop.rtmp.packet import MediaPacket
from tests.unit.relay.packets import PacketMaker


class Connection:
    """A writer and whoever reads what it wrote."""

    def __init__(self, base: TimeBase) -> None:
        chunks = ChunkWriter()
        self._reader = ChunkReader()
        list(self._reader.feed(chunks.write(control.set_chunk_size(OUT_CHUNK_SIZE))))
        self.writer = PushWriter(chunks, 1, has_video=True, time_base=base)

    def times(self, *packets: MediaPacket) -> list[int]:
        return [message.timestamp for message in self._reader.feed(self.writer.write(packets))]


def test_who_comes_second_counts_from_where_the_first_one_did() -> None:
    base, make = TimeBase(), PacketMaker()
    first, second = Connection(base), Connection(base)
    key, inter, later_key = make.key(5000), make.inter(5040), make.key(7000)
    assert first.times(key, inter, later_key) == [0, 40, 2000]
    assert second.times(later_key) == [2000]


def test_a_second_one_begins_with_a_key_frame_all_the_same() -> None:
    base, make = TimeBase(), PacketMaker()
    first, second = Connection(base), Connection(base)
    assert first.times(make.key(5000)) == [0]
    sound, key = make.sound(5090), make.key(5100)
    assert second.times(make.inter(5040), sound, key, make.sound(5095), make.sound(5110)) == [100, 110]


def test_the_zero_stays_while_one_of_them_stands_and_is_forgotten_then() -> None:
    base, make = TimeBase(), PacketMaker()
    first, second = Connection(base), Connection(base)
    first.times(make.key(5000))
    second.times(make.key(6000))
    first.writer.close()
    third = Connection(base)
    assert third.times(make.key(7000)) == [2000]
    second.writer.close()
    third.writer.close()
    assert Connection(base).times(make.key(8000)) == [0]


def test_one_that_never_sent_a_frame_leaves_nothing_behind() -> None:
    base, make = TimeBase(), PacketMaker()
    first, silent = Connection(base), Connection(base)
    first.times(make.key(5000))
    silent.times(make.picture_header())
    silent.writer.close()
    assert Connection(base).times(make.key(6000)) == [1000]
