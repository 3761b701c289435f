"""Which streams of a session are on air, whether their publishers are there, and for how long the session has been live."""

from __future__ import annotations

from powerstream_desktop.common.clock import Clock


class OnAir:
    """Keeps account of a session's streams. Owner: the broadcast, on its loop.

    Args:
        clock: monotonic seconds.
    """

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._streams: set[str] = set()
        self._bridged: set[str] = set()
        self._since: float | None = None
        self._before_s = 0.0

    @property
    def is_live(self) -> bool:
        """True while any stream is on air, bridged or not."""
        return bool(self._streams)

    @property
    def is_bridged(self) -> bool:
        """True while streams are on air and none of them has its publisher."""
        return self.is_live and self._streams <= self._bridged

    @property
    def elapsed_s(self) -> float:
        """Seconds of being live, those of earlier broadcasts of the session included."""
        return self._before_s + (self._clock() - self._since if self._since is not None else 0.0)

    def came(self, stream: str) -> None:
        """A stream's broadcast begins."""
        self._streams.add(stream)
        if self._since is None:
            self._since = self._clock()

    def vanished(self, stream: str) -> None:
        """A stream's publisher is gone."""
        self._bridged.add(stream)

    def back(self, stream: str) -> None:
        """A stream has its publisher again."""
        self._bridged.discard(stream)

    def left(self, stream: str) -> None:
        """A stream's broadcast is over."""
        self._streams.discard(stream)
        self._bridged.discard(stream)
        if not self._streams and self._since is not None:
            self._before_s += self._clock() - self._since
            self._since = None
