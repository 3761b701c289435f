"""``powerstream vod recover``."""

from __future__ import annotations

import json
import os
import sys
import time
from pathlib import Path

import pytest

from tests.integration.recording.clips import play
from tests.integration.recording.damage import cut_off, finished
from tests.unit.cli.test_wrong_use import CommandLine, command_line  # noqa: F401 - a fixture


@pytest.fixture
def videos(tmp_path: Path) -> Path:
    (tmp_path / "good.mp4").write_bytes(finished())
    (tmp_path / "cut.recording.mp4").write_bytes(cut_off())
    (tmp_path / "damaged.mp4").write_bytes(finished()[: len(finished()) // 2])
    (tmp_path / "nothing\x1b[31m.mp4").write_bytes(bytes(5_000))
    return tmp_path


def test_each_file_gets_a_line_and_the_damaged_ones_a_new_file(
    command_line: CommandLine,  # noqa: F811 - the fixture
    videos: Path,
) -> None:
    code, _ = command_line.run("vod", "recover", "good.mp4", "cut.recording.mp4", "damaged.mp4")
    assert code == 0
    good, cut, damaged = command_line.out.splitlines()
    assert good == "● good.mp4: nothing is wrong with it; it plays for 00:00:04."
    assert cut.startswith("● cut.recording.mp4: cut recovered.mp4 plays for 00:00:0")
    assert cut.endswith("nothing is lost.")
    assert damaged.startswith("● damaged.mp4: damaged recovered.mp4 plays for 00:00:01; ")
    assert damaged.endswith("B of it are damaged and left out.")
    assert play(videos / "damaged recovered.mp4")
    assert (videos / "cut.recording.mp4").read_bytes() == cut_off()


def test_what_cannot_be_saved_is_said_and_ends_in_a_one(
    command_line: CommandLine,  # noqa: F811 - the fixture
    videos: Path,
) -> None:
    code, _ = command_line.run("vod", "recover", "nothing\x1b[31m.mp4", "good.mp4", "gone.mp4")
    assert code == 1
    nothing, good, gone = command_line.out.splitlines()
    assert nothing == "✖ nothing�[31m.mp4: Nothing in it plays."
    assert good.startswith("● good.mp4")
    assert gone == "✖ gone.mp4: There is no file gone.mp4. Check its name."
    assert len(list(videos.glob("*.mp4"))) == 4


def test_scripts_get_one_object(
    command_line: CommandLine,  # noqa: F811 - the fixture
    videos: Path,
) -> None:
    code, _ = command_line.run("vod", "recover", "--json", "damaged.mp4", "nothing\x1b[31m.mp4")
    assert code == 1
    told = json.loads(command_line.out)
    saved, lost = told["files"]
    assert told["ok"] is False
    assert saved["result"] == "damaged recovered.mp4"
    assert saved["isNew"] is True
    assert saved["skippedBytes"] > 0
    assert saved["sizeBytes"] == (videos / "damaged recovered.mp4").stat().st_size
    assert saved["durationMs"] == pytest.approx(2_000, abs=1_000)
    assert lost["plays"] is False
    assert lost["why"] == "Nothing in it plays."


def test_without_a_file_it_is_wrong_use(
    command_line: CommandLine,  # noqa: F811 - the fixture
) -> None:
    assert "Missing argument" in command_line.refuses("vod", "recover")


def test_a_folder_stands_for_what_was_never_finished_in_it_and_is_not_being_written(
    command_line: CommandLine,  # noqa: F811 - the fixture
    videos: Path,
) -> None:
    (videos / "on air.recording.mp4").write_bytes(cut_off())
    long_ago_s = time.time() - 3_600
    os.utime(videos / "cut.recording.mp4", (long_ago_s, long_ago_s))
    code, _ = command_line.run("vod", "recover", ".")
    assert code == 0
    [line] = command_line.out.splitlines()
    assert line.startswith("● cut.recording.mp4: cut recovered.mp4 plays")
    assert not (videos / "on air recovered.mp4").exists()


def test_a_file_that_breaks_what_reads_it_breaks_nothing_else(
    command_line: CommandLine,  # noqa: F811 - the fixture
    videos: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    dying = (sys.executable, "-c", "import os, sys; sys.stdin.readline(); os._exit(9)")
    monkeypatch.setattr("powerstream_desktop.library.workshop.workshop.media_command", lambda: dying)
    code, _ = command_line.run("vod", "recover", "damaged.mp4")
    assert code == 1
    assert "it breaks what reads it" in command_line.out
    assert sorted(each.name for each in videos.iterdir() if "damaged" in each.name) == ["damaged.mp4"]
