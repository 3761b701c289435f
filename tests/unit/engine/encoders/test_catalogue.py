from __future__ import annotations

import av
import pytest

from powerstream_desktop.engine.encoders import catalogue
from powerstream_desktop.engine.encoders.catalogue import CATALOGUE, EncoderKind, kind_named, kinds_of
from powerstream_desktop.engine.video_settings import SOFTWARE, Codec, EncoderChoice, Latency, VideoSettings

ONLY_ELSEWHERE = ("_videotoolbox", "_mf")
"""The build of libavcodec for this system does not hold them."""


def settings(kind: EncoderKind, latency: Latency) -> VideoSettings:
    return VideoSettings(codec=kind.codec, encoder=kind.choice, latency=latency, fps=25, bitrate_kbps=3000)


def test_every_choice_but_automatic_is_in_the_catalogue_once_a_codec() -> None:
    assert {kind.choice for kind in CATALOGUE} == set(EncoderChoice) - {EncoderChoice.AUTO}
    assert len({(kind.choice, kind.codec) for kind in CATALOGUE}) == len(CATALOGUE)


@pytest.mark.parametrize("codec", list(Codec))
def test_software_comes_last_and_is_always_plausible(codec: Codec) -> None:
    *hardware, software = kinds_of(codec)
    assert software.choice is SOFTWARE[codec]
    assert software.is_plausible()
    assert not software.is_hardware
    assert all(kind.is_hardware for kind in hardware)


@pytest.mark.parametrize("latency", list(Latency))
@pytest.mark.parametrize("kind", CATALOGUE, ids=lambda kind: kind.av_name)
def test_all_keep_the_rate_and_key_frame_rules(kind: EncoderKind, latency: Latency) -> None:
    options = kind.options(settings(kind, latency))
    assert options["b"] == options["maxrate"] == options["bufsize"] == "3000000"
    assert options["g"] == "50"
    assert options["bf"] in ({"0"} if latency is Latency.LOW else {"0", "2"})


@pytest.mark.parametrize("latency", list(Latency))
@pytest.mark.parametrize(
    "kind",
    [kind for kind in CATALOGUE if not kind.av_name.endswith(ONLY_ELSEWHERE)],
    ids=lambda kind: kind.av_name,
)
def test_libavcodec_knows_every_option_every_named_value_and_the_pixel_format(
    kind: EncoderKind, latency: Latency
) -> None:
    context = av.CodecContext.create(kind.av_name, "w")
    known = {
        option.name: option
        for group in (context.supported_options.generic, context.supported_options.private)
        for option in group
    }
    for name, value in kind.options(settings(kind, latency)).items():
        assert name in known
        choices = {choice.name for choice in known[name].choices}
        if choices and not value.lstrip("-").isdigit():
            assert value in choices
    formats = [each.name for each in context.codec.video_formats or ()]
    assert kind.pixel_format in formats


def test_hardware_without_its_device_is_not_tried(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.platform", "linux")
    monkeypatch.setattr(catalogue, "_exists", lambda pattern: pattern == "/dev/nvidiactl")
    plausible = {kind.choice for kind in kinds_of(Codec.H264) if kind.is_plausible()}
    assert plausible == {EncoderChoice.NVENC, EncoderChoice.X264}


def test_each_system_tries_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.platform", "darwin")
    assert [kind.av_name for kind in kinds_of(Codec.HEVC) if kind.is_plausible()] == [
        "hevc_videotoolbox",
        "libx265",
    ]
    monkeypatch.setattr("sys.platform", "win32")
    assert [kind.av_name for kind in kinds_of(Codec.H264) if kind.is_plausible()] == [
        "h264_nvenc",
        "h264_qsv",
        "h264_amf",
        "h264_mf",
        "libx264",
    ]


def test_an_encoder_is_found_by_its_name() -> None:
    assert kind_named("hevc_qsv").choice is EncoderChoice.QSV


def test_more_processors_do_not_make_the_delay_longer_without_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("os.cpu_count", lambda: 128)
    kind = kind_named("libx264")
    assert kind.delay(settings(kind, Latency.NORMAL)) < 25
    assert kind.options(settings(kind, Latency.LOW))["threads"] == "8"
