from __future__ import annotations

import threading
from itertools import pairwise

import pytest

from powerstream_desktop.common.errors import SystemFault
from powerstream_desktop.engine.encoders.live_encoder import LiveEncoder
from powerstream_desktop.engine.output import output as output_module
from powerstream_desktop.engine.output.output import Output
from powerstream_desktop.engine.picture import blank_frame
from powerstream_desktop.engine.sound import SAMPLE_RATE, silence
from powerstream_desktop.engine.video_settings import Latency, VideoSettings
from powerstream_desktop.rtmp.flv.file import FLVTag
from powerstream_desktop.rtmp.flv.tags import TagKind, classify_audio, classify_video
from powerstream_desktop.rtmp.messages import MessageType
from tests.unit.engine.encoders.fakes import FakeEncoder, be_patient_with_who_works, candidate

FPS = 10
SETTINGS = VideoSettings(width=64, height=64, fps=FPS, bitrate_kbps=200, latency=Latency.LOW)
NORMAL = VideoSettings(width=64, height=64, fps=FPS, bitrate_kbps=200)
FRAME = blank_frame(64, 64)
SAMPLES = SAMPLE_RATE // FPS


@pytest.fixture(autouse=True)
def _patience(monkeypatch: pytest.MonkeyPatch) -> None:
    be_patient_with_who_works(monkeypatch)


def made(output: Output, slots: range) -> list[FLVTag]:
    tags: list[FLVTag] = []
    for slot in slots:
        tags += output.encode_picture(FRAME, slot, is_key=slot % (2 * FPS) == 0)
        tags += output.encode_sound(silence(SAMPLES), slot * SAMPLES)
    return tags


def kinds(tags: list[FLVTag]) -> list[tuple[int, TagKind]]:
    return [
        (
            tag.type,
            (classify_video if tag.type == MessageType.VIDEO else classify_audio)(tag.payload).kind
            if tag.type != MessageType.DATA_AMF0
            else TagKind.METADATA,
        )
        for tag in tags
    ]


def pictures(tags: list[FLVTag]) -> list[FLVTag]:
    return [
        tag
        for tag in tags
        if tag.type == MessageType.VIDEO and classify_video(tag.payload).kind is TagKind.FRAME
    ]


def made_while_changing(*encoders: FakeEncoder) -> list[FLVTag]:
    """Make 40 slots; the first encoder gives up at the one it was told."""
    encoder = LiveEncoder(
        NORMAL, [candidate(each) for each in encoders], on_change=lambda change: None, clock=lambda: 0.0
    )
    output = Output(NORMAL, encoder)
    return made(output, range(40)) + output.finish()


def test_the_description_and_the_headers_come_first() -> None:
    tags = made(Output(SETTINGS, FakeEncoder()), range(1))
    assert kinds(tags)[:4] == [
        (MessageType.DATA_AMF0, TagKind.METADATA),
        (MessageType.VIDEO, TagKind.HEADER),
        (MessageType.AUDIO, TagKind.HEADER),
        (MessageType.VIDEO, TagKind.FRAME),
    ]


def test_they_come_with_the_first_call_even_when_the_encoder_still_holds_everything() -> None:
    output = Output(SETTINGS, FakeEncoder(holds=100))
    assert len(output.encode_picture(FRAME, 0, is_key=True)) == 3


def test_headers_that_the_encoder_tells_with_its_first_picture_only_come_before_that() -> None:
    tags = Output(SETTINGS, FakeEncoder(tells_late=True)).encode_picture(FRAME, 0, is_key=True)
    assert kinds(tags) == [
        (MessageType.DATA_AMF0, TagKind.METADATA),
        (MessageType.AUDIO, TagKind.HEADER),
        (MessageType.VIDEO, TagKind.HEADER),
        (MessageType.VIDEO, TagKind.FRAME),
    ]


def test_the_first_picture_is_a_key_frame_wherever_it_begins() -> None:
    encoder = FakeEncoder()
    tags = made(Output(SETTINGS, encoder), range(1007, 1012))
    assert encoder.keys == [1007]
    assert pictures(tags)[0].timestamp == 100_700 + 22


def test_every_header_is_sent_once_and_again_only_where_it_changes() -> None:
    first, second = FakeEncoder("first"), FakeEncoder("second")
    first.raises_at = 25
    tags = made_while_changing(first, second)
    headers = [
        (tag.timestamp, tag.payload[5:])
        for tag in tags
        if tag.type == MessageType.VIDEO and classify_video(tag.payload).kind is TagKind.HEADER
    ]
    assert headers == [(200, b"headers of first"), (2700, b"headers of second")]


def test_an_encoder_with_the_same_headers_sends_none() -> None:
    first, second = FakeEncoder("same"), FakeEncoder("same")
    first.raises_at = 25
    tags = made_while_changing(first, second)
    assert kinds(tags).count((MessageType.VIDEO, TagKind.HEADER)) == 1


def test_pictures_and_sound_go_on_where_they_were_when_the_encoder_changes() -> None:
    first, second = FakeEncoder("first"), FakeEncoder("second", reorders_by=2)
    first.raises_at = 25
    tags = made_while_changing(first, second)
    shown = [tag.timestamp + classify_video(tag.payload).cts_ms for tag in pictures(tags)]
    assert shown == [200 + 100 * slot for slot in range(40)]
    decoded = [tag.timestamp for tag in pictures(tags)]
    assert all(earlier < later for earlier, later in pairwise(decoded))
    sounds = [
        tag.timestamp
        for tag in tags
        if tag.type == MessageType.AUDIO and classify_audio(tag.payload).kind is TagKind.FRAME
    ]
    assert {later - earlier for earlier, later in pairwise(sounds)} == {21, 22}


def test_pictures_wait_for_no_sound() -> None:
    output = Output(SETTINGS, FakeEncoder())
    for slot in range(5):
        assert len(pictures(output.encode_picture(FRAME, slot, is_key=slot == 0))) == 1


def test_the_end_gives_all_that_was_held_in_order() -> None:
    output = Output(SETTINGS, FakeEncoder(holds=5))
    tags = made(output, range(20)) + output.finish()
    assert len(pictures(tags)) == 20
    assert [tag.timestamp for tag in pictures(tags)] == [22 + 100 * slot for slot in range(20)]


def test_it_says_who_encodes_and_what_was_left_out() -> None:
    encoder = FakeEncoder("libfake")
    encoder.skipped = 3
    output = Output(SETTINGS, encoder)
    assert (output.encoder, output.frames_skipped) == ("libfake", 3)
    output.set_bitrate(150)
    assert encoder.rates == [150]


def test_a_sound_encoder_that_cannot_be_opened_leaves_no_picture_encoder_behind(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def refuse() -> None:
        raise SystemFault("The encoder aac refused to open.")

    monkeypatch.setattr(output_module, "SoundEncoder", refuse)
    before = set(threading.enumerate())
    encoder = LiveEncoder(NORMAL, [candidate(FakeEncoder())], on_change=lambda change: None)
    assert set(threading.enumerate()) > before
    with pytest.raises(SystemFault, match="aac"):
        Output(NORMAL, encoder)
    assert set(threading.enumerate()) == before
