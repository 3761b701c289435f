"""``settings.toml`` on disk, and its owner."""

from __future__ import annotations

import asyncio
import stat
import sys
from pathlib import Path

import pytest

from powerstream_desktop.common.errors import SystemFault, UserError
from powerstream_desktop.service.settings.settings import Settings
from powerstream_desktop.service.settings.settings_desk import SettingsDesk
from powerstream_desktop.service.settings.settings_file import SettingsFile

NOW = 1_800_000_000.0
ASIDE = "settings.toml.damaged-20270115T080000Z"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "config"


@pytest.fixture
def file(folder: Path) -> SettingsFile:
    return SettingsFile(folder, lambda: NOW)


def write(folder: Path, content: bytes) -> None:
    folder.mkdir(exist_ok=True)
    (folder / "settings.toml").write_bytes(content)


def names(folder: Path) -> list[str]:
    return sorted(each.name for each in folder.iterdir())


def test_without_a_file_everything_is_as_usual_and_none_is_made(file: SettingsFile, folder: Path) -> None:
    assert file.load().settings == Settings()
    assert not folder.exists()


def test_a_change_is_there_for_the_next_start_and_for_this_user_only(
    file: SettingsFile, folder: Path
) -> None:
    file.change({"video.fps": 60})
    assert SettingsFile(folder, lambda: NOW).load().settings.video.fps == 60
    assert names(folder) == ["settings.toml"]
    if sys.platform != "win32":
        assert stat.S_IMODE((folder / "settings.toml").stat().st_mode) == 0o600


def test_a_damaged_file_is_put_aside_and_never_overwritten(file: SettingsFile, folder: Path) -> None:
    write(folder, b"[video")
    document = file.load()
    assert document.settings == Settings()
    (finding,) = document.findings
    assert finding.code == "settings-damaged"
    assert ASIDE in finding.remedy
    file.change({"video.fps": 60})
    assert names(folder) == ["settings.toml", ASIDE]
    assert (folder / ASIDE).read_bytes() == b"[video"


def test_a_second_damaged_file_does_not_take_the_first_ones_place(file: SettingsFile, folder: Path) -> None:
    for content in (b"[one", b"[two", b"[three"):
        write(folder, content)
        file.load()
    assert names(folder) == [ASIDE, f"{ASIDE}-2", f"{ASIDE}-3"]
    assert (folder / ASIDE).read_bytes() == b"[one"


def test_what_cannot_be_read_is_left_alone_and_nothing_can_be_saved(file: SettingsFile, folder: Path) -> None:
    (folder / "settings.toml").mkdir(parents=True)
    document = file.load()
    assert document.settings == Settings()
    assert [each.code for each in document.findings] == ["settings-unreadable"]
    with pytest.raises(SystemFault, match="cannot be saved"):
        file.change({"video.fps": 60})
    assert (folder / "settings.toml").is_dir()


def test_an_edit_made_meanwhile_is_taken_over(file: SettingsFile, folder: Path) -> None:
    file.load()
    write(folder, b"[video]\nbitrate_kbps = 9000\n")
    document = file.change({"video.fps": 60})
    assert (document.settings.video.fps, document.settings.video.bitrate_kbps) == (60, 9000)


def test_a_file_that_was_damaged_meanwhile_is_not_overwritten(file: SettingsFile, folder: Path) -> None:
    file.load()
    write(folder, b"[video")
    with pytest.raises(UserError, match="cannot be read any more: it is not TOML"):
        file.change({"video.fps": 60})
    assert (folder / "settings.toml").read_bytes() == b"[video"
    assert names(folder) == ["settings.toml"]


def test_a_refused_value_leaves_the_file_as_it_was(file: SettingsFile, folder: Path) -> None:
    file.change({"video.fps": 60})
    before = (folder / "settings.toml").read_bytes()
    with pytest.raises(UserError, match=r"video\.fps must be a whole number"):
        file.change({"video.bitrate_kbps": 6000, "video.fps": 0})
    assert (folder / "settings.toml").read_bytes() == before


def test_who_follows_is_told_once_a_change_is_saved(file: SettingsFile, folder: Path) -> None:
    told: list[tuple[int, bytes]] = []

    async def follower(settings: Settings) -> None:
        told.append((settings.video.fps, (folder / "settings.toml").read_bytes()))

    async def play() -> None:
        desk = SettingsDesk(file)
        desk.follow(follower)
        await desk.change({"video.fps": 60})
        with pytest.raises(UserError):
            await desk.change({"video.fps": 0})
        assert desk.settings.video.fps == 60

    asyncio.run(play())
    assert told == [(60, b"[video]\nfps = 60\n")]


def test_changes_made_at_once_are_all_kept(file: SettingsFile, folder: Path) -> None:
    async def play() -> Settings:
        desk = SettingsDesk(file)
        await asyncio.gather(
            desk.change({"video.fps": 60}), desk.change({"lan.port": 6443}), desk.change({"api.port": 5050})
        )
        return desk.settings

    settings = asyncio.run(play())
    assert (settings.video.fps, settings.lan.port, settings.api.port) == (60, 6443, 5050)
    assert SettingsFile(folder, lambda: NOW).load().settings == settings


@pytest.mark.allow_warning_logs
def test_what_is_wrong_with_the_file_is_known_to_its_owner_and_said_in_the_log(
    file: SettingsFile, folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    write(folder, b"[video]\nfps = 999\n[hologram]\ndepth = 3\n")
    desk = SettingsDesk(file)
    said = [(each.levelname, each.getMessage().split(" must ")[0]) for each in caplog.records]
    assert said[0] == ("WARNING", "settings.toml: video.fps")
    assert said[1][0] == "INFO"
    assert [each.code for each in desk.findings] == ["setting-wrong", "setting-unknown"]
    asyncio.run(desk.change({"video.fps": 50}))
    assert [each.code for each in desk.findings] == ["setting-unknown"]
