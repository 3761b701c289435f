from __future__ import annotations

from powerstream_desktop.engine.output.interleaver import Interleaver
from powerstream_desktop.rtmp.flv.file import FLVTag
from powerstream_desktop.rtmp.messages import MessageType


def sound(time_ms: int) -> FLVTag:
    return FLVTag(MessageType.AUDIO, time_ms, b"\xaf\x01")


def test_sound_waits_for_the_picture_beside_it() -> None:
    interleaver = Interleaver(fps=30)
    assert interleaver.sound(sound(0)) == []
    assert interleaver.sound(sound(21)) == []
    assert interleaver.before_picture(20) == [sound(0)]
    assert interleaver.before_picture(53) == [sound(21)]


def test_sound_that_comes_after_its_picture_goes_at_once() -> None:
    interleaver = Interleaver(fps=30)
    assert interleaver.before_picture(100) == []
    assert interleaver.sound(sound(80)) == [sound(80)]
    assert interleaver.sound(sound(100)) == [sound(100)]
    assert interleaver.sound(sound(121)) == []


def test_while_pictures_stand_still_the_broadcast_is_heard() -> None:
    interleaver = Interleaver(fps=30)
    heard = [tag for time_ms in range(0, 5000, 20) for tag in interleaver.sound(sound(time_ms))]
    assert [tag.timestamp for tag in heard] == list(range(0, 4981 - interleaver.max_wait_ms, 20))
    assert len(interleaver.finish()) == interleaver.max_wait_ms // 20


def test_at_the_end_nothing_is_left() -> None:
    interleaver = Interleaver(fps=30)
    interleaver.sound(sound(0))
    assert interleaver.finish() == [sound(0)]
    assert interleaver.finish() == []


def test_the_slower_the_program_the_longer_its_encoder_looks_ahead() -> None:
    assert [Interleaver(fps=fps).max_wait_ms for fps in (10, 30, 60)] == [3500, 1500, 1000]
