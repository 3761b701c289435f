from __future__ import annotations

import pytest

from powerstream_desktop.engine.encoders.catalogue import EncoderKind
from powerstream_desktop.engine.encoders.choice import needs_probe, plan_encoders
from powerstream_desktop.engine.encoders.verdicts import ProbedEncoder
from powerstream_desktop.engine.video_settings import Codec, EncoderChoice, VideoSettings

NVENC_AND_QSV = (
    ProbedEncoder(name="h264_nvenc", works=True),
    ProbedEncoder(name="h264_qsv", works=True),
    ProbedEncoder(name="h264_amf", works=False, why="No card."),
)


def names(settings: VideoSettings, *probed: ProbedEncoder) -> list[str]:
    return [kind.av_name for kind in plan_encoders(settings, probed).kinds]


def wanting(encoder: EncoderChoice) -> VideoSettings:
    return VideoSettings(encoder=encoder)


def test_the_automatic_choice_is_the_best_hardware_that_works_with_software_behind_it() -> None:
    assert names(wanting(EncoderChoice.AUTO), *NVENC_AND_QSV) == ["h264_nvenc", "libx264"]


def test_hardware_that_was_not_tried_does_not_count() -> None:
    assert names(wanting(EncoderChoice.AUTO)) == ["libx264"]


def test_what_the_user_chose_comes_before_what_is_better() -> None:
    plan = plan_encoders(wanting(EncoderChoice.QSV), NVENC_AND_QSV)
    assert [kind.av_name for kind in plan.kinds] == ["h264_qsv", "libx264"]
    assert plan.refusal == ""


def test_software_by_choice_is_never_followed_by_hardware() -> None:
    assert names(wanting(EncoderChoice.X264), *NVENC_AND_QSV) == ["libx264"]


def test_a_choice_that_cannot_be_had_is_replaced_and_said() -> None:
    plan = plan_encoders(wanting(EncoderChoice.AMF), NVENC_AND_QSV)
    assert [kind.av_name for kind in plan.kinds] == ["h264_nvenc", "libx264"]
    assert plan.refusal == "AMD AMF does not work on this computer; NVIDIA NVENC is used instead."
    alone = plan_encoders(wanting(EncoderChoice.AMF), ())
    assert [kind.av_name for kind in alone.kinds] == ["libx264"]
    assert alone.refusal == "AMD AMF does not work on this computer; x264 is used instead."


def test_an_encoder_of_another_codec_is_no_choice() -> None:
    assert names(VideoSettings(codec=Codec.HEVC), *NVENC_AND_QSV) == ["libx265"]


@pytest.mark.parametrize(("is_there", "needed"), [(True, True), (False, False)])
def test_a_computer_without_hardware_spends_no_time_on_trying(
    monkeypatch: pytest.MonkeyPatch, *, is_there: bool, needed: bool
) -> None:
    monkeypatch.setattr(EncoderKind, "is_plausible", lambda _kind: is_there)
    assert needs_probe(wanting(EncoderChoice.AUTO)) == needed
    assert not needs_probe(wanting(EncoderChoice.X264))
