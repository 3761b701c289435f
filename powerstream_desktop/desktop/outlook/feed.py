"""Tells pages what changed in the outlook. Lives on the window's thread."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QObject, Signal

from powerstream_desktop.desktop.outlook.outlook import Outlook

_PARTS: Final = (
    "service", "live", "broadcast", "recording", "studio", "engine", "levels", "cloud", "settings", "notices",
)  # fmt: skip
"""In the order in which they are told."""


class OutlookFeed(QObject):
    """The outlook of this moment, and a signal for each part of it that changed.

    A page reads ``now`` when it is made or shown, and the signal's argument afterwards. Signals come after ``now`` was replaced, each
    only when its part is another than before.
    """

    service_changed = Signal(object)  # ServiceState
    live_changed = Signal(object)  # LiveStatus | None
    broadcast_changed = Signal(object)  # RunningBroadcast | None
    recording_changed = Signal(object)  # RunningRecording | None
    studio_changed = Signal(object)  # StudioStatus | None
    engine_changed = Signal(object)  # EngineStatus | None
    levels_changed = Signal(object)  # Words | None
    cloud_changed = Signal(object)  # CloudStanding | None
    settings_changed = Signal(object)  # Mapping[str, Value]
    notices_changed = Signal(object)  # tuple[Notice, ...]
    library_changed = Signal(object)  # Words: what the event said; a page asks again

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._now = Outlook()

    @property
    def now(self) -> Outlook:
        """What the window knows now."""
        return self._now

    def replace(self, outlook: Outlook) -> None:
        """Take a new outlook, and tell what of it is new."""
        before, self._now = self._now, outlook
        for part in _PARTS:
            now = getattr(outlook, part)
            if now != getattr(before, part):
                getattr(self, f"{part}_changed").emit(now)
