"""FLV as a container: the vectors, every split of them, and what is refused."""

import pytest

from powerstream_desktop.rtmp.errors import LimitExceeded, LocalProtocolError, ProtocolError
from powerstream_desktop.rtmp.flv.file import FLVReader, FLVTag, FLVWriter
from powerstream_desktop.rtmp.limits import Limits

HEADER = bytes.fromhex("464c5601050000000900000000")  # F16
AUDIO_TAG = bytes.fromhex("0800000302030401000000af01210000000e")  # F17
AUDIO = FLVTag(8, 0x01020304, b"\xaf\x01\x21")


def test_the_writer_makes_the_vectors() -> None:
    writer = FLVWriter(has_video=True, has_audio=True)
    assert writer.header() == HEADER
    assert writer.tag(AUDIO) == AUDIO_TAG


@pytest.mark.parametrize(("video", "audio", "flags"), [(True, False, 1), (False, True, 4), (False, False, 0)])
def test_the_file_header_announces_only_the_tracks_that_come(video: bool, audio: bool, flags: int) -> None:
    assert FLVWriter(has_video=video, has_audio=audio).header()[4] == flags


@pytest.mark.parametrize("cut", range(len(HEADER + AUDIO_TAG) + 1))
def test_every_cut_of_the_vectors_gives_the_same_tag(cut: int) -> None:
    reader = FLVReader()
    data = HEADER + AUDIO_TAG
    assert reader.feed(data[:cut]) + reader.feed(data[cut:]) == [AUDIO]


def test_bytes_one_by_one_give_each_tag_with_its_last_byte() -> None:
    reader = FLVReader()
    data = HEADER + AUDIO_TAG + AUDIO_TAG
    ends = [i for i in range(len(data)) if reader.feed(data[i : i + 1])]
    assert ends == [len(HEADER) + 13, len(HEADER) + len(AUDIO_TAG) + 13]


def test_the_sizes_behind_the_tags_are_not_believed() -> None:
    wrong = AUDIO_TAG[:-4] + b"\xff\xff\xff\xff"
    assert FLVReader().feed(HEADER[:-4] + b"\x12\x34\x56\x78" + wrong + AUDIO_TAG) == [AUDIO, AUDIO]


def test_a_longer_file_header_is_skipped() -> None:
    longer = b"FLV\x01\x05\x00\x00\x00\x0c" + b"abc" + bytes(4)
    reader = FLVReader()
    assert reader.feed(longer[:10]) == []
    assert reader.feed(longer[10:] + AUDIO_TAG) == [AUDIO]


def test_an_empty_tag_and_an_unknown_type_are_handed_out() -> None:
    writer = FLVWriter(has_video=False, has_audio=True)
    tags = [FLVTag(8, 0, b""), FLVTag(1, 0xFFFFFFFF, b"x"), FLVTag(18, 5, b"data")]
    assert FLVReader().feed(writer.header() + b"".join(writer.tag(tag) for tag in tags)) == tags


@pytest.mark.parametrize(
    "start",
    [
        b"GET / HTTP/1.1",
        b"FLW\x01\x05\x00\x00\x00\x09",
        b"FLV\x02\x05\x00\x00\x00\x09",
        b"FLV\x01\x05\x00\x00\x00\x08",
        b"FLV\x01\x05\xff\xff\xff\xff",
    ],
)
def test_what_is_not_flv_is_refused(start: bytes) -> None:
    with pytest.raises(ProtocolError) as caught:
        FLVReader().feed(start)
    assert caught.value.code == "not-flv"


def test_tags_in_front_of_an_error_come_first_and_then_nothing_but_the_error() -> None:
    reader = FLVReader()
    assert reader.feed(HEADER + AUDIO_TAG + b"\x28" + AUDIO_TAG[1:]) == [AUDIO]
    for data in (b"", HEADER, AUDIO_TAG):
        with pytest.raises(ProtocolError):
            reader.feed(data)


def test_an_encrypted_tag_is_refused() -> None:
    with pytest.raises(ProtocolError) as caught:
        FLVReader().feed(HEADER + b"\x28" + AUDIO_TAG[1:])
    assert caught.value.code == "flv-encrypted"


@pytest.mark.parametrize("tag_type", [8, 9, 18, 3])
def test_a_tag_over_its_limit_is_refused_before_its_body_comes(tag_type: int) -> None:
    limits = Limits(max_audio_message=10, max_video_message=10, max_data_message=10)
    head = bytes([tag_type]) + b"\x00\x00\x0a" + bytes(7)
    assert FLVReader(limits).feed(HEADER + head) == []
    with pytest.raises(LimitExceeded):
        FLVReader(limits).feed(HEADER + head[:3] + b"\x0b" + head[4:])


@pytest.mark.parametrize(
    "tag",
    [FLVTag(8, -1, b""), FLVTag(8, 1 << 32, b""), FLVTag(32, 0, b""), FLVTag(9, 0, bytes(1 << 24))],
    ids=["negative time", "time beyond 32 bits", "type beyond 5 bits", "body beyond 24 bits"],
)
def test_a_tag_that_flv_cannot_hold_is_our_own_mistake(tag: FLVTag) -> None:
    with pytest.raises(LocalProtocolError):
        FLVWriter(has_video=True, has_audio=True).tag(tag)
