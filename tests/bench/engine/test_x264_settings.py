from __future__ import annotations

from pathlib import Path

import pytest

from tests.bench.engine.x264_settings import X264Settings, settings_in

WRITTEN = (
    b"\x00\x01x264 - core 165 - H.264/MPEG-4 AVC codec - https://example.invalid - options:"
    b" cabac=1 threads=2 lookahead_threads=1 sliced_threads=1 keyint=60\x00\x80rest"
)


def test_the_settings_are_read_out_of_a_stream(tmp_path: Path) -> None:
    recording = tmp_path / "stream.flv"
    recording.write_bytes(b"FLV" + bytes(500) + WRITTEN)

    settings = settings_in(recording)

    assert settings.core == 165
    assert settings.options["keyint"] == "60"
    assert settings.threading() == "threads=2:lookahead-threads=1:sliced-threads=1"


def test_a_stream_of_another_encoder_is_refused(tmp_path: Path) -> None:
    recording = tmp_path / "stream.flv"
    recording.write_bytes(b"FLV" + bytes(500))

    with pytest.raises(ValueError, match="not encoded by x264"):
        settings_in(recording)


def test_what_differs_is_named_and_the_version_is_not() -> None:
    ours = X264Settings(core=165, options={"keyint": "60", "slices": "2"})
    theirs = X264Settings(core=164, options={"keyint": "30"})

    assert ours.differences(theirs) == ["keyint: 60, 30", "slices: 2, -"]
    assert ours.differences(X264Settings(core=164, options=ours.options)) == []
