from __future__ import annotations

from typing import Any

import pytest

from powerstream_desktop.common.errors import UserError
from powerstream_desktop.common.secrets import Secret
from powerstream_desktop.engine.config import EngineConfig, Region, SoundChoice


def config(**changes: Any) -> EngineConfig:
    values: dict[str, Any] = {
        "source": "test",
        "publish_url": "rtmp://127.0.0.1:1935/live",
        "publish_key": Secret("a-key-of-a-test"),
    }
    return EngineConfig(**{**values, **changes})


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"width": 1281}, "1281x720"),
        ({"height": 719}, "1280x719"),
        ({"width": 8}, "8x720"),
        ({"height": 9000}, "1280x9000"),
        ({"fps": 0}, "0 frames"),
        ({"fps": 500}, "500 frames"),
        ({"video_bitrate_kbps": 10}, "10 kbit/s"),
        ({"video_bitrate_kbps": 10_000_000}, "10000000 kbit/s"),
        ({"source": ""}, "No source"),
        ({"source": "rtmp://example.org/live"}, "network address"),
        ({"sound": SoundChoice.FILE}, "no file"),
        ({"display": ":0"}, "not the screen"),
        ({"source": "clip.mp4", "region": Region(x=0, y=0, width=2, height=2)}, "not the screen"),
        ({"publish_key": Secret("")}, "no key"),
    ],
)
def test_a_wish_that_cannot_be_fulfilled_is_named_in_one_sentence(
    changes: dict[str, Any], words: str
) -> None:
    with pytest.raises(UserError, match=words) as caught:
        config(**changes)
    assert caught.value.title.endswith(".")


@pytest.mark.parametrize(
    "url",
    [
        "rtmp://live.example.org/app",
        "rtmps://127.0.0.1/app",
        "rtmp://127.0.0.1",
        "rtmp://127.0.0.1:x/app",
        "rtmp:///app",
        "",
    ],
)
def test_the_engine_publishes_to_this_machine_only(url: str) -> None:
    with pytest.raises(UserError, match="this machine"):
        config(publish_url=url)


@pytest.mark.parametrize("url", ["rtmp://127.0.0.1/live", "rtmp://[::1]:1935/live", "rtmp://localhost/live"])
def test_every_loopback_address_is_taken(url: str) -> None:
    assert config(publish_url=url).publish_url == url


@pytest.mark.parametrize(
    ("x", "y", "width", "height"), [(-1, 0, 10, 10), (0, -1, 10, 10), (0, 0, 0, 10), (0, 0, 10, 1)]
)
def test_a_region_without_a_place_or_size_is_refused(x: int, y: int, width: int, height: int) -> None:
    with pytest.raises(UserError, match="cannot be captured"):
        Region(x=x, y=y, width=width, height=height)


@pytest.mark.parametrize(
    ("source", "sound", "expected"),
    [
        ("test", SoundChoice.AUTO, SoundChoice.TONE),
        ("screen", SoundChoice.AUTO, SoundChoice.SILENCE),
        ("clip.mp4", SoundChoice.AUTO, SoundChoice.FILE),
        ("clip.mp4", SoundChoice.TONE, SoundChoice.TONE),
        ("test", SoundChoice.SILENCE, SoundChoice.SILENCE),
    ],
)
def test_automatic_sound_follows_the_source(source: str, sound: SoundChoice, expected: SoundChoice) -> None:
    assert config(source=source, sound=sound).resolved_sound is expected


def test_the_key_is_not_in_the_text_of_a_config() -> None:
    assert "a-key-of-a-test" not in repr(config())


def test_a_key_frame_comes_every_two_seconds_at_any_rate() -> None:
    assert [config(fps=fps).keyframe_interval / fps for fps in (1, 24, 25, 30, 50, 60)] == [2.0] * 6
