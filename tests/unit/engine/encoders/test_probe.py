from __future__ import annotations

import pytest

from powerstream_desktop.engine.encoders.probe import EncoderProbe, settings_from_json, settings_to_json
from powerstream_desktop.engine.video_settings import Codec, EncoderChoice, Latency, VideoSettings


def test_settings_survive_the_way_to_the_process_that_tries() -> None:
    settings = VideoSettings(
        width=1920, height=1080, fps=60, latency=Latency.LOW, codec=Codec.HEVC, encoder=EncoderChoice.NVENC
    )
    assert settings_from_json(settings_to_json(settings)) == settings


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"width": 1280}', "null", '{"latency": "never"}'])
def test_what_is_no_settings_is_a_value_error(text: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - any
        settings_from_json(text)


def test_a_computer_with_nothing_to_try_starts_no_process(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        "powerstream_desktop.engine.encoders.catalogue.EncoderKind.is_plausible", lambda _kind: False
    )
    assert EncoderProbe(command=("/nonexistent",)).hardware(VideoSettings()) == ()
