"""The clip of what was on air a moment ago: asked for by a key, and what became of it is said. Lives on the window's thread.

Whoever presses the key is live and looks elsewhere, and a clip is cut some seconds later: without a word nobody would know that there
is none.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QObject

from powerstream_desktop.client.clips import Clip
from powerstream_desktop.client.reading import Words
from powerstream_desktop.common.errors import PowerStreamError
from powerstream_desktop.desktop.hotkeys import errands
from powerstream_desktop.desktop.language.said import said
from powerstream_desktop.desktop.shell.surroundings import Surroundings

_GOES_ON: Final = frozenset({"queued", "running"})


class LiveClips(QObject):
    """Has clips made, and follows each to its end.

    Args:
        surroundings: takes the errands, tells what changes in the library, and says what is to be said.
        parent: whose it is.
    """

    def __init__(self, surroundings: Surroundings, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._surroundings = surroundings
        self._waited_for: set[str] = set()
        surroundings.feed.library_changed.connect(self._follow)

    def save(self) -> None:
        """Have the last half minute saved."""
        self._surroundings.desk.ask(errands.clip, self._begun, owner=self)

    def _begun(self, clip: Clip) -> None:
        self._waited_for.add(clip.id)
        sentence = self.tr("The last {count} seconds are being saved as a clip.")
        self._surroundings.ways.tell(sentence.format(count=round(errands.CLIP_S)))
        self._look()  # it may have come to its end before the answer came

    def _follow(self, words: Words) -> None:
        is_over = words.get("clipId") in self._waited_for and words.get("state") not in _GOES_ON
        if is_over or (self._waited_for and words.get("change") == "reload"):
            self._look()

    def _look(self) -> None:
        self._surroundings.desk.ask(
            lambda client: client.clips.all(), self._take, otherwise=self._miss, owner=self
        )

    def _take(self, clips: Sequence[Clip]) -> None:
        ours, known = self._waited_for, {clip.id for clip in clips}
        self._waited_for = ours & {clip.id for clip in clips if not clip.is_over}
        for clip in clips:
            if clip.id in ours and clip.is_over:
                self._say_end(clip)
        if ours - known:
            self._say_failure(self.tr("the service was started again."))

    def _miss(self, _error: PowerStreamError) -> None:
        """The window's banner says why; what happens next asks again."""

    def _say_end(self, clip: Clip) -> None:
        if clip.state == "done":
            self._surroundings.ways.tell(self.tr("The clip is among the replays."))
        elif clip.state == "failed":
            self._say_failure(said("", clip.error or ""))

    def _say_failure(self, why: str) -> None:
        self._surroundings.ways.say(
            self.tr("The clip was not saved: {why}").format(why=why),
            self.tr("What was recorded is kept; it can be cut from the replay."),
        )
