"""The user's files: saved at once and on a thread of their own, told of when they cannot be, and read at the start."""

from __future__ import annotations

import dataclasses
import queue
from collections.abc import Iterator
from pathlib import Path

import pytest

from powerstream_desktop.common.secrets import Secret
from powerstream_desktop.engine.config import EngineConfig, PublishTarget
from powerstream_desktop.engine.control import saver as saver_module
from powerstream_desktop.engine.control.commands import Privacy
from powerstream_desktop.engine.control.desk import Desk
from powerstream_desktop.engine.control.kept_file import KeptFile
from powerstream_desktop.engine.control.reports import Notice
from powerstream_desktop.engine.control.saver import NOT_SAVED, Saver
from powerstream_desktop.engine.control.sound_commands import Mute
from powerstream_desktop.engine.control.studio_commands import SetPortraitWindow
from powerstream_desktop.engine.control.user_files import NOT_READ, KeptStudio, UserFiles
from powerstream_desktop.engine.mixer.settings import MixerSettings
from powerstream_desktop.engine.mixer.starting_sound import MICROPHONE, starting_sound
from powerstream_desktop.engine.scene.starting_studio import BE_RIGHT_BACK, starting_studio
from powerstream_desktop.engine.video_settings import VideoSettings

PATIENCE_S = 20.0
CONFIG = EngineConfig(landscape=VideoSettings())


def kept(window: float) -> KeptStudio:
    return KeptStudio(studio=dataclasses.replace(starting_studio(), portrait_window=window))


class Notices:
    """Collects notices from any thread."""

    def __init__(self) -> None:
        self._queue: queue.SimpleQueue[Notice] = queue.SimpleQueue()

    def __call__(self, notice: Notice) -> None:
        self._queue.put(notice)

    def next(self) -> Notice:
        return self._queue.get(timeout=PATIENCE_S)

    def none_is_left(self) -> bool:
        return self._queue.empty()


@pytest.fixture
def notices() -> Notices:
    return Notices()


@pytest.fixture
def saver(notices: Notices, monkeypatch: pytest.MonkeyPatch) -> Iterator[Saver]:
    monkeypatch.setattr(saver_module, "RETRY_S", 0.01)
    saver = Saver(notices)
    saver.start()
    yield saver
    saver.close()


def test_the_newest_of_many_versions_is_on_disk_at_the_end(saver: Saver, tmp_path: Path) -> None:
    file = KeptFile(tmp_path / "studio.json", KeptStudio, "scenes")
    for step in range(200):
        saver.put(file, kept(step / 200))
    saver.close()
    assert file.read() == (kept(199 / 200), "")


def test_two_files_do_not_take_each_others_place(saver: Saver, tmp_path: Path) -> None:
    files = [KeptFile(tmp_path / f"{name}.json", KeptStudio, name) for name in ("one", "two")]
    for share, file in enumerate(files):
        saver.put(file, kept(share))
    saver.close()
    assert [file.read()[0] for file in files] == [kept(0), kept(1)]


def test_a_disk_that_takes_nothing_is_told_once_and_tried_until_it_does(
    saver: Saver, notices: Notices, tmp_path: Path
) -> None:
    folder = tmp_path / "later"
    file = KeptFile(folder / "studio.json", KeptStudio, "scenes")
    saver.put(file, kept(0.1))
    failed = notices.next()
    saver.put(file, kept(0.2))
    folder.mkdir()
    saved = notices.next()
    saver.close()
    assert (failed.code, failed.subject, failed.is_over) == (NOT_SAVED, "scenes", False)
    assert (saved.code, saved.subject, saved.is_over) == (NOT_SAVED, "scenes", True)
    assert notices.none_is_left()
    assert file.read() == (kept(0.2), "")


def test_closing_tries_once_more_and_then_gives_up(saver: Saver, notices: Notices, tmp_path: Path) -> None:
    saver.put(KeptFile(tmp_path / "no" / "studio.json", KeptStudio, "scenes"), kept(0.5))
    assert not notices.next().is_over
    saver.close()
    assert notices.none_is_left()


def test_a_saver_that_never_ran_can_be_closed(notices: Notices) -> None:
    Saver(notices).close()


def edited(desk: Desk) -> Desk:
    desk = desk.obeyed(SetPortraitWindow(position=0.75), 0.0)
    desk = desk.obeyed(Mute(channel=MICROPHONE, is_muted=True), 0.0)
    return desk.obeyed(Privacy(is_on=True), 0.0)


def test_what_the_user_did_is_there_at_the_next_start(tmp_path: Path, notices: Notices) -> None:
    files = UserFiles(tmp_path, notices)
    first = files.open(CONFIG)
    assert (first.studio, first.sound) == (starting_studio(), starting_sound())
    files.save(first, edited(first))
    files.close()

    files = UserFiles(tmp_path, notices)
    second = files.open(CONFIG)
    files.close()
    assert (second.studio, second.sound) == (edited(first).studio, edited(first).sound)
    assert second.is_private
    assert second.shown.current == BE_RIGHT_BACK
    assert not second.studio_desk.can_undo


def test_a_start_that_changes_nothing_writes_nothing(tmp_path: Path, notices: Notices) -> None:
    files = UserFiles(tmp_path, notices)
    desk = files.open(CONFIG)
    files.save(desk, desk)
    files.close()
    assert list(tmp_path.iterdir()) == []


def test_a_studio_and_a_sound_that_were_given_are_not_the_users_and_not_kept(
    tmp_path: Path, notices: Notices
) -> None:
    files = UserFiles(tmp_path, notices)
    given = starting_studio().switched_to(BE_RIGHT_BACK)
    desk = files.open(dataclasses.replace(CONFIG, studio=given, sound=starting_sound()))
    files.save(desk, edited(desk))
    files.close()
    assert desk.studio == given
    assert list(tmp_path.iterdir()) == []


def test_only_what_was_left_open_is_the_users(tmp_path: Path, notices: Notices) -> None:
    files = UserFiles(tmp_path, notices)
    desk = files.open(dataclasses.replace(CONFIG, sound=MixerSettings()))
    files.save(desk, desk.obeyed(SetPortraitWindow(position=1.0), 0.0))
    files.close()
    assert [each.name for each in tmp_path.iterdir()] == ["studio.json"]


def test_damaged_files_are_told_and_the_start_goes_on(tmp_path: Path, notices: Notices) -> None:
    for name in ("studio.json", "sound.json"):
        (tmp_path / name).write_bytes(b"{")
    files = UserFiles(tmp_path, notices)
    desk = files.open(CONFIG)
    files.close()
    assert desk.studio == starting_studio()
    assert [(each.code, each.subject) for each in (notices.next(), notices.next())] == [
        (NOT_READ, "scenes"),
        (NOT_READ, "sound settings"),
    ]


def test_no_key_is_kept(tmp_path: Path, notices: Notices) -> None:
    target = PublishTarget(url="rtmp://127.0.0.1/live", key=Secret("key-that-must-not-leak"))
    files = UserFiles(tmp_path, notices)
    desk = files.open(dataclasses.replace(CONFIG, publish=target))
    files.save(desk, edited(desk))
    files.close()
    texts = [path.read_text() for path in tmp_path.iterdir()]
    assert len(texts) == 2
    assert not any("leak" in text for text in texts)


def test_an_engine_that_is_started_again_in_privacy_is_private_also_without_files_of_its_own(
    tmp_path: Path, notices: Notices
) -> None:
    given = dataclasses.replace(
        CONFIG, studio=starting_studio(), sound=starting_sound("linux"), is_private=True
    )
    files = UserFiles(tmp_path, notices)
    desk = files.open(given)
    files.close()
    assert desk.is_private
    assert desk.shown.current == BE_RIGHT_BACK
