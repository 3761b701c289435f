from __future__ import annotations

from pathlib import Path

import pytest

from powerstream_desktop.cli.source_option import checked_source, engine_config
from powerstream_desktop.common.camera_device import CameraDevice
from powerstream_desktop.common.errors import UserError
from powerstream_desktop.engine.program_video import program_video
from powerstream_desktop.engine.scene.sources import (
    CameraContent,
    FileContent,
    ScreenContent,
    SourceContent,
    TestPictureContent,
)
from powerstream_desktop.engine.video_settings import Codec, EncoderChoice, Latency
from powerstream_desktop.platforms.endpoint import Rendition

CAMERAS = (CameraDevice(id="usb-one@1-2", name="One"), CameraDevice(id="usb-two@1-3", name="Two"))


def source(text: str, display: str = "", platform: str = "linux", **environ: str) -> SourceContent:
    return checked_source(text, display, environ=environ, platform=platform, cameras=lambda: CAMERAS)


def test_the_screen_is_that_of_the_environment_or_the_one_that_is_named() -> None:
    assert source("screen", DISPLAY=":3") == ScreenContent(display=":3")
    assert source("screen", ":4", DISPLAY=":3") == ScreenContent(display=":4")
    assert source("screen", platform="darwin") == ScreenContent()
    assert source("screen", WAYLAND_DISPLAY="wayland-0") == ScreenContent()


def test_cameras_are_counted_in_the_systems_order() -> None:
    assert source("camera:1") == CameraContent(device="usb-two@1-3")
    assert source("camera:1", platform="win32") == CameraContent(device="1")


def test_a_file_that_is_there_is_played(tmp_path: Path) -> None:
    clip = tmp_path / "clip.mp4"
    clip.touch()
    assert source(str(clip)) == FileContent(path=clip)
    assert source("test") == TestPictureContent()


@pytest.mark.parametrize(
    ("text", "display", "words"),
    [
        ("screen", "", "no display to capture"),
        ("screen", "left", "not the name of a display"),
        ("test", ":0", "not the screen"),
        ("camera:7", "", "no camera:7. camera:0 is One, camera:1 is Two."),
        ("rtmp://example.org/live", "", "network address"),
        ("", "", "No source"),
        ("nowhere.mp4", "", "no file nowhere.mp4"),
        (".", "", "folder"),
    ],
)
def test_what_cannot_be_shown_is_named_in_one_sentence(text: str, display: str, words: str) -> None:
    with pytest.raises(UserError) as caught:
        source(text, display)
    assert words in str(caught.value)


def test_the_engine_is_asked_for_both_renditions_and_must_have_its_source() -> None:
    config = engine_config(
        TestPictureContent(),
        program_video(
            size="1920x1080",
            fps=60,
            bitrate_kbps=9000,
            latency=Latency.LOW,
            codec=Codec.HEVC,
            encoder=EncoderChoice.X265,
        ),
    )
    landscape, portrait = config.landscape, config.settings_of(Rendition.PORTRAIT)
    assert (landscape.width, landscape.height, landscape.bitrate_kbps) == (1920, 1080, 9000)
    assert (portrait.width, portrait.height, portrait.bitrate_kbps) == (720, 1280, 4500)
    assert {(each.fps, each.latency, each.codec, each.encoder) for each in (landscape, portrait)} == {
        (60, Latency.LOW, Codec.HEVC, EncoderChoice.X265)
    }
    assert config.must_open
    assert config.publish is None
    assert "clip" not in repr(config.studio)


@pytest.mark.parametrize(("bitrate_kbps", "portrait_kbps"), [(4500, 4500), (9000, 6000)])
def test_the_portrait_can_be_as_large_as_a_telephone_shows_it(bitrate_kbps: int, portrait_kbps: int) -> None:
    config = engine_config(
        TestPictureContent(), program_video(portrait_size="1080x1920", bitrate_kbps=bitrate_kbps)
    )
    portrait = config.settings_of(Rendition.PORTRAIT)
    assert (portrait.width, portrait.height, portrait.bitrate_kbps) == (1080, 1920, portrait_kbps)
