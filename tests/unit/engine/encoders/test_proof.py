"""What is found wrong with an encoder that opens. The fake's pictures are an AVC key frame of nothing and slices of nothing."""

from __future__ import annotations

from powerstream_desktop.engine.encoders.port import EncodedPicture
from powerstream_desktop.engine.encoders.proof import fault_of
from powerstream_desktop.engine.video_settings import VideoSettings
from tests.unit.engine.encoders.fakes import FakeEncoder

SETTINGS = VideoSettings(width=64, height=64, fps=10, bitrate_kbps=200)
IDR, NO_IDR = b"\0\0\0\2\x65\x88", b"\0\0\0\2\x41\x9a"


class Suspect(FakeEncoder):
    """Has a bad habit.

    Args:
        keys: the slots whose pictures it calls key frames.
        key_data: what those hold.
        loses: a slot it never gives.
    """

    def __init__(self, *, keys: tuple[int, ...] = (0, 3), key_data: bytes = IDR, loses: int = -1) -> None:
        super().__init__("suspect")
        self._keys = keys
        self._key_data = key_data
        self._loses = loses

    def encode(self, _frame: object, slot: int, *, is_key: bool) -> list[EncodedPicture]:
        if slot == self._loses:
            return []
        is_called_key = slot in self._keys
        data = self._key_data if is_called_key else NO_IDR
        return [EncodedPicture(data, self.headers, slot, slot, is_called_key)]


def test_an_encoder_that_loses_pictures_does_not_work() -> None:
    assert fault_of(Suspect(loses=2), SETTINGS) == "It takes 5 pictures and gives 4."


def test_an_encoder_that_makes_no_key_frame_where_it_is_asked_for_does_not_work() -> None:
    for keys in ((0,), (0, 2), (0, 1, 3), ()):
        assert fault_of(Suspect(keys=keys), SETTINGS) == "Its key frames are not those that were asked for."


def test_an_encoder_that_calls_a_picture_a_key_frame_that_is_none_does_not_work() -> None:
    fault = fault_of(Suspect(key_data=NO_IDR), SETTINGS)
    assert fault == "Its key frames are not those that were asked for."


def test_an_encoder_whose_pictures_no_decoder_takes_does_not_work() -> None:
    assert fault_of(Suspect(), SETTINGS).startswith("What it makes cannot be decoded.")
