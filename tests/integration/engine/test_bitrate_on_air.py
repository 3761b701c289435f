"""The bitrate is changed while the encoder runs: what is really in the packets (broadcasters.md 3.2, ADR 0007)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import av
import numpy as np
import pytest

from powerstream_desktop.engine.output.output import Output
from powerstream_desktop.engine.sound import SAMPLE_RATE, silence
from powerstream_desktop.engine.video_settings import Codec, Latency
from powerstream_desktop.rtmp.flv.tags import TagKind, classify_video
from powerstream_desktop.rtmp.messages import MessageType
from tests.integration.engine.programs import settings, software_encoder

pytestmark = pytest.mark.exacting

FPS = 30
WIDTH, HEIGHT = 320, 180
ORIGINAL_KBPS, LOWERED_KBPS = 1000, 300
LOWERED_AT_S, RAISED_AT_S, END_S = 4, 10, 16
SETTLED_S = 1.0


@dataclass(frozen=True)
class Run:
    """What came out of the encoder, and when."""

    sizes: list[tuple[float, int]]
    """Time of the encoder's call, bytes of one picture."""
    headers: int

    def kbps(self, since_s: float, until_s: float) -> float:
        size = sum(size for at_s, size in self.sizes if since_s <= at_s < until_s)
        return size * 8 / 1000 / (until_s - since_s)


def busy_pictures() -> list[av.VideoFrame]:
    """Pictures that no encoder gets small: noise that moves."""
    noise = np.random.default_rng(7)
    frames = []
    for _ in range(FPS):
        planes = noise.integers(16, 235, (HEIGHT * 3 // 2, WIDTH), dtype=np.uint8)
        frames.append(av.VideoFrame.from_ndarray(planes, format="yuv420p"))
    return frames


def still_pictures() -> list[av.VideoFrame]:
    """One picture again and again: the rate has to be held with filler."""
    grey = np.full((HEIGHT * 3 // 2, WIDTH), 128, np.uint8)
    return [av.VideoFrame.from_ndarray(grey, format="yuv420p")]


def encoded(latency: Latency, pictures: list[av.VideoFrame], codec: Codec = Codec.H264) -> Run:
    wanted = settings(width=WIDTH, height=HEIGHT, bitrate_kbps=ORIGINAL_KBPS, latency=latency, codec=codec)
    output = Output(wanted, software_encoder(wanted))
    changes = {LOWERED_AT_S * FPS: LOWERED_KBPS, RAISED_AT_S * FPS: ORIGINAL_KBPS}
    sizes, headers = [], 0
    for slot in range(END_S * FPS):
        if slot in changes:
            output.set_bitrate(changes[slot])
        tags = output.encode_picture(pictures[slot % len(pictures)], slot, is_key=slot % (2 * FPS) == 0)
        tags += output.encode_sound(silence(SAMPLE_RATE // FPS), slot * SAMPLE_RATE // FPS)
        for tag in tags:
            if tag.type == MessageType.VIDEO:
                kind = classify_video(tag.payload).kind
                headers += kind is TagKind.HEADER
                if kind is TagKind.FRAME:
                    sizes.append((slot / FPS, len(tag.payload)))
    output.finish()
    return Run(sizes, headers)


@pytest.mark.parametrize("latency", list(Latency))
@pytest.mark.parametrize("pictures", [busy_pictures, still_pictures])
def test_the_packets_have_the_new_rate_within_a_second_down_and_up_again(
    latency: Latency, pictures: Callable[[], list[av.VideoFrame]]
) -> None:
    run = encoded(latency, pictures())
    assert run.kbps(2.0, LOWERED_AT_S) == pytest.approx(ORIGINAL_KBPS, rel=0.2)
    assert run.kbps(LOWERED_AT_S + SETTLED_S, LOWERED_AT_S + SETTLED_S + 4.0) == pytest.approx(
        LOWERED_KBPS, rel=0.15
    )
    assert run.kbps(RAISED_AT_S + SETTLED_S, RAISED_AT_S + SETTLED_S + 4.0) == pytest.approx(
        ORIGINAL_KBPS, rel=0.15
    )


def test_the_headers_are_sent_once() -> None:
    assert encoded(Latency.LOW, still_pictures()).headers == 1


@pytest.mark.parametrize("codec", [Codec.HEVC, Codec.AV1])
def test_an_encoder_that_cannot_change_while_it_runs_has_the_new_rate_from_the_next_key_frame_on(
    codec: Codec,
) -> None:
    run = encoded(Latency.LOW, busy_pictures(), codec)
    assert run.kbps(2.0, LOWERED_AT_S) == pytest.approx(ORIGINAL_KBPS, rel=0.25)
    assert run.kbps(LOWERED_AT_S + 2.0, RAISED_AT_S) < ORIGINAL_KBPS * 0.8
    assert run.kbps(RAISED_AT_S + 2.0, END_S) == pytest.approx(ORIGINAL_KBPS, rel=0.25)
    assert len(run.sizes) == END_S * FPS
