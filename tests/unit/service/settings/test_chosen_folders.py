"""A folder for recordings is proved before its choice is kept."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Mapping
from pathlib import Path

import pytest

from powerstream_desktop.common.daemon_threads import DaemonThreads
from powerstream_desktop.common.errors import Fault, PowerStreamError, UserError
from powerstream_desktop.service.settings import chosen_folders
from powerstream_desktop.service.settings.chosen_folders import newly_chosen, prove
from powerstream_desktop.service.settings.settings import Settings
from powerstream_desktop.service.settings.settings_desk import SettingsDesk
from powerstream_desktop.service.settings.settings_file import SettingsFile

NOW = 1_780_000_000.0


def changed(home: Path, changes: Mapping[str, object]) -> Settings:
    async def play() -> Settings:
        return await SettingsDesk(SettingsFile(home, lambda: NOW)).change(changes)

    return asyncio.run(play())


@pytest.fixture
def home(tmp_path: Path) -> Path:
    folder = tmp_path / "config"
    folder.mkdir()
    return folder


@pytest.mark.parametrize("name", ["recording.folder", "recording.fallback_folders"])
def test_a_folder_that_cannot_be_is_refused_at_once_and_nothing_is_saved(
    home: Path, tmp_path: Path, name: str
) -> None:
    file = tmp_path / "film.mp4"
    file.write_text("a film")
    with pytest.raises(PowerStreamError) as refused:
        changed(home, {name: str(file), "video.fps": 60})
    assert refused.value.fault is Fault.USER
    assert str(file) in refused.value.title
    assert refused.value.hint
    assert list(home.iterdir()) == []
    assert file.read_text() == "a film"


def test_a_folder_that_is_missing_is_made_and_nothing_is_left_in_it(home: Path, tmp_path: Path) -> None:
    folder, spare = tmp_path / "Videos" / "Shows", tmp_path / "spare"
    wanted = {"recording.folder": str(folder), "recording.fallback_folders": str(spare)}
    settings = changed(home, wanted)
    assert settings.recording.folder == folder
    assert [list(each.iterdir()) for each in (folder, spare)] == [[], []]


def test_a_folder_that_is_chosen_already_is_not_asked_for_again() -> None:
    """Its disk may be away: other fallbacks can be changed all the same."""
    known = Settings().with_values({"recording.fallback_folders": (Path("/second"),)})
    assert newly_chosen(known, {"recording.fallback_folders": "/second | /third"}) == (Path("/third"),)
    assert newly_chosen(known, {"recording.folder": None, "video.fps": 60}) == ()
    assert newly_chosen(known, {"recording.folder": "not a full path"}) == ()


def test_a_folder_that_does_not_answer_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    awake = threading.Event()
    monkeypatch.setattr(chosen_folders, "prepare_folder", lambda _: awake.wait(10.0))
    try:
        with pytest.raises(UserError, match="does not answer"):
            asyncio.run(prove(Path("/nas"), DaemonThreads(), patience_s=0.01))
    finally:
        awake.set()
