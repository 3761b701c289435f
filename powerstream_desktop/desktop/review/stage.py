"""Picture, strip, timeline and transport: what is enlarged when a replay under review fills the screen."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QPoint, QSize, Qt, Signal
from PySide6.QtGui import QCloseEvent, QImage, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QStackedLayout, QVBoxLayout, QWidget

from powerstream_desktop.desktop.kit.filler import Filler
from powerstream_desktop.desktop.player.picture_view import PictureView
from powerstream_desktop.desktop.review.frame_source import Still
from powerstream_desktop.desktop.review.glance import Glance
from powerstream_desktop.desktop.review.keys import SKIPS_US, Deed, deed_of
from powerstream_desktop.desktop.review.reviewer import Reviewer
from powerstream_desktop.desktop.review.scrubbed import Scrubbed
from powerstream_desktop.desktop.review.strip_view import TILES, StripView
from powerstream_desktop.desktop.review.timeline import Timeline
from powerstream_desktop.desktop.review.tool_row import ToolRow
from powerstream_desktop.desktop.review.transport import Transport
from powerstream_desktop.desktop.review.transport_bar import TransportBar

_MARGIN_PX: Final = 14


class ReviewStage(QWidget):
    """Shows a reviewer and obeys mouse and keys.

    Args:
        owner: where it stands while it does not fill the screen.
        reviewer: what it shows.
    """

    mark_wanted = Signal()
    named_mark_wanted = Signal()

    def __init__(self, owner: QWidget, reviewer: Reviewer) -> None:
        super().__init__(owner)
        self._owner = owner
        self._reviewer = reviewer
        self._is_usable = False
        self.picture = PictureView()
        self.filler = Filler()
        self.strip = StripView()
        self.timeline = Timeline()
        self.bar = TransportBar()
        self.tools = ToolRow()
        self._layers = QStackedLayout()
        self._arrange()
        self.glance = Glance(self)
        self._listen()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(self.tr("Player"))
        self.show_usable(is_usable=False)

    @property
    def is_full_screen(self) -> bool:
        """It fills the screen."""
        return self.isWindow()

    def show_usable(self, *, is_usable: bool) -> None:
        """Offer to play, step and select, or nothing of it."""
        self._is_usable = is_usable
        self.bar.enable(is_usable=is_usable)
        self.tools.enable(is_usable=is_usable)
        self._layers.setCurrentWidget(self.picture if is_usable else self.filler)
        if not is_usable:
            self.picture.show_invitation(is_shown=False)

    def show_poster(self, poster: QImage) -> None:
        """Show this while there is no picture."""
        self.picture.show_poster(poster)

    def toggle_full_screen(self) -> None:
        """Fill the screen, or go back."""
        if self.is_full_screen:
            layout = self._owner.layout()
            self.setParent(self._owner, Qt.WindowType.Widget)
            if isinstance(layout, QVBoxLayout):
                layout.insertWidget(0, self)
            self.show()
        else:
            self.setParent(self._owner, Qt.WindowType.Window)
            self.setWindowTitle(self._owner.accessibleName())
            self.showFullScreen()
        self.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Obey the keys; those that mean nothing here go on to the page."""
        if not self.obey_key(event.key(), event.modifiers()):
            super().keyPressEvent(event)

    def obey_key(self, key: int, modifiers: Qt.KeyboardModifier) -> bool:
        """Do what a key means; return whether it means anything."""
        if key == Qt.Key.Key_Escape and self.is_full_screen:
            self.toggle_full_screen()
            return True
        deed = deed_of(key, modifiers)
        if deed is None or not self._is_usable:
            return False
        self._do(deed)
        return True

    def closeEvent(self, event: QCloseEvent) -> None:
        """Closing the window that fills the screen goes back to the page."""
        if self.is_full_screen:
            event.ignore()
            self.toggle_full_screen()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Ask for pictures of the new size."""
        super().resizeEvent(event)
        ratio = self.devicePixelRatioF()
        size = self.picture.size()
        self._reviewer.show_size(QSize(round(size.width() * ratio), round(size.height() * ratio)))

    def _do(self, deed: Deed) -> None:
        reviewer, transport = self._reviewer, self._reviewer.transport
        if deed in SKIPS_US:
            reviewer.skip(SKIPS_US[deed])
            return
        {
            Deed.TOGGLE: reviewer.toggle,
            Deed.BACKWARD: reviewer.backward,
            Deed.HOLD: reviewer.hold,
            Deed.FORWARD: reviewer.forward,
            Deed.STEP_BACK: lambda: reviewer.step(-1),
            Deed.STEP_ON: lambda: reviewer.step(1),
            Deed.TO_BEGINNING: lambda: reviewer.seek(0),
            Deed.TO_END: lambda: reviewer.seek(transport.length_us),
            Deed.IN: reviewer.mark_in,
            Deed.OUT: reviewer.mark_out,
            Deed.MARK: self.mark_wanted.emit,
            Deed.MARK_NAMED: self.named_mark_wanted.emit,
            Deed.MUTE: self.tools.toggle_mute,
            Deed.LOUDER: lambda: self.tools.louder(1),
            Deed.SOFTER: lambda: self.tools.louder(-1),
            Deed.FULL_SCREEN: self.toggle_full_screen,
        }[deed]()

    def _arrange(self) -> None:
        self._layers.addWidget(self.picture)
        self._layers.addWidget(self.filler)
        below = QVBoxLayout()
        below.setContentsMargins(_MARGIN_PX, 12, _MARGIN_PX, 0)
        below.setSpacing(10)
        for each in (self.strip, self.timeline, self.bar, self.tools):
            below.addWidget(each)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(self._layers, 1)
        layout.addLayout(below)

    def _listen(self) -> None:
        reviewer, tools = self._reviewer, self.tools
        self.picture.show_media(reviewer)
        self.picture.pressed.connect(reviewer.toggle)
        # The first of two presses played it, or paused it.
        self.picture.pressed_twice.connect(reviewer.toggle)
        self.picture.pressed_twice.connect(self.toggle_full_screen)
        reviewer.changed.connect(self._show_transport)
        reviewer.glanced.connect(self._show_glance)
        for part in (self.strip, self.timeline):
            part.scrubbed.connect(reviewer.scrub)
            part.pointed.connect(self._glance)
            part.left_alone.connect(self.glance.hide)
        self.timeline.chosen.connect(reviewer.seek)
        self.timeline.selected.connect(reviewer.select)
        self.bar.play_wanted.connect(reviewer.toggle)
        self.bar.step_wanted.connect(reviewer.step)
        self.bar.rate_wanted.connect(reviewer.set_rate)
        tools.in_wanted.connect(reviewer.mark_in)
        tools.out_wanted.connect(reviewer.mark_out)
        tools.none_wanted.connect(self._select_nothing)
        tools.mark_wanted.connect(self.mark_wanted)
        tools.volume_wanted.connect(reviewer.set_volume)
        tools.mute_wanted.connect(reviewer.set_muted)
        tools.full_screen_wanted.connect(self.toggle_full_screen)

    def _select_nothing(self) -> None:
        self._reviewer.select(Transport())

    def _show_transport(self, transport: Transport) -> None:
        self.timeline.show_transport(transport)
        self.strip.show_length(transport.length_us)
        self.bar.show_transport(transport)
        self.tools.show_transport(transport)

    def _glance(self, at_us: int, x_px: int) -> None:
        part = self.sender()
        if not isinstance(part, Scrubbed) or not self._is_usable:
            return
        place = part.mapTo(self, QPoint(x_px, 0))
        tile = self.strip.tile(part.scale.tile_at(x_px, TILES))
        self.glance.show_at(at_us, tile, place.x(), self.strip.y() - 4)
        self._reviewer.glance(at_us)

    def _show_glance(self, still: Still) -> None:
        if self.glance.isVisible():
            self.glance.show_image(still.image)
