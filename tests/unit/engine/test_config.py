from __future__ import annotations

import dataclasses

import pytest

from powerstream_desktop.common.errors import UserError
from powerstream_desktop.common.secrets import Secret
from powerstream_desktop.engine.config import EngineConfig, PublishTarget
from powerstream_desktop.engine.video_settings import VideoSettings
from powerstream_desktop.platforms.endpoint import Rendition
from powerstream_desktop.relay.stream.renditions import rendition_key

KEY = Secret("a-key-of-a-test")
BOTH = frozenset(Rendition)
PORTRAIT = VideoSettings(width=720, height=1280)


def target(**changes: object) -> PublishTarget:
    return dataclasses.replace(PublishTarget(url="rtmp://127.0.0.1:1935/live", key=KEY), **changes)  # type: ignore[arg-type]


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
        target(url=url)


@pytest.mark.parametrize("url", ["rtmp://127.0.0.1/live", "rtmp://[::1]:1935/live", "rtmp://localhost/live"])
def test_every_loopback_address_is_taken(url: str) -> None:
    assert target(url=url).url == url


def test_a_target_without_a_key_or_without_a_rendition_is_none() -> None:
    with pytest.raises(UserError, match="no key"):
        target(key=Secret(""))
    with pytest.raises(UserError, match="nothing to publish"):
        target(renditions=frozenset())


@pytest.mark.parametrize("rendition", list(Rendition))
def test_each_rendition_has_the_key_that_the_relay_expects(rendition: Rendition) -> None:
    assert target().key_of(rendition).reveal() == rendition_key(KEY, rendition).reveal()


def test_the_key_is_not_in_the_text_of_a_config() -> None:
    config = EngineConfig(landscape=VideoSettings(), publish=target())
    assert "a-key-of-a-test" not in repr(config)


def test_both_renditions_follow_one_clock() -> None:
    with pytest.raises(UserError, match="same number of frames"):
        EngineConfig(landscape=VideoSettings(fps=30), portrait=dataclasses.replace(PORTRAIT, fps=60))


def test_what_nothing_says_how_to_encode_cannot_be_published() -> None:
    with pytest.raises(UserError, match="no portrait"):
        EngineConfig(landscape=VideoSettings(), publish=target(renditions=BOTH))
    config = EngineConfig(landscape=VideoSettings(), portrait=PORTRAIT, publish=target(renditions=BOTH))
    assert config.renditions == {Rendition.LANDSCAPE: VideoSettings(), Rendition.PORTRAIT: PORTRAIT}
    assert config.fps == 30
