from __future__ import annotations

from typing import Any

import pytest

from powerstream_desktop.common.errors import UserError
from powerstream_desktop.engine.video_settings import SOFTWARE, Codec, EncoderChoice, Latency, VideoSettings


def test_a_portrait_picture_may_be_as_large_as_a_landscape_one() -> None:
    assert VideoSettings(width=2160, height=3840).height == 3840


def test_key_frames_come_every_two_seconds_whatever_the_rate() -> None:
    assert [VideoSettings(fps=fps).keyframe_interval for fps in (1, 30, 60)] == [2, 60, 120]


def test_only_normal_latency_reorders() -> None:
    assert [VideoSettings(latency=latency).reorders for latency in (Latency.NORMAL, Latency.LOW)] == [
        True,
        False,
    ]


@pytest.mark.parametrize(
    ("changes", "named"),
    [
        ({"width": 62}, "62x720"),
        ({"width": 3842}, "3842x720"),
        ({"width": 2162, "height": 2162}, "2162x2162"),
        ({"height": 721}, "1280x721"),
        ({"fps": 0}, "0 frames"),
        ({"fps": 121}, "121 frames"),
        ({"bitrate_kbps": 99}, "99 kbit/s"),
        ({"bitrate_kbps": 60_001}, "60001 kbit/s"),
    ],
)
def test_what_cannot_be_sent_is_refused_by_name(changes: dict[str, Any], named: str) -> None:
    with pytest.raises(UserError, match=named):
        VideoSettings(**changes)


@pytest.mark.parametrize(
    ("codec", "encoder"),
    [
        (Codec.HEVC, EncoderChoice.X264),
        (Codec.H264, EncoderChoice.X265),
        (Codec.HEVC, EncoderChoice.SVT_AV1),
        (Codec.AV1, EncoderChoice.VIDEOTOOLBOX),
    ],
)
def test_an_encoder_that_does_not_make_the_codec_is_refused(codec: Codec, encoder: EncoderChoice) -> None:
    with pytest.raises(UserError, match=f"{encoder.value} cannot make {codec.value}"):
        VideoSettings(codec=codec, encoder=encoder)


@pytest.mark.parametrize("codec", list(Codec))
def test_every_codec_can_be_made_in_software_and_by_the_automatic_choice(codec: Codec) -> None:
    for encoder in (SOFTWARE[codec], EncoderChoice.AUTO):
        assert VideoSettings(codec=codec, encoder=encoder).encoder is encoder
