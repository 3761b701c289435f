"""The window's hand at the studio: sends edits through the desk, each at once or the newest of many."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QObject, QTimer, Signal

from powerstream_desktop.client.client import Client
from powerstream_desktop.common.clock import Clock, monotonic
from powerstream_desktop.common.errors import PowerStreamError
from powerstream_desktop.desktop.link.desk import Refusal
from powerstream_desktop.desktop.shell.surroundings import Surroundings
from powerstream_desktop.desktop.studio.scenery.edits import Edit
from powerstream_desktop.desktop.studio.scenery.newest_wish import NewestWish

DRAG_INTERVAL_S: Final = 1 / 30
"""From one step of a drag to the next: a picture of the program."""


class StudioHand(QObject):
    """Sends edits, one after the other. What the engine refuses is said in a banner, unless somebody else takes it.

    Args:
        surroundings: what the window lends.
        parent: when it is gone, nobody is told any more.
        clock: monotonic seconds.
    """

    drag_refused = Signal()

    def __init__(self, surroundings: Surroundings, parent: QObject, *, clock: Clock = monotonic) -> None:
        super().__init__(parent)
        self._surroundings = surroundings
        self._clock = clock
        self._dragged: NewestWish[Edit] = NewestWish(DRAG_INTERVAL_S)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._send_dragged)

    @property
    def is_dragging(self) -> bool:
        """Steps of a drag wait or are under way."""
        return not self._dragged.is_idle

    def obey(
        self, *edits: Edit, then: Callable[[], None] | None = None, otherwise: Refusal | None = None
    ) -> None:
        """Have edits obeyed, in their order; the first that is refused ends it.

        Args:
            edits: what to do.
            then: called when all are obeyed.
            otherwise: gets the refusal; without it a banner says it.
        """
        self._surroundings.desk.ask(
            lambda client: _obey_all(client, edits),
            None if then is None else lambda _: then(),
            otherwise=otherwise,
            owner=self,
        )

    def drag(self, edit: Edit) -> None:
        """Have the newest of many edits obeyed, 30 times a second at most; the last one always is."""
        self._dragged.offer(edit)
        self._send_dragged()

    def _send_dragged(self) -> None:
        now = self._clock()
        edit = self._dragged.due(now)
        if edit is not None:
            self.obey(edit, then=self._drag_answered, otherwise=self._drag_refused)
        elif (wait_s := self._dragged.wait_s(now)) is not None:
            self._timer.start(round(wait_s * 1000) + 1)

    def _drag_answered(self) -> None:
        self._dragged.answered()
        self._send_dragged()

    def _drag_refused(self, error: PowerStreamError) -> None:
        self._surroundings.ways.say(error.title, error.hint)
        self._drag_answered()
        self.drag_refused.emit()


def _obey_all(client: Client, edits: tuple[Edit, ...]) -> None:
    for edit in edits:
        client.studio.obey(edit.path, edit.body, is_repeatable=edit.is_repeatable)
