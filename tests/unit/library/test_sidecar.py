"""What lies beside a replay: comes back as it went, and is believed only if it is ours."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from powerstream_desktop.common.errors import SystemFault, UserError
from powerstream_desktop.library.sidecar import (
    Sidecar,
    SidecarGap,
    SidecarMarker,
    read_sidecar,
    write_sidecar,
)
from tests.unit.library.sidecars import FULL, RECORDED_AT, sidecar


def test_it_lies_beside_the_video_and_is_named_after_it(tmp_path: Path) -> None:
    video = tmp_path / "Show No. 5.mp4"
    assert write_sidecar(video, FULL) == tmp_path / "Show No. 5.powerstream.json"
    assert [each.name for each in tmp_path.iterdir()] == ["Show No. 5.powerstream.json"]


@pytest.mark.parametrize("written", [FULL, sidecar()], ids=["full", "nearly empty"])
def test_what_is_read_is_what_was_written(written: Sidecar, tmp_path: Path) -> None:
    assert read_sidecar(write_sidecar(tmp_path / "show.mp4", written)) == written


def test_its_fields_are_called_as_those_of_the_api(tmp_path: Path) -> None:
    content = json.loads(write_sidecar(tmp_path / "show.mp4", FULL).read_text("utf-8"))
    assert content["version"] == 1
    assert content["recordedAt"] == "2026-11-22T19:30:05.250Z"
    assert content["durationMs"] == 3_600_123
    assert content["markers"][1] == {"id": "m2", "offsetMs": 61_000, "label": "Größer als 😀"}
    assert content["gaps"] == [{"startMs": 5, "endMs": 6, "reason": "paused"}]
    assert set(content["destinationGaps"][0]) == {"destination", "platform", "startMs", "endMs", "cause"}


def test_a_newer_one_takes_the_place_of_the_one_before(tmp_path: Path) -> None:
    write_sidecar(tmp_path / "show.mp4", FULL)
    path = write_sidecar(tmp_path / "show.mp4", replace(FULL, title="Better"))
    assert read_sidecar(path).title == "Better"
    assert list(tmp_path.iterdir()) == [path]


def changed(**changes: Any) -> bytes:
    content = {"version": 1, "assetId": "A1", "title": "Show", "recordedAt": "2026-11-22T19:30:05Z"}
    return json.dumps({name: each for name, each in (content | changes).items() if each != "-"}).encode()


def test_a_short_one_written_by_hand_is_read(tmp_path: Path) -> None:
    path = tmp_path / "show.powerstream.json"
    path.write_bytes(changed(recordedAt="2026-11-22T20:30:05.250+01:00"))
    assert read_sidecar(path) == sidecar(recorded_at=RECORDED_AT)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\0" * 100,
        b"\xff\xfe{}",
        b"[]",
        b"{}",
        b'{"version": 1}',
        b"[" * 100_000,
        b'{"version": 1, "assetId": "A1", "assetId": "A2"}',
        changed(title="-"),
        changed(title=5),
        changed(assetId="../../etc/passwd"),
        changed(assetId=""),
        changed(asset_id="A1"),
        changed(somethingElse=1),
        changed(recordedAt="2026-11-22T19:30:05"),
        changed(recordedAt="yesterday"),
        changed(recordedAt="0001-01-01T00:00:00+23:00"),
        changed(recordedAt="1815-06-18T11:35:00Z"),
        changed(durationMs=-1),
        changed(durationMs=1.5),
        changed(durationMs=True),
        changed(sizeBytes=1e300),
        changed(sha256="0123"),
        changed(width=0),
        changed(fps=0),
        changed(fps=5_000),
        changed(markers=[{"id": "m", "offsetMs": -1}]),
        changed(markers={"id": "m"}),
        changed(gaps=[{"startMs": 6, "endMs": 5}]),
        changed(clipOf={"assetId": "A 2", "startMs": 5, "endMs": 6}),
        changed(description="\ud800"),
    ],
)
def test_a_foreign_or_damaged_one_is_refused_in_words(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "show.powerstream.json"
    path.write_bytes(content)
    with pytest.raises(UserError, match=r"show\.powerstream\.json does not say") as caught:
        read_sidecar(path)
    assert caught.value.hint
    assert caught.value.detail


def test_one_of_a_newer_version_says_so(tmp_path: Path) -> None:
    path = tmp_path / "show.powerstream.json"
    path.write_bytes(changed(version=2))
    with pytest.raises(UserError, match="another version of PowerStream"):
        read_sidecar(path)


def test_one_of_gigabytes_is_not_read_to_its_end(tmp_path: Path) -> None:
    path = tmp_path / "show.powerstream.json"
    with path.open("wb") as file:
        file.truncate(3 * 1024**3)
    with pytest.raises(UserError) as caught:
        read_sidecar(path)
    assert caught.value.detail == "it is too large"


@pytest.mark.parametrize(
    "impossible",
    [
        lambda: sidecar("with/slash"),
        lambda: sidecar(recorded_at=datetime(2026, 1, 1)),  # noqa: DTZ001 - what is refused
        lambda: sidecar(duration_ms=-1),
        lambda: SidecarMarker(id="m", offset_ms=-1),
        lambda: SidecarGap(start_ms=2, end_ms=1),
    ],
)
def test_what_could_not_be_read_back_is_not_even_made(impossible: Callable[[], object]) -> None:
    with pytest.raises(UserError):
        impossible()


def test_a_disk_that_refuses_is_told_and_leaves_what_was_there(tmp_path: Path) -> None:
    path = write_sidecar(tmp_path / "show.mp4", FULL)
    with pytest.raises(SystemFault, match="could not be written"):
        write_sidecar(tmp_path / "no folder" / "show.mp4", FULL)
    with pytest.raises(SystemFault, match="could not be read"):
        read_sidecar(tmp_path / "other.powerstream.json")
    assert read_sidecar(path) == FULL
