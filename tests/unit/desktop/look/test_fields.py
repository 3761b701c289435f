"""Fields of all kinds, one below the other."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget

from powerstream_desktop.desktop.look.look import look
from tests.unit.desktop.driver import show

WORDS = "1280"
BRIGHT = 120


@pytest.fixture(autouse=True)
def _dark() -> Iterator[None]:
    look().use("dark")
    yield
    look().use("dark")


def first_bright_column(field: QWidget) -> int:
    """Return where the words begin; the field's own border is left out."""
    image = show(field, 300, 34).grab().toImage()
    return next(
        x
        for x in range(6, image.width())
        if any(image.pixelColor(x, y).lightness() > BRIGHT for y in range(10, image.height() - 10))
    )


def choice(*, is_editable: bool) -> QComboBox:
    box = QComboBox()
    box.setEditable(is_editable)
    box.addItem(WORDS)
    return box


def test_words_begin_at_one_place_in_all_of_them() -> None:
    fields = (QLineEdit(WORDS), choice(is_editable=True), choice(is_editable=False))
    assert len({first_bright_column(each) for each in fields}) == 1
