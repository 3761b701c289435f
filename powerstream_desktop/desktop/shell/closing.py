"""What happens when somebody closes the window. The window's end never ends a broadcast by itself."""

from __future__ import annotations

from enum import Enum

from PySide6.QtCore import Signal

from powerstream_desktop.desktop.kit.buttons import Button, Role
from powerstream_desktop.desktop.kit.label import Label
from powerstream_desktop.desktop.kit.sheet import Sheet
from powerstream_desktop.desktop.kit.tone import Tone
from powerstream_desktop.desktop.shell.on_air import AirState


class Closing(Enum):
    """What to do about it.

    CLOSE: end the window. HIDE: it goes on in the tray. ASK: what shall become of the broadcast.
    """

    CLOSE = "close"
    HIDE = "hide"
    ASK = "ask"


def closing(state: AirState, *, was_asked: bool, is_session_ending: bool, has_tray: bool) -> Closing:
    """Return what to do when the window is closed.

    Args:
        state: of the broadcast.
        was_asked: the question is on the screen, and the window is closed once more: then it is not asked twice, and the broadcast
            goes on.
        is_session_ending: the desktop logs off, and waits for nobody.
        has_tray: the window can go on there, with its hotkeys.
    """
    if is_session_ending or not state.is_running:
        return Closing.CLOSE
    if not was_asked:
        return Closing.ASK
    return Closing.HIDE if has_tray else Closing.CLOSE


class ClosingSheet(Sheet):
    """Asks what shall become of the broadcast.

    Attributes:
        keeps: the window goes, the broadcast stays.
        ends: end the broadcast, then the window.
    """

    keeps = Signal()
    ends = Signal()

    def __init__(self) -> None:
        super().__init__("", 520)
        self.show_title(self.tr("You are live"))
        self.body.addWidget(
            Label(self.tr("The broadcast can go on without this window. What shall become of it?"), wrap=True)
        )
        again = self.tr("Start PowerStream again to see it: it shows the same broadcast.")
        self.body.addWidget(Label(again, Tone.MUTED, wrap=True))
        cancel = Button(self.tr("Cancel"))
        end = Button(self.tr("End the broadcast"), Role.DANGER)
        keep = Button(self.tr("Keep it running"), Role.PRIMARY)
        cancel.clicked.connect(self.dismiss)
        end.clicked.connect(self.ends)
        keep.clicked.connect(self.keeps)
        self.footer.addWidget(cancel)
        self.footer.addStretch(1)
        self.footer.addWidget(end)
        self.footer.addWidget(keep)
        keep.setFocus()
