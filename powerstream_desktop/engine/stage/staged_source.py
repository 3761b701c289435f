"""One source on the stage: opened on a thread of its own, so that nobody waits for a device; always with a picture to show.

The thread opens the source, tries again what failed, and closes it when its time is over. The program's thread asks for
pictures and sound; what stands in for a source that is not open is a placeholder that names no path and no address.
"""

from __future__ import annotations

import logging
import math
import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, TypeAlias

from powerstream_desktop.common.clock import Clock
from powerstream_desktop.common.errors import PowerStreamError
from powerstream_desktop.engine.av_errors import unexpected_error
from powerstream_desktop.engine.picture import Picture
from powerstream_desktop.engine.scene.sources import Source
from powerstream_desktop.engine.sound import Samples, silence
from powerstream_desktop.engine.sources.port import (
    Audible,
    Capabilities,
    Renamable,
    Restartable,
    SceneSource,
    SourceEvents,
)
from powerstream_desktop.engine.stage.needs import Size
from powerstream_desktop.engine.stage.staged_life import StagedLife, StagedState
from powerstream_desktop.engine.stage.stand_in import StandIn

log = logging.getLogger(__name__)

CLOSE_S: Final = 3.0
"""How long the end of a source is waited for; a device that hangs longer is left to the end of the process."""
RESTART_WAIT_S: Final = 1.0
"""How long whoever begins a source anew waits to hear whether it could be; a disk that hangs longer must not hold them."""
NO_CAPABILITIES: Final = Capabilities()

MakeSource: TypeAlias = Callable[[Source, SourceEvents], SceneSource]
"""Makes the adapter of a source, not yet opened."""


@dataclass(frozen=True, slots=True, eq=False)
class StagedPicture:
    """What a source shows now.

    Attributes:
        picture: of its own size.
        capabilities: what it is.
        delivered: pictures that the source itself has delivered so far.
        is_awaited: it has never given one since it began to be opened; the picture is a placeholder.
    """

    picture: Picture
    capabilities: Capabilities
    delivered: int
    is_awaited: bool


class _Restart:
    """A wish to begin anew.

    Attributes:
        failure: why it could not be; written by the source's thread before ``done`` is set.
        done: set when it was tried.
    """

    def __init__(self) -> None:
        self.failure: PowerStreamError | None = None
        self.done = threading.Event()


class StagedSource:
    """A source of the studio for as long as it is needed.

    Args:
        source: what it is.
        make: its adapter.
        events: told of losses, also of a first opening that failed.
        clock: monotonic seconds.
        predecessor: what served this source until it was changed; closed before this one is opened, for two may not hold
            one device.

    Attributes:
        source: what it is; replaced by ``rename``.
        began_s: monotonic time from which it is being opened.
        decided: set once the first opening has succeeded or failed.
    """

    def __init__(
        self,
        source: Source,
        make: MakeSource,
        events: SourceEvents,
        clock: Clock,
        predecessor: StagedSource | None = None,
    ) -> None:
        self.source = source
        self.began_s = clock()
        self.decided = threading.Event()
        self._make = make
        self._events = events
        self._clock = clock
        self._predecessor = predecessor
        self._thread = threading.Thread(target=self._run, name=f"stage-{source.name}", daemon=True)
        self._changed = threading.Condition()
        # Guarded by _changed: the life and what is wanted of the source, written by the engine's threads, followed by its own.
        # The program's thread only looks at the life's state, which is replaced whole.
        self._life = StagedLife()
        self._epoch_s: float | None = None
        self._size: Size | None = None
        self._restart_wish: _Restart | None = None
        self._failure: PowerStreamError | None = None
        # Guarded by _playing, which the program's thread holds while it asks: an adapter is not closed under its hands.
        self._playing = threading.Lock()
        self._adapter: SceneSource | None = None
        # The source's thread's own: what was passed on to the adapter.
        self._followed_epoch_s: float | None = None
        self._followed_size: Size | None = None
        # The program's thread's own.
        self._stand_in = StandIn()
        self._is_broken = False

    @property
    def failure(self) -> PowerStreamError | None:
        """Why the last opening failed; ``None`` when it did not. From any thread."""
        return self._failure

    @property
    def label(self) -> str:
        """What it is, in words for people: of the adapter, else the user's name for it."""
        adapter = self._adapter
        return self.source.name if adapter is None else adapter.label

    @property
    def is_gone(self) -> bool:
        """It was closed, and its thread has ended. From any thread."""
        return self._life.state is StagedState.CLOSED and not self._thread.is_alive()

    # The engine's side.

    def open(self) -> None:
        """Start to open it; returns at once."""
        self._thread.start()

    def start(self, epoch_s: float) -> None:
        """Follow the program, whose slot 0 is at this monotonic time, as soon as the source is open."""
        with self._changed:
            self._epoch_s = epoch_s
            self._changed.notify_all()

    def show_at(self, size: Size) -> None:
        """Say how large it is shown at most, in pixels of the canvas."""
        with self._changed:
            self._size = size
            self._changed.notify_all()

    def rename(self, source: Source) -> None:
        """Take another name; all else of the source must be as it was."""
        with self._changed:
            self.source = source
            self._pass_on_name()

    def want(self) -> bool:
        """Somebody shows it; return whether it is still there for that."""
        with self._changed:
            if self._life.state is StagedState.CLOSED:
                return False
            self._life.want()
            self._changed.notify_all()
            return True

    def unwant(self) -> None:
        """Nobody shows it any more; it goes after a while."""
        with self._changed:
            self._life.unwant(self._clock())
            self._changed.notify_all()

    def dismiss(self) -> None:
        """It is not needed any more; returns at once."""
        with self._changed:
            self._life.dismiss()
            self._changed.notify_all()
        adapter = self._adapter
        if adapter is not None and not self.decided.is_set():
            # Ends an opening that would go on for seconds; on a thread of its own, as a device that hangs must not hold
            # whatever the user asks for next.
            threading.Thread(target=adapter.close, name=f"dismiss-{self.source.name}", daemon=True).start()

    def wait_closed(self, timeout_s: float = CLOSE_S) -> None:
        """Wait for the end of a source that was dismissed."""
        if self._thread.ident is not None:
            self._thread.join(timeout_s)

    def restart(self) -> bool:
        """Have it begin anew with the next slot; return whether it has a beginning. Waits for a second at most.

        One that is only being opened begins at its beginning anyhow.

        Raises:
            PowerStreamError: it cannot be played any more; what plays goes on.
        """
        adapter = self._adapter
        if adapter is None or not isinstance(adapter, Restartable):
            return False
        wish = _Restart()
        with self._changed:
            if self._life.state is not StagedState.OPEN:
                return self._life.state is StagedState.OPENING
            self._restart_wish = wish
            self._changed.notify_all()
        wish.done.wait(RESTART_WAIT_S)
        if wish.failure is not None:
            raise wish.failure
        return True

    # The program's side.

    def picture_at(self, time_s: float) -> StagedPicture:
        """Return the picture of a time of the program, or what stands in for it. Never waits, never fails."""
        with self._playing:
            adapter = self._adapter
            if adapter is not None and self._life.state is StagedState.OPEN and not self._is_broken:
                try:
                    picture = adapter.picture_at(time_s)
                    delivered = adapter.delivered
                    return StagedPicture(picture, adapter.capabilities, delivered, is_awaited=delivered == 0)
                except Exception as error:  # noqa: BLE001 - one source's bug must not end the broadcast of all
                    self._break("shown", error)
        return self._placeholder()

    def read_sound(self, position: int, count: int) -> Samples:
        """Return its sound from a position of the program on; silence while there is none. Never waits, never fails."""
        with self._playing:
            adapter = self._adapter
            is_open = self._life.state is StagedState.OPEN and not self._is_broken
            if is_open and adapter is not None and isinstance(adapter, Audible):
                try:
                    return adapter.read_sound(position, count)
                except Exception as error:  # noqa: BLE001 - likewise
                    self._break("heard", error)
        return silence(count)

    def _break(self, what: str, error: Exception) -> None:
        """Ask it for nothing more, and say so."""
        self._is_broken = True
        log.error("The source %s cannot be %s any more", self.source.name, what, exc_info=error)
        self._events.on_loss(f"The source {self.source.name} cannot be {what} any more.")

    def _placeholder(self) -> StagedPicture:
        picture = self._stand_in.picture(self.source.name, self._size)
        return StagedPicture(picture, NO_CAPABILITIES, 0, is_awaited=not self._is_broken)

    # The source's own thread.

    def _run(self) -> None:
        if self._predecessor is not None:
            self._predecessor.wait_closed()
            self._predecessor = None
        while not self._is_leaving():
            if self._life.state is StagedState.OPENING:
                self._open()
            self._follow()
            with self._changed:
                self._changed.wait_for(self._has_news, self._pause_s())
                self._life.retries(self._clock())
        with self._playing:
            adapter, self._adapter = self._adapter, None
        if adapter is not None:
            adapter.close()
        self.decided.set()
        if not self._life.is_dismissed:
            # Nobody shows it any more, and nobody looks for it: whoever was told of a loss need not wait. One that is dismissed
            # left the studio, or another one follows it; that is told elsewhere.
            self._events.on_loss(None)
            self._events.on_frozen(None)

    def _pass_on_name(self) -> None:
        adapter = self._adapter
        if adapter is not None and isinstance(adapter, Renamable):
            adapter.rename(self.source.name)

    def _is_leaving(self) -> bool:
        with self._changed:
            return self._life.leaves(self._clock())

    def _open(self) -> None:
        self._followed_size = self._followed_epoch_s = None
        try:
            adapter = self._make(self.source, self._events)
            with self._changed:
                self._adapter = adapter
                self._pass_on_name()  # it was renamed while its adapter was made, perhaps
                if self._life.is_dismissed:
                    return
            self._follow_size(adapter)
            adapter.open()
        except Exception as error:  # noqa: BLE001 - whatever it was, this source has failed, and the others have not
            self._failed(error if isinstance(error, PowerStreamError) else unexpected_error(error))
        else:
            self._opened()
        self.decided.set()

    def _opened(self) -> None:
        with self._changed:
            self._life.opened()
            was_lost, self._failure = self._failure is not None, None
        if was_lost:
            self._events.on_loss(None)

    def _failed(self, failure: PowerStreamError) -> None:
        """Tell of the first of several failures, and let go of what does not look for its device by itself."""
        log.info("The source %s cannot be had: %s %s", self.source.name, failure.title, failure.detail)
        adapter = self._adapter
        looks_by_itself = adapter is not None and adapter.capabilities.reopens
        if adapter is not None and not looks_by_itself:
            with self._playing:
                self._adapter = None
            adapter.close()
        with self._changed:
            is_news = self._failure is None and not self._life.is_dismissed
            self._failure = failure
            if looks_by_itself:
                self._life.opened()
            else:
                self._life.failed(self._clock())
        if is_news:
            self._events.on_loss(failure.title)

    def _follow(self) -> None:
        """Pass on what the engine wants of a source that is open."""
        adapter, epoch_s = self._adapter, self._epoch_s
        if adapter is None or self._life.state is not StagedState.OPEN:
            return
        self._follow_size(adapter)
        has_begun = epoch_s is None
        if epoch_s is not None and epoch_s != self._followed_epoch_s:
            adapter.start(epoch_s)
            self._followed_epoch_s, has_begun = epoch_s, True
        with self._changed:
            wish, self._restart_wish = self._restart_wish, None
        if wish is not None:
            if not has_begun:
                self._begin_anew(adapter, wish)
            wish.done.set()

    def _begin_anew(self, adapter: SceneSource, wish: _Restart) -> None:
        """Begin the source anew, here and not on the engine's thread: its file may lie on a disk that hangs."""
        try:
            if isinstance(adapter, Restartable):
                adapter.restart()
        except Exception as error:  # noqa: BLE001 - likewise; what plays goes on
            wish.failure = failure = error if isinstance(error, PowerStreamError) else unexpected_error(error)
            log.info(
                "The source %s cannot be begun anew: %s %s", self.source.name, failure.title, failure.detail
            )

    def _follow_size(self, adapter: SceneSource) -> None:
        size = self._size
        if size is not None and size != self._followed_size:
            adapter.show_at(*size)
            self._followed_size = size

    def _has_news(self) -> bool:
        is_behind = self._epoch_s != self._followed_epoch_s or self._size != self._followed_size
        is_wanted_anew = self._restart_wish is not None
        is_open = self._life.state is StagedState.OPEN
        return (is_open and (is_behind or is_wanted_anew)) or self._pause_s() == 0

    def _pause_s(self) -> float | None:
        wakes_at_s = self._life.wakes_at_s()
        return None if wakes_at_s == math.inf else max(0.0, wakes_at_s - self._clock())
