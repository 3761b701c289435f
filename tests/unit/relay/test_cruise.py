"""When bytes shared by all destinations may go out without looking at the connection's position first (rtmp.md 3.8)."""

from __future__ import annotations

from powerstream_desktop.relay.push.push_writer import PushWriter
from powerstream_desktop.relay.stream.burst import NOWHERE, OUT_CHUNK_SIZE, Burst
from powerstream_desktop.rtmp import control
from powerstream_desktop.rtmp.chunks import ChunkReader, ChunkWriter
from powerstream_desktop.rtmp.packet import MediaKind, MediaPacket
from tests.unit.relay.packets import PacketMaker

KEY_MS = 1000
HEADERS_MS = 0
"""Headers of a track that has not begun stand before the other track's first frame."""


class Stage:
    """A stream and one connection that has its headers."""

    def __init__(self) -> None:
        self.make = PacketMaker()
        self._position = NOWHERE
        chunks = ChunkWriter()
        self._reader = ChunkReader()
        list(self._reader.feed(chunks.write(control.set_chunk_size(OUT_CHUNK_SIZE))))
        self.writer = PushWriter(chunks, 1, has_video=True)
        make = self.make
        headers = make.metadata(HEADERS_MS), make.sound_header(HEADERS_MS), make.picture_header(HEADERS_MS)
        self.read(self.writer.write(self.burst(*headers).packets))
        self.read(self.writer.write(self.burst(make.key(KEY_MS)).packets))

    def burst(self, *packets: MediaPacket) -> Burst:
        audio_ms, video_ms, data_ms = self.make.ends_ms
        burst = Burst(packets, self._position, (audio_ms, video_ms, data_ms))
        self._position = burst.after
        return burst

    def read(self, data: bytes) -> list[tuple[int, int]]:
        return [(message.type, message.timestamp) for message in self._reader.feed(data)]


def test_pictures_alone_are_shared_but_not_followed_blindly_while_sound_has_still_to_begin() -> None:
    stage = Stage()
    pictures = stage.burst(stage.make.inter(KEY_MS + 33))
    assert stage.writer.in_step(pictures)
    stage.read(stage.writer.share(pictures))
    assert not stage.writer.may_cruise_after(pictures)
    sound = stage.burst(stage.make.sound(KEY_MS + 100))
    assert not stage.writer.in_step(sound)
    assert stage.read(stage.writer.write(sound.packets)) == [(8, 100)]


def test_sound_and_pictures_in_step_are_followed_blindly_and_the_times_stay_right() -> None:
    stage = Stage()
    stage.read(stage.writer.write(stage.burst(stage.make.sound(KEY_MS + 20)).packets))
    first = stage.burst(stage.make.inter(KEY_MS + 33))
    stage.read(stage.writer.share(first))
    assert stage.writer.may_cruise_after(first)
    second = stage.burst(stage.make.sound(KEY_MS + 41), stage.make.inter(KEY_MS + 66))
    assert second.cruisable
    assert stage.read(second.wire) == [(8, 41), (9, 66)]
    stage.writer.shared_up_to(second)
    last = stage.burst(stage.make.sound(KEY_MS + 62), stage.make.inter(KEY_MS + 99))
    assert stage.read(stage.writer.write(last.packets)) == [(8, 62), (9, 99)]


def test_a_message_of_data_is_never_followed_blindly() -> None:
    stage = Stage()
    stage.read(stage.writer.write(stage.burst(stage.make.sound(KEY_MS + 20)).packets))
    first = stage.burst(stage.make.inter(KEY_MS + 33))
    stage.read(stage.writer.share(first))
    caption = stage.burst(stage.make.caption(KEY_MS + 40))
    assert not caption.cruisable
    assert caption.before[MediaKind.DATA] == 0
    stage.writer.shared_up_to(first)
    assert not stage.writer.in_step(caption)
    assert stage.read(stage.writer.write(caption.packets)) == [(18, 40)]
