"""The contract between our encoder and libavcodec's, with a fake that has the habits of hardware drivers."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field
from typing import Any

import av
import pytest
from av.video.frame import PictureType

from powerstream_desktop.common.errors import SystemFault
from powerstream_desktop.engine.encoders.av_encoder import AVEncoder
from powerstream_desktop.engine.encoders.catalogue import EncoderKind, kind_named
from powerstream_desktop.engine.picture import blank_frame
from powerstream_desktop.engine.video_settings import VideoSettings

SPS, PPS, IDR, SLICE = b"\x67\x64\x00\x1f\xac\xd9", b"\x68\xef\xbc\xb0", b"\x65\x88\x84", b"\x41\x9a\x02"
START = b"\0\0\0\1"
SETTINGS = VideoSettings(width=64, height=64, fps=30, bitrate_kbps=1000)


@dataclass
class FakePacket:
    data: bytes
    pts: int
    dts: int | None
    is_keyframe: bool

    def __bytes__(self) -> bytes:
        return self.data


@dataclass
class FakeContext:
    """What PyAV's open context does, with a driver's habits.

    Attributes:
        extradata: what it tells of itself when it opens; nothing for drivers that put it into the stream.
        holds: pictures it works on side by side.
        knows_dts: whether it says when a picture is to be decoded.
        error: raised by the next call.
    """

    options: dict[str, str]
    extradata: bytes | None = START + SPS + START + PPS
    holds: int = 0
    knows_dts: bool = True
    error: Exception | None = None
    bit_rate: int = 0
    asked: list[tuple[int, str]] = field(default_factory=list)
    held: deque[FakePacket] = field(default_factory=deque)

    def encode(self, frame: av.VideoFrame | None) -> list[FakePacket]:
        if self.error is not None:
            raise self.error
        if frame is None:
            rest = list(self.held)
            self.held.clear()
            return rest
        is_key = PictureType(frame.pict_type) is PictureType.I
        self.asked.append((frame.pts or 0, PictureType(frame.pict_type).name))
        in_band = b"" if self.extradata or not is_key else START + SPS + START + PPS
        data = in_band + START + (IDR if is_key else SLICE)
        self.held.append(FakePacket(data, frame.pts or 0, frame.pts if self.knows_dts else None, is_key))
        return [self.held.popleft()] if len(self.held) > self.holds else []


@dataclass
class Driver:
    """Opens fakes, and remembers them."""

    habits: dict[str, Any] = field(default_factory=dict)
    opened: list[FakeContext] = field(default_factory=list)
    refuses: Exception | None = None

    def open(self, _kind: EncoderKind, _settings: VideoSettings, options: dict[str, str]) -> Any:
        if self.refuses is not None:
            raise self.refuses
        self.opened.append(FakeContext(options, **self.habits))
        return self.opened[-1]


def encoder(driver: Driver, name: str = "h264_qsv") -> AVEncoder:
    return AVEncoder(kind_named(name), SETTINGS, open_context=driver.open)


def test_start_codes_become_lengths_and_the_key_frame_that_was_asked_for_is_one() -> None:
    driver = Driver()
    opened = encoder(driver)
    first, second = (
        picture for slot in (0, 1) for picture in opened.encode(blank_frame(64, 64), slot, is_key=slot == 0)
    )
    assert (first.data, first.is_key) == (b"\0\0\0\3" + IDR, True)
    assert (second.data, second.is_key) == (b"\0\0\0\3" + SLICE, False)
    assert driver.opened[0].asked == [(0, "I"), (1, "NONE")]
    assert first.headers is second.headers is opened.headers


def test_settings_that_come_with_the_first_picture_only_are_found_there() -> None:
    opened = encoder(Driver({"extradata": None}))
    assert opened.headers == b""
    (picture,) = opened.encode(blank_frame(64, 64), 0, is_key=True)
    assert picture.headers == opened.headers != b""
    assert SPS in picture.headers
    assert picture.data.endswith(b"\0\0\0\3" + IDR)


def test_a_driver_that_does_not_say_when_to_decode_does_not_reorder() -> None:
    opened = encoder(Driver({"knows_dts": False}))
    pictures = [
        each for slot in range(3) for each in opened.encode(blank_frame(64, 64), slot, is_key=slot == 0)
    ]
    assert [(each.dts_slot, each.pts_slot) for each in pictures] == [(0, 0), (1, 1), (2, 2)]


def test_what_it_works_on_side_by_side_comes_with_the_end() -> None:
    opened = encoder(Driver({"holds": 2}))
    given = [opened.encode(blank_frame(64, 64), slot, is_key=slot == 0) for slot in range(4)]
    assert [len(each) for each in given] == [0, 0, 1, 1]
    assert [each.pts_slot for each in opened.finish()] == [2, 3]


@pytest.mark.parametrize("error", [av.error.ExternalError(1, "device lost"), ValueError("plane")])
def test_a_driver_that_gives_up_is_a_fault_of_the_system(error: Exception) -> None:
    driver = Driver()
    opened = encoder(driver)
    driver.opened[0].error = error
    with pytest.raises(SystemFault, match="h264_qsv refused to work"):
        opened.encode(blank_frame(64, 64), 0, is_key=True)


def test_a_driver_that_does_not_open_is_one_too() -> None:
    with pytest.raises(SystemFault, match="h264_qsv refused to work") as refused:
        encoder(Driver(refuses=av.error.ExternalError(1, "no device")))
    assert refused.value.detail == "ExternalError: no device"


def test_a_picture_without_settings_anywhere_is_refused() -> None:
    opened = encoder(Driver({"extradata": None}))
    with pytest.raises(SystemFault, match="refused"):
        opened.encode(blank_frame(64, 64), 0, is_key=False)


def test_an_encoder_that_can_changes_its_rate_at_once() -> None:
    driver = Driver()
    opened = encoder(driver, "h264_nvenc")
    opened.set_bitrate(400)
    assert driver.opened[0].bit_rate == 400_000
    opened.encode(blank_frame(64, 64), 0, is_key=True)
    assert len(driver.opened) == 1


def test_one_that_cannot_is_opened_anew_at_the_next_key_frame_and_loses_nothing() -> None:
    driver = Driver({"holds": 1})
    opened = encoder(driver)
    frame = blank_frame(64, 64)
    pictures = [each for slot in range(3) for each in opened.encode(frame, slot, is_key=slot == 0)]
    opened.set_bitrate(400)
    pictures += opened.encode(frame, 3, is_key=False)
    assert len(driver.opened) == 1
    pictures += opened.encode(frame, 4, is_key=True) + opened.encode(frame, 5, is_key=False) + opened.finish()
    assert [context.options["maxrate"] for context in driver.opened] == ["1000000", "400000"]
    assert [each.pts_slot for each in pictures] == list(range(6))
    assert driver.opened[1].asked[0] == (4, "I")


def test_the_same_settings_stay_the_same_object_when_it_is_opened_anew() -> None:
    driver = Driver()
    opened = encoder(driver)
    before = opened.headers
    opened.set_bitrate(400)
    (picture,) = opened.encode(blank_frame(64, 64), 0, is_key=True)
    assert picture.headers is before
    driver.habits["extradata"] = START + SPS + b"\x01" + START + PPS
    opened.set_bitrate(500)
    (picture,) = opened.encode(blank_frame(64, 64), 1, is_key=True)
    assert picture.headers != before
