"""The foot: the newest notice at the left; keys, recording and uploads at the right."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QSizePolicy, QWidget

from powerstream_desktop.client.live import RunningRecording
from powerstream_desktop.desktop.kit.label import Label, Letters
from powerstream_desktop.desktop.kit.plain_tip import plain_tip
from powerstream_desktop.desktop.kit.tone import Tone
from powerstream_desktop.desktop.language.figures import duration, size
from powerstream_desktop.desktop.language.said import said
from powerstream_desktop.desktop.outlook.outlook import Notice
from powerstream_desktop.desktop.outlook.recording_standing import RecordingPlight, recording_standing

HEIGHT_PX: Final = 28
_BETWEEN_PX: Final = 18


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyHint:
    """A hotkey that is worth knowing.

    Attributes:
        action: what it does.
        keys: as the system writes them, such as ``Ctrl+Alt+M``.
    """

    action: str
    keys: str


class NewestNotice(QPushButton):
    """The newest notice in one line, as much of it as there is room; pressing it shows them all."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sentence = ""
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)

    def show_notice(self, notice: Notice | None) -> None:
        """Show this one; None for that there is none."""
        words = (
            ""
            if notice is None
            else f"{said(notice.code, notice.sentence)} {said(notice.code, notice.remedy)}"
        )
        self._sentence = words.strip() or self.tr("Ready")
        self.setAccessibleName(self.tr("Notices: {newest}").format(newest=self._sentence))
        self.setToolTip(plain_tip(self._sentence))
        self._fit()

    def minimumSizeHint(self) -> QSize:
        """As narrow as need be."""
        return QSize(40, super().minimumSizeHint().height())

    def resizeEvent(self, event: object) -> None:
        """Show as much as there is room."""
        super().resizeEvent(event)  # type: ignore[arg-type]
        self._fit()

    def _fit(self) -> None:
        shown = self.fontMetrics().elidedText(
            self._sentence, Qt.TextElideMode.ElideRight, max(0, self.width() - 12)
        )
        self.setText(shown.replace("&", "&&"))


class Foot(QFrame):
    """The window's last line.

    Args:
        parent: the window.

    Attributes:
        wants_log: somebody wants to see all notices.
    """

    wants_log = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setMinimumHeight(HEIGHT_PX)
        self._notice = NewestNotice()
        self._notice.clicked.connect(self.wants_log)
        self._hints = QWidget()
        self._hint_line = _line(self._hints)
        self._recording = Label("", Tone.MUTED, letters=Letters.SMALL)
        self._recorded = Label("", Tone.OK, bold=True, letters=Letters.SMALL)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(8, 0, 14, 0)
        layout.setSpacing(_BETWEEN_PX)
        layout.addWidget(self._notice, 1)
        layout.addWidget(self._hints)
        recording = QHBoxLayout()
        recording.setSpacing(6)
        recording.addWidget(self._recording)
        recording.addWidget(self._recorded)
        layout.addLayout(recording)
        self.show_notice(None)
        self.show_recording(None)

    def show_notice(self, notice: Notice | None) -> None:
        """Show the newest notice; None for that there is none."""
        self._notice.show_notice(notice)

    def show_hints(self, hints: Sequence[KeyHint]) -> None:
        """Show hotkeys that are worth knowing."""
        while (item := self._hint_line.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.deleteLater()
        for hint in hints:
            pair = QWidget()
            line = QHBoxLayout(pair)
            line.setContentsMargins(0, 0, 0, 0)
            line.setSpacing(6)
            line.addWidget(Label(hint.action, Tone.MUTED, letters=Letters.SMALL))
            line.addWidget(Label(hint.keys, Tone.MUTED, bold=True, letters=Letters.SMALL))
            self._hint_line.addWidget(pair)

    def show_recording(self, recording: RunningRecording | None) -> None:
        """Show the recording; None while nothing is recorded."""
        is_recording = recording is not None
        self._recording.setVisible(is_recording)
        self._recorded.setVisible(is_recording)
        if recording is None:
            return
        self._recording.show_text(self.tr("Recording"))
        safe_to = self.tr("Safe on disk to {time}").format(time=duration(recording.durable_seconds))
        word, tone, why = self._words(recording)
        self._recorded.show_text(word, tone)
        self._recorded.setToolTip(plain_tip(said("recording", why) or safe_to))

    def _words(self, recording: RunningRecording) -> tuple[str, Tone, str]:
        """Return how it stands, in which tone, and why if that is bad."""
        standing = recording_standing(recording, None)
        match standing.plight:
            case RecordingPlight.FAILED:
                return "✖ " + self.tr("failed"), Tone.ERR, standing.error
            case RecordingPlight.STUCK:
                return "✖ " + self.tr("NOT RECORDING"), Tone.ERR, " ".join(standing.warning or ())
            case RecordingPlight.PAUSED:
                return "○ " + self.tr("paused"), Tone.MUTED, ""
            case RecordingPlight.UNHEARD:
                return "○ " + self.tr("not known now"), Tone.MUTED, ""
        return f"● {duration(standing.for_s)} · {size(standing.size_bytes)}", Tone.OK, ""


def _line(widget: QWidget) -> QHBoxLayout:
    line = QHBoxLayout(widget)
    line.setContentsMargins(0, 0, 0, 0)
    line.setSpacing(_BETWEEN_PX)
    return line
