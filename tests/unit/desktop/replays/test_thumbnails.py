"""Asking for the pictures of replays."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QBuffer, QByteArray, QObject
from PySide6.QtGui import QColor, QImage, QImageWriter

from powerstream_desktop.client.assets import Asset
from powerstream_desktop.client.client import Client
from powerstream_desktop.client.errors import UnknownError
from powerstream_desktop.common.errors import PowerStreamError
from powerstream_desktop.desktop.link.desk import AnswerT, Refusal
from powerstream_desktop.desktop.replays.picture_shelf import Frame
from powerstream_desktop.desktop.replays.thumbnails import AT_ONCE, Thumbnails
from tests.unit.desktop.driver import wait_for
from tests.unit.desktop.replays.fake_client import asset

FRAME = Frame(160, 90, 10)


def file_of(colour: str = "#336699") -> bytes:
    image = QImage(320, 180, QImage.Format.Format_RGB32)
    image.fill(QColor(colour))
    buffer = QBuffer()
    buffer.open(QBuffer.OpenModeFlag.WriteOnly)
    assert QImageWriter(buffer, QByteArray(b"png")).write(image)
    return bytes(buffer.data().data())


class Library:
    """Has one picture for all, or none."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.content: bytes | None = file_of()

    def thumbnail(self, asset_id: str) -> bytes:
        self.asked.append(asset_id)
        if self.content is None:
            raise UnknownError("It has no picture.", status=404, code="not-found")
        return self.content


class PatientDesk:
    """Keeps errands until they are to be done."""

    def __init__(self, library: Library) -> None:
        self._client = type("Rooms", (), {"library": library})()
        self.waiting: list[Callable[[], None]] = []
        self.owners: list[QObject] = []

    def ask(
        self,
        errand: Callable[[Client], AnswerT],
        then: Callable[[AnswerT], None] | None = None,
        *,
        otherwise: Refusal | None = None,
        owner: QObject,
    ) -> None:
        def run() -> None:
            self.owners.remove(owner)
            try:
                answer = errand(self._client)
            except PowerStreamError as error:
                assert otherwise is not None
                otherwise(error)
            else:
                assert then is not None
                then(answer)

        self.waiting.append(run)
        self.owners.append(owner)

    def work(self) -> None:
        """Do the next errand."""
        self.waiting.pop(0)()


class Scene:
    """Pictures, and what is told of them."""

    def __init__(self) -> None:
        self.library = Library()
        self.desk = PatientDesk(self.library)
        self.parent = QObject()
        self.thumbnails = Thumbnails(self.desk, self.parent)
        self.came: list[str] = []
        self.thumbnails.came.connect(self.came.append)

    def want(self, number: int) -> bool:
        """Paint a replay; return whether its picture was there."""
        return self.thumbnails.picture_of(pictured(number), FRAME) is not None

    def settle(self) -> None:
        """Let all be asked for that is wanted, and be answered."""
        wait_for(lambda: bool(self.desk.waiting))
        while self.desk.waiting:
            self.desk.work()
            wait_for(lambda: not self.thumbnails.is_asking_soon)


def pictured(number: int) -> Asset:
    return asset(number, thumbnail_url=f"/api/vod/as{number}/thumbnail")


def test_a_few_are_asked_for_at_once_and_the_last_painted_first() -> None:
    scene = Scene()
    for number in range(10):
        scene.want(number)
        scene.want(number)
    wait_for(lambda: bool(scene.desk.waiting))
    assert len(scene.desk.waiting) == AT_ONCE
    assert len(set(scene.desk.owners)) == AT_ONCE, "errands of one owner wait for each other"
    scene.settle()
    assert scene.library.asked == [f"as{number}" for number in range(9, -1, -1)]
    assert len(scene.came) == 10
    assert scene.want(3)


def test_what_was_scrolled_away_before_its_turn_is_not_asked_for() -> None:
    scene = Scene()
    for number in range(20):
        scene.want(number)
    wait_for(lambda: bool(scene.desk.waiting))
    scene.thumbnails.leave_out_all_but({"as2"})
    scene.settle()
    assert scene.library.asked == ["as19", "as18", "as17", "as2"]


def test_a_replay_without_a_picture_is_asked_for_once() -> None:
    scene = Scene()
    scene.library.content = None
    scene.want(1)
    scene.settle()
    scene.want(1)
    assert not scene.thumbnails.is_asking_soon
    scene.library.content = b"no picture"
    scene.thumbnails.try_again()
    scene.want(1)
    scene.settle()
    scene.want(1)
    assert not scene.thumbnails.is_asking_soon
    assert scene.library.asked == ["as1", "as1"]
    assert scene.thumbnails.picture_of(asset(2), FRAME) is None
    assert not scene.thumbnails.is_asking_soon, "nobody said that there is one"


def test_a_changed_picture_stays_until_the_new_one_is_there() -> None:
    scene = Scene()
    scene.want(1)
    scene.settle()
    scene.thumbnails.forget("as1")
    assert scene.want(1)
    scene.library.content = file_of("#ff0000")
    scene.settle()
    picture = scene.thumbnails.picture_of(pictured(1), FRAME)
    assert picture is not None
    assert picture.toImage().pixelColor(80, 45) == QColor("#ff0000")
    assert not scene.thumbnails.is_asking_soon


def test_another_size_is_made_of_the_picture_that_is_there() -> None:
    scene = Scene()
    scene.want(1)
    scene.settle()
    wider = Frame(320, 180, 10)
    before = scene.thumbnails.picture_of(pictured(1), wider)
    assert before is not None
    assert before.width() == 160, "it is there at once, and sharp a moment later"
    scene.settle()
    after = scene.thumbnails.picture_of(pictured(1), wider)
    assert after is not None
    assert after.width() == 320
    assert scene.library.asked == ["as1"]
