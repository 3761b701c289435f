"""Reading a slate: one header, one group, and nothing else counts as one."""

from __future__ import annotations

import pytest

from powerstream_desktop.relay.bridge.slate import Slate
from powerstream_desktop.rtmp.errors import ProtocolError
from powerstream_desktop.rtmp.flv.file import FLVTag, FLVWriter
from tests.unit.relay.packets import PICTURE_HEADER, SOUND_HEADER, inter_frame, key_frame

VIDEO, AUDIO = 9, 8
GROUP = [key_frame(), *(inter_frame(number) for number in range(1, 50))]


def flv(*bodies: bytes, from_ms: int = 0, step_ms: int = 40) -> bytes:
    """Return a file of these pictures and a sound header that means nothing here."""
    writer = FLVWriter(has_video=True, has_audio=True)
    tags = [FLVTag(VIDEO, 0, PICTURE_HEADER), FLVTag(AUDIO, 0, SOUND_HEADER)]
    tags += [FLVTag(VIDEO, from_ms + number * step_ms, body) for number, body in enumerate(bodies)]
    return b"".join((writer.header(), *map(writer.tag, tags)))


def test_a_slate_begins_at_zero_and_lasts_as_long_as_its_pictures() -> None:
    slate = Slate.read(flv(*GROUP, from_ms=700))
    assert slate.header == PICTURE_HEADER
    assert [picture.at_ms for picture in slate.pictures[:3]] == [0, 40, 80]
    assert [picture.payload for picture in slate.pictures] == GROUP
    assert slate.length_ms == 2000


@pytest.mark.parametrize(
    "file",
    [
        b"",
        b"no FLV, but as long as the head of one",
        flv(),
        flv(key_frame()),
        flv(*GROUP[1:]),
        flv(inter_frame(), *GROUP),
        flv(*GROUP, *GROUP),
        flv(*GROUP, step_ms=5),
        flv(PICTURE_HEADER, *GROUP),
        flv(*GROUP * 30),
    ],
)
def test_what_is_not_one_group_of_pictures_is_no_slate(file: bytes) -> None:
    with pytest.raises(ProtocolError):
        Slate.read(file)
