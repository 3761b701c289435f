"""How the next scene comes on: at once, or by a fade of so many milliseconds."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu, QWidget

from powerstream_desktop.desktop.kit.buttons import Button, Role
from powerstream_desktop.desktop.shell.surroundings import Surroundings
from powerstream_desktop.desktop.studio.hand import StudioHand
from powerstream_desktop.desktop.studio.scenery import edits
from powerstream_desktop.desktop.studio.scenery.shown import CUT, ShownTransition, shown_studio

FADES_MS: Final = (100, 200, 300, 500, 800, 1_000, 2_000)


class TransitionButton(Button):
    """Says how scenes change; a press offers other ways.

    Args:
        surroundings: what the window lends.
        parent: the page.
    """

    def __init__(self, surroundings: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__("", Role.SMALL, parent=parent)
        self._surroundings = surroundings
        self._hand = StudioHand(surroundings, self)
        self._transition = CUT
        self.setToolTip(self.tr("How the next scene comes on"))
        self.setAccessibleDescription(self.toolTip())
        self.clicked.connect(self._offer)
        surroundings.feed.studio_changed.connect(self._follow)
        self._follow()

    def _follow(self, *_: object) -> None:
        studio = shown_studio(self._surroundings.feed.now.studio)
        self._transition = studio.transition if studio is not None else CUT
        self.setEnabled(studio is not None)
        self.setText(self._words(self._transition) + " ▾")
        self.setAccessibleName(self.tr("Transition: {kind}").format(kind=self._words(self._transition)))

    def _words(self, transition: ShownTransition) -> str:
        if transition.kind == CUT.kind:
            return self.tr("Cut")
        return self.tr("Fade {duration_ms} ms").format(duration_ms=transition.duration_ms)

    def _offer(self) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        cut = ShownTransition(kind=CUT.kind, duration_ms=self._transition.duration_ms)
        lengths = sorted({*FADES_MS, self._transition.duration_ms})
        for offered in (cut, *(ShownTransition(kind="fade", duration_ms=length) for length in lengths)):
            action = menu.addAction(self._words(offered))
            action.setCheckable(True)
            action.setChecked(offered == self._transition)
            action.triggered.connect(lambda _=False, chosen=offered: self._choose(chosen))
        menu.popup(self.mapToGlobal(self.rect().bottomLeft()))

    def _choose(self, transition: ShownTransition) -> None:
        self._hand.obey(edits.set_transition(transition.kind, transition.duration_ms))
