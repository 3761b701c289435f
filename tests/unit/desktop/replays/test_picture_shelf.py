"""Keeping pictures while there is room for them."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage, QPixmap

from powerstream_desktop.desktop.replays.picture_shelf import Frame, Kept, PictureShelf, framed

FRAME = Frame(64, 36, 8)


def image(width: int = 160, height: int = 90, colour: Qt.GlobalColor = Qt.GlobalColor.red) -> QImage:
    made = QImage(width, height, QImage.Format.Format_RGB32)
    made.fill(colour)
    return made


def kept(width: int = 160) -> Kept:
    return Kept(image(width), QPixmap.fromImage(image(64, 36)), FRAME)


def test_a_picture_is_cut_to_its_frame_and_its_upper_corners_are_round() -> None:
    wide = image(400, 90)
    for x in range(40):
        for y in range(90):
            wide.setPixelColor(x, y, QColor("blue"))
    made = framed(wide, FRAME)
    assert (made.width(), made.height()) == (64, 36)
    assert made.pixelColor(1, 18) == Qt.GlobalColor.red, "its sides are cut off"
    assert [made.pixelColor(x, y).alpha() for x in (0, 63) for y in (0, 35)] == [0, 255, 0, 255]


def test_what_was_wanted_longest_ago_goes_when_there_is_no_room() -> None:
    one = kept().size_bytes
    shelf = PictureShelf(2 * one)
    shelf.put("a", kept())
    shelf.put("b", kept())
    assert shelf.get("a") is not None
    shelf.put("c", kept())
    assert shelf.get("b") is None
    assert shelf.get("a") is not None
    assert shelf.size_bytes == 2 * one


def test_what_takes_the_place_of_another_is_counted_once() -> None:
    shelf = PictureShelf()
    shelf.put("a", kept(160))
    shelf.put("a", kept(80))
    assert shelf.size_bytes == kept(80).size_bytes == 80 * 90 * 4 + 64 * 36 * 4


def test_one_picture_is_kept_however_large_it_is() -> None:
    shelf = PictureShelf(1)
    shelf.put("a", kept())
    assert shelf.get("a") is not None


def test_a_picture_that_is_stale_is_kept_until_another_comes() -> None:
    shelf = PictureShelf()
    shelf.turn_stale("a")
    shelf.put("a", kept())
    shelf.turn_stale("a")
    stale = shelf.get("a")
    assert stale is not None
    assert stale.is_stale
    shelf.put("a", kept())
    fresh = shelf.get("a")
    assert fresh is not None
    assert not fresh.is_stale
