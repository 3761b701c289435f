"""Films from elsewhere: dropped onto the page, asked for by a dialog, and what the service says of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QWidget

from powerstream_desktop.desktop.kit.buttons import Button
from powerstream_desktop.desktop.replays.import_bar import ImportBar, RefusedFilesSheet
from powerstream_desktop.desktop.replays.import_progress import ImportProgress, RefusedFile, progress_of
from powerstream_desktop.desktop.replays.page import ReplaysPage
from tests.unit.desktop.driver import click, control, show, texts, wait_for
from tests.unit.desktop.fakes import surroundings_with
from tests.unit.desktop.language.speaking import speaking
from tests.unit.desktop.player.fake_media import MediaMakers
from tests.unit.desktop.replays.fake_client import FakeClient, asset
from tests.unit.desktop.review.fake_frames import FrameMakers

TALE = {
    "change": "import",
    "importId": "im1",
    "done": 5,
    "total": 5,
    "file": "",
    "state": "done",
    "taken": 3,
    "refused": [{"file": "notes.txt", "code": "no-film", "message": "This is no film."}],
}


class Scene:
    """The page, shown, and what was imported."""

    def __init__(self) -> None:
        self.client = FakeClient()
        self.library = self.client.library
        self.library.assets = [asset(1)]
        surroundings, self.desk, self.feed, self.ways = surroundings_with(self.client)
        self.page = ReplaysPage(
            surroundings, make_media=MediaMakers(), make_frames=FrameMakers(), ask_films=self._ask
        )
        show(self.page, 1200, 760)
        self.page.came_up()

    def drag(self, *urls: str) -> bool:
        """Drag something onto the page; return whether it may be dropped."""
        self.content = QMimeData()
        self.content.setUrls([QUrl(each) for each in urls])
        event = QDragEnterEvent(
            QPointF(100, 100),
            Qt.DropAction.CopyAction,
            self.content,
            Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier,
        )
        event.ignore()
        QApplication.sendEvent(self.page, event)
        return event.isAccepted()

    def drop(self) -> None:
        """Let go of it."""
        event = QDropEvent(
            QPointF(100, 100),
            Qt.DropAction.CopyAction,
            self.content,
            Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier,
        )
        QApplication.sendEvent(self.page, event)

    def _ask(self, _: QWidget, then: Callable[[tuple[str, ...]], None]) -> None:
        then(("/films/asked.mp4",))


@pytest.fixture
def scene() -> Iterator[Scene]:
    with speaking("en"):
        made = Scene()
        yield made
        made.page.close()


def test_files_and_folders_are_dropped_onto_the_page(scene: Scene) -> None:
    assert scene.drag("file:///films/a.mp4", "https://example.org/b.mp4", "file:///films/more")
    assert scene.page.drops.isVisible()
    assert scene.page.drops.geometry() == scene.page.rect()
    scene.drop()
    assert not scene.page.drops.isVisible()
    assert scene.library.imported == [(("/films/a.mp4", "/films/more"), None)]
    assert "2 files to look into…" in texts(scene.page.imports)


def test_what_is_no_file_of_this_computer_cannot_be_dropped(scene: Scene) -> None:
    assert not scene.drag("https://example.org/b.mp4")
    assert not scene.page.drops.isVisible()


def test_what_is_dragged_on_leaves_nothing_behind(scene: Scene) -> None:
    scene.drag("file:///films/a.mp4")
    QApplication.sendEvent(scene.page, QDragLeaveEvent())
    assert not scene.page.drops.isVisible()
    assert scene.library.imported == []


def test_films_are_asked_for_by_a_button_too(scene: Scene) -> None:
    click(control(scene.page, "Import…", Button))
    assert scene.library.imported == [(("/films/asked.mp4",), None)]


def test_an_import_that_is_refused_says_why(scene: Scene) -> None:
    scene.library.refuses = {"import"}
    click(control(scene.page, "Import…", Button))
    assert [each.title for each in scene.desk.refused] == ["It is being played."]
    assert not scene.page.imports.isVisible()


def test_the_events_of_an_import_are_shown_and_reload_nothing(scene: Scene) -> None:
    scene.library.asked.clear()
    running = {**TALE, "state": "running", "done": 2, "taken": 1, "file": "<b>holiday</b>.mov"}
    scene.feed.library_changed.emit(running)
    assert "Adding 3 of 5: <b>holiday</b>.mov" in texts(scene.page.imports)
    assert scene.page.imports.meter.value() == 2
    scene.feed.library_changed.emit(TALE)
    assert "3 replays came into the library. 2 files did not." in texts(scene.page.imports)
    assert not scene.page.imports.meter.isVisible()
    assert scene.library.asked == []
    click(control(scene.page.imports, "Why not?", Button))
    [sheet] = scene.ways.sheets
    assert isinstance(sheet, RefusedFilesSheet)
    assert sheet.list.item(0).text() == "notes.txt\nThis is no film."


def test_an_import_that_is_over_before_its_answer_comes_is_shown_as_over(scene: Scene) -> None:
    scene.desk.is_slow = True
    click(control(scene.page, "Import…", Button))
    scene.feed.library_changed.emit(TALE)
    scene.desk.work()
    assert "3 replays came into the library. 2 files did not." in texts(scene.page.imports)


def test_a_folder_without_films_says_so() -> None:
    bar = show(ImportBar(shown_ms=1), 600)
    bar.show_progress(ImportProgress(done=0, total=0, taken=0, is_over=True))
    assert "No film was found there." in texts(bar)


def test_what_went_well_is_not_shown_for_ever_but_what_was_refused_is() -> None:
    good, bad = show(ImportBar(shown_ms=1), 600), show(ImportBar(shown_ms=1), 600)
    bad.show_progress(ImportProgress(done=1, total=1, taken=0, is_over=True))
    good.show_progress(ImportProgress(done=1, total=1, taken=1, is_over=True))
    wait_for(lambda: not good.isVisible())
    assert bad.isVisible()
    click(control(bad, "Close this notice"))
    assert not bad.isVisible()


@pytest.mark.parametrize("words", [{}, {"change": "added", "assetId": "as1"}])
def test_other_events_tell_of_no_import(words: dict[str, object]) -> None:
    assert progress_of(words) is None


def test_an_event_of_another_age_is_read_as_far_as_it_goes() -> None:
    strange = {"change": "import", "done": True, "total": "5", "refused": [7, {"file": 3}], "state": None}
    assert progress_of(strange) == ImportProgress(
        done=0, total=0, taken=0, refused=(RefusedFile(file="", code="", message=""),)
    )
