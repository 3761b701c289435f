"""Moves through one film: what plays it gives sound and moving pictures, the frame source gives every picture that stands still."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QSize, QTimer, Signal
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QWidget

from powerstream_desktop.common.clock import Clock, monotonic
from powerstream_desktop.desktop.player.media import Pictures
from powerstream_desktop.desktop.player.stream_player import MediaMaker
from powerstream_desktop.desktop.review.frame_source import FilmFacts, FrameSource, Still
from powerstream_desktop.desktop.review.moving_film import MovingFilm
from powerstream_desktop.desktop.review.transport import Motion, Transport
from powerstream_desktop.desktop.review.wishes import FrameWish, Wishes

FrameSourceMaker = Callable[[QWidget], FrameSource]

REWIND_MS: Final = 66
GLANCE: Final = QSize(160, 90)
ROUNDING_US: Final = 500
"""Two libraries round the same picture's time to microseconds, or milliseconds, each in its own way."""


class Reviewer(Pictures):
    """One film under review. On the window's thread.

    Args:
        owner: the widget that it belongs to.
        make_media: what plays; made when play is pressed for the first time.
        make_frames: what gives single pictures; made when a film is offered for the first time.
        clock: monotonic seconds.
    """

    changed = Signal(object)  # Transport
    opened = Signal(object)  # FilmFacts
    glanced = Signal(object)  # Still: what ``glance`` asked for
    refused = Signal(str, str)  # no picture can be shown: a sentence, and what to do
    unplayable = Signal()  # it cannot be played

    def __init__(
        self,
        owner: QWidget,
        *,
        make_media: MediaMaker,
        make_frames: FrameSourceMaker,
        clock: Clock = monotonic,
    ) -> None:
        super().__init__(owner)
        self._owner = owner
        self._make_frames = make_frames
        self._clock = clock
        self._moving = MovingFilm(owner, make_media, self)
        self._moving.pictured.connect(self.pictured)
        self._moving.moved.connect(self._follow)
        self._moving.ended.connect(self._be_ended)
        self._moving.failed.connect(self._be_unplayable)
        self._frames: FrameSource | None = None
        self._wishes = Wishes()
        self._transport = Transport()
        self._file = ""
        self._still: Still | None = None
        self._size = GLANCE
        self._is_resting = True  # no film is open; the next picture that is wanted opens it
        self._rewound_at_s = 0.0
        self._rewinding = QTimer(self, interval=REWIND_MS)
        self._rewinding.timeout.connect(self._rewind)

    @property
    def transport(self) -> Transport:
        """Where it is, and how it moves."""
        return self._transport

    @property
    def still(self) -> Still | None:
        """The newest picture that stood still; None before the first."""
        return self._still

    def picture(self) -> QImage:
        """See ``Pictures``."""
        moving = self._moving.picture()
        if not moving.isNull():
            return moving
        return QImage() if self._still is None else self._still.image

    def offer(self, file: str, length_us: int) -> None:
        """Review a film: its first picture is shown; nothing is heard before play is pressed.

        Args:
            file: where it lies on this computer, or the address from where it comes.
            length_us: how long it is said to last.
        """
        self.close()
        self._file = file
        self._transport = Transport(length_us=length_us)
        self._is_resting = True
        self._want(0)
        self.changed.emit(self._transport)

    def close(self) -> None:
        """Review nothing any more; another film may follow."""
        if self._file:
            self._halt()
            self._source().close()
        self._file, self._still = "", None
        self._transport = Transport()
        self._moving.close()
        self.changed.emit(self._transport)
        self.pictured.emit()

    def rest(self) -> None:
        """Decode nothing while nobody sees it; ``wake`` takes it up again."""
        self._halt()
        if self._frames is not None:
            self._frames.end()

    def wake(self) -> None:
        """Be there again after ``rest``, or ready for the first film."""
        if self._file:
            self._want(self._transport.position_us)
        else:
            self._source().warm()

    def show_size(self, size: QSize) -> None:
        """Give pictures for so many pixels of the screen from now on."""
        if size != self._size and not size.isEmpty():
            self._size = size
            if self._still is not None and self._transport.motion is Motion.STILL:
                self._want(self._transport.position_us)

    def toggle(self) -> None:
        """Play, or stand still."""
        still = self._still
        is_last = still is not None and still.at_us == still.until_us == self._transport.position_us
        if is_last and self._transport.motion is Motion.STILL:
            self._transport = self._transport.at(0)
        self._apply(self._transport.toggled())

    def forward(self) -> None:
        """L."""
        self._apply(self._transport.forward())

    def backward(self) -> None:
        """J."""
        self._apply(self._transport.backward())

    def hold(self) -> None:
        """K."""
        self._apply(self._transport.held())

    def step(self, by: int) -> None:
        """Show the picture so many after the one that is seen; negative for before."""
        self.hold()
        newest = self._wishes.newest or self._wish(self._transport.position_us)
        self._wishes.want(newest.stepped(by))
        self._pump()

    def skip(self, by_us: int) -> None:
        """Go so far forward; negative for backward."""
        newest = self._wishes.newest
        is_still = self._transport.motion is Motion.STILL
        from_us = newest.at_us if newest is not None and is_still else self._transport.position_us
        self.seek(from_us + by_us)

    def seek(self, at_us: int) -> None:
        """Go to a moment; what plays goes on from there."""
        if self._transport.motion is Motion.REWINDING:
            self.hold()
        self._apply(self._transport.at(at_us))
        if self._transport.motion is Motion.PLAYING:
            self._moving.send(self._transport.position_us)
        else:
            self._want(self._transport.position_us)

    def scrub(self, at_us: int) -> None:
        """Stand still at a moment while something is dragged there."""
        self.hold()
        self._apply(self._transport.at(at_us))
        self._want(self._transport.position_us)

    def glance(self, at_us: int) -> None:
        """Ask for a small picture of a moment, which changes nothing."""
        self._wishes.want(
            FrameWish(at_us=at_us, width=GLANCE.width(), height=GLANCE.height(), is_glance=True)
        )
        self._pump()

    def set_rate(self, rate: float) -> None:
        """Play so many times as fast."""
        self._apply(self._transport.with_rate(rate))

    def mark_in(self) -> None:
        """Begin the selection with the picture that is seen."""
        self._apply(self._transport.with_in(self._transport.position_us))

    def mark_out(self) -> None:
        """End the selection with the picture that is seen: it belongs to it."""
        position_us, still = self._transport.position_us, self._still
        is_seen = still is not None and still.at_us <= position_us < still.until_us
        self._apply(
            self._transport.with_out(still.until_us if still is not None and is_seen else position_us)
        )

    def select(self, transport: Transport) -> None:
        """Take the selection of another transport."""
        selected = self._transport.unselected()
        if transport.in_us is not None:
            selected = selected.with_in(transport.in_us)
        if transport.out_us is not None:
            selected = selected.with_out(transport.out_us)
        self._apply(selected)

    def set_volume(self, share: float) -> None:
        """Play so loud: 0 to 1."""
        self._moving.set_volume(share)

    def set_muted(self, is_muted: bool) -> None:
        """Be heard, or not."""
        self._moving.set_muted(is_muted)

    # --- motion

    def _halt(self) -> None:
        self._apply(self._transport.held())
        self._wishes.forget()
        self._is_resting = True

    def _apply(self, new: Transport) -> None:
        old, self._transport = self._transport, new
        if new.motion is not old.motion:
            self._turn(old.motion, new.motion)
        elif new.motion is Motion.PLAYING and new.speed != old.speed:
            self._moving.set_speed(new.speed)
        if self._transport != old:
            self.changed.emit(self._transport)

    def _turn(self, old: Motion, new: Motion) -> None:
        if old is Motion.PLAYING:
            self._stand_still()
        self._rewinding.stop()
        if new is Motion.PLAYING and self._file:
            self._moving.play(self._file, self._transport.position_us, self._transport.speed)
        elif new is Motion.REWINDING:
            self._rewound_at_s = self._clock()
            self._rewinding.start()

    def _stand_still(self) -> None:
        """Stand still on the very picture that was shown last."""
        at_us = self._moving.pause()
        if self._moving.is_seen:
            if at_us is not None:
                self._transport = self._transport.at(at_us)
            self._want(self._transport.position_us)

    def _follow(self, position_us: int) -> None:
        self._apply(self._transport.at(position_us))

    def _be_ended(self) -> None:
        self._apply(self._transport.ended())
        self._want(self._transport.length_us)

    def _be_unplayable(self) -> None:
        self._apply(self._transport.held())
        self.unplayable.emit()

    def _rewind(self) -> None:
        now = self._clock()
        elapsed_s, self._rewound_at_s = now - self._rewound_at_s, now
        self._apply(self._transport.rewound(elapsed_s))
        self._want(self._transport.position_us)

    # --- pictures that stand still

    def _source(self) -> FrameSource:
        if self._frames is None:
            self._frames = self._make_frames(self._owner)
            self._frames.opened.connect(self._take_facts)
            self._frames.refused.connect(self._be_refused)
            self._frames.came.connect(self._take_still)
            self._frames.lost.connect(self._miss_still)
        return self._frames

    def _wish(self, at_us: int) -> FrameWish:
        return FrameWish(at_us=at_us + ROUNDING_US, width=self._size.width(), height=self._size.height())

    def _want(self, at_us: int) -> None:
        self._wishes.want(self._wish(at_us))
        self._pump()

    def _pump(self) -> None:
        if not self._file:
            return
        if self._is_resting:
            self._is_resting = False
            self._source().open(self._file)
        if (wish := self._wishes.due()) is not None:
            self._source().ask(wish)

    def _take_facts(self, facts: FilmFacts) -> None:
        if facts.length_us > 0:
            self._apply(self._transport.with_length(facts.length_us))
        self.opened.emit(facts)

    def _be_refused(self, sentence: str, hint: str) -> None:
        self.hold()  # what plays would be heard on behind the words that say so
        self._wishes.forget()
        self.refused.emit(sentence, hint)

    def _take_still(self, still: Still) -> None:
        wish = self._wishes.answered()
        if wish is not None and wish.is_glance:
            self.glanced.emit(still)
        elif wish is not None:
            self._still = still
            if self._transport.motion is not Motion.PLAYING:
                self._moving.hide()
            if self._transport.motion is Motion.STILL and self._wishes.newest is None:
                self._apply(self._transport.at(still.at_us))
            self.pictured.emit()
        self._pump()

    def _miss_still(self) -> None:
        self._wishes.answered()
        self._pump()
