"""``powerstream ctl`` on replays, recordings and the library, against the real API."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from powerstream_desktop.client.assets import AssetWish
from powerstream_desktop.client.client import client_of_home
from powerstream_desktop.service.store.asset_gaps import AssetGap, DestinationGap
from tests.integration.client.ctl_line import Line
from tests.integration.client.served_api import ServedAPI
from tests.unit.service.store.rows import asset

if TYPE_CHECKING:
    import pytest


def test_moments_of_a_replay_are_marked_and_unmarked(served: ServedAPI, line: Line) -> None:
    with client_of_home(served.paths) as client:
        client.library.register("as1", AssetWish(title="Show", recorded_at="2026-05-04T00:00:00Z"))
    marker = line.json("vod", "mark", "as1", "90.5", "What", "a", "goal")["marker"]
    assert (marker["offsetMs"], marker["label"]) == (90_500, "What a goal")
    assert "00:01:30  What a goal" in line.says("vod", "show", "as1")
    line.says("vod", "unmark", "as1", marker["id"])
    assert line.json("vod", "show", "as1")["asset"]["markers"] == []


def test_a_replay_is_shown_with_its_file_and_with_what_was_missed(
    served: ServedAPI, line: Line, tmp_path: Path
) -> None:
    film = tmp_path / "show.mp4"
    film.write_bytes(b"film")
    missed = DestinationGap(
        destination="Kick", platform="kick", start_ms=3_130_000, end_ms=3_181_000, cause="It was away."
    )
    served.keep(
        asset(
            "as1",
            file=str(film),
            gaps=(AssetGap(start_ms=10_000, end_ms=10_000, reason="paused"),),
            destination_gaps=(missed,),
        )
    )
    assert line.json("vod", "show", "as1")["file"] == str(film)
    shown = line.says("vod", "show", "as1").splitlines()
    assert str(film) in shown
    assert "Not recorded: 00:00:10 (paused)." in shown
    assert "Kick missed 00:52:10 to 00:53:01. It was away." in shown


def test_the_library_is_looked_after_without_a_window(
    served: ServedAPI, line: Line, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    with client_of_home(served.paths) as client:
        client.library.register("as1", AssetWish(title="Show", recorded_at="2026-05-04T00:00:00Z"))
        client.library.register("as2", AssetWish(title="Another", recorded_at="2026-06-04T00:00:00Z"))
    assert line.json("vod", "pin", "as1")["asset"]["isPinned"]
    assert "Pinned" in line.says("vod", "show", "as1")
    assert not line.json("vod", "unpin", "as1")["asset"]["isPinned"]
    titles = [each["title"] for each in line.json("vod", "list", "--sort", "title")["assets"]]
    assert titles == ["Another", "Show"]
    older = line.json("vod", "list", "--until", "2026-05-20", "--state", "ready")["assets"]
    assert [each["id"] for each in older] == ["as1"]
    assert "no markers" in line.says("vod", "markers", "as1")
    removed = line.json("vod", "remove", "as1", "--bin")
    assert [each["id"] for each in line.json("vod", "list")["assets"]] == ["as2"]
    line.says("vod", "restore", "as1", removed["undoToken"])
    assert line.json("vod", "list", "show")["assets"][0]["id"] == "as1"
    assert "vod restore as1" in line.says("vod", "remove", "as1", "--bin")
    assert "0 replays" in line.says("vod", "storage")
    assert line.json("vod", "retention", "--apply")["removes"] == []
    assert "No rule would remove anything." in line.says("vod", "retention")
    assert line.json("vod", "rebuild")["added"] == []
    assert "0 added" in line.says("vod", "rebuild")


def test_the_last_seconds_are_saved_and_fewer_are_said_to_be_fewer(served: ServedAPI, line: Line) -> None:
    assert line.json("clip", "20")["clip"]["endMs"] == 20_000
    assert line.says("clip") == "The last 30 seconds are being saved as 'Evening'.\n"
    served.clips.recorded_s = 4.0
    assert "holds no more than 4 of them" in line.says("clip")


def test_a_recording_is_told_what_to_do_only_while_there_is_one(served: ServedAPI, line: Line) -> None:
    for order in ("split", "pause-recording", "resume-recording"):
        assert "Nothing is recorded" in line.refused(order)
    line.says("start")
    for order in ("split", "pause-recording", "resume-recording"):
        line.says(order)
    assert [each.value for each in served.multistream.orders] == ["split", "pause", "resume"]
