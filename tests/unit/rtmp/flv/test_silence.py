"""Silence: exactly zero when decoded, without a complaint from the decoder on either side of it."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import av
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from powerstream_desktop.rtmp.flv.config import OpusHead
from powerstream_desktop.rtmp.flv.silence import SilentFrame, silent_frame
from powerstream_desktop.rtmp.flv.tags import TagKind, classify_audio, frame_body

FRAMES, SILENCES = 6, 5
AAC, OPUS = b"\xaf\0", b"\x90Opus"


def loud(
    codec: str, rate: int, layout: str, samples: int, options: dict[str, str]
) -> tuple[bytes, list[bytes]]:
    """Return the settings and some frames of a loud tone."""
    encoder: Any = av.CodecContext.create(codec, "w")
    encoder.sample_rate, encoder.layout, encoder.time_base = rate, layout, Fraction(1, rate)
    encoder.format = "fltp" if codec == "aac" else "flt"
    encoder.options = options
    packets = []
    for number in range(FRAMES):
        tone = np.sin(np.arange(samples) * 0.05 + number).astype(np.float32) * 0.5
        channels = av.AudioLayout(layout).nb_channels
        block = np.tile(tone, (channels, 1)) if codec == "aac" else np.repeat(tone, channels)[None, :]
        frame = av.AudioFrame.from_ndarray(block, format=encoder.format.name, layout=layout)
        frame.sample_rate, frame.pts, frame.time_base = rate, number * samples, Fraction(1, rate)
        packets += encoder.encode(frame)
    return bytes(encoder.extradata), [bytes(packet) for packet in packets]


def decoded(codec: str, settings: bytes, frames: list[bytes]) -> list[np.ndarray[Any, Any]]:
    decoder: Any = av.CodecContext.create(codec, "r")
    decoder.extradata = settings
    sound = []
    with av.logging.Capture() as complaints:
        for number, data in enumerate(frames):
            packet = av.Packet(data)
            packet.pts = packet.dts = number
            sound += [frame.to_ndarray() for frame in decoder.decode(packet)]
    assert [text for level, _, text in complaints if level <= av.logging.ERROR] == []
    return sound


def silence(header: bytes) -> SilentFrame:
    frame = silent_frame(header, classify_audio(header))
    assert frame is not None
    assert classify_audio(frame.payload).kind is TagKind.FRAME
    return frame


def body(frame: SilentFrame) -> bytes:
    return bytes(frame_body(frame.payload, classify_audio(frame.payload)))


@pytest.mark.parametrize("layout", ["mono", "stereo", "3.0", "4.0", "5.0", "5.1"])
@pytest.mark.parametrize("rate", [8_000, 44_100, 48_000, 96_000])
def test_silent_aac_decodes_to_zeros_between_loud_frames(rate: int, layout: str) -> None:
    settings, frames = loud("aac", rate, layout, 1024, {})
    frame = silence(AAC + settings)
    assert (frame.samples, frame.rate) == (1024, rate)
    sound = decoded("aac", settings, frames + [body(frame)] * SILENCES + frames)
    assert len(sound) == 2 * len(frames) + SILENCES
    # The first one still holds the fading half of the loud frame before it: frames overlap.
    quiet = sound[len(frames) + 1 : len(frames) + SILENCES]
    assert not any(np.any(block) for block in quiet)
    assert all(np.any(block) for block in sound[1 : len(frames)])


@pytest.mark.parametrize("settings", ["2b118800", "eb098800", "131056e59880"])
def test_silence_of_high_efficiency_aac_is_counted_in_the_samples_of_its_core(settings: str) -> None:
    frame = silence(AAC + bytes.fromhex(settings))
    assert (frame.samples, frame.rate) == (1024, 24_000)
    sound = decoded("aac", bytes.fromhex(settings), [body(frame)] * 3)
    assert [block.shape for block in sound] == [(2, 2048)] * 3
    assert not any(np.any(block) for block in sound)


def test_short_frames_of_aac_are_known() -> None:
    assert silence(AAC + b"\x11\x94").samples == 960


def test_aac_of_eight_channels_has_all_its_elements() -> None:
    decoder: Any = av.CodecContext.create("aac", "r")
    decoder.extradata = b"\x11\xb8"
    packet = av.Packet(body(silence(AAC + decoder.extradata)))
    (frame,) = decoder.decode(packet)  # which PyAV cannot make an array of
    assert (frame.layout.nb_channels, frame.samples) == (8, 1024)


@pytest.mark.parametrize(
    ("layout", "options"), [("mono", {}), ("stereo", {}), ("5.1", {"mapping_family": "1"})]
)
def test_silent_opus_decodes_to_zeros_between_loud_packets(layout: str, options: dict[str, str]) -> None:
    settings, packets = loud("libopus", 48_000, layout, 960, options)
    frame = silence(OPUS + settings)
    assert (frame.samples, frame.rate) == (960, 48_000)
    sound = decoded("opus", settings, packets + [body(frame)] * SILENCES + packets)
    quiet = sound[len(packets) + 1 : len(packets) + SILENCES]
    assert [block.shape[1] for block in quiet] == [960] * (SILENCES - 1)
    assert not any(np.any(block) for block in quiet)


def test_silence_has_the_form_of_its_stream() -> None:
    enhanced = b"\x90mp4a\x11\x90"
    assert silence(enhanced).payload.startswith(b"\x91mp4a")
    track = b"\x95\x00mp4a\x03\x11\x90"
    assert silence(track).payload.startswith(b"\x95\x01mp4a\x03")
    assert classify_audio(silence(track).payload).track == 3
    assert silence(b"\xaf\0\x11\x90").payload.startswith(b"\xaf\1")


@pytest.mark.parametrize(
    "header",
    [
        b"\x90fLaC" + b"fLaC" + bytes(38),
        b"\x90.mp3",
        b"\x90ac-3",
        AAC + b"\x11\x80",  # channels described in the stream
        AAC + b"\x0a\x10",  # AAC Main
        AAC + b"\x16\x90",  # reserved sampling rate
        b"\x95\x10mp4a\x00\x00\x00\x02\x11\x90",  # many tracks in one message
        OPUS + OpusHead(channels=2).build()[:-5],
    ],
)
def test_what_has_no_silence_gets_none(header: bytes) -> None:
    info = classify_audio(header)
    assert silent_frame(header, info) is None


@given(st.sampled_from([AAC, OPUS, b"\x90mp4a", b"\x95\x00mp4a\x00"]), st.binary(max_size=40))
def test_a_header_that_anybody_may_send_never_raises(head: bytes, settings: bytes) -> None:
    info = classify_audio(head + settings)
    if info.kind is TagKind.HEADER:
        silent_frame(head + settings, info)
