"""Privacy: one press hides the picture and mutes everything, another shows and plays again."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from powerstream_desktop.desktop.kit.buttons import Button, Role
from powerstream_desktop.desktop.look.look import look
from powerstream_desktop.desktop.look.restyle import set_style_property
from powerstream_desktop.desktop.shell.surroundings import Surroundings
from powerstream_desktop.desktop.studio.hand import StudioHand
from powerstream_desktop.desktop.studio.scenery import edits


class PrivacyButton(Button):
    """Says whether the audience sees "Be right back", and changes it.

    Args:
        surroundings: what the window lends.
        parent: the page.
    """

    def __init__(self, surroundings: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__("", Role.SMALL, parent=parent)
        self._surroundings = surroundings
        self._hand = StudioHand(surroundings, self)
        self._is_private = False
        self.setToolTip(self.tr("Cut to “Be right back” and mute everything at once"))
        self.clicked.connect(lambda: self._hand.obey(edits.set_privacy(not self._is_private)))
        surroundings.feed.studio_changed.connect(self._render)
        look().changed.connect(self._show_icon)
        self._show_icon()
        self._render()

    def _render(self, *_: object) -> None:
        studio = self._surroundings.feed.now.studio
        self._is_private = studio is not None and studio.is_private
        self.setText(self.tr("Privacy is on") if self._is_private else self.tr("Privacy"))
        self.setAccessibleDescription(self.toolTip())
        set_style_property(self, "role", "danger" if self._is_private else "plain")

    def _show_icon(self) -> None:
        self.setIcon(look().icon("privacy"))
