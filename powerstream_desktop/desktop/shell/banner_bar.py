"""The banner above the page: one at a time, in words, with what can be done."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from powerstream_desktop.desktop.kit.buttons import Button, IconButton, Role
from powerstream_desktop.desktop.kit.label import Label
from powerstream_desktop.desktop.kit.light import Light
from powerstream_desktop.desktop.kit.light_kind import LightKind, light_of
from powerstream_desktop.desktop.kit.tone import Tone
from powerstream_desktop.desktop.language.said import said
from powerstream_desktop.desktop.shell.banner_board import Banner, BannerKind

_LIGHTS = {
    BannerKind.STARTING: LightKind.WORKING,
    BannerKind.AWAY: LightKind.WORKING,
    BannerKind.SHUT: LightKind.BAD,
    BannerKind.ENGINE: LightKind.WORKING,
}


class BannerBar(QFrame):
    """Shows a banner, or nothing.

    Args:
        parent: above the pages.

    Attributes:
        closed: its reader has read it.
        wants_retry: somebody wants the service to be looked for again.
        wants_log: somebody wants to see all notices.
    """

    closed = Signal()
    wants_retry = Signal()
    wants_log = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._banner: Banner | None = None
        self._light = Light()
        self._text = Label("", wrap=True)
        self._retry = Button(self.tr("Try again"), Role.SMALL)
        self._log = Button(self.tr("All notices"), Role.SMALL)
        self._close = IconButton("close", self.tr("Close this notice"))
        self._retry.clicked.connect(self.wants_retry)
        self._log.clicked.connect(self.wants_log)
        self._close.clicked.connect(self.closed)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(14, 7, 10, 7)
        layout.setSpacing(10)
        layout.addWidget(self._light)
        layout.addWidget(self._text, 1)
        for button in (self._retry, self._log, self._close):
            layout.addWidget(button)
        self.hide()

    @property
    def text(self) -> str:
        """What it says; empty while there is none."""
        return "" if self._banner is None else self._text.text()

    def show_banner(self, banner: Banner | None) -> None:
        """Show this one; None for nothing."""
        if banner == self._banner:
            return
        self._banner = banner
        self.setVisible(banner is not None)
        if banner is None:
            return
        text = self._sentences(banner)
        self._light.show_light(_LIGHTS.get(banner.kind) or light_of(banner.severity))
        self._text.show_text(text, Tone.PLAIN)
        self.setAccessibleName(text)
        self._retry.setVisible(banner.kind is BannerKind.SHUT)
        self._log.setVisible(banner.can_be_closed)
        self._close.setVisible(banner.can_be_closed)

    def _sentences(self, banner: Banner) -> str:
        match banner.kind:
            case BannerKind.STARTING:
                return self.tr("PowerStream's service is being started. This takes some seconds.")
            case BannerKind.AWAY:
                return self.tr(
                    "PowerStream's service does not answer. It is started again within half a minute, and a broadcast "
                    "goes on by itself; what you see is how it was."
                )
            case BannerKind.ENGINE:
                return self.tr(
                    "The studio's engine failed and is being started again. Platforms and recording are kept."
                )
            case BannerKind.SHUT if not banner.sentence:
                return self.tr("PowerStream's service cannot be reached.")
        sentences = (said(banner.code, banner.sentence), said(banner.code, banner.remedy))
        return " ".join(filter(None, sentences))
