"""The program's pictures: the scene that is on, and the way from the scene before it. Belongs to the program's thread.

While the curtain is drawn they are a card with the words "Be right back", drawn beforehand and without a font: nothing of the
stage is looked at, and it need not be ready.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from powerstream_desktop.common.clock import Clock
from powerstream_desktop.engine.compositor.fade import faded
from powerstream_desktop.engine.curtain import Curtain, CurtainWatch
from powerstream_desktop.engine.scene.studio import TransitionKind
from powerstream_desktop.engine.sources.placeholder import placeholder
from powerstream_desktop.engine.stage.needs import Canvases
from powerstream_desktop.engine.stage.scene_pictures import Composed, ScenePictures, SlotPictures
from powerstream_desktop.engine.stage.show import Show
from powerstream_desktop.platforms.endpoint import Rendition

if TYPE_CHECKING:
    import av

CARD_WORDS: Final = "Be right back"


@dataclass(slots=True)
class _Fade:
    """What the present scene fades in over.

    Attributes:
        show: the scene before; ``None`` for a fade that broke into another one and begins at the picture of that moment.
        pictures: of that scene.
        stills: the frames shown last.
        began_s, length_s: on the program's timeline.
    """

    show: Show | None
    pictures: ScenePictures
    stills: Mapping[Rendition, av.VideoFrame]
    began_s: float
    length_s: float


@dataclass(frozen=True, slots=True, kw_only=True)
class SlotComposed:
    """What one slot shows.

    Attributes:
        frames: of each rendition that was wanted.
        late: ids of the sources that keep the program's pace and did not have this slot's picture in time.
        revokes_earlier: what was composed before must not be shown any more, however long it waits for its sound already.
    """

    frames: Mapping[Rendition, Composed]
    late: frozenset[str]
    revokes_earlier: bool


class ProgramPictures:
    """Composes what is on air.

    Args:
        canvases: size of each rendition.
        show: what is on the stage; asked once in each slot.
        stopwatch: seconds, to measure the cost with.
        curtain: hides the stage.
    """

    def __init__(
        self, canvases: Canvases, show: Callable[[], Show], stopwatch: Clock, *, curtain: Curtain
    ) -> None:
        self._canvases = canvases
        self._show_now = show
        self._stopwatch = stopwatch
        self._curtain = CurtainWatch(curtain)
        self._cards = {
            rendition: Composed(placeholder(*size, CARD_WORDS, ""), 0.0)
            for rendition, size in canvases.items()
        }
        self._show = show()
        self._pictures = ScenePictures(canvases, stopwatch)
        self._fade: _Fade | None = None
        self._last: Mapping[Rendition, av.VideoFrame] = {}
        self._delivered: Mapping[str, int] = {}

    @property
    def delivered(self) -> Mapping[str, int]:
        """Pictures that each source on air has delivered so far."""
        return self._delivered

    def compose(self, time_s: float, wanted: Collection[Rendition]) -> SlotComposed:
        """Return the frames of one slot.

        Args:
            time_s: of the slot on the program's timeline.
            wanted: at least one rendition.
        """
        is_hidden, was_hidden = self._curtain.look()
        if was_hidden:
            self._fade, self._last = None, {}  # what privacy has hidden is nothing to fade from
        if is_hidden:
            cards = {rendition: self._cards[rendition] for rendition in wanted}
            return SlotComposed(frames=cards, late=frozenset(), revokes_earlier=True)
        self._follow(self._show_now(), time_s)
        slot = SlotPictures(time_s)
        frames = self._pictures.compose(self._show, wanted, slot)
        if self._fade is not None:
            frames = self._mixed(self._fade, frames, time_s)
        self._last = {rendition: each.frame for rendition, each in frames.items()}
        self._delivered = {source_id: taken.delivered for source_id, taken in slot.taken.items()}
        late = frozenset(
            source_id for source_id, taken in slot.taken.items() if taken.picture.is_late_at(time_s)
        )
        return SlotComposed(frames=frames, late=late, revokes_earlier=was_hidden)

    def _follow(self, show: Show, time_s: float) -> None:
        """Take an edit of the scene that is on, or begin the way to another one.

        A cut to the scene that is fading in ends the fade: privacy must not wait until the old scene has faded out.
        """
        before, self._show = self._show, show
        if show is before:
            return
        is_cut = show.transition.kind is TransitionKind.CUT
        if show.scene.id == before.scene.id:
            self._fade = None if is_cut else self._fade
            return
        if is_cut or not self._last:
            self._fade = None
            return
        self._fade = _Fade(
            show=None if self._fade is not None else before,
            pictures=self._pictures,
            stills=self._last,
            began_s=time_s,
            length_s=show.transition.duration_ms / 1000,
        )
        self._pictures = ScenePictures(self._canvases, self._stopwatch)

    def _mixed(
        self, fade: _Fade, frames: Mapping[Rendition, Composed], time_s: float
    ) -> Mapping[Rendition, Composed]:
        progress = (time_s - fade.began_s) / fade.length_s
        if progress >= 1:
            self._fade = None
            return frames
        begin_s = self._stopwatch()
        stills = fade.stills
        if fade.show is not None:
            before = fade.pictures.compose(fade.show, frames.keys(), SlotPictures(time_s))
            stills = {rendition: each.frame for rendition, each in before.items()}
        mixed = {
            rendition: faded(stills[rendition], each.frame, progress) if rendition in stills else each.frame
            for rendition, each in frames.items()
        }
        cost_ms = (self._stopwatch() - begin_s) * 1000 / len(frames)
        return {
            rendition: Composed(mixed[rendition], each.cost_ms + cost_ms)
            for rendition, each in frames.items()
        }
