from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, QSize
from PySide6.QtGui import QColor, QImage

from powerstream_desktop.client.errors import ServiceGoneError
from powerstream_desktop.common.clock import monotonic
from powerstream_desktop.common.frame_layout import FrameLayout
from powerstream_desktop.common.frame_ring import FrameRingWriter, TakenFrame
from powerstream_desktop.common.preview_ring import PreviewPicture
from powerstream_desktop.desktop.outlook.outlook import Outlook, ServiceState
from powerstream_desktop.desktop.studio.preview.preview_watch import RENEWAL_MS, PreviewWatch
from powerstream_desktop.desktop.studio.preview.state import PreviewState
from tests.unit.desktop.driver import wait_for
from tests.unit.desktop.fakes import surroundings_with
from tests.unit.desktop.studio.studio_words import StudioClient, a_status, tell

SIZE = QSize(640, 360)
PREVIEW = {"path": "/run/powerstream/preview", "width": 640, "height": 360}


@dataclass
class FakeRing:
    """A ring whose pictures a test puts in."""

    path: Path
    pictures: list[PreviewPicture] = field(default_factory=list)
    is_alive: bool = True
    is_closed: bool = False

    def take(self) -> TakenFrame[PreviewPicture] | None:
        return TakenFrame(number=1, stamp_s=0.0, value=self.pictures.pop()) if self.pictures else None

    def close(self) -> None:
        self.is_closed = True


def a_picture() -> PreviewPicture:
    layout = FrameLayout.bgr(16, 8)
    return PreviewPicture(layout=layout, pixels=bytes(layout.size_bytes))


class Stage:
    """A watch with all that it uses."""

    def __init__(self) -> None:
        self.client = StudioClient()
        self.surroundings, self.desk, self.feed, _ = surroundings_with(self.client)
        self.owner = QObject()
        self.rings: list[FakeRing] = []
        self.images: list[QImage] = []
        self.states: list[PreviewState] = []
        self.watch = PreviewWatch(self.surroundings, self.owner, reader=self.open)
        self.watch.pictured.connect(self.images.append)
        self.watch.state_changed.connect(self.states.append)

    def open(self, path: Path) -> FakeRing:
        self.rings.append(FakeRing(path))
        return self.rings[-1]

    def see(self) -> None:
        """Have the engine tell its ring, and one picture come."""
        tell(self.feed, a_status(preview=PREVIEW))
        self.rings[-1].pictures.append(a_picture())
        wait_for(lambda: bool(self.images))


@pytest.fixture
def stage() -> Iterator[Stage]:
    made = Stage()
    yield made
    made.watch.stop()


def test_watching_asks_the_engine_for_the_size_that_is_shown(stage: Stage) -> None:
    stage.watch.start(SIZE)
    assert stage.client.watched == [(640, 360)]


def test_the_wish_is_renewed_before_it_is_over(stage: Stage) -> None:
    assert RENEWAL_MS < 5_000 / 2
    stage.watch.start(SIZE)
    wait_for(lambda: len(stage.client.watched) > 1)


def test_a_wish_is_not_said_again_while_the_engine_is_being_started_for_it(stage: Stage) -> None:
    stage.desk.is_slow = True
    stage.watch.start(SIZE)
    stage.watch.start(SIZE)
    stage.desk.work()
    assert len(stage.client.watched) == 1


def test_a_size_that_changed_meanwhile_is_asked_for_when_the_answer_came(stage: Stage) -> None:
    stage.desk.is_slow = True
    stage.watch.start(SIZE)
    stage.watch.resize(QSize(800, 450))
    stage.desk.work()
    stage.desk.work()
    assert stage.client.watched == [(640, 360), (800, 450)]


def test_another_size_is_asked_for_once_it_stays_so(stage: Stage) -> None:
    stage.watch.start(SIZE)
    for width in (700, 720, 740):
        stage.watch.resize(QSize(width, 360))
    wait_for(lambda: len(stage.client.watched) > 1)
    assert stage.client.watched == [(640, 360), (740, 360)]


@pytest.mark.parametrize(("size", "asked"), [(QSize(0, 0), (16, 16)), (QSize(5000, 3000), (1920, 1920))])
def test_a_size_that_the_engine_refuses_or_that_costs_too_much_is_not_asked_for(
    stage: Stage, size: QSize, asked: tuple[int, int]
) -> None:
    stage.watch.start(size)
    assert stage.client.watched == [asked]


def test_pictures_come_from_the_ring_that_the_engine_named(stage: Stage) -> None:
    stage.watch.start(SIZE)
    stage.see()
    assert stage.rings[0].path == Path(PREVIEW["path"] if isinstance(PREVIEW["path"], str) else "")
    assert stage.images[0].size() == QSize(16, 8)
    assert stage.watch.state is PreviewState.SHOWING


def test_a_ring_that_stays_the_same_is_not_opened_anew(stage: Stage) -> None:
    stage.watch.start(SIZE)
    stage.see()
    tell(stage.feed, a_status(preview=PREVIEW, canUndo=True))
    assert len(stage.rings) == 1


def test_who_does_not_look_has_no_ring_open(stage: Stage) -> None:
    tell(stage.feed, a_status(preview=PREVIEW))
    assert stage.rings == []
    stage.watch.start(SIZE)
    stage.watch.stop()
    assert stage.rings[0].is_closed
    assert not stage.watch.is_watching


def test_an_engine_that_falls_silent_is_said_to_come_back_and_then_shown_again(stage: Stage) -> None:
    stage.watch.start(SIZE)
    stage.see()
    stage.rings[-1].is_alive = False
    wait_for(lambda: stage.watch.state is PreviewState.COMING_BACK)
    stage.rings[-1].is_alive = True
    wait_for(lambda: stage.watch.state is PreviewState.SHOWING)
    assert stage.states == [PreviewState.SHOWING, PreviewState.COMING_BACK, PreviewState.SHOWING]


def test_pictures_go_on_while_the_service_is_away(stage: Stage) -> None:
    stage.watch.start(SIZE)
    stage.see()
    stage.feed.replace(Outlook(service=ServiceState.AWAY, studio=stage.feed.now.studio))
    assert stage.watch.state is PreviewState.SHOWING


def test_a_refused_wish_is_no_banner_and_is_said_again(stage: Stage) -> None:
    stage.client.refusal = ServiceGoneError("No service runs.")
    stage.watch.start(SIZE)
    assert stage.desk.refused == []
    stage.client.refusal = None
    tell(stage.feed)  # the service is heard again
    assert stage.client.watched == [(640, 360)]


def test_pictures_cross_the_engines_own_ring(tmp_path: Path) -> None:
    client = StudioClient()
    surroundings, _, feed, _ = surroundings_with(client)
    owner, images = QObject(), list[QImage]()
    watch = PreviewWatch(surroundings, owner)
    watch.pictured.connect(images.append)
    writer = FrameRingWriter(tmp_path, "preview")
    layout = FrameLayout.bgr(4, 2)
    writer.slot(layout)[:] = bytes([10, 20, 200]) * 8
    writer.commit(monotonic(), now_s=monotonic())
    watch.start(SIZE)
    tell(feed, a_status(preview={"path": str(tmp_path / "preview"), "width": 4, "height": 2}))
    wait_for(lambda: bool(images))
    watch.stop()
    writer.close()
    assert images[0].pixelColor(3, 1) == QColor(200, 20, 10)
    assert watch.state is PreviewState.SHOWING
