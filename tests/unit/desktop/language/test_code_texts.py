"""Finding the window's texts in its code."""

from __future__ import annotations

import pytest

from tests.unit.desktop.language.code_texts import CodeText, UnreadableText, texts_in

CODE = """
from PySide6.QtCore import QCoreApplication, QT_TRANSLATE_NOOP
CONTEXT: Final = "Lights"
WORDS = {1: QT_TRANSLATE_NOOP("Lights", "Live")}
class Card(QWidget):
    def __init__(self):
        self.a = self.tr("Go " "live")
        self.b = self.tr("Off", "the air")
        self.c = self.tr("%n camera(s)", "", 3)
        self.d = self.tr("%n hour(s)", n=2)
        "abc".translate(str.maketrans("a", "b"))
    class Inner:
        def show(self, label):
            label.setText(label.tr("Inside"))
def words(n):
    return QCoreApplication.translate(CONTEXT, "Slow"), QCoreApplication.translate("Lights", WORDS[n])
"""


def test_every_way_to_give_a_text_is_known() -> None:
    assert set(texts_in(CODE)) == {
        CodeText("Lights", "Live"),
        CodeText("Card", "Go live"),
        CodeText("Card", "Off", "the air"),
        CodeText("Card", "%n camera(s)", is_counted=True),
        CodeText("Card", "%n hour(s)", is_counted=True),
        CodeText("Inner", "Inside"),
        CodeText("Lights", "Slow"),
    }


@pytest.mark.parametrize("call", ['self.tr(f"Hello {name}")', "self.tr(text)", 'self.tr("a" + b)'])
def test_a_text_that_no_program_can_find_is_a_mistake(call: str) -> None:
    with pytest.raises(UnreadableText):
        list(texts_in(f"class Card:\n    def show(self): {call}"))
